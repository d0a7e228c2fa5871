//! Parts of a card: colour, fields, attachment.

use super::limits::{self, cut_plain, length};
use super::markdown;

/// Colour of the embed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Grey: neither an answer nor a failure.
    #[default]
    Plain,
    /// Green: an answer.
    Sure,
    /// Amber: no answer, suggestions, a refusal.
    Unsure,
}

/// A field of the embed. Discord shows up to three in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    name: String,
    value: String,
}

/// An attached file: a text, or a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    name: String,
    bytes: Vec<u8>,
    media_type: &'static str,
    description: Option<String>,
}

impl Field {
    /// A field; `None` if name or value is blank, or too long in Markdown.
    pub(super) fn new(name: &str, value: &str) -> Option<Self> {
        let field = Self {
            name: cut_plain(name, limits::TITLE),
            value: cut_plain(value, limits::FIELD_VALUE),
        };
        let fits = (1..=limits::TITLE).contains(&length(&field.name()))
            && (1..=limits::FIELD_VALUE).contains(&length(&field.value()));
        fits.then_some(field)
    }

    /// Characters that count towards the embed's 6,000.
    pub(super) fn length(&self) -> usize {
        length(&self.name()) + length(&self.value())
    }

    /// Name. Markdown.
    pub fn name(&self) -> String {
        markdown::escape(&self.name)
    }

    /// Value. Markdown.
    pub fn value(&self) -> String {
        markdown::escape(&self.value)
    }

    /// Name and value as plain text.
    pub fn plain(&self) -> (&str, &str) {
        (&self.name, &self.value)
    }
}

impl Attachment {
    /// The file `NAME.txt`; `None` if `text` is larger than Discord accepts. Characters of the name other than ASCII
    /// letters, digits, `-` and `_` become `_`.
    pub(super) fn new(name: &str, text: &str) -> Option<Self> {
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
                letter
            } else {
                '_'
            }
        };
        let stem: String = name.chars().take(limits::CHOICE).map(plain).collect();
        (text.len() <= limits::FILE).then(|| Self {
            name: format!("{stem}.txt"),
            bytes: text.as_bytes().to_vec(),
            media_type: "text/plain",
            description: None,
        })
    }

    /// The picture `NAME.png`, with what screen readers say of it; `None` if it is larger than Discord accepts.
    pub(super) fn picture(name: &str, png: &[u8], description: &str) -> Option<Self> {
        (png.len() <= limits::FILE).then(|| Self {
            name: format!("{name}.png"),
            bytes: png.to_vec(),
            media_type: "image/png",
            description: Some(cut_plain(description, limits::ATTACHMENT_DESCRIPTION)),
        })
    }

    /// The file with another ending than `txt`.
    pub(super) fn ending(mut self, ending: &str) -> Self {
        let stem = self.name.trim_end_matches("txt");
        self.name = format!("{stem}{ending}");
        self
    }

    /// File name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Content of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// What a picture shows, in words. Plain text.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }
}

impl Tone {
    /// Colour as 0xRRGGBB.
    pub fn colour(self) -> u32 {
        match self {
            Self::Plain => 0x4F_54_5C,
            Self::Sure => 0x2E_8B_57,
            Self::Unsure => 0xC9_8A_1B,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Attachment, Field};

    #[test]
    fn fields_that_do_not_fit_in_markdown_are_none() {
        let field = Field::new("Name", &"x".repeat(2_000)).unwrap();
        assert!(field.value().ends_with('…') && field.length() <= 4 + 1_024);
        assert_eq!(Field::new("Name", &"*".repeat(1_000)), None);
        assert_eq!(Field::new(" ", "x"), None);
    }

    #[test]
    fn file_names_are_plain_ascii() {
        let file = Attachment::new("Ä b/c-1", "text").unwrap();
        assert_eq!((file.name(), file.bytes()), ("__b_c-1.txt", &b"text"[..]));
        assert_eq!(
            Attachment::new("a", &"x".repeat(10 * 1024 * 1024 + 1)),
            None
        );
    }
}
