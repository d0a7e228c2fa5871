//! Buttons and selects, within Discord's limits by construction.

use super::ComponentId;
use super::limits::{self, cut_plain};
use super::markdown::link_target;

/// A row of controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// A menu.
    Select(Select),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    label: String,
    press: Press,
}

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Comes back to the bot.
    Ask {
        /// With this id.
        id: ComponentId,
        /// Looks like this.
        style: Style,
    },
    /// Opens a page. Its address is a sound http(s) one of at most 512 characters.
    Open(String),
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Stands out.
    Primary,
    /// Grey.
    Secondary,
    /// Green.
    Success,
}

/// A menu of 1 to 25 options of which one is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Select {
    id: ComponentId,
    placeholder: String,
    options: Vec<SelectOption>,
}

/// An option of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectOption {
    label: String,
    description: Option<String>,
    value: String,
}

impl Button {
    /// A button that comes back to the bot.
    pub fn new(label: &str, style: Style, id: ComponentId) -> Self {
        Self {
            label: cut_plain(label, limits::LABEL),
            press: Press::Ask { id, style },
        }
    }

    /// A button that opens a page; `None` where the address is not a sound http(s) one.
    pub fn link(label: &str, url: &str) -> Option<Self> {
        Some(Self {
            label: cut_plain(label, limits::LABEL),
            press: Press::Open(link_target(url)?),
        })
    }

    /// What is written on it.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// What it does.
    pub fn press(&self) -> &Press {
        &self.press
    }
}

impl Select {
    /// A menu; `None` without options. Options beyond 25, and those of a value that is there already, are
    /// left out.
    pub fn new(id: ComponentId, placeholder: &str, all: Vec<SelectOption>) -> Option<Self> {
        let mut options: Vec<SelectOption> = Vec::new();
        for option in all {
            let known = options.iter().any(|other| other.value == option.value);
            if !known && options.len() < limits::OPTIONS {
                options.push(option);
            }
        }
        (!options.is_empty()).then(|| Self {
            id,
            placeholder: cut_plain(placeholder, limits::PLACEHOLDER),
            options,
        })
    }

    /// Its id.
    pub fn id(&self) -> &ComponentId {
        &self.id
    }

    /// What it says before anything is chosen.
    pub fn placeholder(&self) -> &str {
        &self.placeholder
    }

    /// What can be chosen.
    pub fn options(&self) -> &[SelectOption] {
        &self.options
    }
}

impl SelectOption {
    /// An option; `None` where label or value is blank, or the value too long to come back whole.
    pub fn new(label: &str, description: &str, value: &str) -> Option<Self> {
        let label = cut_plain(label, limits::CHOICE);
        let description = cut_plain(description, limits::CHOICE);
        let sound = !label.is_empty()
            && !value.trim().is_empty()
            && limits::length(value) <= limits::CHOICE;
        sound.then(|| Self {
            label,
            description: (!description.is_empty()).then_some(description),
            value: value.to_owned(),
        })
    }

    /// What is shown.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The quiet line below it.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// What comes back.
    pub fn value(&self) -> &str {
        &self.value
    }
}
