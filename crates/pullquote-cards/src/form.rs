//! Forms, which Discord calls modals: windows with up to five fields, and what members enter in them.
//!
//! ```
//! use pullquote_cards::{ComponentId, Form, FormField, FormInput, FormValue, FormValues};
//!
//! let form = Form::new(ComponentId::FollowUp { article: None }, "Suggest an answer")
//!     .field(FormField::new("answer", "Answer", FormInput::paragraph("", 1_000)))
//!     .field(FormField::new("source", "Source", FormInput::File { most: 1 }).optional());
//! assert_eq!(form.fields().len(), 2);
//!
//! // What comes back, by the ids of the fields.
//! let values = FormValues::default().with("answer", FormValue::Text(" At seven. ".to_owned()));
//! assert_eq!(values.text("answer"), Some("At seven."));
//! assert!(values.files("source").is_empty());
//! ```

use super::limits::{self, cut_plain};
use super::{ComponentId, UploadedFile};

/// A window with one to five fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    id: ComponentId,
    title: String,
    fields: Vec<FormField>,
}

/// A field of a form, with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    id: &'static str,
    label: String,
    description: Option<String>,
    is_required: bool,
    input: FormInput,
}

/// What members enter in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormInput {
    /// A text.
    Text {
        /// Whether it may have several lines.
        lines: Lines,
        /// The text at first.
        value: String,
        /// Characters that it may have, at most 4,000.
        max_length: usize,
    },
    /// One to `most` roles of the server.
    Role {
        /// How many may be picked.
        most: u8,
    },
    /// One to `most` channels of the server.
    Channel {
        /// Discord's numbers of the types offered; none for all.
        types: &'static [u8],
        /// How many may be picked.
        most: u8,
    },
    /// One to `most` files, at most 10.
    File {
        /// How many may be uploaded.
        most: u8,
    },
}

/// Height of a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One line.
    One,
    /// Several lines.
    Several,
}

/// What a member entered in a form, by the ids of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormValues(Vec<(String, FormValue)>);

/// What a member entered in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormValue {
    /// A text.
    Text(String),
    /// Ids of the roles or channels picked.
    Ids(Vec<u64>),
    /// The files uploaded.
    Files(Vec<UploadedFile>),
}

impl Form {
    /// A form without fields.
    pub fn new(id: ComponentId, title: &str) -> Self {
        Self {
            id,
            title: cut_plain(title, limits::FORM_TITLE),
            fields: Vec::new(),
        }
    }

    /// Adds a field. Leaves it out if its id is taken, or if the form has five.
    #[must_use]
    pub fn field(mut self, field: FormField) -> Self {
        let is_taken = self.fields.iter().any(|other| other.id == field.id);
        if !is_taken && self.fields.len() < limits::FORM_FIELDS {
            self.fields.push(field);
        }
        self
    }

    /// Its `custom_id`.
    pub fn id(&self) -> ComponentId {
        self.id
    }

    /// Text above the form.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The fields.
    pub fn fields(&self) -> &[FormField] {
        &self.fields
    }
}

impl FormField {
    /// A field that has to be filled in.
    pub fn new(id: &'static str, label: &str, input: FormInput) -> Self {
        Self {
            id,
            label: cut_plain(label, limits::FORM_TITLE),
            description: None,
            is_required: true,
            input: input.within_limits(),
        }
    }

    /// Adds a line that explains the field.
    #[must_use]
    pub fn described(mut self, description: &str) -> Self {
        let line = cut_plain(description, limits::CHOICE);
        self.description = (!line.is_empty()).then_some(line);
        self
    }

    /// The field may stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_required = false;
        self
    }

    /// Its `custom_id`, by which its value is read.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Text above the field.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Smaller text below the label.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Whether it has to be filled in.
    pub fn is_required(&self) -> bool {
        self.is_required
    }

    /// What members enter.
    pub fn input(&self) -> &FormInput {
        &self.input
    }
}

impl FormInput {
    /// A text of one line.
    pub fn line(value: &str, max_length: usize) -> Self {
        Self::text(Lines::One, value, max_length)
    }

    /// A text of several lines.
    pub fn paragraph(value: &str, max_length: usize) -> Self {
        Self::text(Lines::Several, value, max_length)
    }

    fn text(lines: Lines, value: &str, max_length: usize) -> Self {
        Self::Text {
            lines,
            value: value.to_owned(),
            max_length,
        }
    }

    fn within_limits(mut self) -> Self {
        match &mut self {
            Self::Text {
                lines,
                value,
                max_length,
            } => {
                *max_length = (*max_length).clamp(1, limits::FORM_TEXT);
                *value = match lines {
                    Lines::One => cut_plain(value, *max_length),
                    Lines::Several => limits::cut_lines(value, *max_length),
                };
            }
            Self::Role { most } | Self::Channel { most, .. } => *most = (*most).clamp(1, 25),
            Self::File { most } => *most = (*most).clamp(1, 10),
        }
        self
    }
}

impl FormValues {
    /// Adds the value of a field.
    #[must_use]
    pub fn with(mut self, id: &str, value: FormValue) -> Self {
        self.0.push((id.to_owned(), value));
        self
    }

    /// The trimmed text of a field; `None` if it is missing or blank.
    pub fn text(&self, id: &str) -> Option<&str> {
        match self.find(id) {
            Some(FormValue::Text(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Ids of the roles or channels picked.
    pub fn ids(&self, id: &str) -> &[u64] {
        match self.find(id) {
            Some(FormValue::Ids(ids)) => ids,
            _ => &[],
        }
    }

    /// The files uploaded.
    pub fn files(&self, id: &str) -> &[UploadedFile] {
        match self.find(id) {
            Some(FormValue::Files(files)) => files,
            _ => &[],
        }
    }

    fn find(&self, id: &str) -> Option<&FormValue> {
        let mut all = self.0.iter();
        all.find(|(field, _)| field == id).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, FormField, FormInput, FormValue, FormValues};
    use crate::ComponentId;

    fn form() -> Form {
        Form::new(ComponentId::FollowUp { article: None }, "A form")
    }

    #[test]
    fn a_form_has_five_fields_with_different_ids() {
        let line = || FormInput::line("", 10);
        let form = ["a", "b", "a", "c", "d", "e", "f"]
            .into_iter()
            .fold(form(), |form, id| {
                form.field(FormField::new(id, "Label", line()))
            });
        let ids: Vec<_> = form.fields().iter().map(FormField::id).collect();
        assert_eq!(ids, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn inputs_keep_to_the_limits() {
        let input = |input| FormField::new("x", "Label", input).input().clone();
        let FormInput::Text {
            value, max_length, ..
        } = input(FormInput::paragraph(&"word ".repeat(2_000), 9_000))
        else {
            panic!("a text");
        };
        assert!(value.chars().count() <= 4_000 && max_length == 4_000);
        assert_eq!(
            input(FormInput::File { most: 11 }),
            FormInput::File { most: 10 }
        );
        assert_eq!(
            input(FormInput::Role { most: 0 }),
            FormInput::Role { most: 1 }
        );
    }

    #[test]
    fn a_value_of_another_kind_is_missing() {
        let values = FormValues::default()
            .with("role", FormValue::Ids(vec![7]))
            .with("blank", FormValue::Text(" ".to_owned()));
        assert_eq!((values.ids("role"), values.text("role")), (&[7][..], None));
        assert_eq!(values.text("blank"), None);
        assert!(values.files("role").is_empty() && values.ids("none").is_empty());
    }
}
