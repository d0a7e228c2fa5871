//! Summaries and key phrases through the public API.
//!
//! Properties, over texts of any shape:
//! - every item is a slice of its article, made of one or more consecutive sentences, at its stated place;
//! - items are in the order of the article, without repeats, and at most as many as requested;
//! - the order of the files does not matter;
//! - with a focus, every sentence contains a word of the focus or an expansion of it, or is below a heading that does.

use proptest::prelude::*;
use pullquote_core::answer::Quote;
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options, Sentence};
use pullquote_readers::read;

fn engine(files: &[(&str, &str)]) -> Engine {
    let article = |(path, text): &(&str, &str)| Article::new(path, read(path, text.as_bytes()));
    Engine::build(files.iter().filter_map(article).collect())
}

fn texts(engine: &Engine, sentences: &[Sentence]) -> Vec<String> {
    let text = |sentence: &Sentence| {
        let article = engine.corpus().article(sentence.article);
        sentence.span.of(&article.text).to_owned()
    };
    sentences.iter().map(text).collect()
}

fn gist(engine: &Engine, length: Length, focus: Option<&str>) -> Vec<String> {
    let options = Options { length, focus };
    texts(engine, &engine.summarise(ArticleId(0), &options).sentences)
}

/// The passages that a search finds.
fn found<'a>(engine: &'a Engine, keywords: &str) -> Vec<&'a str> {
    let found = engine.search(keywords, &pullquote_core::answer::Options::default());
    let text = |quote: &Quote| quote.span.of(&engine.corpus().article(quote.article).text);
    found.passages.iter().map(text).collect()
}

const ROVER: &str = "The rover

The rover landed in a wide crater after a flight of seven months. It was cold there. Engineers checked its \
wheels, cameras and drill before the first drive across the crater.

## The drill

In the second week the drill broke through a layer of clay and found sulphur minerals. \
But nobody had expected that. Why was there sulphur at all?

The sulphur minerals form in warm water, so the crater must once have held a lake, geologists say. \
The drill found the same sulphur minerals in four other places of the crater.

## What it costs

The mission costs nine hundred million dollars and is paid for by five countries.
";

#[test]
fn a_summary_quotes_key_sentences_that_stand_alone() {
    let engine = engine(&[("rover.md", ROVER)]);
    let sentences = gist(&engine, Length::Short, None);
    assert_eq!(sentences.len(), 3, "{sentences:?}");
    let all = sentences.join(" ");
    assert!(all.contains("sulphur") && all.contains("crater"), "{all}");
    for left_out in ["But nobody", "It was cold", "Why was"] {
        assert!(!all.contains(left_out), "{all}");
    }
    assert!(gist(&engine, Length::Medium, None).len() > 3);
    assert_eq!(gist(&engine, Length::Sentences(0), None).len(), 0);
}

#[test]
fn a_summary_opens_with_the_standfirst() {
    let page = "Let the ferry sail at night\n\nThe island cannot wait until morning.\n\n\
        Nobody who has missed the boat at six forgets the night on the quay, the wet bench and the gulls. \
        Last winter three hundred people slept there, the harbour says. The quay has one bench and one lamp.\n\n\
        The county pays for a road that three farms use, and not for a boat that six hundred people need at night.\n";
    let engine = engine(&[("ferry.txt", page)]);
    let sentences = gist(&engine, Length::Short, None);
    assert_eq!(
        sentences[0], "The island cannot wait until morning.",
        "{sentences:?}"
    );
}

#[test]
fn what_a_sentence_refers_to_or_introduces_is_quoted_with_it() {
    let page = "# The pump\n\nThe pump drains the cellar. It starts by itself when water reaches the sensor of the cellar, \
        and stops an hour later.\n\nTo test the pump of the cellar, run this command:\n\n```\npump --test\n```\n\n\
        The sensor hangs here: see the picture.\n";
    let engine = engine(&[("pump.md", page)]);
    let text = &engine.corpus().article(ArticleId(0)).text;
    let summary = engine.summarise(ArticleId(0), &Options::default());
    let quoted: Vec<(Option<&str>, &str)> = summary
        .sentences
        .iter()
        .map(|one| (one.above.map(|above| above.of(text)), one.span.of(text)))
        .collect();
    let command = (
        Some("To test the pump of the cellar, run this command:"),
        "pump --test",
    );
    assert!(quoted.contains(&command), "{quoted:?}");
    let one = Length::Sentences(1);
    assert_eq!(gist(&engine, one, None), ["The pump drains the cellar."]);
}

#[test]
fn a_focus_is_kept_and_its_typos_are_corrected() {
    let engine = engine(&[("rover.md", ROVER)]);
    for focus in ["the costs in dollars", "costs in dolars"] {
        let sentences = gist(&engine, Length::Short, Some(focus));
        assert!(
            sentences[0].contains("nine hundred million"),
            "{sentences:?}"
        );
        assert!(
            sentences.iter().all(|sentence| !sentence.contains("clay")),
            "{sentences:?}"
        );
    }
    assert!(gist(&engine, Length::Short, Some("violins")).is_empty());
}

#[test]
fn sentences_below_a_heading_match_its_words() {
    let club = "# The club\n\n## Garden\n\nMembers water the beds on Mondays and weed them on Fridays.\n\n\
        ## Kitchen\n\nThe stove is cleaned by whoever cooked on it. From its window the garden can be seen.\n";
    let engine = engine(&[
        ("club.md", club),
        (
            "bees.md",
            "# Bees\n\nThe hives are opened by their keepers alone.",
        ),
    ]);
    let one = |sentences: &[Sentence]| texts(&engine, sentences).join(" ");
    let options = Options {
        length: Length::Sentences(1),
        focus: Some("garden"),
    };
    let club = engine
        .corpus()
        .articles()
        .position(|article| article.name == "club");
    let club = ArticleId(club.unwrap() as u32);
    assert!(one(&engine.summarise(club, &options).sentences).starts_with("Members water"));
    for (focus, first) in [("garden", "Members water"), ("bees", "The hives")] {
        let digest = engine.digest(focus, Length::Sentences(1));
        assert!(one(&digest.sentences).starts_with(first), "{focus}");
    }
    let found = found(&engine, "garden");
    assert!(
        found.len() == 2 && found.iter().any(|text| text.contains("Members water")),
        "{found:?}"
    );
}

#[test]
fn sentences_with_the_words_come_before_those_below_a_title() {
    let house = format!(
        "# House\n\n{}and the garden.",
        "The kitchen has a stove and a window on the yard ".repeat(6)
    );
    let engine = engine(&[
        (
            "party.md",
            "---\ntitle: Garden\naliases: [garden]\ntags: [garden]\n---\n\nMusic begins at six.\n\nBring a chair along.\n",
        ),
        ("house.md", house.as_str()),
    ]);
    let found = found(&engine, "garden");
    assert!(
        found.len() == 3 && found[0].starts_with("The kitchen"),
        "{found:?}"
    );
}

#[test]
fn a_short_article_is_its_own_summary() {
    let engine = engine(&[(
        "note.txt",
        "A note\n\nThe library opens at nine in the morning on weekdays.",
    )]);
    let summary = engine.summarise(ArticleId(0), &Options::default());
    assert!(summary.whole);
    assert_eq!(texts(&engine, &summary.sentences).len(), 1);
    let long = self::engine(&[("rover.md", ROVER)]);
    assert!(!long.summarise(ArticleId(0), &Options::default()).whole);
}

#[test]
fn short_lists_and_tables_are_kept_whole() {
    let page = "# The pool\n\n## Can I bring my dog?\n\nNo. Guide dogs wait at the desk of the hall.\n\n\
        ## Lessons\n\nTo take part, children need:\n\n1. a towel with their name\n2. a cap\n\n\
        ## Hours\n\n| Day | From | To |\n|---|---|---|\n| Monday | 10:00 | 18:00 |\n| Sunday | 11:00 | 17:00 |\n";
    let engine = engine(&[("pool.md", page)]);
    let summary = engine.summarise(ArticleId(0), &Options::default());
    let text = &engine.corpus().article(ArticleId(0)).text;
    let quoted: Vec<(Option<&str>, &str)> = summary
        .sentences
        .iter()
        .map(|one| (one.above.map(|above| above.of(text)), one.span.of(text)))
        .collect();
    let whole = [
        (
            Some("Can I bring my dog?"),
            "No. Guide dogs wait at the desk of the hall.",
        ),
        (
            Some("To take part, children need:"),
            "1. a towel with their name\n2. a cap",
        ),
        (
            Some("Hours"),
            "Day | From | To\nMonday | 10:00 | 18:00\nSunday | 11:00 | 17:00",
        ),
    ];
    assert_eq!(quoted, whole);
}

#[test]
fn a_summary_without_the_table_is_not_whole() {
    let rows = "| Monday to Friday in the weeks of summer | 10:00 | 18:00 |\n".repeat(20);
    let page = format!(
        "# Museum\n\nThe museum beside the harbour shows ships.\n\n| Day | From | To |\n|---|---|---|\n{rows}"
    );
    let engine = engine(&[("museum.md", page.as_str())]);
    let summary = engine.summarise(ArticleId(0), &Options::default());
    assert!(!summary.whole && !summary.more, "{summary:?}");
}

#[test]
fn longer_summaries_have_more_sentences() {
    let sentences = (1..=20)
        .map(|day| format!("On day {day} the crew of ship {day} repaired sail number {day}.\n\n"));
    let page = format!("# Log\n\n{}", sentences.collect::<String>());
    let engine = engine(&[("log.md", page.as_str())]);
    let count = |length| gist(&engine, length, None).len();
    assert_eq!(
        [Length::Short, Length::Medium, Length::Long].map(count),
        [3, 6, 12]
    );
}

#[test]
fn a_digest_quotes_every_article() {
    let other = "The lake\n\nDivers found sulphur minerals at the bottom of the lake in spring. Boats left later.";
    let files = [("rover.md", ROVER), ("lake.txt", other)];
    let engine = engine(&files);
    let digest = engine.digest("sulphur minerals", Length::Medium);
    let mut articles: Vec<u32> = digest
        .sentences
        .iter()
        .map(|sentence| sentence.article.0)
        .collect();
    articles.dedup();
    assert_eq!(
        articles.len(),
        2,
        "both articles are quoted, one after the other"
    );
    assert!(
        texts(&engine, &digest.sentences)
            .iter()
            .all(|text| text.contains("sulphur"))
    );
    assert_eq!(engine.overview().sentences.len(), 2);
}

#[test]
fn hostile_texts_are_summarised_safely() {
    let word = "crater rover drill sulphur wheel ";
    let giant = format!("Title\n\n{}.", word.repeat(20_000));
    let same = format!(
        "Title\n\n{}",
        "The rover found sulphur in the crater. ".repeat(3_000)
    );
    let dry = format!("Title\n\n{}", word.repeat(4_000));
    let table = format!(
        "# T\n\n| a | b |\n|---|---|\n{}",
        "| rover | crater |\n".repeat(500)
    );
    let code = format!(
        "# T\n\n```\n{}```\n",
        "let rover = crater(drill);\n".repeat(500)
    );
    let texts = [
        ("a.txt", &giant),
        ("b.txt", &same),
        ("c.txt", &dry),
        ("d.md", &table),
        ("e.md", &code),
    ];
    for (path, text) in texts {
        let engine = engine(&[(path, text.as_str())]);
        for length in [Length::Short, Length::Long, Length::Sentences(usize::MAX)] {
            let sentences = gist(&engine, length, None);
            let mut once = sentences.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), sentences.len(), "{path}: nothing twice");
        }
        engine.keywords(ArticleId(0), 10);
    }
    let engine = engine(&[("b.txt", same.as_str())]);
    assert_eq!(gist(&engine, Length::Medium, None).len(), 1);
}

#[test]
fn key_phrases_are_what_the_article_repeats() {
    let engine = engine(&[("rover.md", ROVER)]);
    let phrases = engine.keywords(ArticleId(0), 5);
    let texts: Vec<&str> = phrases.iter().map(|phrase| phrase.text.as_str()).collect();
    assert!(
        texts.contains(&"sulphur minerals") && texts.contains(&"crater"),
        "{texts:?}"
    );
    assert!(phrases.is_sorted_by(|a, b| a.score >= b.score) && phrases.len() == 5);
}

/// Few words in several scripts, with punctuation that ends sentences and punctuation that does not.
fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "rover",
        "Crater",
        "drill",
        "sulphur",
        "He",
        "But",
        "the",
        "of",
        "München",
        "вода",
        "озеро",
        "北京",
        "3.5",
        "U.S.",
        "“found",
        "it”",
        "\"",
        "\n\n",
        "\n",
        ". ",
        ". ",
        "? ",
        ": ",
        "- item\n",
        "# Head\n\n",
        "| a | b |\n",
        "🚀",
    ]);
    prop::collection::vec(word, 0..200).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn summaries_of_any_text_keep_their_invariants(
        one in text(),
        two in text(),
        count in 0_usize..12,
        focus in prop::option::of("(rover|drill|вода|北京|craterr|x)( (sulphur|the))?"),
    ) {
        let files = [("one.md", one.as_str()), ("two.txt", two.as_str())];
        let engine = engine(&files);
        let other_way: Vec<(&str, &str)> = files.iter().rev().copied().collect();
        let again = self::engine(&other_way);
        let lengths = [Length::Short, Length::Medium, Length::Long, Length::Sentences(count)];
        for id in engine.corpus().ids() {
            for length in lengths {
                let options = Options { length, focus: focus.as_deref() };
                let summary = engine.summarise(id, &options);
                prop_assert_eq!(&summary, &again.summarise(id, &options));
                let article = engine.corpus().article(id);
                let spans: Vec<_> = summary.sentences.iter().map(|sentence| sentence.span).collect();
                prop_assert!(spans.is_sorted_by(|a, b| a.end <= b.start), "in order, nothing twice");
                if let Length::Sentences(count) = length {
                    prop_assert!(spans.len() <= count);
                }
                for sentence in &summary.sentences {
                    let span = sentence.span;
                    prop_assert!(article.sentences.iter().any(|one| one.start == span.start));
                    prop_assert!(article.sentences.iter().any(|one| one.end == span.end));
                    let paragraph = &article.paragraphs[sentence.paragraph as usize];
                    prop_assert!(paragraph.span.start <= sentence.span.start);
                    prop_assert!(sentence.span.end <= paragraph.span.end);
                    prop_assert_eq!(paragraph.lines, sentence.lines);
                    prop_assert!(sentence.score > 0.0 && sentence.score <= 1.0);
                }
            }
            for phrase in engine.keywords(id, 8) {
                prop_assert!(engine.corpus().article(id).text.contains(&phrase.text));
            }
        }
    }
}
