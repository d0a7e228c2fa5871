//! Buttons and select menus that keep to Discord's limits.

use super::ComponentId;
use super::limits::{self, cut_plain};
use super::link::link_target;

/// A row of components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionRow {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// A select menu.
    Select(SelectMenu),
    /// A select menu of the server's channels.
    Channels(ChannelMenu),
}

/// A button.
///
/// ```
/// use pullquote_cards::{Button, ButtonKind, ButtonStyle, ComponentId};
///
/// let articles = ComponentId::Articles { page: 0 };
/// let button = Button::new("Articles", ButtonStyle::Secondary, articles);
/// assert_eq!((button.label(), button.id()), ("Articles", Some(articles)));
///
/// let link = Button::link("Times", "https://ferry.example/").unwrap();
/// assert_eq!(*link.kind(), ButtonKind::Link("https://ferry.example/".to_owned()));
/// assert!(link.id().is_none() && Button::link("Times", "javascript:alert()").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    label: String,
    kind: ButtonKind,
}

/// What pressing a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonKind {
    /// Sends an interaction to the bot.
    Interactive {
        /// The button's `custom_id`.
        id: ComponentId,
        /// Colour of the button.
        style: ButtonStyle,
    },
    /// Opens an http(s) address of at most 512 characters.
    Link(String),
}

/// Colour of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonStyle {
    /// Blue, for the most likely next step.
    Primary,
    /// Grey.
    Secondary,
}

/// A select menu with 1 to 25 options, of which a member picks one.
///
/// ```
/// use pullquote_cards::{ComponentId, SelectMenu, SelectOption};
///
/// let options = ["quay", "isle", "quay"].map(|value| SelectOption::new(value, "a stop", value));
/// let options = options.into_iter().flatten().collect();
/// let menu = SelectMenu::new(ComponentId::PickArticle, "Where to?", options).unwrap();
/// assert_eq!((menu.id(), menu.placeholder()), (ComponentId::PickArticle, "Where to?"));
/// // A value can be picked in one way only.
/// assert_eq!(menu.options().len(), 2);
/// let first = &menu.options()[0];
/// assert_eq!((first.label(), first.description(), first.value()), ("quay", Some("a stop"), "quay"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectMenu {
    id: ComponentId,
    placeholder: String,
    options: Vec<SelectOption>,
}

/// A select menu of the server's channels, of which a member picks some, or none.
///
/// ```
/// use pullquote_cards::{ChannelMenu, ComponentId, SettingControl};
///
/// let id = ComponentId::Set(SettingControl::Helpers);
/// let menu = ChannelMenu::new(id, "Helpers' channel", &[0], 1).chosen(&[7, 8]);
/// assert_eq!((menu.id(), menu.placeholder(), menu.types()), (id, "Helpers' channel", &[0][..]));
/// assert_eq!((menu.most(), menu.channels()), (1, &[7][..]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelMenu {
    id: ComponentId,
    placeholder: String,
    types: &'static [u8],
    most: u8,
    chosen: Vec<u64>,
}

/// An option of a select menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    label: String,
    description: Option<String>,
    value: String,
    is_chosen: bool,
}

impl Button {
    /// A button that sends an interaction to the bot.
    pub fn new(label: &str, style: ButtonStyle, id: ComponentId) -> Self {
        Self {
            label: cut_plain(label, limits::LABEL),
            kind: ButtonKind::Interactive { id, style },
        }
    }

    /// A button that opens an address; `None` if [`link_target`] rejects it.
    pub fn link(label: &str, url: &str) -> Option<Self> {
        Some(Self {
            label: cut_plain(label, limits::LABEL),
            kind: ButtonKind::Link(link_target(url)?),
        })
    }

    /// Text on the button.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What pressing the button does.
    pub fn kind(&self) -> &ButtonKind {
        &self.kind
    }

    /// Its `custom_id`; `None` for a link.
    pub fn id(&self) -> Option<ComponentId> {
        match self.kind {
            ButtonKind::Interactive { id, .. } => Some(id),
            ButtonKind::Link(_) => None,
        }
    }
}

impl SelectMenu {
    /// A select menu; `None` without options. Leaves out options beyond the 25th and options whose value occurs
    /// before.
    pub fn new(id: ComponentId, placeholder: &str, all: Vec<SelectOption>) -> Option<Self> {
        let mut options: Vec<SelectOption> = Vec::new();
        for option in all {
            let duplicate = options.iter().any(|other| other.value == option.value);
            if !duplicate && options.len() < limits::OPTIONS {
                options.push(option);
            }
        }
        (!options.is_empty()).then(|| Self {
            id,
            placeholder: cut_plain(placeholder, limits::PLACEHOLDER),
            options,
        })
    }

    /// Its `custom_id`.
    pub fn id(&self) -> ComponentId {
        self.id
    }

    /// Text shown until an option is picked.
    pub fn placeholder(&self) -> &str {
        &self.placeholder
    }

    /// The options.
    pub fn options(&self) -> &[SelectOption] {
        &self.options
    }
}

impl ChannelMenu {
    /// A menu of the channels of these types, in Discord's numbers, of which up to `most` may be picked.
    pub fn new(id: ComponentId, placeholder: &str, types: &'static [u8], most: u8) -> Self {
        Self {
            id,
            placeholder: cut_plain(placeholder, limits::PLACEHOLDER),
            types,
            most: most.clamp(1, 25),
            chosen: Vec::new(),
        }
    }

    /// Shows channels as chosen already, as many as may be.
    #[must_use]
    pub fn chosen(mut self, channels: &[u64]) -> Self {
        self.chosen = channels.iter().take(self.most.into()).copied().collect();
        self
    }

    /// Its `custom_id`.
    pub fn id(&self) -> ComponentId {
        self.id
    }

    /// Text shown until a channel is picked.
    pub fn placeholder(&self) -> &str {
        &self.placeholder
    }

    /// Discord's numbers of the types offered.
    pub fn types(&self) -> &'static [u8] {
        self.types
    }

    /// How many may be picked.
    pub fn most(&self) -> u8 {
        self.most
    }

    /// The channels that are chosen already.
    pub fn channels(&self) -> &[u64] {
        &self.chosen
    }
}

impl SelectOption {
    /// An option. `None` if `label` or `value` is blank or `value` is longer than 100; a longer `label` or
    /// `description` is cut.
    pub fn new(label: &str, description: &str, value: &str) -> Option<Self> {
        let label = cut_plain(label, limits::CHOICE);
        let description = cut_plain(description, limits::CHOICE);
        let valid = !label.is_empty()
            && !value.trim().is_empty()
            && limits::length(value) <= limits::CHOICE;
        valid.then(|| Self {
            label,
            description: (!description.is_empty()).then_some(description),
            value: value.to_owned(),
            is_chosen: false,
        })
    }

    /// Shows the option as the one that is chosen already, or not.
    #[must_use]
    pub fn chosen(mut self, is_chosen: bool) -> Self {
        self.is_chosen = is_chosen;
        self
    }

    /// Whether it is shown as the one that is chosen already.
    pub(crate) fn is_chosen(&self) -> bool {
        self.is_chosen
    }

    /// Text of the option.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Smaller text below the label.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Value sent to the bot.
    pub fn value(&self) -> &str {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::{SelectMenu, SelectOption};
    use crate::ComponentId;

    #[test]
    fn a_menu_has_25_options_with_different_values() {
        let option = |n: usize| SelectOption::new("label", "", &n.to_string()).unwrap();
        let options = (0..40).map(|n| option(n / 2)).chain((0..40).map(option));
        let menu = SelectMenu::new(ComponentId::PickPassage, "Pick", options.collect()).unwrap();
        let values: Vec<_> = menu.options().iter().map(SelectOption::value).collect();
        let expect: Vec<_> = (0..25).map(|n| n.to_string()).collect();
        assert_eq!(values, expect);
        assert_eq!(
            SelectMenu::new(ComponentId::PickPassage, "Pick", Vec::new()),
            None
        );
    }

    #[test]
    fn an_option_that_could_not_come_back_whole_is_none() {
        assert_eq!(SelectOption::new("label", "", &"x".repeat(101)), None);
        assert_eq!(SelectOption::new(" ", "", "x"), None);
        let cut = SelectOption::new(&"x".repeat(101), "", "x").unwrap();
        assert_eq!(cut.label().chars().count(), 100);
    }
}
