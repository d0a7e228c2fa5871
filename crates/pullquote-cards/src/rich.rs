//! Formatted text without a notation: the body of a card. `markdown.rs` writes it in Discord's Markdown and the
//! command line writes it for a terminal.

use super::limits;
use super::link::{address_in, link_target};
use pullquote_core::answer::Quote;
use pullquote_core::article::{Article, Mark, MarkKind};
use pullquote_core::text::{Span, safe};

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
///
/// ```
/// use pullquote_cards::{Inline, Run};
///
/// let run = Run::new("Ask ").member(42).and(" or read ").link("the times", Some("https://ferry.example/"));
/// assert!(matches!(&run.parts()[3], Inline::Link { label, .. } if label == "the times"));
/// // A label that looks like an address may lie about where it leads.
/// let run = Run::new("").link("https://bank.example/", Some("https://ferry.example/"));
/// assert_eq!(run.text(), "https://bank.example/");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run(Vec<Inline>);

/// A part of a [`Run`] with one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Bold text.
    Bold(String),
    /// Italic text. No letter or digit stands directly before or after it.
    Italic {
        /// The text.
        text: String,
        /// Whether it is bold.
        bold: bool,
    },
    /// A link.
    Link {
        /// Text of the link. If it is an address, `url` is the same one.
        label: String,
        /// An address returned by [`link_target`].
        url: String,
        /// Whether it is bold.
        bold: bool,
    },
    /// Code inside a line, without two backticks in a row.
    Code {
        /// The code.
        text: String,
        /// Whether it is bold.
        bold: bool,
    },
    /// A block of code, without three backticks in a row. Where the text before or after it has no line break, one
    /// is to be written.
    Fence {
        /// Lines of code.
        code: String,
        /// Language, in the letters that Discord accepts.
        language: Option<String>,
    },
    /// Mention of a slash command, which members can click.
    Command {
        /// Its registered name.
        name: String,
        /// Its id.
        id: u64,
    },
    /// Mention of a member by Discord id. No message notifies the members it mentions.
    Member(u64),
    /// Mention of a channel by Discord id.
    Channel(u64),
    /// Mention of a role by Discord id. In a card, it notifies nobody.
    Role(u64),
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

    /// Appends the parts of another run.
    #[must_use]
    pub(super) fn followed_by(mut self, other: Self) -> Self {
        for part in other.0 {
            self.push(part);
        }
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
        match url.and_then(|url| labelled(label, url, false)) {
            Some(link) => self.push(link),
            None => self.push(Inline::Text(label.to_owned())),
        }
        self
    }

    /// Appends a mention of a member.
    #[must_use]
    pub fn member(mut self, id: u64) -> Self {
        self.push(Inline::Member(id));
        self
    }

    /// Appends a mention of a channel.
    #[must_use]
    pub fn channel(mut self, id: u64) -> Self {
        self.push(Inline::Channel(id));
        self
    }

    /// Appends a mention of a role.
    #[must_use]
    pub fn role(mut self, id: u64) -> Self {
        self.push(Inline::Role(id));
        self
    }

    /// Appends a mention of a slash command, which members can click. `name` is the registered name.
    #[must_use]
    pub fn command(mut self, name: &str, id: u64) -> Self {
        self.push(Inline::Command {
            name: name.to_owned(),
            id,
        });
        self
    }

    /// A quote as members see it: the lines that are read with it, and its text with the sentences that answer in bold.
    pub fn of_quote(article: &Article, quote: &Quote) -> Self {
        let (text, marks) = (&article.text, &article.marks);
        let lead = quote.lead(quote.span);
        let lead = lead.map(|lead| Self::default().marked(text, marks, lead, &[]).and("\n"));
        let lead = lead.unwrap_or_default();
        lead.marked(text, marks, quote.span, quote.emphasis())
    }

    /// Appends `span` of an article's text with its marks, and with the spans of `highlights` in bold. Links and code are
    /// bold only as a whole, and not italic. Both are spans of `text` in order; highlights that overlap or reach out of
    /// `span` are ignored.
    #[must_use]
    pub fn marked(mut self, text: &str, marks: &[Mark], span: Span, highlights: &[Span]) -> Self {
        let inside: Vec<Mark> = marks.iter().filter_map(|mark| mark.inside(span)).collect();
        let bold = bold_spans(&inside, span, highlights);
        let italic = italic_spans(text, &inside);
        let mut at = span;
        for mark in &inside {
            if mark.span.start < at.start {
                // Inside another link or code.
                continue;
            }
            let is_bold = bold
                .iter()
                .any(|bold| bold.start <= mark.span.start && mark.span.end <= bold.end);
            let Some(part) = Inline::of_mark(mark.span.of(text), &mark.kind, is_bold) else {
                continue;
            };
            at.end = mark.span.start;
            self.push_text(text, at, &bold, &italic);
            self.push(part);
            at.start = mark.span.end;
        }
        at.end = span.end;
        self.push_text(text, at, &bold, &italic);
        self
    }

    /// Appends a part of an article's text without links and code. Addresses in it become links.
    fn push_text(&mut self, text: &str, span: Span, bold: &[Span], italic: &[Span]) {
        let styled = [bold, italic].into_iter().flatten();
        let ends = styled.flat_map(|styled| [styled.start, styled.end]);
        let mut cuts: Vec<u32> = ends
            .filter(|at| (span.start..span.end).contains(at))
            .collect();
        cuts.push(span.end);
        cuts.sort_unstable();
        let mut start = span.start;
        for end in cuts {
            let part = Span { start, end };
            let is_in = |spans: &[Span]| {
                let mut spans = spans.iter();
                spans.any(|styled| styled.start <= start && end <= styled.end)
            };
            self.push_with_addresses(part.of(text), is_in(bold), is_in(italic));
            start = end;
        }
    }

    fn push_with_addresses(&mut self, text: &str, bold: bool, italic: bool) {
        let part = |text: &str| {
            let text = text.to_owned();
            match (italic, bold) {
                (true, _) => Inline::Italic { text, bold },
                (false, true) => Inline::Bold(text),
                (false, false) => Inline::Text(text),
            }
        };
        let mut rest = text;
        while let Some((before, address, after)) = address_in(rest) {
            let label = address.to_owned();
            self.push(part(before));
            self.push(match link_target(address) {
                Some(url) => Inline::Link { label, url, bold },
                None => part(address),
            });
            rest = after;
        }
        self.push(part(rest));
    }

    /// The run as part of a line: with code in a line for blocks of code, and cut to `limit` characters.
    #[must_use]
    pub(super) fn in_one_line(&self, limit: usize) -> Self {
        let mut line = Self::default();
        for part in &self.0 {
            line.push(match part {
                Inline::Fence { code, .. } => match limits::one_line(code) {
                    text if text.contains('`') => Inline::Text(text),
                    text => Inline::Code { text, bold: false },
                },
                other => other.clone(),
            });
        }
        let text = line.text();
        match limits::fitting(&text, limit) {
            end if end < text.len() => line.prefix(end).and("…"),
            _ => line,
        }
    }

    /// Its parts. No text is empty, and no two neighbours are both plain or both bold.
    pub fn parts(&self) -> &[Inline] {
        &self.0
    }

    /// Its text without formatting and without mentions.
    pub fn text(&self) -> String {
        let texts = self.0.iter().map(|part| match part {
            Inline::Text(text)
            | Inline::Bold(text)
            | Inline::Italic { text, .. }
            | Inline::Code { text, .. }
            | Inline::Fence { code: text, .. }
            | Inline::Link { label: text, .. } => text.as_str(),
            Inline::Member(_) | Inline::Channel(_) | Inline::Role(_) | Inline::Command { .. } => "",
        });
        texts.collect()
    }

    fn push(&mut self, part: Inline) {
        match (self.0.last_mut(), part) {
            (_, part) if part.text().is_some_and(str::is_empty) => {}
            // Two backticks in a row would end the code.
            (Some(Inline::Code { text: before, .. }), Inline::Code { text, bold })
                if before.ends_with('`') && text.starts_with('`') =>
            {
                self.push(if bold {
                    Inline::Bold(text)
                } else {
                    Inline::Text(text)
                });
            }
            (Some(Inline::Text(before)), Inline::Text(text))
            | (Some(Inline::Bold(before)), Inline::Bold(text)) => before.push_str(&text),
            // Discord would read two pairs of backticks in a row as one.
            (
                Some(Inline::Code { text: before, bold }),
                Inline::Code {
                    text,
                    bold: is_bold,
                },
            )
            | (
                Some(Inline::Italic { text: before, bold }),
                Inline::Italic {
                    text,
                    bold: is_bold,
                },
            ) if *bold == is_bold => before.push_str(&text),
            (_, part) => self.0.push(part),
        }
    }

    /// The first `bytes` bytes of [`Self::text`] with their formatting, without trailing white space.
    pub(super) fn prefix(&self, bytes: usize) -> Self {
        let mut kept = Self::default();
        let mut left = bytes;
        for part in &self.0 {
            let length = part.text().map_or(0, str::len);
            kept.push(part.prefix(left));
            if length >= left {
                break;
            }
            left -= length;
        }
        if let Some(Inline::Text(last) | Inline::Bold(last) | Inline::Italic { text: last, .. }) =
            kept.0.last_mut()
        {
            last.truncate(last.trim_end().len());
        }
        kept
    }
}

impl Inline {
    /// Its text; `None` for a mention.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text)
            | Self::Bold(text)
            | Self::Italic { text, .. }
            | Self::Code { text, .. }
            | Self::Fence { code: text, .. }
            | Self::Link { label: text, .. } => Some(text),
            Self::Member(_) | Self::Channel(_) | Self::Role(_) | Self::Command { .. } => None,
        }
    }

    /// Whether it is bold.
    pub fn is_bold(&self) -> bool {
        match self {
            Self::Bold(_) => true,
            Self::Link { bold, .. } | Self::Code { bold, .. } | Self::Italic { bold, .. } => *bold,
            Self::Text(_)
            | Self::Fence { .. }
            | Self::Member(_)
            | Self::Channel(_)
            | Self::Role(_)
            | Self::Command { .. } => false,
        }
    }

    /// The part that a mark makes of a text; `None` if it stays plain text, because nothing that Discord reads shows it
    /// as it is.
    fn of_mark(text: &str, kind: &MarkKind, bold: bool) -> Option<Self> {
        let shown = safe(text);
        if shown.trim().is_empty() {
            return None;
        }
        match kind {
            MarkKind::Link(url) => labelled(text, url, bold),
            MarkKind::Code if shown.contains("``") || shown.contains('\n') => None,
            MarkKind::Code => Some(Self::Code {
                text: text.to_owned(),
                bold: bold && nests(text),
            }),
            MarkKind::Fence(_) if shown.contains("```") => None,
            MarkKind::Fence(language) => Some(Self::Fence {
                code: text.to_owned(),
                language: language.clone().filter(|name| is_language(name)),
            }),
            MarkKind::Relative(_) | MarkKind::Bold | MarkKind::Italic => None,
        }
    }

    /// The part with only the first `bytes` bytes of its text.
    fn prefix(&self, bytes: usize) -> Self {
        let Some(text) = self.text().filter(|text| bytes < text.len()) else {
            return self.clone();
        };
        let text = Span::new(0, bytes).of(text);
        let trimmed = text.trim_end().to_owned();
        match self {
            Self::Bold(_) => Self::Bold(text.to_owned()),
            Self::Italic { bold, .. } => Self::Italic {
                text: text.to_owned(),
                bold: *bold,
            },
            Self::Code { bold, .. } => Self::Code {
                text: trimmed,
                bold: *bold,
            },
            Self::Fence { language, .. } => Self::Fence {
                code: trimmed,
                language: language.clone(),
            },
            // A part of an address leads elsewhere.
            Self::Link { label, url, bold } if !is_address(label) => Self::Link {
                label: trimmed,
                url: url.clone(),
                bold: *bold,
            },
            _ => Self::Text(text.to_owned()),
        }
    }
}

/// A link with a label, unless [`Run::link`] rejects it.
fn labelled(label: &str, url: &str, bold: bool) -> Option<Inline> {
    let url = link_target(url)?;
    let is_label = !is_address(label) && !label.trim().is_empty();
    is_label.then(|| Inline::Link {
        label: label.to_owned(),
        bold: bold && nests(&url),
        url,
    })
}

/// Whether a text looks like an address.
pub(super) fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// Whether code, or an address, can be inside bold text: Discord looks for the end of that first.
fn nests(text: &str) -> bool {
    !text.contains(['*', '\\'])
}

/// Whether Discord accepts a word as the language of a block of code.
fn is_language(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_+-.#".contains(letter);
    (1..=30).contains(&name.len()) && name.chars().all(is_letter)
}

/// What is bold in `span`: highlights and bold marks, in order and without overlaps.
fn bold_spans(marks: &[Mark], span: Span, highlights: &[Span]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut at = span.start;
    for highlight in highlights {
        if highlight.start >= at && highlight.end <= span.end {
            found.push(*highlight);
            at = highlight.end;
        }
    }
    let bold = marks.iter().filter(|mark| mark.kind == MarkKind::Bold);
    found.extend(bold.map(|mark| mark.span));
    merged(found)
}

/// What is italic. Discord does not show part of a word in italics.
fn italic_spans(text: &str, marks: &[Mark]) -> Vec<Span> {
    let is_shown = |letter: &char| !safe(letter.encode_utf8(&mut [0; 4])).is_empty();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let stands_alone = |span: &Span| {
        let before = Span::new(0, span.start as usize).of(text);
        let after = Span::new(span.end as usize, text.len()).of(text);
        let around = [
            before.chars().rev().find(is_shown),
            after.chars().find(is_shown),
        ];
        !around.into_iter().flatten().any(is_word)
    };
    let italic = marks.iter().filter(|mark| mark.kind == MarkKind::Italic);
    let found = merged(italic.map(|mark| mark.span).collect());
    found.into_iter().filter(stands_alone).collect()
}

/// Spans in order, as one where they touch or overlap.
fn merged(mut found: Vec<Span>) -> Vec<Span> {
    found.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for one in found {
        match merged.last_mut() {
            Some(last) if one.start <= last.end => last.end = last.end.max(one.end),
            _ => merged.push(one),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::{Inline, Mark, MarkKind, Run};
    use pullquote_core::text::Span;

    #[test]
    fn marks_the_highlights_inside_the_span() {
        let text = "one two three four";
        let highlights = [Span::new(0, 3), Span::new(4, 7), Span::new(6, 13)];
        let run = Run::default().marked(text, &[], Span::new(4, 13), &highlights);
        let expect = [
            Inline::Bold("two".to_owned()),
            Inline::Text(" three".to_owned()),
        ];
        assert_eq!(run.parts(), expect);
    }

    /// The parts of an article's text that says `see fares: go` from byte 2 on, written in one line.
    fn parts(marks: &[(usize, usize, MarkKind)], highlights: &[Span]) -> String {
        let text = "x see fares: go";
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(start, end, kind)| Mark {
                span: Span::new(*start, *end),
                kind: kind.clone(),
            })
            .collect();
        let run = Run::default().marked(text, &marks, Span::new(2, text.len()), highlights);
        let part = |part: &Inline| {
            let text = part.text().unwrap_or_default();
            let kind = match part {
                Inline::Link { .. } => "link ",
                Inline::Code { .. } => "code ",
                Inline::Fence { .. } => "fence ",
                _ => "",
            };
            let bold = if part.is_bold() { "bold " } else { "" };
            format!("{bold}{kind}[{text}]")
        };
        run.parts().iter().map(part).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn links_and_code_keep_their_marks() {
        let link = || MarkKind::Link("https://a.example".to_owned());
        let whole = Span::new(2, 15);
        let word = Span::new(6, 9);
        assert_eq!(parts(&[(6, 11, link())], &[]), "[see ] link [fares] [: go]");
        assert_eq!(
            parts(&[(6, 11, link()), (6, 11, MarkKind::Code)], &[whole]),
            "bold [see ] bold link [fares] bold [: go]"
        );
        // Half of a link is not bold, and a link to nowhere is text.
        assert_eq!(
            parts(&[(6, 11, link())], &[word]),
            "[see ] link [fares] [: go]"
        );
        let nowhere = MarkKind::Link("javascript:x".to_owned());
        assert_eq!(parts(&[(6, 11, nowhere)], &[]), "[see fares: go]");
        assert_eq!(
            parts(&[(0, 5, MarkKind::Bold), (13, 15, MarkKind::Code)], &[]),
            "bold [see] [ fares: ] code [go]"
        );
        assert_eq!(
            parts(&[(0, 11, MarkKind::Fence(None))], &[word]),
            "fence [see fares] [: go]"
        );
    }

    #[test]
    fn code_has_no_two_backticks_in_a_row() {
        let code = |text: &str| Inline::Code {
            text: text.to_owned(),
            bold: false,
        };
        let check = |parts: [&str; 3], expected: &[Inline]| {
            let mut run = Run::default();
            for part in parts {
                run.push(code(part));
            }
            assert_eq!(run.parts(), expected, "{parts:?}");
        };
        check(["a", "`b", "c"], &[code("a`bc")]);
        let text = Inline::Text("`b".to_owned());
        check(["a`", "`b", "c"], &[code("a`"), text, code("c")]);
    }

    #[test]
    fn a_part_of_a_line_has_its_code_in_the_line() {
        let text = "Run now:\n\ngo on\n  there";
        let fence = Mark {
            span: Span::new(10, text.len()),
            kind: MarkKind::Fence(None),
        };
        let run = Run::default().marked(text, &[fence], Span::whole(text), &[Span::new(4, 7)]);
        let check = |limit, expected: Run| assert_eq!(run.in_one_line(limit), expected, "{limit}");
        let start = || Run::new("Run ").bold("now").and(":\n\n");
        let code = |text: &str| {
            let mut run = start();
            run.push(Inline::Code {
                text: text.to_owned(),
                bold: false,
            });
            run
        };
        check(40, code("go on there"));
        check(17, code("go on").and("…"));
        check(9, Run::new("Run ").bold("now").and(":…"));
    }

    #[test]
    fn addresses_in_text_are_links() {
        let text = "See https://a.example/x (or http://b.example/_y).";
        let run = Run::default().marked(text, &[], Span::whole(text), &[]);
        let link = |url: &str| Inline::Link {
            label: url.to_owned(),
            url: url.to_owned(),
            bold: false,
        };
        let plain = |text: &str| Inline::Text(text.to_owned());
        let expect = [
            plain("See "),
            link("https://a.example/x"),
            plain(" (or "),
            link("http://b.example/_y"),
            plain(")."),
        ];
        assert_eq!(run.parts(), expect);
        // Less of an address would lead elsewhere.
        assert_eq!(run.prefix(17), Run::new("See https://a.exa"));
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
