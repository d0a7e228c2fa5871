//! How good answers are: what a question set expects against what was answered.
//!
//! Paragraph measures look at the ranking (as `--always` shows it), the others at what a member would
//! have been told.

use crate::answer::{Answer, Outcome, Quote};
use crate::article::Corpus;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question with what answers it; one line of a question set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// As asked.
    pub question: String,
    /// Name of the article that answers.
    #[serde(default)]
    pub article: Option<String>,
    /// Number of the paragraph that answers, from 0.
    #[serde(default)]
    pub paragraph: Option<u32>,
    /// Paragraphs of which any answers.
    #[serde(default)]
    pub alt_paragraphs: Option<Vec<u32>>,
    /// The sentence that answers, as it stands in the paragraph.
    #[serde(default)]
    pub answer_sentence: Option<String>,
    /// Whether the articles do not tell.
    #[serde(default)]
    pub unanswerable: bool,
    /// What sort of question it is; scores are also told for each sort.
    #[serde(default)]
    pub kind: Option<String>,
}

impl Question {
    /// What a line may say; it may say more, which does not count.
    pub const KEYS: [&str; 7] = [
        "question",
        "article",
        "paragraph",
        "alt_paragraphs",
        "answer_sentence",
        "unanswerable",
        "kind",
    ];
}

/// An answer held against its question.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Whether the articles tell at all.
    pub answerable: bool,
    /// Place of the first quote from a right paragraph, from 0.
    pub rank: Option<usize>,
    /// Whether the first quote overlaps the sentence that answers; `None` where the set names none.
    pub sentence: Option<bool>,
    /// Whether it was given as the answer.
    pub quoted: bool,
    /// Its confidence.
    pub confidence: f32,
    /// Time to answer, in microseconds.
    pub micros: f64,
}

impl Judged {
    /// Holds an answer, asked for with `always`, against the question. `micros` is the time it took.
    pub fn new(question: &Question, answer: &Answer, corpus: &Corpus, micros: f64) -> Self {
        let article = question
            .article
            .as_deref()
            .and_then(|name| corpus.find(name));
        let answerable = !question.unanswerable && article.is_some();
        let one = question.paragraph.map(|paragraph| vec![paragraph]);
        let gold = question.alt_paragraphs.clone().or(one).unwrap_or_default();
        let right = |quote: &Quote| {
            answerable && Some(quote.article) == article && gold.contains(&quote.paragraph)
        };
        let rank = answer.quotes.iter().position(right);
        let overlaps = |sentence: &String| {
            let quote = answer.quotes.first().filter(|quote| right(quote));
            quote.is_some_and(|quote| overlaps(corpus, quote, sentence))
        };
        Self {
            answerable,
            rank,
            sentence: question
                .answer_sentence
                .as_ref()
                .filter(|_| answerable)
                .map(overlaps),
            quoted: answer.outcome == Outcome::Quoted,
            confidence: answer.confidence,
            micros,
        }
    }

    /// Whether the first quote answers: by its sentence, or by its paragraph where no sentence is named.
    pub fn right(&self) -> bool {
        self.sentence.unwrap_or(self.rank == Some(0))
    }
}

/// Whether a quote overlaps `sentence` in its paragraph.
fn overlaps(corpus: &Corpus, quote: &Quote, sentence: &str) -> bool {
    let article = corpus.article(quote.article);
    let paragraph = article.paragraphs[quote.paragraph as usize].span;
    let text = paragraph.of(&article.text);
    text.match_indices(sentence).any(|(at, found)| {
        let span = Span::new(at, at + found.len()).shifted(paragraph.start);
        span.overlaps(quote.span)
    })
}

/// Scores of a question set. Shares are from 0 to 100; `null` where nothing can be counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Questions that the articles answer.
    pub answerable: usize,
    /// Questions that they do not.
    pub unanswerable: usize,
    /// Answerable ones with a right paragraph first.
    pub hit_at_1: Option<f64>,
    /// ... among the first five.
    pub hit_at_5: Option<f64>,
    /// Mean reciprocal rank of the first right paragraph among ten, times 100 (Voorhees 1999).
    pub mrr_at_10: Option<f64>,
    /// First quote overlaps the sentence that answers, of those whose sentence is named.
    pub sentence_hit_at_1: Option<f64>,
    /// Answerable ones that were quoted.
    pub answered: Option<f64>,
    /// Of those, the share that is right.
    pub answered_right: Option<f64>,
    /// Unanswerable ones that were not quoted.
    pub refused: Option<f64>,
    /// Chance that an answerable question has a higher confidence than an unanswerable one (area under
    /// the ROC curve, as the Mann-Whitney statistic), from 0 to 1.
    pub auroc: Option<f64>,
    /// Expected calibration error over ten bins of confidence, from 0 to 1 (Naeini et al. 2015).
    pub calibration_error: Option<f64>,
    /// Those bins.
    pub calibration: Vec<Bin>,
    /// Time to answer, median, in microseconds.
    pub latency_p50_micros: f64,
    /// Time to answer, 99th percentile, in microseconds.
    pub latency_p99_micros: f64,
}

/// Answers of about one confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Lowest confidence of the bin.
    pub from: f64,
    /// How many.
    pub answers: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// Share of them that is right, from 0 to 1.
    pub right: f64,
}

const BINS: usize = 10;

impl Scores {
    /// The scores of some answers.
    pub fn of(judged: &[&Judged]) -> Self {
        let answerable: Vec<&Judged> = judged
            .iter()
            .copied()
            .filter(|one| one.answerable)
            .collect();
        let unanswerable: Vec<&Judged> = judged
            .iter()
            .copied()
            .filter(|one| !one.answerable)
            .collect();
        let quoted: Vec<&Judged> = answerable
            .iter()
            .copied()
            .filter(|one| one.quoted)
            .collect();
        let named: Vec<&Judged> = answerable
            .iter()
            .copied()
            .filter(|one| one.sentence.is_some())
            .collect();
        let within =
            |limit: usize| share(&answerable, |one| one.rank.is_some_and(|rank| rank < limit));
        let reciprocal = |one: &&Judged| {
            one.rank
                .filter(|rank| *rank < 10)
                .map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0))
        };
        let mrr = answerable.iter().map(reciprocal).sum::<f64>() / answerable.len() as f64;
        let calibration = bins(judged);
        let off = |bin: &Bin| bin.answers as f64 * (bin.confidence - bin.right).abs();
        let error = calibration.iter().map(off).sum::<f64>() / judged.len() as f64;
        Self {
            answerable: answerable.len(),
            unanswerable: unanswerable.len(),
            hit_at_1: within(1),
            hit_at_5: within(5),
            mrr_at_10: (!answerable.is_empty()).then_some(100.0 * mrr),
            sentence_hit_at_1: share(&named, |one| one.sentence == Some(true)),
            answered: share(&answerable, |one| one.quoted),
            answered_right: share(&quoted, Judged::right),
            refused: share(&unanswerable, |one| !one.quoted),
            auroc: auroc(&answerable, &unanswerable),
            calibration_error: (!judged.is_empty()).then_some(error),
            calibration,
            latency_p50_micros: percentile(judged, 0.50),
            latency_p99_micros: percentile(judged, 0.99),
        }
    }

    /// The scores of each kind of question, where there are kinds.
    pub fn by_kind(judged: &[(Option<String>, Judged)]) -> BTreeMap<String, Self> {
        let mut kinds: BTreeMap<String, Vec<&Judged>> = BTreeMap::new();
        for (kind, one) in judged {
            if let Some(kind) = kind {
                kinds.entry(kind.clone()).or_default().push(one);
            }
        }
        kinds
            .into_iter()
            .map(|(kind, judged)| (kind, Self::of(&judged)))
            .collect()
    }
}

fn share(judged: &[&Judged], holds: impl Fn(&Judged) -> bool) -> Option<f64> {
    let count = judged.iter().filter(|one| holds(one)).count();
    (!judged.is_empty()).then(|| 100.0 * count as f64 / judged.len() as f64)
}

fn auroc(answerable: &[&Judged], unanswerable: &[&Judged]) -> Option<f64> {
    if answerable.is_empty() || unanswerable.is_empty() {
        return None;
    }
    let mut others: Vec<f32> = unanswerable.iter().map(|one| one.confidence).collect();
    others.sort_by(f32::total_cmp);
    let wins = |one: &&Judged| {
        let below = others.partition_point(|other| *other < one.confidence);
        let level = others.partition_point(|other| *other <= one.confidence) - below;
        below as f64 + 0.5 * level as f64
    };
    let total: f64 = answerable.iter().map(wins).sum();
    Some(total / (answerable.len() * unanswerable.len()) as f64)
}

fn bins(judged: &[&Judged]) -> Vec<Bin> {
    let bin_of = |one: &Judged| ((f64::from(one.confidence) * BINS as f64) as usize).min(BINS - 1);
    let bin = |at: usize| {
        let held: Vec<&&Judged> = judged.iter().filter(|one| bin_of(one) == at).collect();
        let answers = held.len();
        let mean = |value: &dyn Fn(&Judged) -> f64| {
            held.iter().map(|one| value(one)).sum::<f64>() / answers.max(1) as f64
        };
        Bin {
            from: at as f64 / BINS as f64,
            answers,
            confidence: mean(&|one| f64::from(one.confidence)),
            right: mean(&|one| f64::from(u8::from(one.right()))),
        }
    };
    (0..BINS).map(bin).filter(|bin| bin.answers > 0).collect()
}

fn percentile(judged: &[&Judged], share: f64) -> f64 {
    let mut micros: Vec<f64> = judged.iter().map(|one| one.micros).collect();
    micros.sort_by(f64::total_cmp);
    let at = ((micros.len() as f64 * share) as usize).min(micros.len().saturating_sub(1));
    micros.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(answerable: bool, rank: Option<usize>, quoted: bool, confidence: f32) -> Judged {
        Judged {
            answerable,
            rank,
            sentence: None,
            quoted,
            confidence,
            micros: 10.0,
        }
    }

    #[test]
    fn shares_and_curves() {
        let all = [
            judged(true, Some(0), true, 0.9),
            judged(true, Some(1), true, 0.6),
            judged(true, None, false, 0.2),
            judged(true, Some(12), false, 0.1),
            judged(false, None, false, 0.1),
            judged(false, None, true, 0.7),
        ];
        let scores = Scores::of(&all.iter().collect::<Vec<_>>());
        assert_eq!((scores.answerable, scores.unanswerable), (4, 2));
        assert_eq!((scores.hit_at_1, scores.hit_at_5), (Some(25.0), Some(50.0)));
        assert_eq!(scores.mrr_at_10, Some(100.0 * 1.5 / 4.0));
        assert_eq!(
            (scores.answered, scores.answered_right),
            (Some(50.0), Some(50.0))
        );
        assert_eq!(scores.refused, Some(50.0));
        // Pairs won: 0.9 both, 0.6 one, 0.2 one, 0.1 half.
        assert_eq!(scores.auroc, Some(4.5 / 8.0));
        let nothing = Scores::of(&[]);
        assert_eq!(
            (nothing.hit_at_1, nothing.auroc, nothing.calibration_error),
            (None, None, None)
        );
    }

    #[test]
    fn sure_and_right_is_no_error() {
        let sure: Vec<Judged> = (0..10)
            .map(|at| judged(true, Some(usize::from(at >= 8)), true, 0.8))
            .collect();
        let error = Scores::of(&sure.iter().collect::<Vec<_>>())
            .calibration_error
            .unwrap();
        assert!(error < 1e-6, "{error}");
    }
}
