//! Formatted text without a notation: the body of a card. `markdown.rs` writes it in Discord's Markdown and the
//! command line writes it for a terminal.

use super::link::link_target;
use pullquote_core::text::Span;

/// A block of a card's body. Its text is literal: nothing in it is read as markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The bot's own words.
    Paragraph(Run),
    /// A quote from an article.
    Quote(Run),
    /// Source of the quote above it.
    Source(Run),
    /// List item.
    Item(Run),
    /// Small print.
    Small(Run),
}

/// A run of formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run(Vec<Inline>);

/// A part of a [`Run`] with one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Bold text.
    Bold(String),
    /// A link.
    Link {
        /// Text of the link.
        label: String,
        /// An address returned by [`link_target`].
        url: String,
    },
    /// Mention of a member by Discord id. No message notifies the members it mentions.
    Member(u64),
}

impl Block {
    /// Its text.
    pub fn run(&self) -> &Run {
        match self {
            Self::Paragraph(run)
            | Self::Quote(run)
            | Self::Source(run)
            | Self::Item(run)
            | Self::Small(run) => run,
        }
    }

    /// The same kind of block with another text.
    pub(super) fn with(&self, run: Run) -> Self {
        match self {
            Self::Paragraph(_) => Self::Paragraph(run),
            Self::Quote(_) => Self::Quote(run),
            Self::Source(_) => Self::Source(run),
            Self::Item(_) => Self::Item(run),
            Self::Small(_) => Self::Small(run),
        }
    }
}

impl Run {
    /// Starts with plain text.
    pub fn new(text: &str) -> Self {
        Self::default().and(text)
    }

    /// Appends plain text.
    #[must_use]
    pub fn and(mut self, text: &str) -> Self {
        self.push(Inline::Text(text.to_owned()));
        self
    }

    /// Appends bold text.
    #[must_use]
    pub fn bold(mut self, text: &str) -> Self {
        self.push(Inline::Bold(text.to_owned()));
        self
    }

    /// Appends a link, or only its label if [`link_target`] rejects the address or the label itself looks like
    /// an address. Discord shows no such link, because its label may lie about where it leads.
    #[must_use]
    pub fn link(mut self, label: &str, url: Option<&str>) -> Self {
        let label = label.to_owned();
        self.push(match url.and_then(link_target) {
            Some(url) if !label.contains("://") && !label.trim().is_empty() => {
                Inline::Link { label, url }
            }
            _ => Inline::Text(label),
        });
        self
    }

    /// Appends a mention of a member.
    #[must_use]
    pub fn member(mut self, id: u64) -> Self {
        self.push(Inline::Member(id));
        self
    }

    /// Appends `span` of `text`, with the spans of `highlights` in bold. Highlights are spans of `text` in
    /// order; those that overlap or reach out of `span` are ignored.
    #[must_use]
    pub fn marked(mut self, text: &str, span: Span, highlights: &[Span]) -> Self {
        let slice = |start: u32, end: u32| {
            let span = Span::new(start as usize, end as usize);
            span.of(text).to_owned()
        };
        let mut at = span.start;
        for highlight in highlights {
            if highlight.start < at || highlight.end > span.end {
                continue;
            }
            self.push(Inline::Text(slice(at, highlight.start)));
            self.push(Inline::Bold(slice(highlight.start, highlight.end)));
            at = highlight.end;
        }
        self.push(Inline::Text(slice(at, span.end)));
        self
    }

    /// Its parts. No text is empty, and no two neighbours are both plain or both bold.
    pub fn parts(&self) -> &[Inline] {
        &self.0
    }

    /// Its text without formatting and without mentions.
    pub fn text(&self) -> String {
        let texts = self.0.iter().map(|part| match part {
            Inline::Text(text) | Inline::Bold(text) | Inline::Link { label: text, .. } => {
                text.as_str()
            }
            Inline::Member(_) => "",
        });
        texts.collect()
    }

    fn push(&mut self, part: Inline) {
        match (self.0.last_mut(), part) {
            (_, Inline::Text(text) | Inline::Bold(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text))
            | (Some(Inline::Bold(before)), Inline::Bold(text)) => before.push_str(&text),
            (_, part) => self.0.push(part),
        }
    }

    /// The first `bytes` bytes of [`Self::text`] with their formatting, without trailing white space.
    pub(super) fn prefix(&self, bytes: usize) -> Self {
        let mut kept = Self::default();
        let mut left = bytes;
        for part in &self.0 {
            let cut = |text: &str| Span::new(0, left.min(text.len())).of(text).to_owned();
            let (part, taken) = match part {
                Inline::Text(text) => (Inline::Text(cut(text)), text.len()),
                Inline::Bold(text) => (Inline::Bold(cut(text)), text.len()),
                Inline::Link { label, url } => (
                    Inline::Link {
                        label: cut(label),
                        url: url.clone(),
                    },
                    label.len(),
                ),
                Inline::Member(id) => (Inline::Member(*id), 0),
            };
            kept.push(part);
            if taken >= left {
                break;
            }
            left -= taken;
        }
        if let Some(Inline::Text(last) | Inline::Bold(last)) = kept.0.last_mut() {
            last.truncate(last.trim_end().len());
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::{Inline, Run};
    use pullquote_core::text::Span;

    #[test]
    fn marks_the_highlights_inside_the_span() {
        let text = "one two three four";
        let highlights = [Span::new(0, 3), Span::new(4, 7), Span::new(6, 13)];
        let run = Run::default().marked(text, Span::new(4, 13), &highlights);
        let expect = [
            Inline::Bold("two".to_owned()),
            Inline::Text(" three".to_owned()),
        ];
        assert_eq!(run.parts(), expect);
    }

    #[test]
    fn a_label_that_looks_like_an_address_is_no_link() {
        let run = Run::default().link("https://a.example", Some("https://b.example"));
        assert_eq!(run.parts(), [Inline::Text("https://a.example".to_owned())]);
    }

    #[test]
    fn a_prefix_keeps_formatting_and_drops_trailing_space() {
        let run = Run::new("one ").bold("two three");
        assert_eq!(run.prefix(8), Run::new("one ").bold("two"));
        assert_eq!(run.prefix(2), Run::new("on"));
        assert_eq!(run.prefix(100), run);
    }
}
