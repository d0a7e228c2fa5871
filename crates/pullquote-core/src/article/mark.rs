//! Marks: what a text's markup said about parts of it, such as links and code. The text itself is free of markup, so that
//! it can be searched and quoted word for word; whoever shows it uses the marks.

use crate::text::Span;
use std::cmp::Reverse;

/// What the markup of a file says about a part of a text.
///
/// ```
/// use pullquote_core::article::{Mark, MarkKind};
/// use pullquote_core::text::Span;
///
/// let text = "Ask **the office** now";
/// let mut marks = [
///     Mark { span: Span::new(8, 18), kind: MarkKind::Bold },
///     Mark { span: Span::new(6, 18), kind: MarkKind::Link("https://a.example/".to_owned()) },
/// ];
/// // What encloses comes first.
/// Mark::sort(&mut marks);
/// assert_ne!(marks[0].kind, MarkKind::Bold);
/// assert_eq!(marks[0].inside(Span::new(0, 9)).unwrap().span, Span::new(6, 9));
/// // The text from byte 6 on becomes the start of another text.
/// let moved: Vec<Span> = Mark::moved(&marks, text, Span::new(6, 22), 0).map(|mark| mark.span).collect();
/// assert_eq!(moved, [Span::new(0, 12), Span::new(2, 12)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mark {
    /// The part: of a block's text in a [`ParsedDocument`](super::ParsedDocument), of the article's text in an
    /// [`Article`](super::Article).
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// Kind of a [`Mark`]. Of two kinds on the same text, the one that comes first here encloses the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum MarkKind {
    /// A block of code, perhaps with its language as the author wrote it, such as `rust`.
    Fence(Option<String>),
    /// A link to an HTTP or HTTPS URL.
    Link(String),
    /// A link as it is in the file, where it is not known what it is relative to: perhaps to another article. Not shown.
    Relative(String),
    /// Bold text.
    Bold,
    /// Italic text.
    Italic,
    /// Code inside a line.
    Code,
}

impl Mark {
    /// The part of the mark inside `part`; `None` if that is empty.
    pub fn inside(&self, part: Span) -> Option<Self> {
        let span = Span {
            start: self.span.start.max(part.start),
            end: self.span.end.min(part.end),
        };
        (span.start < span.end).then(|| Self {
            span,
            kind: self.kind.clone(),
        })
    }

    /// The marks of a text whose part `kept` becomes the text from byte `at` on of another one. Marks outside `text`, or
    /// inside a character, are left out.
    pub fn moved<'a>(
        marks: &'a [Self],
        text: &'a str,
        kept: Span,
        at: usize,
    ) -> impl Iterator<Item = Self> + 'a {
        let fits = |mark: &&Self| !mark.span.of(text).is_empty();
        let inside = marks.iter().filter(fits);
        let inside = inside.filter_map(move |mark| mark.inside(kept));
        inside.map(move |mut mark| {
            mark.span.start = mark.span.start - kept.start + at as u32;
            mark.span.end = mark.span.end - kept.start + at as u32;
            mark
        })
    }

    /// Sorts marks by where they begin, enclosing marks before those inside them.
    pub fn sort(marks: &mut [Self]) {
        marks.sort_by(|a, b| {
            let place = |mark: &Self| (mark.span.start, Reverse(mark.span.end));
            place(a).cmp(&place(b)).then_with(|| a.kind.cmp(&b.kind))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_move_with_their_text() {
        let text = "  see näher ";
        let mark = |start, end| Mark {
            span: Span::new(start, end),
            kind: MarkKind::Bold,
        };
        let check = |given: Mark, expected: Option<Span>| {
            let kept = Span::whole(text).trimmed(text);
            let given = [given];
            let moved = Mark::moved(&given, text, kept, 10).next();
            assert_eq!(moved.map(|mark| mark.span), expected);
        };
        check(mark(2, 5), Some(Span::new(10, 13)));
        check(mark(0, 13), Some(Span::new(10, 20)));
        check(mark(0, 2), None);
        check(mark(2, 40), None);
        // The middle of `ä`.
        check(mark(6, 8), None);
    }
}
