//! Questions in another language than the articles, with a sentence model that knows both.

use crate::support::passage_embeddings;
use pullquote_cards::{Action, Arguments, ChannelKind, Context, Locale, Request, Status, respond};
use pullquote_core::answer::{Answer, Options};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::{DenseIndex, Embedder, Languages};
use pullquote_core::text::Language;
use pullquote_readers as readers;
use std::sync::Arc;

/// Pairs of paraphrases, which the program tests a model with.
const PAIRS: &str = include_str!("../../crates/pullquote-core/src/semantic/language_probe.txt");

/// Words that mean the same.
const MEANINGS: [&[&str]; 4] = [
    &["ferry", "fähre"],
    &["leave", "fährt", "ab"],
    &["lighthouse", "leuchtturm"],
    &["built", "baute"],
];

/// A model that knows English and German: paraphrases and words with the same meaning are alike.
#[derive(Debug)]
struct Bilingual;

impl Embedder for Bilingual {
    fn embed(&self, text: &str) -> Option<Vec<f32>> {
        let mut vector = vec![0.0_f32; MEANINGS.len() + 13];
        let paraphrases = PAIRS
            .lines()
            .filter(|line| line.starts_with("en | ") || line.starts_with("de | "));
        let pair = paraphrases.clone().position(|line| line.contains(text));
        let text = text.to_lowercase();
        let words: Vec<&str> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .collect();
        for (at, meaning) in MEANINGS.iter().enumerate() {
            if meaning.iter().any(|word| words.contains(word)) {
                vector[at] = 1.0;
            }
        }
        match pair {
            Some(pair) => vector[MEANINGS.len() + pair] = 1.0,
            None => *vector.last_mut()? += 0.1,
        }
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        Some(vector.into_iter().map(|value| value / length).collect())
    }
}

fn engine(articles: &[(&str, &str)]) -> Engine {
    let read =
        |(path, text): &(&str, &str)| Article::new(path, readers::read(path, text.as_bytes()));
    Engine::build(articles.iter().filter_map(read).collect())
}

fn with_model(engine: &Engine) -> Engine {
    let languages = Languages::of(&Bilingual, engine.index().languages());
    let embeddings = passage_embeddings(engine, &Bilingual);
    engine.with_model(DenseIndex::new(Arc::new(Bilingual), languages, embeddings))
}

const ISLAND: (&str, &str) = (
    "insel.md",
    "---\nlanguage: de\n---\n\n# Die Insel\n\nDie Fähre fährt um neun am Kai ab. Der Kapitän wartet auf niemanden.\n\n\
     Den Leuchtturm baute man aus Granit. Er ist von weitem zu sehen.\n\nWhen heißt ein Hund, der the Pier bewacht.\n",
);

fn ask(engine: &Engine, question: &str) -> Answer {
    let options = Options {
        always: true,
        ..Options::default()
    };
    engine.ask(question, &options)
}

/// The first quote's best sentences.
fn best<'a>(engine: &'a Engine, answer: &Answer) -> &'a str {
    let quote = answer.quotes.first().expect("a quote");
    quote.best.of(&engine.corpus().article(quote.article).text)
}

#[test]
fn a_question_in_another_language_is_answered_by_meaning() {
    let plain = engine(&[ISLAND]);
    let engine = with_model(&plain);
    let check = |question: &str, begins: &str| {
        let answer = ask(&engine, question);
        let found = best(&engine, &answer);
        assert!(found.starts_with(begins), "{question}: {found}");
        assert!(answer.corrections.is_empty(), "{:?}", answer.corrections);
        let german = Language::from_code("de");
        assert_eq!(answer.quotes[0].other_language, german, "{question}");
    };
    check("When does the ferry leave?", "Die Fähre fährt");
    check("Of what was the lighthouse built?", "Den Leuchtturm baute");
    // The model has nothing to do with it if the question is in the language of the articles.
    let answer = ask(&engine, "Wann fährt die Fähre ab?");
    assert!(best(&engine, &answer).starts_with("Die Fähre fährt"));
    assert_eq!(answer.quotes[0].other_language, None);
    // Without a model, a question is in the language of the articles, as far as anybody knows.
    let answer = ask(&plain, "When does the ferry leave?");
    assert_eq!(answer.quotes[0].other_language, None);
    assert!(!best(&plain, &answer).starts_with("Die Fähre"));
}

#[test]
fn a_card_says_that_the_article_is_in_another_language() {
    let engine = with_model(&engine(&[ISLAND]));
    let shown = |locale: Locale, question: &str| {
        let request = Request {
            action: Action::Command {
                name: "ask".to_owned(),
                arguments: Arguments::default().with_text("question", question),
            },
            locale,
            channel: ChannelKind::Server,
            member: 42,
            context: Context::default(),
            status: Status {
                uptime: 0,
                latency: None,
            },
        };
        let response = respond(&engine, &request);
        response.card().expect("a card").body().to_owned()
    };
    let question = "When does the ferry leave?";
    for (locale, note) in [
        (Locale::English, "The article is in German"),
        (Locale::German, "Der Artikel ist auf Deutsch"),
        (Locale::French, "L’article est en allemand"),
        (Locale::Spanish, "El artículo está en alemán"),
    ] {
        let card = shown(locale, question);
        assert!(card.contains(note), "{card}");
        let card = shown(locale, "Wann fährt die Fähre ab?");
        assert!(!card.contains(note), "{card}");
    }
}
