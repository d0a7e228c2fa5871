//! What a server's people have chosen for their server. What they have not chosen follows the host's settings.
//!
//! ```
//! use pullquote_cards::{SettingChange, Settings};
//!
//! let settings = Settings::parse(r#"{"threads": true, "colour": "blue"}"#).unwrap();
//! let settings = settings.with(&SettingChange::Private(true));
//! assert_eq!((settings.private, settings.threads, settings.shared), (Some(true), Some(true), None));
//!
//! // What a newer version of the program has written stays.
//! assert_eq!(settings.to_json(), r#"{"private":true,"threads":true,"colour":"blue"}"#);
//! ```

use super::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// The confidence, in percent, from which the bot answers without being asked: above that of *Very likely*. Of the answers
/// to the sets `everyday`, `near` and `paraphrases` (seen) and `north-korea-detente`, 7 of 14 between 70 and 80 were right,
/// 14 of 21 between 80 and 90, and 44 of 51 from 90 on (`pullquote eval`, December 2026).
pub const UNASKED_AT: u8 = 85;
/// The confidences that a server can choose from, in percent.
pub const CONFIDENCES: [u8; 5] = [70, 80, UNASKED_AT, 90, 95];
/// The days that a server can choose to keep questions for.
pub const KEEP_DAYS: [u32; 6] = [7, 14, 30, 90, 180, 365];
/// Channels in which a server can let the bot answer without being asked.
pub const MAX_UNASKED: u8 = 25;
/// Days that questions are kept for, if a server keeps them and its host keeps none.
const USUAL_DAYS: u32 = 90;

/// The settings of a server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether only the member who asks sees the answer, unless they choose otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private: Option<bool>,
    /// Whether the articles that all servers share are quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
    /// Whether answers get a thread of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<bool>,
    /// Ids of the channels, forums and categories where the bot answers without being asked, besides those of the host.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unasked: BTreeSet<u64>,
    /// The confidence, in percent, from which it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unasked_at: Option<u8>,
    /// Code of the language of what everyone sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Id of the helpers' channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helpers: Option<u64>,
    /// Which questions without an answer are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
    /// For how many days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_days: Option<u32>,
    /// Whether only those of these are shown that two members have asked on one day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_several: Option<bool>,
    /// The weekly digest, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// What only newer versions of the program know.
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The weekly digest of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Id of its channel.
    pub channel: u64,
    /// The week of the last digest, counted from 1970; `None` before the first week has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<i64>,
    /// Whether the bot could not write there. None is posted until the channel is chosen again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_refused: bool,
}

/// Which questions without an answer are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
    /// All that are asked in the server, those that only one member could see, too.
    All,
    /// Those that everyone in the channel could see.
    Public,
    /// None.
    None,
}

/// A change of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingChange {
    /// See [`Settings::private`].
    Private(bool),
    /// See [`Settings::shared`].
    Shared(bool),
    /// See [`Settings::threads`].
    Threads(bool),
    /// See [`Settings::unasked`].
    Unasked(BTreeSet<u64>),
    /// See [`Settings::unasked_at`].
    UnaskedAt(u8),
    /// See [`Settings::language`]; `None` for the one that Discord says.
    Language(Option<Locale>),
    /// See [`Settings::helpers`].
    Helpers(Option<u64>),
    /// See [`Settings::kept`].
    Kept(Kept),
    /// See [`Settings::keep_days`].
    KeepDays(u32),
    /// See [`Settings::by_several`].
    BySeveral(bool),
    /// The channel of the weekly digest; `None` for no digest.
    Digest(Option<u64>),
    /// The week of a digest; see [`Digest::week`].
    DigestWeek(i64),
    /// The bot could not write in this channel of the digest.
    DigestRefused(u64),
    /// Everything follows the host's settings again.
    Reset,
}

/// What the host has set, for a server that has not chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HostSettings {
    /// Whether answers get a thread of their own.
    pub threads: bool,
    /// The server's channels where the bot answers without being asked.
    pub unasked: Vec<u64>,
    /// Whether the bot gets to read messages that are not meant for it, without which it cannot answer them.
    pub reads_messages: bool,
    /// The helpers' channel.
    pub helpers: Option<u64>,
    /// Days that questions without an answer are kept; 0 for none.
    pub keep_days: u32,
}

/// What the panel of the settings shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShownSettings {
    /// The server's settings.
    pub own: Settings,
    /// What is not set follows these.
    pub host: HostSettings,
}

impl Settings {
    /// Reads what [`Settings::to_json`] has written. `None` if a newer version of the program has given a setting another form.
    pub fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }

    /// The settings as text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The settings after a change.
    #[must_use]
    pub fn with(&self, change: &SettingChange) -> Self {
        let mut settings = self.clone();
        match change {
            SettingChange::Private(private) => settings.private = Some(*private),
            SettingChange::Shared(shared) => settings.shared = Some(*shared),
            SettingChange::Threads(threads) => settings.threads = Some(*threads),
            SettingChange::Unasked(channels) => settings.unasked.clone_from(channels),
            SettingChange::UnaskedAt(percent) => settings.unasked_at = Some(*percent),
            SettingChange::Language(locale) => {
                settings.language = locale.map(|locale| locale.code().to_owned());
            }
            SettingChange::Helpers(channel) => settings.helpers = *channel,
            SettingChange::Kept(kept) => settings.kept = Some(*kept),
            SettingChange::KeepDays(days) => settings.keep_days = Some(*days),
            SettingChange::BySeveral(by_several) => settings.by_several = Some(*by_several),
            SettingChange::Digest(channel) => {
                settings.digest = channel.map(|channel| Digest {
                    channel,
                    week: self.digest.and_then(|digest| digest.week),
                    is_refused: false,
                });
            }
            SettingChange::DigestWeek(week) => {
                settings.digest = self.digest.map(|digest| Digest {
                    week: Some(*week),
                    ..digest
                });
            }
            SettingChange::DigestRefused(channel) => {
                settings.digest = self.digest.map(|digest| Digest {
                    is_refused: digest.is_refused || digest.channel == *channel,
                    ..digest
                });
            }
            SettingChange::Reset => {
                settings = Self {
                    others: settings.others,
                    ..Self::default()
                }
            }
        }
        settings
    }

    /// The language of what everyone sees; `None` for the one that Discord says, and for one that this version does not speak.
    pub fn locale(&self) -> Option<Locale> {
        let code = self.language.as_deref()?;
        Locale::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// Whether a question without an answer is shown, which several members have asked on one day or not.
    pub fn shows(&self, by_several: bool) -> bool {
        by_several || self.by_several != Some(true)
    }

    /// Which questions without an answer are kept, and for how many days. `host` are the days that the host has set.
    pub fn kept(&self, host: u32) -> (Kept, u32) {
        let usual = if host > 0 || self.keep_days.is_some() {
            Kept::Public
        } else {
            Kept::None
        };
        let days = if host > 0 { host } else { USUAL_DAYS };
        match self.kept.unwrap_or(usual) {
            Kept::None => (Kept::None, 0),
            kept => (kept, self.keep_days.unwrap_or(days)),
        }
    }
}

impl Digest {
    /// Whether a week has begun since the last digest.
    ///
    /// ```
    /// use pullquote_cards::{Digest, SettingChange, Settings};
    ///
    /// let mut settings = Settings::default().with(&SettingChange::Digest(Some(7)));
    /// let digest = |settings: &Settings| settings.digest.unwrap();
    /// assert!(digest(&settings).is_due(2_000) && digest(&settings).week.is_none());
    /// settings = settings.with(&SettingChange::DigestWeek(2_000));
    /// assert!(!digest(&settings).is_due(2_000) && digest(&settings).is_due(2_001));
    ///
    /// // Another channel does not get a second one in the same week, and one that is forbidden none at all.
    /// settings = settings.with(&SettingChange::Digest(Some(8)));
    /// assert!(!digest(&settings).is_due(2_000));
    /// assert!(!digest(&settings.with(&SettingChange::DigestRefused(8))).is_due(2_001));
    /// assert!(digest(&settings.with(&SettingChange::DigestRefused(7))).is_due(2_001));
    /// ```
    pub fn is_due(&self, week: i64) -> bool {
        !self.is_refused && self.week.is_none_or(|last| last < week)
    }
}

/// What a button or menu of the panel sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingControl {
    /// Whether answers are private.
    Private(bool),
    /// Whether the shared articles are quoted.
    Shared(bool),
    /// Whether answers get threads.
    Threads(bool),
    /// Whether only questions of several members are shown.
    BySeveral(bool),
    /// Everything, to the host's settings.
    Reset,
    /// Select menu of channels.
    Unasked,
    /// Select menu of [`CONFIDENCES`].
    UnaskedAt,
    /// Select menu of languages, by code.
    Language,
    /// Select menu of channels.
    Helpers,
    /// Select menu of [`Kept`].
    Kept,
    /// Select menu of [`KEEP_DAYS`].
    KeepDays,
    /// Select menu of channels.
    Digest,
}

/// A page of the panel: Discord shows five rows of controls on a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsPage {
    /// How the bot answers.
    Answers,
    /// What becomes of questions without an answer.
    Questions,
}

impl SettingControl {
    /// The page that has it.
    pub fn page(self) -> SettingsPage {
        match self {
            Self::Helpers | Self::Kept | Self::KeepDays | Self::Digest | Self::BySeveral(_) => {
                SettingsPage::Questions
            }
            _ => SettingsPage::Answers,
        }
    }

    /// What it sets, with the values that were picked. `None` if it has no such values.
    pub fn change(self, values: &[String]) -> Option<SettingChange> {
        let ids = || -> Option<BTreeSet<u64>> { values.iter().map(|id| id.parse().ok()).collect() };
        let first = values.first().map(String::as_str);
        Some(match self {
            Self::Private(private) => SettingChange::Private(private),
            Self::Shared(shared) => SettingChange::Shared(shared),
            Self::Threads(threads) => SettingChange::Threads(threads),
            Self::BySeveral(by_several) => SettingChange::BySeveral(by_several),
            Self::Reset => SettingChange::Reset,
            Self::Unasked => {
                let channels = ids().filter(|ids| ids.len() <= MAX_UNASKED.into());
                SettingChange::Unasked(channels?)
            }
            Self::UnaskedAt => {
                let percent = first?.parse().ok();
                SettingChange::UnaskedAt(percent.filter(|percent| CONFIDENCES.contains(percent))?)
            }
            Self::Language => SettingChange::Language(match first? {
                AUTOMATIC => None,
                code => Some(Locale::ALL.into_iter().find(|it| it.code() == code)?),
            }),
            Self::Helpers => SettingChange::Helpers(ids()?.first().copied()),
            Self::Digest => SettingChange::Digest(ids()?.first().copied()),
            Self::Kept => SettingChange::Kept(Kept::parse(first?)?),
            Self::KeepDays => {
                let days = first?.parse().ok();
                SettingChange::KeepDays(days.filter(|days| KEEP_DAYS.contains(days))?)
            }
        })
    }

    /// Reads what [`fmt::Display`] has written.
    pub(super) fn parse(name: &str, value: Option<&str>) -> Option<Self> {
        let on = |value: Option<&str>| match value {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        };
        match (name, value) {
            ("private", value) => on(value).map(Self::Private),
            ("shared", value) => on(value).map(Self::Shared),
            ("threads", value) => on(value).map(Self::Threads),
            ("several", value) => on(value).map(Self::BySeveral),
            ("reset", None) => Some(Self::Reset),
            ("unasked", None) => Some(Self::Unasked),
            ("sure", None) => Some(Self::UnaskedAt),
            ("language", None) => Some(Self::Language),
            ("helpers", None) => Some(Self::Helpers),
            ("digest", None) => Some(Self::Digest),
            ("kept", None) => Some(Self::Kept),
            ("days", None) => Some(Self::KeepDays),
            _ => None,
        }
    }
}

/// Value of the menu of languages: the one that Discord says.
pub(super) const AUTOMATIC: &str = "auto";

impl fmt::Display for SettingControl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |on: &bool| if *on { "yes" } else { "no" };
        match self {
            Self::Private(on) => write!(out, "private:{}", word(on)),
            Self::Shared(on) => write!(out, "shared:{}", word(on)),
            Self::Threads(on) => write!(out, "threads:{}", word(on)),
            Self::BySeveral(on) => write!(out, "several:{}", word(on)),
            Self::Reset => out.write_str("reset"),
            Self::Unasked => out.write_str("unasked"),
            Self::UnaskedAt => out.write_str("sure"),
            Self::Language => out.write_str("language"),
            Self::Helpers => out.write_str("helpers"),
            Self::Digest => out.write_str("digest"),
            Self::Kept => out.write_str("kept"),
            Self::KeepDays => out.write_str("days"),
        }
    }
}

impl Kept {
    /// All values, by their names.
    pub const ALL: [(&str, Self); 3] = [
        ("all", Self::All),
        ("public", Self::Public),
        ("none", Self::None),
    ];

    fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(known, _)| *known == name).map(|(_, kept)| kept)
    }
}

impl SettingsPage {
    /// Reads what [`fmt::Display`] has written.
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "answers" => Some(Self::Answers),
            "questions" => Some(Self::Questions),
            _ => None,
        }
    }
}

impl fmt::Display for SettingsPage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Answers => "answers",
            Self::Questions => "questions",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, SettingChange, SettingControl, Settings};
    use crate::Locale;
    use std::collections::BTreeSet;

    #[test]
    fn everything_that_is_set_is_read_again() {
        let all = [
            SettingChange::Private(false),
            SettingChange::Shared(false),
            SettingChange::Threads(true),
            SettingChange::Unasked(BTreeSet::from([u64::MAX, 7])),
            SettingChange::UnaskedAt(95),
            SettingChange::Language(Some(Locale::Japanese)),
            SettingChange::Helpers(Some(u64::MAX)),
            SettingChange::Kept(Kept::All),
            SettingChange::KeepDays(7),
            SettingChange::BySeveral(true),
            SettingChange::Digest(Some(u64::MAX)),
            SettingChange::DigestWeek(-1),
            SettingChange::DigestRefused(u64::MAX),
        ];
        let mut settings = Settings::parse(r#"{"newer":{"than":18446744073709551615}}"#).unwrap();
        for change in &all {
            let changed = settings.with(change);
            assert_ne!(changed, settings, "{change:?}");
            assert_eq!(Settings::parse(&changed.to_json()), Some(changed.clone()));
            settings = changed;
        }
        assert_eq!(settings.locale(), Some(Locale::Japanese));
        let reset = settings.with(&SettingChange::Reset).to_json();
        assert_eq!(reset, r#"{"newer":{"than":18446744073709551615}}"#);
    }

    #[test]
    fn what_this_version_cannot_read_is_not_taken_for_nothing() {
        assert_eq!(Settings::parse("{}"), Some(Settings::default()));
        for text in ["", "[]", r#"{"kept":"some"}"#, r#"{"private":2}"#] {
            assert_eq!(Settings::parse(text), None, "{text}");
        }
        // A language that a newer version speaks.
        let settings = Settings::parse(r#"{"language":"cy"}"#).unwrap();
        assert_eq!(settings.locale(), None);
        assert!(settings.to_json().contains("cy"));
    }

    #[test]
    fn what_is_kept_follows_the_host_where_the_server_has_not_chosen() {
        let kept = |json: &str, host: u32| Settings::parse(json).unwrap().kept(host);
        assert_eq!(kept("{}", 30), (Kept::Public, 30));
        assert_eq!(kept("{}", 0), (Kept::None, 0));
        assert_eq!(
            kept(r#"{"kept":"none","keep_days":7}"#, 30),
            (Kept::None, 0)
        );
        assert_eq!(kept(r#"{"kept":"all"}"#, 30), (Kept::All, 30));
        assert_eq!(kept(r#"{"kept":"all"}"#, 0), (Kept::All, 90));
        assert_eq!(kept(r#"{"keep_days":7}"#, 0), (Kept::Public, 7));
    }

    #[test]
    fn a_menu_sets_only_what_it_offers() {
        let change = |control: SettingControl, values: &[&str]| {
            let values: Vec<String> = values.iter().map(|it| (*it).to_owned()).collect();
            control.change(&values)
        };
        for (control, values) in [
            (SettingControl::UnaskedAt, &["1"][..]),
            (SettingControl::UnaskedAt, &[]),
            (SettingControl::Language, &["cy"]),
            (SettingControl::Helpers, &["x"]),
            (SettingControl::Kept, &["some"]),
            (SettingControl::KeepDays, &["8"]),
        ] {
            assert_eq!(change(control, values), None, "{control:?} {values:?}");
        }
        let many: Vec<String> = (0..26).map(|id: u64| id.to_string()).collect();
        assert_eq!(SettingControl::Unasked.change(&many), None);
        let none = Some(SettingChange::Unasked(BTreeSet::new()));
        assert_eq!(change(SettingControl::Unasked, &[]), none);
        let nobody = Some(SettingChange::Helpers(None));
        assert_eq!(change(SettingControl::Helpers, &[]), nobody);
        let automatic = Some(SettingChange::Language(None));
        assert_eq!(change(SettingControl::Language, &["auto"]), automatic);
    }
}
