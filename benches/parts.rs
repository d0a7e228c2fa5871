//! Benchmarks of each step from a file to an answer: `cargo bench`.
//!
//! They find steps that a change made slower. `benches/peers` compares the whole with other engines; its generated articles
//! are used here too.

#![allow(
    missing_docs,
    clippy::expect_used,
    reason = "criterion's macro generates a function without docs; a benchmark may panic"
)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use pullquote::bot::Recorder;
use pullquote::telemetry::Metrics;
use pullquote_cards::{
    Action, Arguments, ChannelKind, Context, Format, Locale, Payload, Request, Settings, Status,
    respond,
};
use pullquote_core::answer::Options;
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;
use pullquote_core::index::QueryContext;
use pullquote_core::query::Query;
use pullquote_core::semantic::{Table, WordVector, mean};
use pullquote_core::summary::{self, Length};
use pullquote_core::text::{Language, sentences};
use pullquote_insights::{Asked, Event, EventKind, Ledger};
use pullquote_readers::read;
use std::hint::black_box;
use std::sync::Arc;

#[path = "peers/src/corpus.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    clippy::string_slice,
    reason = "the comparison, whose crate has no such lints, uses all of it"
)]
mod corpus;

use corpus::Corpus;

/// Paragraphs of the knowledge base.
const PARAGRAPHS: usize = 10_000;

/// Text -> article.
fn reading(criterion: &mut Criterion) {
    let corpus = Corpus::new(240, 1);
    let text = corpus.articles.concat().join("\n\n");
    let page = format!(
        "<html><head><title>Page</title></head><body><article><h1>Page</h1><p>{}</p></article></body></html>",
        corpus.articles.concat().join("</p><p>")
    );
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for (name, text) in [
        ("article.txt", &text),
        ("article.md", &text),
        ("article.html", &page),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| read(black_box(name), text.as_bytes()));
        });
    }
    group.bench_function("sentences", |bencher| {
        bencher.iter(|| sentences(black_box(&text), Some(Language::ENGLISH)));
    });
    group.finish();
}

/// Articles -> index.
fn indexing(criterion: &mut Criterion) {
    let corpus = Corpus::new(PARAGRAPHS, 1);
    let mut group = criterion.benchmark_group("indexing");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(corpus.bytes() as u64));
    group.bench_function("articles", |bencher| {
        bencher.iter_batched(|| corpus.read(), Engine::build, BatchSize::LargeInput);
    });
    group.finish();
}

/// Question -> answer, with its steps.
fn asking(criterion: &mut Criterion) {
    let corpus = Corpus::new(PARAGRAPHS, 200);
    let engine = Engine::build(corpus.read());
    let index = engine.index();
    let mut group = criterion.benchmark_group("asking");
    group.throughput(Throughput::Elements(corpus.questions.len() as u64));
    let questions = |typos: bool| {
        let chosen =
            |(clean, typed): &(String, String)| if typos { typed.clone() } else { clean.clone() };
        corpus.questions.iter().map(chosen).collect::<Vec<_>>()
    };
    for (name, questions) in [("clean", questions(false)), ("typos", questions(true))] {
        let queries: Vec<Query> = questions
            .iter()
            .map(|question| Query::parse(question, index.languages()))
            .collect();
        group.bench_function(format!("{name}: query"), |bencher| {
            bencher.iter(|| {
                for question in &questions {
                    black_box(Query::parse(question, index.languages()));
                }
            });
        });
        group.bench_function(format!("{name}: expansion"), |bencher| {
            bencher.iter(|| {
                for query in &queries {
                    black_box(QueryContext::new(index, query.clone()));
                }
            });
        });
        group.bench_function(format!("{name}: answer"), |bencher| {
            bencher.iter(|| {
                for question in &questions {
                    black_box(engine.ask(question, &Options::default()));
                }
            });
        });
    }
    group.finish();
}

/// A member's question -> the JSON for Discord.
fn responding(criterion: &mut Criterion) {
    let text = include_str!("../knowledge/north-korea-detente.md");
    let read = read("north-korea-detente.md", text.as_bytes());
    let engine = Engine::build(
        Article::new("north-korea-detente.md", read)
            .into_iter()
            .collect(),
    );
    let question = "Who does North Korea lean on for money and diplomatic cover?";
    let request = ask(question);
    let mut group = criterion.benchmark_group("responding");
    group.bench_function("answer", |bencher| {
        bencher.iter(|| black_box(engine.ask(question, &Options::default())));
    });
    group.bench_function("answer, card", |bencher| {
        bencher.iter(|| black_box(respond(&engine, &request)));
    });
    group.bench_function("answer, card, JSON", |bencher| {
        bencher.iter(|| {
            let response = respond(&engine, &request);
            let payload = Payload::callback(&response.reply, Format::Embed);
            black_box(payload.map(|payload| payload.body.to_string()))
        });
    });
    group.finish();
}

/// What an answer waits for its question to be counted, and what that costs later, in the background.
fn counting(criterion: &mut Criterion) {
    let engine = Engine::build(Vec::new());
    let question = "When does the ferry to the island leave on Sundays, and what is the fare?";
    let request = ask(question);
    let response = respond(&engine, &request);
    let event = |member| Event {
        server: 7,
        member,
        question: question.to_owned(),
        kind: EventKind::Asked(Asked::Unknown),
    };
    let mut group = criterion.benchmark_group("counting");
    group.throughput(Throughput::Elements(500));
    group.bench_function("500 answers", |bencher| {
        let recorder = || Recorder::new(90, Arc::new(Metrics::default()));
        bencher.iter_batched_ref(
            recorder,
            |recorder| {
                let server = (Some(7), &Settings::default());
                (0..500).for_each(|_| recorder.note(server, &request, &response));
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("500 in the background", |bencher| {
        bencher.iter_batched_ref(
            Ledger::default,
            |ledger| {
                for member in 0..500 {
                    black_box(ledger.note(event(member), 0));
                }
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

/// A question by command.
fn ask(question: &str) -> Request {
    Request {
        action: Action::Command {
            name: "ask".to_owned(),
            arguments: Arguments::default().with_text("question", question),
        },
        locale: Locale::English,
        channel: ChannelKind::Server,
        member: 1,
        status: Status::default(),
        context: Context::default(),
    }
}

/// Article -> summary, for a long article and for a book.
fn summarising(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("summarising");
    group.sample_size(10);
    for sentences in [1_000, 20_000] {
        // About five sentences per paragraph.
        let paragraphs = Corpus::new(sentences / 5, 1).articles.concat();
        let read = read(
            "book.txt",
            format!("Book\n\n{}", paragraphs.join("\n\n")).as_bytes(),
        );
        let engine = Engine::build(Article::new("book.txt", read).into_iter().collect());
        let options = summary::Options {
            length: Length::Long,
            focus: None,
        };
        group.throughput(Throughput::Elements(sentences as u64));
        group.bench_function(format!("{sentences} sentences"), |bencher| {
            bencher.iter(|| black_box(engine.summarise(ArticleId(0), &options)));
        });
        group.bench_function(format!("{sentences} sentences: keywords"), |bencher| {
            bencher.iter(|| black_box(engine.keywords(ArticleId(0), 10)));
        });
    }
    group.finish();
}

/// Words -> vectors.
fn meaning(criterion: &mut Criterion) {
    let table = Table::builtin();
    let sentence = "young leader accountable no one abducted citizens unaccountable bureaucracies decades later";
    let meanings: Vec<WordVector> = sentence
        .split(' ')
        .filter_map(|word| table.word(word))
        .collect();
    let mut group = criterion.benchmark_group("meaning");
    group.bench_function("a word", |bencher| {
        bencher.iter(|| table.word(black_box("abducted")));
    });
    group.bench_function("a word of pieces", |bencher| {
        bencher.iter(|| table.word(black_box("unaccountability")));
    });
    group.bench_function("mean of 12 words", |bencher| {
        bencher.iter(|| {
            let words = black_box(&meanings).iter();
            mean(words.map(|meaning| (&meaning.vector, meaning.weight)))
        });
    });
    group.finish();
}

criterion_group!(
    benches,
    reading,
    indexing,
    asking,
    responding,
    counting,
    summarising,
    meaning
);
criterion_main!(benches);
