//! What is known: an [`Article`] with its headings, paragraphs and sentences.
//!
//! A file becomes an article in two steps. A *reader* (one per format) turns bytes into a [`ParsedDocument`]:
//! the blocks of the text in order, what the file says of itself, what was left out and what is wrong.
//! [`Article::new`] then joins the blocks into one clean text and finds the sentences. Neither step
//! can fail: whatever is wrong becomes a [`Problem`] for the author.
//!
//! Spans in this module point into [`Article::text`]; line numbers are those of the source file.

use crate::text::{self, Language, Span, sentences, words};
use std::ops::Range;

mod changes;
mod corpus;
mod names;
mod parsed_document;
pub use changes::Changes;
pub use corpus::{ArticleId, Corpus, Passage, PassageId};
pub use parsed_document::{
    Block, BlockKind, Dropped, LineRange, Metadata, ParsedDocument, Problem, Severity,
};

/// One article, immutable once made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// File stem: how people and programs name the article. Unique in a knowledge base.
    pub name: String,
    /// Path of the file below the knowledge folder, with `/` between its parts.
    pub path: String,
    /// What the file says of itself; `title` is never empty.
    pub meta: Metadata,
    /// What the article is written in, declared or detected; `None` where neither is certain.
    pub language: Option<Language>,
    /// The clean text: blocks in order with one empty line between them. Quotes are slices of it.
    pub text: String,
    /// Headings in order; the title is not among them.
    pub headings: Vec<Heading>,
    /// Paragraphs in order, captions and standfirst among them, title and headings not.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences of all paragraphs in order.
    pub sentences: Vec<Span>,
}

/// A heading above some paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// Where its text stands.
    pub span: Span,
    /// 1 (part) to 6.
    pub level: u8,
}

/// A paragraph: what authors set apart by empty lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Where its text stands.
    pub span: Span,
    /// Where it stood in the file.
    pub lines: LineRange,
    /// What it is on the page.
    pub kind: ParagraphKind,
    /// Index into [`Article::headings`] of the heading that it stands under.
    pub heading: Option<u32>,
    /// Range of [`Article::sentences`]; never empty.
    sentences: (u32, u32),
}

/// What a paragraph is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Running text.
    Body,
    /// The introduction that stands between title and text.
    Standfirst,
    /// The words beside a picture.
    Caption,
    /// Items, one a line.
    List,
    /// Rows, one a line.
    Table,
    /// Program text or other lines that must keep their shape.
    Code,
    /// A question above its answer: no passage, but the heading of what follows.
    Question,
}

impl ParagraphKind {
    /// Whether each line stands for itself: items, or rows.
    pub fn is_lines(self) -> bool {
        matches!(self, Self::List | Self::Table)
    }
}

impl Paragraph {
    /// Range of [`Article::sentences`] that the paragraph is made of.
    pub fn sentences(&self) -> Range<usize> {
        self.sentences.0 as usize..self.sentences.1 as usize
    }
}

/// The languages that articles are written in, that of most articles first.
pub fn languages(articles: &[Article]) -> Vec<Language> {
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

impl Article {
    /// The article that `reading` found in the file at `path`, or `None` where it holds no paragraph.
    pub fn new(path: &str, reading: ParsedDocument) -> Option<Self> {
        let ParsedDocument { meta, blocks, .. } = reading;
        let name = file_stem(path);
        let mut article = Self {
            name: name.to_owned(),
            path: path.to_owned(),
            language: None,
            text: String::with_capacity(blocks.iter().map(|block| block.text.len() + 2).sum()),
            headings: Vec::new(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            meta,
        };
        let mut kinds = Vec::with_capacity(blocks.len());
        for block in blocks {
            let text = block.text.trim();
            if text.is_empty() {
                continue;
            }
            if !article.text.is_empty() {
                article.text.push_str("\n\n");
            }
            let start = article.text.len();
            article.text.push_str(text);
            kinds.push((
                block.kind,
                Span::new(start, article.text.len()),
                block.lines,
            ));
        }
        article.language = article
            .meta
            .language
            .as_deref()
            .and_then(Language::from_code)
            .or_else(|| Language::detect(&article.text));
        for (kind, span, lines) in kinds {
            article.push(kind, span, lines);
        }
        if article.meta.title.trim().is_empty() {
            article.meta.title = title_from_name(name);
        }
        (!article.paragraphs.is_empty()).then_some(article)
    }

    fn push(&mut self, kind: BlockKind, span: Span, lines: LineRange) {
        let kind = match kind {
            BlockKind::Title => match span.of(&self.text) {
                title if self.meta.title.is_empty() => {
                    title.clone_into(&mut self.meta.title);
                    return;
                }
                title if title == self.meta.title => return,
                // The title is told elsewhere, in front matter or above.
                _ => return self.headings.push(Heading { span, level: 1 }),
            },
            BlockKind::Heading(level) => return self.headings.push(Heading { span, level }),
            BlockKind::Paragraph(kind) => kind,
        };
        let first = self.sentences.len() as u32;
        let held = span.of(&self.text);
        let found = match kind {
            // Sentences run over the ends of items and rows.
            ParagraphKind::List | ParagraphKind::Table | ParagraphKind::Code => text::lines(held),
            _ => sentences(held, self.language),
        };
        let found = found
            .into_iter()
            .map(|sentence| sentence.shifted(span.start));
        self.sentences.extend(found);
        self.paragraphs.push(Paragraph {
            span,
            lines,
            kind,
            heading: self.headings.len().checked_sub(1).map(|last| last as u32),
            sentences: (first, self.sentences.len() as u32),
        });
        if kind == ParagraphKind::Question {
            self.headings.push(Heading { span, level: 6 });
        }
    }

    /// How many words its paragraphs have; of scripts without word spaces, characters.
    pub fn words(&self) -> usize {
        let mut count = 0;
        for paragraph in &self.paragraphs {
            let text = paragraph.span.of(&self.text);
            // Of scripts without word spaces, pairs of characters come too: they are no words.
            count += words(text).filter(|span| !is_pair(span.of(text))).count();
        }
        count
    }

    /// What it is taken to be written in: English where that is not certain.
    pub fn written_in(&self) -> Language {
        self.language.unwrap_or(Language::ENGLISH)
    }

    /// The list or table that a paragraph, by its number, announces: right below, where it ends with a colon.
    pub fn announced(&self, number: usize) -> Option<&Paragraph> {
        let (told, below) = (
            self.paragraphs.get(number)?,
            self.paragraphs.get(number + 1)?,
        );
        let announces = told.span.of(&self.text).ends_with(':') && below.heading == told.heading;
        Some(below).filter(|below| announces && below.kind.is_lines())
    }

    /// The heading that `paragraph` stands under.
    pub fn heading_of(&self, paragraph: &Paragraph) -> Option<&str> {
        let heading = self.headings.get(paragraph.heading? as usize)?;
        Some(heading.span.of(&self.text))
    }
}

fn is_pair(word: &str) -> bool {
    word.starts_with(text::is_spaceless) && word.chars().nth(1).is_some()
}

/// `dir/north-korea.md` -> `north-korea`.
pub fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// A title for an article that has none: `north-korea_detente` -> `North korea detente`.
fn title_from_name(name: &str) -> String {
    let spaced = name.replace(['-', '_'], " ");
    let mut letters = spaced.trim().chars();
    letters.next().map_or_else(
        || name.to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    )
}
