//! `/settings`: for members who manage the server, a panel of what they can choose for it. A choice is saved at once.

use super::managing::managed;
use super::teach::not_done;
use super::{Command, refuse};
use crate::locale::FluentValue;
use crate::settings::AUTOMATIC;
use crate::{
    Access, Action, Block, Button, ButtonStyle, CONFIDENCES, Card, ChannelMenu, CommandKind,
    ComponentId, Definition, Effect, KEEP_DAYS, Kept, Locale, MAX_UNASKED, Refusal, Request,
    RequestOutcome, Response, Run, SelectMenu, SelectOption, SettingControl, SettingsPage,
    ShownSettings, TeachingError, Tone, UNASKED_AT,
};

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "settings",
        id: "command-settings",
        kind: CommandKind::Slash,
        access: Access::Manager,
        options: &[],
    },
    run: |_, request, _| open(request),
};

/// Discord's numbers of categories, text and announcement channels, and forums.
const ANSWERED: &[u8] = &[0, 4, 5, 15];
/// Discord's numbers of text and announcement channels.
const POSTED: &[u8] = &[0, 5];

/// Asks for the settings.
pub(super) fn open(request: &Request) -> Response {
    managed(request, Effect::Settings(None))
}

/// Asks to change a setting.
pub(super) fn set(request: &Request, control: SettingControl, values: &[String]) -> Response {
    match control.change(values) {
        None if request.context.manages_server => refuse(request, Refusal::UnknownComponent),
        change => managed(request, Effect::Settings(change)),
    }
}

/// Shows the settings: a new message for the command, otherwise in place of what was there.
pub(crate) fn shown(
    request: &Request,
    outcome: &Result<Box<ShownSettings>, TeachingError>,
) -> Response {
    let settings = match outcome {
        Ok(settings) => settings,
        Err(error) => return not_done(request, *error),
    };
    let panel = Panel {
        locale: request.locale,
        settings,
    };
    let pressed = match &request.action {
        Action::Component { custom_id, .. } => ComponentId::parse(custom_id),
        _ => None,
    };
    match pressed {
        Some(ComponentId::Settings { page }) => Response::update(panel.card(page)),
        Some(ComponentId::Set(control)) => Response::update(panel.card(control.page())),
        _ => Response::ephemeral(panel.card(SettingsPage::Answers), RequestOutcome::Shown),
    }
}

struct Panel<'a> {
    locale: Locale,
    settings: &'a ShownSettings,
}

impl Panel<'_> {
    fn card(&self, page: SettingsPage) -> Card {
        let title = self.text("settings-title");
        let card = Card::new(Tone::Plain)
            .titled(&title)
            .with_all(self.lines(page))
            .small(&self.text("settings-hint"));
        match page {
            SettingsPage::Answers => self.answers(card),
            SettingsPage::Questions => self.questions(card),
        }
    }

    /// What is set, a line each.
    fn lines(&self, page: SettingsPage) -> Vec<Block> {
        match page {
            SettingsPage::Answers => self.answers_lines(),
            SettingsPage::Questions => self.questions_lines(),
        }
    }

    fn answers_lines(&self) -> Vec<Block> {
        let ShownSettings { own, host } = self.settings;
        let mut unasked = host.unasked.clone();
        let further = own.unasked.iter().filter(|id| !host.unasked.contains(id));
        unasked.extend(further);
        let unasked = if host.reads_messages {
            self.channels(&unasked)
        } else {
            Run::new(&self.text("setting-unasked-off"))
        };
        let percent = self.percent(own.unasked_at.unwrap_or(UNASKED_AT));
        let language = match own.locale() {
            Some(locale) => self.language(locale),
            None => self.text("setting-language-automatic"),
        };
        let (percent, language) = (Run::new(&percent), Run::new(&language));
        vec![
            self.switch("setting-private", own.private, false),
            self.switch("setting-shared", own.shared, true),
            self.switch("setting-threads", own.threads, host.threads),
            self.line("setting-unasked", unasked, !own.unasked.is_empty()),
            self.line("setting-sure", percent, own.unasked_at.is_some()),
            self.line("setting-language", language, own.language.is_some()),
        ]
    }

    fn questions_lines(&self) -> Vec<Block> {
        let ShownSettings { own, host } = self.settings;
        let (kept, days) = own.kept(host.keep_days);
        let helpers: Vec<u64> = own.helpers.or(host.helpers).into_iter().collect();
        let (helpers, kind) = (self.channels(&helpers), Run::new(&self.kept(kept)));
        let days = (kept != Kept::None).then(|| {
            let days = Run::new(&self.days(days));
            let days = self.line("setting-days", days, own.keep_days.is_some());
            [days, self.switch("setting-several", own.by_several, false)]
        });
        let channel: Vec<u64> = own.digest.iter().map(|digest| digest.channel).collect();
        let mut digest = self.channels(&channel);
        if own.digest.is_some_and(|digest| digest.is_refused) {
            let refused = self.text("setting-digest-refused");
            digest = digest.and(" · ").and(&refused);
        }
        let lines = [
            self.line("setting-helpers", helpers, own.helpers.is_some()),
            self.line("setting-digest", digest, own.digest.is_some()),
            self.line("setting-kept", kind, own.kept.is_some()),
        ];
        let days = days.into_iter().flatten();
        lines.into_iter().chain(days).collect()
    }

    fn channels(&self, ids: &[u64]) -> Run {
        let space = |at: usize| if at == 0 { "" } else { " " };
        let channel = |run: Run, (at, id): (usize, &u64)| run.and(space(at)).channel(*id);
        match ids {
            [] => Run::new(&self.text("setting-none")),
            ids => ids.iter().enumerate().fold(Run::default(), channel),
        }
    }

    /// A setting with two values.
    fn switch(&self, name: &str, own: Option<bool>, usual: bool) -> Block {
        let word = if own.unwrap_or(usual) { "yes" } else { "no" };
        let value = Run::new(&self.text(&format!("{name}-{word}")));
        self.line(name, value, own.is_some())
    }

    /// The name of a setting, its value, and a mark if the server has not chosen it.
    fn line(&self, name: &str, value: Run, is_own: bool) -> Block {
        let mark = if is_own {
            String::new()
        } else {
            format!(" · {}", self.text("setting-not-chosen"))
        };
        let run = Run::default().bold(&self.text(name)).and(": ");
        Block::Item(run.followed_by(value).and(&mark))
    }

    fn answers(&self, card: Card) -> Card {
        let ShownSettings { own, host } = self.settings;
        let threads = own.threads.unwrap_or(host.threads);
        let buttons = [
            self.toggle(
                "private",
                own.private.unwrap_or_default(),
                SettingControl::Private,
            ),
            self.toggle("shared", own.shared.unwrap_or(true), SettingControl::Shared),
            self.toggle("threads", threads, SettingControl::Threads),
        ];
        let percents = CONFIDENCES.iter().filter_map(|percent| {
            let is_set = *percent == own.unasked_at.unwrap_or(UNASKED_AT);
            option(&self.percent(*percent), &percent.to_string(), is_set)
        });
        let automatic = self.text("setting-language-automatic");
        let automatic = option(&automatic, AUTOMATIC, own.locale().is_none());
        let languages = Locale::ALL.into_iter().filter_map(|locale| {
            let is_set = own.locale() == Some(locale);
            option(&self.language(locale), locale.code(), is_set)
        });
        let languages = automatic.into_iter().chain(languages).collect();
        let card = card.buttons(buttons);
        let card = if host.reads_messages {
            let id = ComponentId::Set(SettingControl::Unasked);
            let chosen: Vec<u64> = own.unasked.iter().copied().collect();
            let menu = ChannelMenu::new(id, &self.text("pick-unasked"), ANSWERED, MAX_UNASKED);
            card.channels(menu.chosen(&chosen)).select(self.menu(
                SettingControl::UnaskedAt,
                "setting-sure",
                percents.collect(),
            ))
        } else {
            card
        };
        let other = SettingsPage::Questions;
        card.select(self.menu(SettingControl::Language, "setting-language", languages))
            .buttons([
                self.button("settings-questions", ComponentId::Settings { page: other }),
                self.button("settings-reset", ComponentId::Set(SettingControl::Reset)),
            ])
    }

    fn questions(&self, card: Card) -> Card {
        let ShownSettings { own, host } = self.settings;
        let (kept, days) = own.kept(host.keep_days);
        let kinds = Kept::ALL
            .into_iter()
            .filter_map(|(name, kind)| option(&self.kept(kind), name, kind == kept));
        let choices = KEEP_DAYS
            .into_iter()
            .filter_map(|choice| option(&self.days(choice), &choice.to_string(), choice == days));
        let channel = |control: SettingControl, name: &str, chosen: Option<u64>| {
            let chosen: Vec<u64> = chosen.into_iter().collect();
            let menu = ChannelMenu::new(ComponentId::Set(control), &self.text(name), POSTED, 1);
            menu.chosen(&chosen)
        };
        let helpers = channel(SettingControl::Helpers, "setting-helpers", own.helpers);
        let digest = own.digest.map(|digest| digest.channel);
        let digest = channel(SettingControl::Digest, "setting-digest", digest);
        let other = SettingsPage::Answers;
        card.channels(helpers)
            .channels(digest)
            .select(self.menu(SettingControl::Kept, "setting-kept", kinds.collect()))
            .select(self.menu(SettingControl::KeepDays, "setting-days", choices.collect()))
            .buttons([
                self.toggle(
                    "several",
                    own.by_several.unwrap_or_default(),
                    SettingControl::BySeveral,
                ),
                self.button("settings-answers", ComponentId::Settings { page: other }),
            ])
    }

    /// The button that switches a setting.
    fn toggle(&self, name: &str, is_on: bool, control: fn(bool) -> SettingControl) -> Button {
        let label = format!("set-{name}-{}", if is_on { "no" } else { "yes" });
        self.button(&label, ComponentId::Set(control(!is_on)))
    }

    fn button(&self, label: &str, id: ComponentId) -> Button {
        Button::new(&self.text(label), ButtonStyle::Secondary, id)
    }

    fn menu(
        &self,
        control: SettingControl,
        placeholder: &str,
        options: Vec<SelectOption>,
    ) -> Option<SelectMenu> {
        SelectMenu::new(ComponentId::Set(control), &self.text(placeholder), options)
    }

    fn percent(&self, percent: u8) -> String {
        let args = [("percent", FluentValue::from(percent))];
        self.locale.text_with("setting-sure-from", &args)
    }

    fn days(&self, days: u32) -> String {
        let args = [("days", FluentValue::from(days))];
        self.locale.text_with("setting-days-count", &args)
    }

    fn kept(&self, kept: Kept) -> String {
        let mut all = Kept::ALL.into_iter();
        let name = all
            .find(|(_, kind)| *kind == kept)
            .map_or("none", |(name, _)| name);
        self.text(&format!("setting-kept-{name}"))
    }

    fn language(&self, locale: Locale) -> String {
        self.text(&format!("language-{}", locale.code()))
    }

    fn text(&self, id: &str) -> String {
        self.locale.text(id)
    }
}

fn option(label: &str, value: &str, is_chosen: bool) -> Option<SelectOption> {
    Some(SelectOption::new(label, "", value)?.chosen(is_chosen))
}
