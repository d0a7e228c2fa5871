//! The [`Article`]: text, headings, paragraphs and sentences; and the [`Corpus`] of all articles.
//!
//! A file becomes an article in two steps. A *reader* (one per format, in `pullquote-readers`) turns bytes into a
//! [`ParsedDocument`]: blocks of text, metadata, dropped text and problems. [`Article::new`] then joins the blocks into one
//! text and finds the sentences. Neither step fails: errors become a [`Problem`] for the author.
//!
//! Spans in this module are byte ranges of [`Article::text`]. Line numbers are those of the source file.

use crate::text::{
    self, Language, QUESTION_LETTERS, Span, is_spaceless, label_length, sentences, words,
};
use std::ops::Range;

mod address;
mod changes;
mod corpus;
mod link_target;
mod mark;
mod names;
mod parsed_document;
pub use changes::Changes;
pub use corpus::{ArticleId, ArticleRef, Corpus, Passage, PassageId};
pub use mark::{Mark, MarkKind};
pub use parsed_document::{
    Block, BlockKind, Dropped, LineRange, Metadata, Numbering, ParsedDocument, Problem, Severity,
};

/// File name of an article whose lists explain words.
const GLOSSARY: &str = "glossary";

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// File name without its extension, which identifies the article. Unique in a knowledge folder.
    pub name: String,
    /// Path of the file relative to the knowledge folder, with `/` as the separator.
    pub path: String,
    /// Metadata; `title` is never empty.
    pub meta: Metadata,
    /// Language, declared or detected; `None` if there is no declaration and the detection is uncertain.
    pub language: Option<Language>,
    /// Blocks in order, separated by an empty line. Quotes are slices of this text.
    pub text: String,
    /// Headings in order, without the title.
    pub headings: Vec<Heading>,
    /// Paragraphs in order, including captions and standfirsts, without title and headings.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of all paragraphs in order.
    pub sentences: Vec<Span>,
    /// Boxes and other asides without a heading of their own, as ranges of [`Article::paragraphs`]: what is in one of them
    /// belongs together. Each has two paragraphs or more.
    pub boxes: Vec<Range<u32>>,
    /// Links, code, bold and italic text in [`Article::text`], by where they begin.
    pub marks: Vec<Mark>,
    /// What the numbers of [`Paragraph::lines`] count.
    pub numbering: Numbering,
}

/// A heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// Its text.
    pub span: Span,
    /// 1, the highest level, to 6.
    pub level: u8,
}

/// A paragraph, list, table or block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text.
    pub span: Span,
    /// Where it is in the source file.
    pub lines: LineRange,
    /// Kind of paragraph.
    pub kind: ParagraphKind,
    /// Position in [`Article::headings`] of the heading above it.
    pub heading: Option<u32>,
    /// Range of [`Article::sentences`]; never empty.
    sentences: (u32, u32),
}

impl Paragraph {
    /// Whether it may answer: it is neither a question nor text in place of a picture.
    pub(crate) fn is_text(&self) -> bool {
        !matches!(self.kind, ParagraphKind::Question | ParagraphKind::Picture)
    }
}

/// Kind of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ParagraphKind {
    /// Running text.
    Body,
    /// Introduction between the title and the text.
    Standfirst,
    /// Text that belongs to a picture.
    Caption,
    /// List with an item per line.
    List,
    /// Table with a row per line.
    Table,
    /// Code, or other text whose line breaks matter.
    Code,
    /// Question above its answer. It is not a passage but the heading of the paragraphs below it.
    Question,
    /// Alternative text of a picture. It is a passage only in an article without other text.
    Picture,
}

impl ParagraphKind {
    /// Whether each line is an item or a row.
    pub(crate) fn is_lines(self) -> bool {
        matches!(self, Self::List | Self::Table)
    }
}

impl Paragraph {
    /// The paragraph's range in [`Article::sentences`]; never empty.
    pub fn sentences(&self) -> Range<usize> {
        self.sentences.0 as usize..self.sentences.1 as usize
    }
}

/// The languages of the articles, the most frequent first.
pub fn languages<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Vec<Language> {
    let mut counts: Vec<(usize, Language)> = Vec::new();
    for article in articles {
        let language = article.written_in();
        match counts.iter_mut().find(|(_, known)| *known == language) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, language)),
        }
    }
    counts.sort_by_key(|&(count, language)| (std::cmp::Reverse(count), language));
    counts.into_iter().map(|(_, language)| language).collect()
}

/// The heading above the next paragraph, while an article is made.
#[derive(Default)]
struct HeadingAbove {
    /// Position in [`Article::headings`].
    heading: Option<u32>,
    /// For each open aside, the heading above it, and the number of the next paragraph.
    asides: Vec<(Option<u32>, u32)>,
}

impl Article {
    /// Heap bytes of its text and of what is known about it.
    pub fn heap_bytes(&self) -> usize {
        self.text.capacity()
            + self.headings.capacity() * size_of::<Heading>()
            + self.paragraphs.capacity() * size_of::<Paragraph>()
            + self.sentences.capacity() * size_of::<Span>()
            + self.boxes.capacity() * size_of::<Range<u32>>()
            + self.marks.capacity() * size_of::<Mark>()
    }

    /// Makes an article of a parsed file; `None` if the file has no paragraphs.
    ///
    /// ```
    /// use pullquote_core::article::{
    ///     Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument,
    /// };
    ///
    /// let lines = |line| LineRange { first: line, last: line };
    /// let body = BlockKind::Paragraph(ParagraphKind::Body);
    /// let text = "It leaves at seven. It returns at noon.";
    /// let document = ParsedDocument {
    ///     blocks: vec![
    ///         Block::new(BlockKind::Title, "Ferry".to_owned(), lines(1)),
    ///         Block::new(body, text.to_owned(), lines(3)),
    ///     ],
    ///     ..ParsedDocument::default()
    /// };
    /// let article = Article::new("ferry.md", document).expect("the document has a paragraph");
    /// assert_eq!(article.meta.title, "Ferry");
    /// let sentences: Vec<&str> = article.sentences.iter().map(|it| it.of(&article.text)).collect();
    /// assert_eq!(sentences, ["It leaves at seven.", "It returns at noon."]);
    ///
    /// assert_eq!((article.words(), article.written_in().code()), (8, "en"));
    /// // Paragraphs are counted from 0.
    /// let first = &article.paragraphs[0];
    /// assert_eq!(article.place(first.lines), "ferry.md:3");
    /// assert_eq!(article.heading_of(first), None);
    /// assert!(!article.is_code(0) && !article.introduces(0));
    /// let section = article.section(0);
    /// assert_eq!(article.span_of(section.clone()).of(&article.text), text);
    /// assert_eq!(article.sentences_of(section).len(), 2);
    /// assert_eq!(article.paragraphs_in(article.sentences[1]), 0..1);
    ///
    /// assert!(Article::new("empty.md", ParsedDocument::default()).is_none());
    /// ```
    pub fn new(path: &str, document: ParsedDocument) -> Option<Self> {
        let ParsedDocument {
            meta,
            blocks,
            numbering,
            ..
        } = document;
        let name = without_notion_id(file_stem(path));
        let mut article = Self {
            name: name.to_owned(),
            path: path.to_owned(),
            language: None,
            text: String::with_capacity(blocks.iter().map(|block| block.text.len() + 2).sum()),
            headings: Vec::new(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            boxes: Vec::new(),
            marks: Vec::new(),
            numbering,
            meta,
        };
        let mut kinds = Vec::with_capacity(blocks.len());
        for block in blocks {
            let place = article.push_text(&block);
            kinds.extend(place.map(|place| (block.kind, place, block.lines)));
        }
        Mark::sort(&mut article.marks);
        article.language = article
            .meta
            .language
            .as_deref()
            .and_then(Language::from_code)
            .or_else(|| Language::detect(&article.text));
        let mut above = HeadingAbove::default();
        for (kind, span, lines) in kinds {
            if article.is_glossary() && kind == BlockKind::Paragraph(ParagraphKind::List) {
                article.push_entries(span, lines, &mut above);
            } else {
                article.push(kind, span, lines, &mut above);
            }
        }
        if article.meta.title.trim().is_empty() {
            article.meta.title = title_from_name(name);
        }
        (!article.paragraphs.is_empty()).then_some(article)
    }

    /// Adds the text of a block, and its marks; `None` if it should have one and has none.
    fn push_text(&mut self, block: &Block) -> Option<Span> {
        let end = self.text.len();
        if matches!(block.kind, BlockKind::AsideStart | BlockKind::AsideEnd) {
            return Some(Span::new(end, end));
        }
        let kept = Span::whole(&block.text).trimmed(&block.text);
        if kept.is_empty() {
            return None;
        }
        if end > 0 {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(kept.of(&block.text));
        let place = Span::new(start, self.text.len());
        let marks = Mark::moved(&block.marks, &block.text, kept, start);
        self.marks.extend(marks);
        // A quote that goes past a heading shows it.
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        self.marks.extend(is_heading.then_some(Mark {
            span: place,
            kind: MarkKind::Bold,
        }));
        Some(place)
    }

    fn push(&mut self, kind: BlockKind, span: Span, lines: LineRange, above: &mut HeadingAbove) {
        let kind = match kind {
            BlockKind::Title => match span.of(&self.text) {
                title if self.meta.title.is_empty() => {
                    title.clone_into(&mut self.meta.title);
                    return;
                }
                title if title == self.meta.title => return,
                // The article already has a title, from front matter or above.
                _ => return self.push_heading(span, 1, above),
            },
            BlockKind::Heading(level) => return self.push_heading(span, level, above),
            BlockKind::AsideStart => {
                let next = self.paragraphs.len() as u32;
                return above.asides.push((above.heading, next));
            }
            BlockKind::AsideEnd => {
                if let Some((heading, first)) = above.asides.pop() {
                    let paragraphs = first..self.paragraphs.len() as u32;
                    let is_box = heading == above.heading && paragraphs.len() > 1;
                    self.boxes.extend(is_box.then_some(paragraphs));
                    above.heading = heading;
                }
                return;
            }
            BlockKind::Paragraph(kind) => kind,
        };
        let first = self.sentences.len() as u32;
        let text = span.of(&self.text);
        let found = match kind {
            // The end of an item or row is always the end of a sentence.
            ParagraphKind::List | ParagraphKind::Table | ParagraphKind::Code => text::lines(text),
            _ => sentences(text, self.language),
        };
        let found = found
            .into_iter()
            .map(|sentence| sentence.shifted(span.start));
        self.sentences.extend(found);
        self.paragraphs.push(Paragraph {
            span,
            lines,
            kind,
            heading: above.heading,
            sentences: (first, self.sentences.len() as u32),
        });
        if kind == ParagraphKind::Question {
            let label = label_length(span.of(&self.text), QUESTION_LETTERS).unwrap_or(0);
            let question = Span::new(span.start as usize + label, span.end as usize);
            self.push_heading(question.trimmed(&self.text), 6, above);
        }
    }

    /// Adds the lines of a glossary's list as paragraphs, each below the word that it explains.
    fn push_entries(&mut self, list: Span, lines: LineRange, above: &mut HeadingAbove) {
        let heading = above.heading;
        let rows: Vec<Span> = text::lines(list.of(&self.text));
        let is_row_a_line = rows.len() as u32 == lines.last - lines.first + 1;
        for (at, row) in rows.into_iter().enumerate() {
            let row = row.shifted(list.start);
            let lines = if is_row_a_line {
                let line = lines.first + at as u32;
                LineRange {
                    first: line,
                    last: line,
                }
            } else {
                lines
            };
            match glossary_entry(row.of(&self.text)) {
                Some(entry) => self.push_heading(entry.shifted(row.start), 6, above),
                None => above.heading = heading,
            }
            self.push(BlockKind::Paragraph(ParagraphKind::List), row, lines, above);
        }
        above.heading = heading;
    }

    fn push_heading(&mut self, span: Span, level: u8, above: &mut HeadingAbove) {
        above.heading = Some(self.headings.len() as u32);
        self.headings.push(Heading { span, level });
    }

    /// Whether each line of its lists explains a word: `pfp: profile picture, avatar`.
    pub(crate) fn is_glossary(&self) -> bool {
        self.name.eq_ignore_ascii_case(GLOSSARY)
    }

    /// Number of words in the paragraphs; of characters in scripts without spaces between words.
    pub fn words(&self) -> usize {
        let mut count = 0;
        for paragraph in &self.paragraphs {
            let text = paragraph.span.of(&self.text);
            let others = words(text).filter(|span| !span.of(text).starts_with(is_spaceless));
            let characters = text.chars().filter(|&letter| is_spaceless(letter));
            count += others.count() + characters.count();
        }
        count
    }

    /// A place in the article's file: `file.md:12-14`, or `file.docx, paragraph 12`.
    pub fn place(&self, lines: LineRange) -> String {
        let many = if lines.first == lines.last { "" } else { "s" };
        match self.numbering {
            Numbering::Lines => format!("{}:{lines}", self.path),
            Numbering::Paragraphs => format!("{}, paragraph{many} {lines}", self.path),
            Numbering::Rows => format!("{}, row{many} {lines}", self.path),
            Numbering::Pages => format!("{}, page{many} {lines}", self.path),
        }
    }

    /// The article's language; English if that is unknown.
    pub fn written_in(&self) -> Language {
        self.language.unwrap_or(Language::ENGLISH)
    }

    /// The list, table or code that a paragraph introduces: it follows the paragraph, which ends with a colon. `number`
    /// is the paragraph's position in [`Article::paragraphs`].
    pub(crate) fn introduced_list(&self, number: usize) -> Option<&Paragraph> {
        let next = self.paragraphs.get(number + 1)?;
        Some(next).filter(|next| self.introduces(number) && next.kind.is_lines())
    }

    /// Whether a paragraph ends with a colon and another follows it under the same heading.
    pub fn introduces(&self, number: usize) -> bool {
        let (Some(paragraph), Some(next)) =
            (self.paragraphs.get(number), self.paragraphs.get(number + 1))
        else {
            return false;
        };
        paragraph.span.of(&self.text).ends_with([':', '：']) && next.heading == paragraph.heading
    }

    /// The numbers of the first and last step in a paragraph that begins with one, such as `1. Press it.`
    pub fn step_numbers(&self, number: usize) -> Option<(u32, u32)> {
        let text = self.paragraphs.get(number)?.span.of(&self.text);
        let step = |line: &str| {
            let end = line.find(|letter: char| !letter.is_ascii_digit())?;
            let (digits, rest) = line.split_at_checked(end)?;
            let is_step = rest.starts_with(". ") || rest.starts_with(") ");
            digits.parse().ok().filter(|_| is_step)
        };
        let first = step(text)?;
        Some((first, text.lines().rev().find_map(step).unwrap_or(first)))
    }

    /// Whether paragraph `number` is code.
    pub fn is_code(&self, number: usize) -> bool {
        let paragraph = self.paragraphs.get(number);
        paragraph.is_some_and(|paragraph| paragraph.kind == ParagraphKind::Code)
    }

    /// The paragraphs under the same heading as paragraph `number`, without the question above them.
    pub fn section(&self, number: usize) -> Range<usize> {
        let Some(paragraph) = self.paragraphs.get(number) else {
            return 0..0;
        };
        let is_inside = |other: &Paragraph| {
            other.heading == paragraph.heading
                && (other.kind == ParagraphKind::Question)
                    == (paragraph.kind == ParagraphKind::Question)
        };
        let before = self.paragraphs[..number].iter().rev();
        let after = self.paragraphs[number..].iter();
        let first = number - before.take_while(|other| is_inside(other)).count();
        first..number + after.take_while(|other| is_inside(other)).count()
    }

    /// A heading and the ones that it is below, from the nearest to the highest level. `heading` is its position in
    /// [`Article::headings`].
    pub(crate) fn heading_path(&self, heading: u32) -> impl Iterator<Item = u32> {
        let before = self.headings.get(..heading as usize).unwrap_or_default();
        let mut level = self
            .headings
            .get(heading as usize)
            .map_or(0, |one| one.level);
        let above = before
            .iter()
            .enumerate()
            .rev()
            .filter_map(move |(at, one)| {
                let is_above = one.level < level;
                level = level.min(one.level);
                is_above.then_some(at as u32)
            });
        std::iter::once(heading).chain(above)
    }

    /// The sentences of some paragraphs in a row.
    pub fn sentences_of(&self, paragraphs: Range<usize>) -> &[Span] {
        match self.paragraphs.get(paragraphs) {
            Some([first, .., last]) => {
                &self.sentences[first.sentences().start..last.sentences().end]
            }
            Some([only]) => &self.sentences[only.sentences()],
            _ => &[],
        }
    }

    /// The paragraphs that a part of the text overlaps.
    pub fn paragraphs_in(&self, span: Span) -> Range<usize> {
        let first = self
            .paragraphs
            .partition_point(|it| it.span.end <= span.start);
        let end = self
            .paragraphs
            .partition_point(|it| it.span.start < span.end);
        first..end.max(first)
    }

    /// The text of some paragraphs in a row.
    pub fn span_of(&self, paragraphs: Range<usize>) -> Span {
        match self.paragraphs.get(paragraphs) {
            Some([first, .., last]) => first.span.to(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// What the section around a part of the text is called: by its heading, with the one above that if another section has the same.
    /// The headings in the part itself do not count. `None` for a part that is below none.
    pub fn section_name(&self, part: Span) -> Option<String> {
        let first = self.paragraphs.get(self.paragraphs_in(part).start)?;
        let mut path = self.heading_path(first.heading?);
        let span = |heading: u32| self.headings[heading as usize].span;
        let heading = path.find(|heading| span(*heading).start < part.start)?;
        let text = span(heading).of(&self.text);
        let is_same = |other: &&Heading| other.span.of(&self.text) == text;
        let is_unique = self.headings.iter().filter(is_same).nth(1).is_none();
        match path.next().filter(|_| !is_unique) {
            Some(above) => Some(format!("{} › {text}", span(above).of(&self.text))),
            None => Some(text.to_owned()),
        }
    }

    /// The text of the heading above `paragraph`.
    pub fn heading_of(&self, paragraph: &Paragraph) -> Option<&str> {
        let heading = self.headings.get(paragraph.heading? as usize)?;
        Some(heading.span.of(&self.text))
    }
}

/// The words that a line of a glossary explains.
pub(crate) fn glossary_entry(line: &str) -> Option<Span> {
    let end = line.find([':', '=', '|'])?;
    let start = line.len() - line.trim_start_matches(['-', '*', ' ']).len();
    let words = (start < end).then(|| Span::new(start, end).trimmed(line))?;
    (!words.is_empty()).then_some(words)
}

/// The file name in `path` without its extension: `north-korea` of `dir/north-korea.md`.
pub fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// A file name without the id that Notion puts behind it when it exports a page.
fn without_notion_id(name: &str) -> &str {
    const LENGTH: usize = 32;
    match name.rsplit_once(' ') {
        Some((name, id))
            if id.len() == LENGTH
                && id.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !name.is_empty() =>
        {
            name
        }
        _ => name,
    }
}

/// A title made of the file name: `North korea detente` of `north-korea_detente`.
fn title_from_name(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let spaced = words.join(" ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(
        || name.to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    )
}

/// An article of these blocks, for tests; `None` if it has no paragraph.
#[cfg(test)]
pub(crate) fn article_of(path: &str, blocks: &[(BlockKind, &str)]) -> Option<Article> {
    let block = |(kind, text): &(BlockKind, &str)| {
        Block::new(*kind, (*text).to_owned(), LineRange { first: 1, last: 1 })
    };
    let document = ParsedDocument {
        blocks: blocks.iter().map(block).collect(),
        ..ParsedDocument::default()
    };
    Article::new(path, document)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: BlockKind = BlockKind::Paragraph(ParagraphKind::Body);
    const LIST: BlockKind = BlockKind::Paragraph(ParagraphKind::List);
    const QUESTION: BlockKind = BlockKind::Paragraph(ParagraphKind::Question);

    fn article(blocks: &[(BlockKind, &str)]) -> Option<Article> {
        article_of("sea/old-harbour.md", blocks)
    }

    #[test]
    fn marks_are_those_of_the_whole_text() {
        let lines = LineRange { first: 1, last: 1 };
        let mut block = Block::new(BODY, "  Ask Ann first. ".to_owned(), lines);
        let mark = |start, end, kind| Mark {
            span: Span::new(start, end),
            kind,
        };
        block.marks = vec![
            mark(6, 9, MarkKind::Code),
            mark(2, 9, MarkKind::Bold),
            mark(6, 99, MarkKind::Bold),
        ];
        let document = ParsedDocument {
            blocks: vec![Block::new(BODY, "Before.".to_owned(), lines), block],
            ..ParsedDocument::default()
        };
        let article = Article::new("a.md", document).unwrap();
        let found = article.marks.iter();
        let found: Vec<_> = found
            .map(|mark| (mark.span.of(&article.text), &mark.kind))
            .collect();
        assert_eq!(
            found,
            [("Ask Ann", &MarkKind::Bold), ("Ann", &MarkKind::Code)]
        );
    }

    #[test]
    fn places_name_what_is_counted() {
        let mut article = article(&[(BODY, "Ships sail.")]).unwrap();
        let mut check = |numbering, first, last, expected: &str| {
            article.numbering = numbering;
            assert_eq!(article.place(LineRange { first, last }), expected);
        };
        check(Numbering::Lines, 3, 3, "sea/old-harbour.md:3");
        check(Numbering::Lines, 3, 5, "sea/old-harbour.md:3-5");
        check(
            Numbering::Paragraphs,
            3,
            3,
            "sea/old-harbour.md, paragraph 3",
        );
        check(Numbering::Rows, 3, 5, "sea/old-harbour.md, rows 3-5");
        check(Numbering::Pages, 3, 3, "sea/old-harbour.md, page 3");
    }

    #[test]
    fn blocks_become_text_and_sentences() {
        let blocks = [
            (BODY, " Ships sail. Boats row.\n"),
            (BODY, " "),
            (LIST, "Argo\nBounty. Too"),
        ];
        let article = article(&blocks).unwrap();
        assert_eq!(article.text, "Ships sail. Boats row.\n\nArgo\nBounty. Too");
        let sentences = article.sentences.iter().map(|span| span.of(&article.text));
        let expected = ["Ships sail.", "Boats row.", "Argo", "Bounty. Too"];
        assert_eq!(sentences.collect::<Vec<_>>(), expected);
        assert_eq!(article.words(), 7);
        assert_eq!(
            (article.name.as_str(), article.path.as_str()),
            ("old-harbour", "sea/old-harbour.md")
        );
    }

    #[test]
    fn a_title_is_declared_or_made_of_the_name() {
        let check = |blocks: &[(BlockKind, &str)], title: &str, headings: usize| {
            let article = article(blocks).unwrap();
            assert_eq!(article.meta.title, title);
            assert_eq!(article.headings.len(), headings);
        };
        check(&[(BODY, "Ships sail.")], "Old harbour", 0);
        check(
            &[(BlockKind::Title, "Ships"), (BODY, "Ships sail.")],
            "Ships",
            0,
        );
        let two = [
            (BlockKind::Title, "Ships"),
            (BlockKind::Title, "Boats"),
            (BODY, "Ships sail."),
        ];
        check(&two, "Ships", 1);
    }

    #[test]
    fn a_heading_alone_is_no_article() {
        assert_eq!(article(&[(BlockKind::Heading(2), "Ships")]), None);
        assert_eq!(article(&[(BODY, " \n")]), None);
    }

    #[test]
    fn a_question_is_the_heading_of_its_answer() {
        let article = article(&[(QUESTION, "Who sails?"), (BODY, "Ships do.")]).unwrap();
        let heading = article.heading_of(&article.paragraphs[1]);
        assert_eq!(heading, Some("Who sails?"));
        assert_eq!(article.heading_of(&article.paragraphs[0]), None);
    }

    #[test]
    fn lines_of_a_glossary_are_below_their_words() {
        let blocks = [
            (BlockKind::Heading(2), "Chat"),
            (BODY, "What members type."),
            (LIST, "- vc, call: voice channel\n- and more\n- : none"),
            (BODY, "Ask us."),
        ];
        let headings = |path| {
            let article = article_of(path, &blocks).unwrap();
            let above = article.paragraphs.iter();
            let above = above.map(|it| article.heading_of(it).unwrap().to_owned());
            above.collect::<Vec<String>>()
        };
        let expected = ["Chat", "vc, call", "Chat", "Chat", "Chat"];
        assert_eq!(headings("en/Glossary.md"), expected);
        assert_eq!(headings("words.md"), ["Chat"; 3]);
    }

    #[test]
    fn headings_are_shown_in_bold() {
        let article = article(&[(BlockKind::Heading(2), "Ships"), (BODY, "Ships sail.")]).unwrap();
        let bold = [Mark {
            span: article.headings[0].span,
            kind: MarkKind::Bold,
        }];
        assert_eq!(article.marks, bold);
    }

    #[test]
    fn headings_of_an_aside_end_with_it() {
        let heading = BlockKind::Heading(3);
        let blocks = [
            (BlockKind::AsideEnd, ""),
            (BlockKind::Heading(2), "Ships"),
            (BODY, "Ships sail."),
            (BlockKind::AsideStart, ""),
            (heading, "Boats"),
            (BlockKind::AsideStart, ""),
            (heading, "Rafts"),
            (BODY, "Rafts drift."),
            (BlockKind::AsideEnd, ""),
            (BODY, "Boats row."),
            (BlockKind::AsideEnd, ""),
            (BODY, "Tugs pull."),
        ];
        let article = article(&blocks).unwrap();
        let above = article.paragraphs.iter();
        let above: Vec<_> = above.map(|it| article.heading_of(it).unwrap()).collect();
        assert_eq!(above, ["Ships", "Rafts", "Boats", "Ships"]);
        assert!(!article.text.contains("\n\n\n"));
    }

    #[test]
    fn a_colon_introduces_the_list_below() {
        let check = |blocks: &[(BlockKind, &str)], expected| {
            let article = article(blocks).unwrap();
            assert_eq!(article.introduced_list(0).is_some(), expected, "{blocks:?}");
        };
        check(&[(BODY, "Ships:"), (LIST, "Argo")], true);
        check(&[(BODY, "Ships."), (LIST, "Argo")], false);
        check(&[(BODY, "Ships:"), (BODY, "Argo")], false);
        check(
            &[
                (BODY, "Ships:"),
                (BlockKind::Heading(2), "Boats"),
                (LIST, "Argo"),
            ],
            false,
        );
        check(&[(BODY, "Ships:")], false);
    }

    #[test]
    fn a_heading_is_below_those_of_higher_levels() {
        let heading = |level, text| (BlockKind::Heading(level), text);
        let blocks = [
            heading(1, "Sea"),
            heading(3, "Waves"),
            heading(2, "Ships"),
            heading(3, "Masts"),
            (BODY, "Tall."),
        ];
        let article = article(&blocks).unwrap();
        assert_eq!(article.heading_path(3).collect::<Vec<_>>(), [3, 2, 0]);
        assert_eq!(article.heading_path(1).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn a_section_ends_at_the_next_heading() {
        let blocks = [
            (BODY, "Ships sail."),
            (BODY, "Boats row."),
            (QUESTION, "Who sails?"),
            (BODY, "Ships do."),
        ];
        let article = article(&blocks).unwrap();
        assert_eq!(article.section(1), 0..2);
        assert_eq!(article.section(3), 3..4);
        assert_eq!(
            article.span_of(0..2).of(&article.text),
            "Ships sail.\n\nBoats row."
        );
    }

    #[test]
    fn names_come_from_paths() {
        let check = |path, stem, title| {
            assert_eq!(file_stem(path), stem);
            assert_eq!(title_from_name(stem), title);
        };
        check(
            "dir/north-korea_today.md",
            "north-korea_today",
            "North korea today",
        );
        check("plain", "plain", "Plain");
        check(
            "Base_Set__Aircraft.wiki",
            "Base_Set__Aircraft",
            "Base Set Aircraft",
        );
        check("a.b.html", "a.b", "A.b");
        check("dir/.hidden", ".hidden", ".hidden");
    }

    #[test]
    fn ids_of_notion_are_cut() {
        let check = |path: &str, name: &str, title: &str| {
            let article = article_of(path, &[(BODY, "Ships sail.")]).unwrap();
            assert_eq!(
                (article.name.as_str(), article.meta.title.as_str()),
                (name, title)
            );
        };
        let id = "0123456789abcdef0123456789abcdef";
        check(
            &format!("House rules {id}.md"),
            "House rules",
            "House rules",
        );
        check(&format!("{id}.md"), id, id);
        check(
            "House rules 2024.md",
            "House rules 2024",
            "House rules 2024",
        );
    }

    #[test]
    fn the_most_frequent_language_comes_first() {
        let written = |language: &str| {
            let mut article = article(&[(BODY, "Argo.")]).unwrap();
            article.language = Language::from_code(language);
            article
        };
        let found = languages(&["de", "fr", "fr", "unknown"].map(written));
        let codes: Vec<&str> = found.iter().map(|language| language.code()).collect();
        assert_eq!(codes[0], "fr");
        assert_eq!(codes.len(), 3);
        assert!(codes.contains(&"de") && codes.contains(&"en"));
    }
}
