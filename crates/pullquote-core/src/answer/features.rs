//! The features that rank passages: one table, one row a feature, one function a row.
//!
//! To add a feature, write a function that computes it from a [`PassageReading`] and a row in [`FEATURES`] that names it. Nothing
//! else depends on the number or the order of the rows, except that scores are summed in that order.
//!
//! [`Feature::weight`] is what ranking uses. It was chosen by hand, starting from what `cargo run -p xtask -- tune` found on the
//! development sets; [`Feature::tuned`] records the tuner's last figure. The tuner maximises the likelihood of right passages on
//! sets of a few hundred articles; the choices also weigh what those sets have little of: sections, FAQ pages, small knowledge
//! bases. Each [`Feature::why`] gives the reason.

use super::passage_reader::PassageReading;

/// A row of the ranking: one feature of a passage and how much it counts.
#[derive(Debug)]
pub struct Feature {
    /// Name in explanations.
    pub name: &'static str,
    /// Weight in the sum that ranks passages.
    pub weight: f32,
    /// Weight in the first pass, for features that the index computes for every matching passage.
    pub first_pass: Option<f32>,
    /// Weight that the tuner found on the development sets; `None` where it was not measured.
    pub tuned: Option<f32>,
    /// Unit of the value.
    pub unit: Unit,
    /// What kind of evidence it is.
    pub signal: Signal,
    /// Why it has its weight.
    pub why: &'static str,
    /// Computes the value.
    pub(super) value: fn(&PassageReading<'_>) -> f32,
}

/// Unit of a feature's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A sum of idf times BM25's term frequency: 0 to `K1 + 1` times the question's idf sum.
    Bm25,
    /// A similarity or share from 0 to 1, times the question's idf sum.
    IdfShare,
}

/// What kind of evidence a feature is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Signal {
    /// Terms that the question and the passage share.
    Terms,
    /// The same for the title. The confidence counts it for less: a title says which article is meant, not that it answers.
    Title,
    /// Similarity by the built-in term vectors. The weight rises to `1 + boost` times as much the less the terms account for.
    TermVectors {
        /// See above.
        boost: f32,
    },
    /// Similarity by a sentence model, with a boost likewise.
    SentenceModel {
        /// See above.
        boost: f32,
    },
}

impl Signal {
    /// Whether it is about shared terms, and not about meaning.
    pub(super) fn is_terms(self) -> bool {
        matches!(self, Self::Terms | Self::Title)
    }
}

/// All features.
pub static FEATURES: [Feature; 13] = [
    Feature {
        name: "body",
        weight: 0.1,
        first_pass: Some(1.0),
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "the best sentence says it better; the first pass has no sentences and relies on it",
        value: |passage| passage.candidate.body,
    },
    Feature {
        name: "article",
        weight: 1.3,
        first_pass: Some(0.3),
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "chooses between articles that each have one passage with the words",
        value: |passage| passage.candidate.article,
    },
    Feature {
        name: "title",
        weight: 5.0,
        first_pass: Some(1.0),
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Title,
        why: "counts in full here because words of the title count for little in the passages below it",
        value: |passage| passage.candidate.title,
    },
    Feature {
        name: "heading",
        weight: 2.5,
        first_pass: Some(1.0),
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "with 2.5, a FAQ page is answered as well as the same questions with a page each; with 0.8, worse",
        value: heading,
    },
    Feature {
        name: "surface",
        weight: 0.3,
        first_pass: None,
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "prefers the words exactly as typed to other forms of them",
        value: |passage| passage.bm25(&passage.counts.exact),
    },
    Feature {
        name: "pair",
        weight: 0.4,
        first_pass: None,
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "prefers words that follow each other in the question and in the passage",
        value: |passage| passage.bm25(&passage.counts.pairs),
    },
    Feature {
        name: "gram",
        weight: 0.3,
        first_pass: None,
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "character 4-grams match words with typos that were not corrected",
        value: |passage| passage.gram_bm25(),
    },
    Feature {
        name: "sentence",
        weight: 0.3,
        first_pass: None,
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "content words in one sentence, among passages; `local` says most of it",
        value: |passage| passage.best.content,
    },
    Feature {
        name: "local",
        weight: 1.0,
        first_pass: None,
        tuned: None,
        unit: Unit::Bm25,
        signal: Signal::Terms,
        why: "all words in one sentence, among the sentences of the article: which of its passages answers",
        value: |passage| passage.best.local,
    },
    Feature {
        name: "meaning",
        weight: 1.0,
        first_pass: None,
        tuned: None,
        unit: Unit::IdfShare,
        signal: Signal::TermVectors { boost: 20.0 },
        why: "the most similar sentence; boosts from 16 to 30 scored within two points on every set",
        value: meaning,
    },
    Feature {
        name: "label",
        weight: 1.0,
        first_pass: None,
        tuned: None,
        unit: Unit::IdfShare,
        signal: Signal::TermVectors { boost: 5.0 },
        why: "the title or heading, whichever is more similar; boosts from 0 to 10 scored within two points on every set",
        value: label,
    },
    Feature {
        name: "alignment",
        weight: 3.0,
        first_pass: None,
        tuned: None,
        unit: Unit::IdfShare,
        signal: Signal::TermVectors { boost: 5.0 },
        why: "word by word (recall of BERTScore, Zhang et al. 2020); boosts from 6 to 10 scored within two points on every set",
        value: |passage| passage.best.aligned,
    },
    Feature {
        name: "dense",
        weight: 5.0,
        first_pass: None,
        tuned: None,
        unit: Unit::IdfShare,
        signal: Signal::SentenceModel { boost: 3.0 },
        why: "with weights from 3 to 5 and boosts from 2 to 6 every set gained, some more, some less",
        value: dense_similarity,
    },
];

/// Only as far as the heading adds to the title.
fn heading(passage: &PassageReading<'_>) -> f32 {
    passage.candidate.heading * passage.heading_share
}

fn meaning(passage: &PassageReading<'_>) -> f32 {
    let direction = passage.direction();
    let similarity = direction.map(|direction| passage.view.sentence_similarity(direction));
    passage.idf_sum * similarity.unwrap_or(0.0)
}

fn label(passage: &PassageReading<'_>) -> f32 {
    let direction = passage.direction();
    let similarity = direction.map(|direction| passage.view.label_similarity(direction));
    passage.idf_sum * similarity.unwrap_or(0.0)
}

fn dense_similarity(passage: &PassageReading<'_>) -> f32 {
    passage.idf_sum * passage.dense_similarity.unwrap_or(0.0)
}

/// The weight of a feature in the first pass: 0 if it has none. Fails to compile where no feature has the name.
pub(super) const fn first_pass_weight(name: &str) -> f32 {
    let mut at = 0;
    while !is_same(FEATURES[at].name, name) {
        at += 1;
    }
    match FEATURES[at].first_pass {
        Some(weight) => weight,
        None => 0.0,
    }
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Options, answer};
    use crate::article::Corpus;
    use crate::index::Index;
    use crate::index::tests::article;

    /// The value of a feature for a question, by paragraph; 0 for paragraphs that are no candidates. Articles are separated by
    /// `----`.
    fn values(name: &str, text: &str, question: &str) -> Vec<f32> {
        let articles = text.split("\n----\n").enumerate();
        let articles = articles.map(|(at, text)| article(&format!("article-{at}"), text));
        let corpus = Corpus::new(articles.collect());
        let options = Options {
            limit: 100,
            always: true,
            explain: true,
            ..Options::default()
        };
        let answer = answer(&corpus, &Index::build(&corpus), None, question, &options);
        let mut values = vec![0.0; corpus.passages().len()];
        for quote in answer.quotes {
            let feature = quote.features.iter().find(|feature| feature.name == name);
            values[quote.passage.0 as usize] = feature.unwrap().value;
        }
        values
    }

    /// Checks that a feature is higher for one passage than for another, and that it is there at all.
    #[track_caller]
    fn check(name: &str, text: &str, question: &str, higher: usize, lower: usize) {
        let values = values(name, text, question);
        assert!(
            values[higher] > values[lower] && values[lower] >= 0.0,
            "{name}: {values:?}"
        );
    }

    const TRAM: &str = "# Velmora tram\n\nThe tram leaves the harbour every ten minutes and a ticket costs two pounds.\n\n\
                        The depot lies beside the old harbour gate, and the ticket office is closed.\n\n## Night service\n\n\
                        Buses replace it after midnight, and fares are doubled until morning for every passenger.";

    #[test]
    fn names_are_distinct_and_weights_positive() {
        for (at, feature) in FEATURES.iter().enumerate() {
            let same = FEATURES.iter().filter(|other| other.name == feature.name);
            assert_eq!(same.count(), 1, "{}", feature.name);
            assert!(feature.weight > 0.0 && !feature.why.is_empty(), "row {at}");
        }
    }

    #[test]
    fn the_first_pass_has_the_features_of_the_index() {
        let first = FEATURES
            .iter()
            .filter(|feature| feature.first_pass.is_some());
        let names: Vec<&str> = first.map(|feature| feature.name).collect();
        assert_eq!(names, ["body", "article", "title", "heading"]);
        assert!((first_pass_weight("article") - 0.3).abs() < f32::EPSILON);
        assert!(first_pass_weight("local").abs() < f32::EPSILON);
    }

    #[test]
    fn body_counts_terms_in_the_passage() {
        check("body", TRAM, "does the tram leave the harbour", 0, 1);
        check("body", TRAM, "depot", 1, 0);
    }

    #[test]
    fn article_counts_terms_in_the_whole_article() {
        let text = "# One\n\nThe lantern hangs here.\n\nThe kite hangs there.\n----\n# Two\n\nThe lantern stands here.\n\n\
                    The bell stands there.";
        check("article", text, "lantern and kite", 0, 2);
    }

    #[test]
    fn title_counts_terms_of_the_title() {
        let text =
            format!("{TRAM}\n----\n# Corrin way\n\nNo tram goes here, only a path of stones.");
        check("title", &text, "tram path", 0, 3);
    }

    #[test]
    fn heading_counts_as_far_as_it_adds_to_the_title() {
        check("heading", TRAM, "night service", 2, 0);
        let repeated = TRAM.replace("Night service", "Tram service");
        let (new, partly) = (
            values("heading", TRAM, "tram night service"),
            values("heading", &repeated, "tram night service"),
        );
        assert!(new[2] > partly[2] && partly[2] > 0.0, "{new:?} {partly:?}");
    }

    #[test]
    fn surface_counts_words_as_typed() {
        let text =
            "# Boats\n\nThe ferries cross the bay at noon.\n\nThe ferry crosses the bay at dusk.";
        check("surface", text, "ferries", 0, 1);
    }

    #[test]
    fn pair_counts_neighbours_of_the_question() {
        let text = "# Boats\n\nThe last ferry crosses the bay.\n\nThe ferry crosses the bay last.";
        check("pair", text, "last ferry", 0, 1);
    }

    #[test]
    fn gram_counts_parts_of_words() {
        let text = "# Herbs\n\nChamomile grows here.\n\nLavender grows here.";
        check("gram", text, "chamomiles that grow", 0, 1);
    }

    #[test]
    fn sentence_wants_content_words_in_one_sentence() {
        let text = "# Boats\n\nThe ferry carries mail. The island has sheep and hills and rain.\n\n\
                    The ferry serves the island. The mainland has sheep and hills and rain.";
        check("sentence", text, "ferry island", 1, 0);
    }

    #[test]
    fn local_wants_rare_words_of_the_article_in_one_sentence() {
        let text = "# Boats\n\nThe ferry sails. The ferry rests. The ferry carries sheep.\n\nThe ferry sails. The ferry rests.";
        check("local", text, "which ferry has sheep", 0, 1);
    }

    #[test]
    fn meaning_finds_a_sentence_in_other_words() {
        let text = "# News\n\nThieves stole the paintings from the gallery.\n\nThe mayor praised the harvest and the weather.";
        check(
            "meaning",
            text,
            "robbers took the pictures from the museum",
            0,
            1,
        );
    }

    #[test]
    fn label_finds_a_heading_in_other_words() {
        let text = "# News\n\n## Physicians\n\nThey meet on Monday at the gallery.\n\n## Harvest\n\nThey meet on Friday at the gallery.";
        check("label", text, "doctors at the gallery", 0, 1);
    }

    #[test]
    fn alignment_finds_each_word_of_the_question() {
        let text = "# News\n\nThe physician died at the gallery.\n\nThe mayor praised the gallery.";
        check("alignment", text, "doctor killed at the gallery", 0, 1);
    }

    #[test]
    fn dense_similarity_is_0_without_a_model() {
        assert!(
            values("dense", TRAM, "tram")
                .iter()
                .all(|value| *value == 0.0)
        );
    }
}
