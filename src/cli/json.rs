//! The JSON output, which other programs rely on: keys are added, never renamed or removed.

use pullquote_core::answer::{
    Answer, Contribution, Correction, ExpansionExplained, NearestWord, Outcome, Quote,
    SearchResults, Topic, WordExplained,
};
use pullquote_core::article::{ArticleId, Numbering};
use pullquote_core::engine::Engine;
use pullquote_core::index::ExpansionKind;
use pullquote_core::query::Role;
use pullquote_core::summary::Summary;
use pullquote_core::text::Language;
use serde::Serialize;
use std::time::Duration;

/// An answer, as printed by `ask --json`.
#[derive(Debug, Serialize)]
pub(super) struct AnswerJson<'a> {
    question: &'a str,
    outcome: &'static str,
    /// From 0 to 1.
    confidence: f32,
    /// How many of the quotes are the answer: two if they answer about as likely, none if nothing answers.
    answers: usize,
    quotes: Vec<QuoteJson<'a>>,
    /// Spelling corrections. The key predates the name.
    #[serde(rename = "readings")]
    corrections: Vec<CorrectionJson<'a>>,
    micros: u64,
    /// What was asked about the articles themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<AboutJson<'a>>,
    /// Answers to further questions of the same message.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<AnswerJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<ExplanationJson<'a>>,
}

/// What a search finds, as printed by `search --json`.
#[derive(Debug, Serialize)]
pub(super) struct SearchJson<'a> {
    keywords: &'a str,
    passages: Vec<QuoteJson<'a>>,
    /// Spelling corrections, named as in an answer.
    #[serde(rename = "readings")]
    corrections: Vec<CorrectionJson<'a>>,
}

/// A question about the articles themselves.
#[derive(Debug, Serialize)]
struct AboutJson<'a> {
    topic: &'static str,
    /// `null` if the question does not say which of several articles it means.
    article: Option<&'a str>,
    /// Author, date, publisher or address.
    fact: Option<&'a str>,
}

/// A quote and its place.
#[derive(Debug, Serialize)]
pub(super) struct QuoteJson<'a> {
    /// The whole answer.
    text: &'a str,
    /// The sentences in it that answer best.
    best: &'a str,
    /// The header row of the table that `text` is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    column_heads: Option<&'a str>,
    /// The sentence that announces the list of which `text` is an item.
    #[serde(skip_serializing_if = "Option::is_none")]
    introduction: Option<&'a str>,
    /// The headings that the end of `text` announces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<&'a str>,
    article: &'a str,
    title: &'a str,
    heading: Option<String>,
    /// From 0.
    paragraph: u32,
    /// First and last line in the file of the paragraph that contains `best`, from 1.
    lines: [u32; 2],
    /// The same of the whole answer.
    answer_lines: [u32; 2],
    /// What these count, unless it is lines.
    #[serde(skip_serializing_if = "counts_lines")]
    numbering: Numbering,
    source: Option<&'a str>,
    /// The code of the article's language, if the question is in another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_language: Option<&'static str>,
    /// Other articles that contain the same passage.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_in: Vec<&'a str>,
    score: f32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    features: Vec<PartJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    met: Vec<MetJson<'a>>,
}

#[derive(Debug, Serialize)]
struct MetJson<'a> {
    asked: &'a str,
    here: &'a str,
    /// From 0 to 1.
    nearness: f32,
}

#[derive(Debug, Serialize)]
struct CorrectionJson<'a> {
    typed: &'a str,
    read: &'a str,
}

#[derive(Debug, Serialize)]
struct ExplanationJson<'a> {
    reason: &'a str,
    evidence: Vec<PartJson>,
    words: Vec<WordJson<'a>>,
}

#[derive(Debug, Serialize)]
struct PartJson {
    name: &'static str,
    value: f32,
    weight: f32,
}

impl From<&Contribution> for PartJson {
    fn from(part: &Contribution) -> Self {
        Self {
            name: part.name,
            value: part.value,
            weight: part.weight,
        }
    }
}

#[derive(Debug, Serialize)]
struct WordJson<'a> {
    typed: &'a str,
    searched: bool,
    idf: f32,
    variants: Vec<VariantJson<'a>>,
}

#[derive(Debug, Serialize)]
struct VariantJson<'a> {
    term: &'a str,
    weight: f32,
    via: &'static str,
}

/// A summary. `article` and `title` are `null` if it is of several articles.
#[derive(Debug, Serialize)]
pub(super) struct SummaryJson<'a> {
    article: Option<&'a str>,
    title: Option<&'a str>,
    /// What the front matter says that the article is about.
    opening: Option<&'a str>,
    /// Whether the summary is the complete text.
    whole: bool,
    sentences: Vec<SentenceJson<'a>>,
}

#[derive(Debug, Serialize)]
struct SentenceJson<'a> {
    text: &'a str,
    /// Text to read before the sentence, such as a question that it answers.
    above: Option<&'a str>,
    article: &'a str,
    /// From 0.
    paragraph: u32,
    /// First and last line of the paragraph in the file, from 1.
    lines: [u32; 2],
    /// What `lines` counts, unless it is lines.
    #[serde(skip_serializing_if = "counts_lines")]
    numbering: Numbering,
    /// Importance relative to the most important sentence, which has 1.
    score: f32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn counts_lines(numbering: &Numbering) -> bool {
    *numbering == Numbering::Lines
}

impl<'a> SummaryJson<'a> {
    /// A summary of `article`, or of several articles if it is `None`.
    pub(super) fn new(
        engine: &'a Engine,
        article: Option<ArticleId>,
        summary: &'a Summary,
    ) -> Self {
        let corpus = engine.corpus();
        let article = article.map(|id| corpus.article(id));
        let sentences = summary.sentences.iter().map(|sentence| {
            let article = corpus.article(sentence.article);
            SentenceJson {
                text: sentence.span.of(&article.text),
                above: sentence.above.map(|above| above.of(&article.text)),
                article: &article.name,
                paragraph: sentence.paragraph,
                lines: [sentence.lines.first, sentence.lines.last],
                numbering: article.numbering,
                score: sentence.score,
            }
        });
        Self {
            article: article.map(|article| article.name.as_str()),
            title: article.map(|article| article.meta.title.as_str()),
            opening: summary.opening.as_deref(),
            whole: summary.whole,
            sentences: sentences.collect(),
        }
    }
}

/// The name of an outcome.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Quoted => "quoted",
        Outcome::Suggested => "suggested",
        Outcome::Unknown => "unknown",
        Outcome::About => "about",
        // Programs treat both alike: nothing was searched.
        Outcome::Greeting | Outcome::Help => "greeting",
    }
}

fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Author => "author",
        Topic::Date => "date",
        Topic::Publisher => "publisher",
        Topic::Source => "source",
        Topic::Gist => "gist",
        Topic::Length => "length",
        Topic::Articles => "articles",
        Topic::Help => "help",
    }
}

/// The name of an expansion kind. Some names predate the terms in the code.
pub(super) fn via(via: ExpansionKind) -> &'static str {
    match via {
        ExpansionKind::Word => "word",
        ExpansionKind::Typo(1) => "one slip",
        ExpansionKind::Typo(_) => "slips",
        ExpansionKind::Spacing => "spacing",
        ExpansionKind::WordFamily => "kin",
        ExpansionKind::Related => "related",
    }
}

impl<'a> From<&'a WordExplained> for WordJson<'a> {
    fn from(word: &'a WordExplained) -> Self {
        let variant = |found: &'a ExpansionExplained| VariantJson {
            term: &found.term,
            weight: found.weight,
            via: via(found.via),
        };
        Self {
            typed: &word.typed,
            searched: word.role == Role::Content,
            idf: word.idf,
            variants: word.expansions.iter().map(variant).collect(),
        }
    }
}

/// The corrected words.
fn corrections(corrections: &[Correction]) -> Vec<CorrectionJson<'_>> {
    let corrections = corrections.iter();
    corrections
        .map(|Correction { typed, read }| CorrectionJson { typed, read })
        .collect()
}

impl<'a> SearchJson<'a> {
    pub(super) fn new(engine: &'a Engine, keywords: &'a str, found: &'a SearchResults) -> Self {
        let passages = found.passages.iter();
        Self {
            keywords,
            passages: passages.map(|it| QuoteJson::new(engine, it)).collect(),
            corrections: corrections(&found.corrections),
        }
    }
}

impl<'a> AnswerJson<'a> {
    /// An answer that took `time` to find.
    pub(super) fn new(
        engine: &'a Engine,
        question: &'a str,
        answer: &'a Answer,
        time: Duration,
    ) -> Self {
        let explanation = answer
            .explanation
            .as_ref()
            .map(|explanation| ExplanationJson {
                reason: &explanation.reason,
                evidence: explanation.evidence.iter().map(PartJson::from).collect(),
                words: explanation.words.iter().map(WordJson::from).collect(),
            });
        Self {
            question,
            outcome: outcome(answer.outcome),
            confidence: answer.confidence,
            answers: match answer.outcome {
                Outcome::Quoted => 1 + usize::from(answer.second().is_some()),
                _ => 0,
            },
            quotes: answer
                .quotes
                .iter()
                .map(|quote| QuoteJson::new(engine, quote))
                .collect(),
            corrections: corrections(&answer.corrections),
            micros: time.as_micros() as u64,
            also: answer
                .also
                .iter()
                .map(|(question, answer)| Self::new(engine, question, answer, time))
                .collect(),
            about: answer.about.as_ref().map(|about| AboutJson {
                topic: topic(about.topic),
                article: about
                    .article
                    .map(|id| engine.corpus().article(id).name.as_str()),
                fact: about.fact.as_deref(),
            }),
            explanation,
        }
    }
}

impl<'a> QuoteJson<'a> {
    /// A quote with its article, lines and features.
    pub(super) fn new(engine: &'a Engine, quote: &'a Quote) -> Self {
        let article = engine.corpus().article(quote.article);
        let met = |word: &'a NearestWord| MetJson {
            asked: &word.asked,
            here: &word.found,
            nearness: word.similarity,
        };
        Self {
            text: quote.span.of(&article.text),
            best: quote.best.of(&article.text),
            column_heads: quote
                .column_heads
                .filter(|row| !row.overlaps(quote.span))
                .map(|row| row.of(&article.text)),
            introduction: quote.introduction.map(|it| it.of(&article.text)),
            headings: quote
                .headings
                .iter()
                .map(|it| it.of(&article.text))
                .collect(),
            article: &article.name,
            title: &article.meta.title,
            heading: article.section_name(quote.best),
            paragraph: quote.paragraph,
            lines: [quote.lines.first, quote.lines.last],
            answer_lines: [quote.answer_lines.first, quote.answer_lines.last],
            numbering: article.numbering,
            source: article.meta.source.as_deref(),
            other_language: quote.other_language.map(Language::code),
            also_in: quote
                .also_in
                .iter()
                .map(|id| engine.corpus().article(*id).name.as_str())
                .collect(),
            score: quote.score,
            features: quote.features.iter().map(PartJson::from).collect(),
            met: quote.nearest_words.iter().map(met).collect(),
        }
    }
}
