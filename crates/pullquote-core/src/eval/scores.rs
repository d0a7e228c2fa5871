//! Scores of many judged answers.

use super::{Judged, Seen};
use serde::Serialize;
use std::collections::BTreeMap;

/// Scores of a question set. Shares are percentages; `None` where there is nothing to count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Number of answerable questions.
    pub answerable: usize,
    /// Number of unanswerable questions.
    pub unanswerable: usize,
    /// Answerable questions with a right paragraph first.
    pub hit_at_1: Option<f64>,
    /// Answerable questions with a right paragraph among the first five.
    pub hit_at_5: Option<f64>,
    /// Mean reciprocal rank of the first right paragraph among ten, times 100 (Voorhees 1999, "The TREC-8 Question
    /// Answering Track Report").
    pub mrr_at_10: Option<f64>,
    /// Of the questions that name a sentence, those whose first quote overlaps it.
    pub sentence_hit_at_1: Option<f64>,
    /// Answerable questions whose answer was quoted.
    pub answered: Option<f64>,
    /// Of those, the ones with a right first quote.
    pub answered_right: Option<f64>,
    /// Unanswerable questions whose answer was not quoted.
    pub refused: Option<f64>,
    /// Answerable questions that got neither a quote nor a suggestion.
    pub false_no: Option<f64>,
    /// Unanswerable questions that got neither.
    pub true_no: Option<f64>,
    /// Probability that an answerable question has a higher confidence than an unanswerable one: the area under the ROC
    /// curve as the Mann-Whitney statistic, from 0 to 1.
    pub auroc: Option<f64>,
    /// The same for first quotes: that one with the right passage has a higher confidence than any other.
    pub auroc_right: Option<f64>,
    /// Expected calibration error over ten bins of confidence, from 0 to 1 (Naeini et al. 2015, section 3).
    pub calibration_error: Option<f64>,
    /// The bins that are not empty.
    pub calibration: Vec<Bin>,
    /// What members saw who asked something answerable.
    pub seen: SeenCounts,
    /// Of all quotes, those of something else than what answers: wrong, or where nothing answers.
    pub quoted_wrong: Option<f64>,
    /// Of the quotes with a confidence of 0.8 or more, those that answer.
    pub sure_right: Option<f64>,
    /// Median time to answer, in microseconds.
    pub latency_p50_micros: f64,
    /// 99th percentile of the time to answer, in microseconds.
    pub latency_p99_micros: f64,
}

/// How many answerable questions were answered how. The names are those of [`Seen`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SeenCounts {
    /// [`Seen::Right`]
    pub right: usize,
    /// [`Seen::RightSection`]
    pub right_section: usize,
    /// [`Seen::Wrong`]
    pub wrong: usize,
    /// [`Seen::SuggestedRight`]
    pub suggested_right: usize,
    /// [`Seen::Suggested`]
    pub suggested: usize,
    /// [`Seen::Refused`]
    pub refused: usize,
}

impl SeenCounts {
    fn of(judged: &[&Judged]) -> Self {
        let count = |seen: Seen| judged.iter().filter(|one| one.seen() == seen).count();
        Self {
            right: count(Seen::Right),
            right_section: count(Seen::RightSection),
            wrong: count(Seen::Wrong),
            suggested_right: count(Seen::SuggestedRight),
            suggested: count(Seen::Suggested),
            refused: count(Seen::Refused),
        }
    }
}

/// Answers of similar confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Lowest confidence of the bin.
    pub from: f64,
    /// Number of answers.
    pub answers: usize,
    /// Mean confidence, from 0 to 1.
    pub confidence: f64,
    /// Share of right answers, from 0 to 1.
    pub right: f64,
}

const BINS: usize = 10;
/// Confidence from which a member takes an answer for sure.
const SURE: f32 = 0.8;

impl Scores {
    /// Computes the scores of some answers.
    pub fn of(judged: &[&Judged]) -> Self {
        let with = |keep: &dyn Fn(&Judged) -> bool| -> Vec<&Judged> {
            let judged = judged.iter().copied();
            judged.filter(|one| keep(one)).collect()
        };
        let answerable = with(&|one| one.answerable);
        let unanswerable = with(&|one| !one.answerable);
        let quoted = with(&|one| one.answerable && one.quoted());
        let named = with(&|one| one.answerable && one.sentence.is_some());
        let within =
            |limit: usize| share(&answerable, |one| one.rank.is_some_and(|rank| rank < limit));
        let is_first = |one: &Judged| one.answerable && one.rank == Some(0);
        let calibration = bins(judged);
        let off = |bin: &Bin| bin.answers as f64 * (bin.confidence - bin.right).abs();
        let error = calibration.iter().map(off).sum::<f64>() / judged.len() as f64;
        Self {
            answerable: answerable.len(),
            unanswerable: unanswerable.len(),
            hit_at_1: within(1),
            hit_at_5: within(5),
            mrr_at_10: mrr_at_10(&answerable),
            sentence_hit_at_1: share(&named, |one| one.sentence == Some(true)),
            answered: share(&answerable, Judged::quoted),
            answered_right: share(&quoted, Judged::right),
            refused: share(&unanswerable, |one| !one.quoted()),
            false_no: share(&answerable, Judged::got_nothing),
            true_no: share(&unanswerable, Judged::got_nothing),
            auroc: auroc(&answerable, &unanswerable),
            auroc_right: auroc(&with(&is_first), &with(&|one| !is_first(one))),
            calibration_error: (!judged.is_empty()).then_some(error),
            calibration,
            seen: SeenCounts::of(&answerable),
            quoted_wrong: share(&with(&Judged::quoted), |one| {
                !one.answerable || one.seen() == Seen::Wrong
            }),
            sure_right: share(
                &with(&|one| one.quoted() && one.confidence >= SURE),
                |one| one.answerable && one.right(),
            ),
            latency_p50_micros: percentile(judged, 0.50),
            latency_p99_micros: percentile(judged, 0.99),
        }
    }

    /// Computes the scores of each kind of question. Questions without a kind are left out.
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

fn share(judged: &[&Judged], counts: impl Fn(&Judged) -> bool) -> Option<f64> {
    let count = judged.iter().filter(|one| counts(one)).count();
    (!judged.is_empty()).then(|| 100.0 * count as f64 / judged.len() as f64)
}

fn mrr_at_10(answerable: &[&Judged]) -> Option<f64> {
    let ranks = answerable.iter().filter_map(|one| one.rank);
    let reciprocals = ranks
        .filter(|rank| *rank < 10)
        .map(|rank| 1.0 / (rank as f64 + 1.0));
    // From 0: the sum of no numbers is -0.
    let sum = reciprocals.fold(0.0, |sum: f64, one| sum + one);
    (!answerable.is_empty()).then(|| 100.0 * sum / answerable.len() as f64)
}

fn auroc(higher: &[&Judged], lower: &[&Judged]) -> Option<f64> {
    if higher.is_empty() || lower.is_empty() {
        return None;
    }
    let mut others: Vec<f32> = lower.iter().map(|one| one.confidence).collect();
    others.sort_by(f32::total_cmp);
    let wins = |one: &&Judged| {
        let below = others.partition_point(|other| *other < one.confidence);
        let level = others.partition_point(|other| *other <= one.confidence) - below;
        below as f64 + 0.5 * level as f64
    };
    let total: f64 = higher.iter().map(wins).sum();
    Some(total / (higher.len() * lower.len()) as f64)
}

fn bins(judged: &[&Judged]) -> Vec<Bin> {
    let bin_of = |one: &Judged| ((f64::from(one.confidence) * BINS as f64) as usize).min(BINS - 1);
    let bin = |at: usize| {
        let inside: Vec<&&Judged> = judged.iter().filter(|one| bin_of(one) == at).collect();
        let answers = inside.len();
        let mean = |value: &dyn Fn(&Judged) -> f64| {
            inside.iter().map(|one| value(one)).sum::<f64>() / answers.max(1) as f64
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
    use crate::answer::Outcome;

    fn judged(answerable: bool, rank: Option<usize>, quoted: bool, confidence: f32) -> Judged {
        Judged {
            answerable,
            rank,
            sentence: None,
            shown: false,
            section: false,
            outcome: if quoted {
                Outcome::Quoted
            } else {
                Outcome::Unknown
            },
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
        // The only right answer has the highest confidence.
        assert_eq!(scores.auroc_right, Some(1.0));
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
