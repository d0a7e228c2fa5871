//! One test a feature.

use super::*;
use crate::answer::Options;
use crate::answer::parse;
use crate::answer::retrieval::{Purpose, Retrieval};
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
        ..Options::default()
    };
    let index = Index::build(&corpus);
    let query = parse(&index, None, question);
    let retrieval = Retrieval::new(
        &corpus,
        &index,
        None,
        question,
        query,
        Purpose::Answer,
        &options,
    );
    let mut values = vec![0.0; corpus.passage_count()];
    for ranked in &retrieval.ranked {
        let feature = ranked.contributions().find(|feature| feature.name == name);
        values[ranked.features.candidate.passage.0 as usize] = feature.unwrap().value;
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
    assert_eq!(names, ["body", "section", "article", "title", "heading"]);
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
fn section_counts_terms_under_one_heading() {
    let text = "# One\n\n## Up\n\nThe lantern hangs here.\n\nThe kite hangs there.\n\n## Down\n\n\
                The lantern stands here.\n\nThe bell stands there.";
    check("section", text, "lantern and kite", 0, 2);
}

#[test]
fn a_heading_that_is_asked_counts_by_how_nearly_it_is_the_question() {
    let text = "# Ferry\n\n## How do I mute the horn?\n\nPull it.\n\n## The horn and its history\n\nIt was mute.\n\n\
                ## Can I mute the horn?\n\nNo.";
    check("asked heading", text, "How do I mute the horn?", 0, 1);
    check("asked heading", text, "How do I mute the horn?", 0, 2);
    check("asked heading", text, "can i mute the horn", 2, 0);
}

#[test]
fn title_counts_terms_of_the_title() {
    let text = format!("{TRAM}\n----\n# Corrin way\n\nNo tram goes here, only a path of stones.");
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
