//! Code blocks, formulas with lines to themselves, and boxes in the form of a code block.

use super::{Splitter, unindented};
use crate::dialects::{Part, Piece, admonitions, formulas, line_range, tags};
use crate::line::indent;

impl Splitter<'_> {
    /// Reads a code block from its opening fence on.
    pub(super) fn code(&mut self, opening: &str) {
        self.end_piece();
        let first = self.at;
        let fence = opening.trim();
        let length = fence_length(fence);
        let language = fence.get(length..).unwrap_or_default().trim();
        let margin = indent(self.lines[self.at]);
        // `{.python}` is a language as Pandoc writes it.
        let is_directive = language.starts_with('{') && !language.starts_with("{.");
        let is_box = is_directive || language.starts_with("admonish");
        if is_box && !language.contains("code") {
            self.directive(language, length);
            return;
        }
        self.end_label();
        let mark = fence.chars().next().unwrap_or('`');
        let mut lines = Vec::new();
        self.at += 1;
        while let Some(&line) = self.lines.get(self.at) {
            let start = line.trim();
            let closes = fence_length(start) >= length && start.chars().all(|it| it == mark);
            let number = self.number();
            self.at += 1;
            if closes {
                break;
            }
            lines.push((number, unindented(line, margin).to_owned()));
        }
        let range = line_range(first as u32 + 1, self.at as u32);
        let code = Part::Code(Piece { lines, range }, code_language(language));
        self.split.parts.push(code);
    }

    /// Reads a formula that has its lines to itself. Whether there is one.
    pub(super) fn formula(&mut self) -> bool {
        let lines = self.lines.get(self.at..).unwrap_or_default();
        let found = formulas::block(lines).filter(|_| self.context.has_formulas);
        let Some((count, formula)) = found else {
            return false;
        };
        self.end_piece();
        self.end_label();
        let first = self.number();
        let last = first + count as u32 - 1;
        let lines = (first..).zip(formula);
        let lines = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
        let range = line_range(first, last);
        let code = Part::Code(Piece { lines, range }, Some("latex".to_owned()));
        self.split.parts.push(code);
        self.at += count;
        true
    }

    /// Reads the code between `{% highlight %}` and its end.
    pub(super) fn highlighted(&mut self, opening: &str) {
        let language = opening.trim_start_matches("{% highlight");
        self.end_piece();
        self.end_label();
        let first = self.number();
        let mut lines = Vec::new();
        self.at += 1;
        while let Some(&line) = self.lines.get(self.at) {
            let number = self.number();
            self.at += 1;
            if line.trim_start().starts_with("{% endhighlight") {
                break;
            }
            lines.push((number, line.to_owned()));
        }
        let range = line_range(first, self.at as u32);
        let code = Part::Code(Piece { lines, range }, code_language(language));
        self.split.parts.push(code);
    }

    /// A box in the form of a code block: ```` ```{note} Title ```` of `MyST`, ```` ```admonish tip title="Title" ```` of
    /// mdBook. Its end is a fence.
    fn directive(&mut self, language: &str, length: usize) {
        let named = tags::attribute(language, "title");
        let behind = language.split_once('}').map(|(_, title)| title);
        let title = named.or(behind).unwrap_or_default().trim();
        let kind = language
            .trim_start_matches("admonish")
            .trim_start_matches('{');
        let kind = kind.trim_start().split(['}', ' ']).next();
        let number = self.number();
        self.end_label();
        self.split.parts.push(Part::AsideStart(number));
        let mut label = kind.and_then(admonitions::label);
        if kind.is_some_and(admonitions::is_tab) && !title.is_empty() {
            let piece = Piece::new(number, format!("**{title}**"));
            self.split.parts.push(Part::Text(piece));
        } else if let Some(title) = admonitions::telling(title) {
            self.title(number, &title);
            label = None;
        }
        self.at += 1;
        let mut piece: Option<Piece> = None;
        while let Some(&line) = self.lines.get(self.at) {
            let start = line.trim();
            let closes = fence_length(start) >= length && start.trim_matches(['`', '~']).is_empty();
            let number = self.number();
            self.at += 1;
            if closes {
                break;
            }
            let is_option = piece.is_none() && start.starts_with(':');
            match &mut piece {
                _ if start.is_empty() => self.split.parts.extend(piece.take().map(Part::Text)),
                _ if is_option => {}
                Some(piece) => piece.push(number, start.to_owned()),
                None => {
                    self.label = label.take();
                    let text = self.labelled(start.to_owned());
                    piece = Some(Piece::new(number, text));
                }
            }
        }
        self.split.parts.extend(piece.map(Part::Text));
        self.split.parts.push(Part::AsideEnd(self.at as u32));
    }
}

/// The language of a code block: the first word behind its fence, or behind the box `{code-block}` of `MyST`. Some
/// tools write it in braces or with a dot before it, and options behind a comma.
fn code_language(behind: &str) -> Option<String> {
    let is_end = |letter: char| letter.is_whitespace() || "{},:".contains(letter);
    let mut words = behind.split(is_end).filter(|word| !word.is_empty());
    let word = words.find(|word| !word.starts_with("code"))?;
    let language = word.trim_start_matches('.');
    (!language.contains('=') && !language.is_empty()).then(|| language.to_owned())
}

pub(super) fn is_fence(start: &str) -> bool {
    fence_length(start) > 0 && !start.trim_start_matches(['`', '~']).contains('`')
}

/// Number of marks with which a fence begins; 0 if it is not one.
fn fence_length(start: &str) -> usize {
    let length = ['`', '~']
        .map(|mark| start.len() - start.trim_start_matches(mark).len())
        .into_iter()
        .max()
        .unwrap_or(0);
    if length < 3 { 0 } else { length }
}
