//! Text with a shape but without a notation: what a card's body is made of. `markdown.rs` writes it for
//! Discord, `cli/show.rs` for a terminal; neither ever has to read the other's notation.

use super::markdown;
use pullquote_core::text::{Span, sentences};
use unicode_segmentation::UnicodeSegmentation;

/// A piece of a card's body. What is in it is plain text and is shown as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Words of the bot.
    Paragraph(Run),
    /// Words of an article, or of a member.
    Quote(Run),
    /// Who is quoted, right below a quote.
    Source(Run),
    /// An item of a list.
    Item(Run),
    /// A quiet line.
    Small(Run),
}

/// Text on its way through a block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run(Vec<Inline>);

/// A stretch of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// As it is.
    Text(String),
    /// Made to stand out.
    Bold(String),
    /// Leads to an address.
    Link {
        /// What is shown.
        label: String,
        /// A checked http(s) address.
        url: String,
    },
    /// A member's name, by Discord id. Nobody is ever notified by it.
    Member(u64),
}

impl Block {
    /// What stands in it.
    pub fn run(&self) -> &Run {
        match self {
            Self::Paragraph(run)
            | Self::Quote(run)
            | Self::Source(run)
            | Self::Item(run)
            | Self::Small(run) => run,
        }
    }

    fn with(&self, run: Run) -> Self {
        match self {
            Self::Paragraph(_) => Self::Paragraph(run),
            Self::Quote(_) => Self::Quote(run),
            Self::Source(_) => Self::Source(run),
            Self::Item(_) => Self::Item(run),
            Self::Small(_) => Self::Small(run),
        }
    }

    /// The block as Discord shows it in at most `limit`: whole, or cut behind a sentence, or (where not
    /// even one fits) behind a grapheme. `None` where nothing fits.
    pub fn cut(self, limit: usize) -> Option<Self> {
        let fits = |block: &Self| super::limits::length(&markdown::block(block)) <= limit;
        if fits(&self) {
            return Some(self);
        }
        let text = self.run().text();
        let sentence_ends: Vec<usize> = sentences(&text, None)
            .iter()
            .map(|sentence| sentence.end as usize)
            .collect();
        let grapheme_ends = || {
            let ends = text.grapheme_indices(true);
            ends.map(|(at, grapheme)| at + grapheme.len()).collect()
        };
        let cut_at = |end: usize, mark: &str| self.with(self.run().prefix(end).and(mark));
        let longest = |ends: Vec<usize>, mark: &str| {
            // Notation grows with the text; escapes that depend on what follows make it uneven by a
            // little, so the last steps are tried one by one.
            let near = ends.partition_point(|&end| fits(&cut_at(end, mark)));
            let tried = ends.get(..near)?.iter().rev();
            tried
                .map(|&end| cut_at(end, mark))
                .find(|block| fits(block))
        };
        longest(sentence_ends, " …").or_else(|| longest(grapheme_ends(), "…"))
    }
}

impl Run {
    /// Plain text.
    pub fn new(text: &str) -> Self {
        Self::default().and(text)
    }

    /// And then plain text.
    #[must_use]
    pub fn and(mut self, text: &str) -> Self {
        self.push(Inline::Text(text.to_owned()));
        self
    }

    /// And then text that stands out.
    #[must_use]
    pub fn bold(mut self, text: &str) -> Self {
        self.push(Inline::Bold(text.to_owned()));
        self
    }

    /// And then a label that leads to an address; the label alone where that is not a sound http(s)
    /// address, or where the label itself looks like one (Discord shows no such link: it could lie).
    #[must_use]
    pub fn link(mut self, label: &str, url: Option<&str>) -> Self {
        let label = label.to_owned();
        self.push(match url.and_then(markdown::link_target) {
            Some(url) if !label.contains("://") && !label.trim().is_empty() => {
                Inline::Link { label, url }
            }
            _ => Inline::Text(label),
        });
        self
    }

    /// And then a member's name.
    #[must_use]
    pub fn member(mut self, id: u64) -> Self {
        self.push(Inline::Member(id));
        self
    }

    /// And then the text in `span` of `text`, with `lights` (in order, spans of `text` as well) standing out.
    #[must_use]
    pub fn marked(mut self, text: &str, span: Span, lights: &[Span]) -> Self {
        let mut at = span.start;
        for light in lights {
            if light.start < at || light.end > span.end {
                continue;
            }
            self.push(Inline::Text(
                Span::new(at as usize, light.start as usize)
                    .of(text)
                    .to_owned(),
            ));
            self.push(Inline::Bold(light.of(text).to_owned()));
            at = light.end;
        }
        self.push(Inline::Text(
            Span::new(at as usize, span.end as usize)
                .of(text)
                .to_owned(),
        ));
        self
    }

    /// Its parts. No text among them is empty, no two neighbours are of one kind.
    pub fn parts(&self) -> &[Inline] {
        &self.0
    }

    /// Its words alone.
    pub fn text(&self) -> String {
        let words = self.0.iter().map(|part| match part {
            Inline::Text(text) | Inline::Bold(text) | Inline::Link { label: text, .. } => {
                text.as_str()
            }
            Inline::Member(_) => "",
        });
        words.collect()
    }

    fn push(&mut self, part: Inline) {
        match (self.0.last_mut(), part) {
            (_, Inline::Text(text) | Inline::Bold(text)) if text.is_empty() => {}
            (Some(Inline::Text(before)), Inline::Text(text))
            | (Some(Inline::Bold(before)), Inline::Bold(text)) => before.push_str(&text),
            (_, part) => self.0.push(part),
        }
    }

    /// The first `bytes` of its words, without the white space at their end.
    fn prefix(&self, bytes: usize) -> Self {
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
