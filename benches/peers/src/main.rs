//! Pullquote compared with other search engines: build time, memory, and the time of a full answer (spelling correction,
//! ranking, quote, confidence) against their plain retrieval of ten paragraphs.
//!
//! ```sh
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- [PARAGRAPHS...]
//! ```
//!
//! The default is 240, 10,000 and 200,000 paragraphs. Each question goes to every engine in turn, so that noise of the
//! machine affects all of them. Compare ratios, not times.
//!
//! Other comparisons, with the same command:
//!
//! - `servers DIR...`: a thousand servers with articles of their own
//! - `real DIR...`: the same on the articles and questions of these folders
//! - `sentences DIR`: sentence boundaries against the reference in DIR/sentences.jsonl
//! - `quality DIR...`: answers to DIR's questions
//! - `summaries DIR...`: summaries of DIR/articles, by DIR/questions.jsonl or DIR/references.jsonl

mod corpus;
mod engines;
mod quality;
mod real;
mod rouge;
mod sentences;
mod servers;
mod summaries;

use corpus::Corpus;
use engines::{Fts5, Fuzzy, Ours, Peer, Tantivy};
use peak_alloc::PeakAlloc;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use std::time::{Duration, Instant};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// An engine with its build time and memory.
struct Built {
    name: &'static str,
    peer: Box<dyn Peer>,
    time: Duration,
    bytes: usize,
}

fn built(name: &'static str, build: impl FnOnce() -> Box<dyn Peer>) -> Built {
    let before = HEAP.current_usage();
    let start = Instant::now();
    let peer = build();
    let time = start.elapsed();
    let bytes = HEAP.current_usage().saturating_sub(before) + peer.hidden_bytes();
    Built {
        name,
        peer,
        time,
        bytes,
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, dir] = arguments.as_slice()
        && command == "sentences"
    {
        return sentences::compare(dir);
    }
    match arguments.split_first() {
        Some((command, dirs)) if command == "real" => {
            let (corpus, articles) = real::corpus(dirs);
            return compare(&corpus, || articles);
        }
        Some((command, dirs)) if command == "servers" => return servers::compare(dirs),
        Some((command, dirs)) if command == "quality" => return quality::compare(dirs),
        Some((command, dirs)) if command == "summaries" => return summaries::compare(dirs),
        _ => {}
    }
    let sizes: Vec<usize> = arguments
        .iter()
        .map(|size| size.parse().expect("a number of paragraphs"))
        .collect();
    let sizes = if sizes.is_empty() {
        vec![240, 10_000, 200_000]
    } else {
        sizes
    };
    for size in sizes {
        let questions = if size > 50_000 { 400 } else { 1_000 };
        let corpus = Corpus::new(size, questions);
        compare(&corpus, || corpus.read());
    }
}

fn compare(corpus: &Corpus, read: impl FnOnce() -> Vec<Article>) {
    let text = corpus.bytes();
    let size = corpus.articles.iter().flatten().count();
    println!(
        "{size} paragraphs in {} articles, {:.1} MB of text",
        corpus.articles.len(),
        text as f64 / 1e6
    );
    let before = HEAP.current_usage();
    let start = Instant::now();
    let articles = read();
    let reading = start.elapsed();
    let read_bytes = HEAP.current_usage().saturating_sub(before);
    let mut ours = built("pullquote", || Box::new(Ours(Engine::build(articles))));
    ours.bytes += read_bytes;
    let before = HEAP.current_usage();
    let start = Instant::now();
    let tantivy = Tantivy::build(corpus.articles.iter().flatten());
    let (time, bytes) = (start.elapsed(), HEAP.current_usage().saturating_sub(before));
    let asked = |name, fuzzy| Built {
        name,
        peer: Box::new(tantivy.fuzzy(fuzzy)),
        time,
        bytes,
    };
    let all = [
        ours,
        asked("tantivy", Fuzzy::Never),
        asked("tantivy, unknown words fuzzy", Fuzzy::Unknown),
        asked("tantivy, all words fuzzy", Fuzzy::Always),
        built("fts5", || {
            Box::new(Fts5::build(corpus.articles.iter().flatten()))
        }),
    ];
    println!(
        "  reading (text, sentences): {:.0} ms, {:.1} times the text",
        reading.as_secs_f64() * 1e3,
        read_bytes as f64 / text as f64
    );
    println!(
        "  {:<30}{:>10}{:>9}{:>12}{:>12}{:>14}{:>14}",
        "", "build ms", "ratio", "memory MB", "per text", "p50 p99 µs", "with typos"
    );
    let times: Vec<[Vec<f64>; 2]> = ask_all(&all, corpus);
    for (engine, [clean, typos]) in all.iter().zip(&times) {
        println!(
            "  {:<30}{:>10.0}{:>9.2}{:>12.1}{:>12.2}{:>8.0}{:>6.0}{:>8.0}{:>6.0}",
            engine.name,
            engine.time.as_secs_f64() * 1e3,
            engine.time.as_secs_f64() / all[1].time.as_secs_f64(),
            engine.bytes as f64 / 1e6,
            engine.bytes as f64 / text as f64,
            percentile(clean, 0.5),
            percentile(clean, 0.99),
            percentile(typos, 0.5),
            percentile(typos, 0.99),
        );
    }
    for (kind, name) in ["clean", "with typos"].into_iter().enumerate() {
        let p50 = |engine: usize| percentile(&times[engine][kind], 0.5);
        let p99 = percentile(&times[0][kind], 0.99) / p50(0);
        println!("  {name}: p99 of our full answer is {p99:.1} times p50; at p50 it takes");
        for (at, peer) in all.iter().enumerate().skip(1) {
            println!("    {:.2} of {}", p50(0) / p50(at), peer.name);
        }
    }
    println!();
}

/// For each engine, the microseconds of each question without and with typos.
fn ask_all(engines: &[Built], corpus: &Corpus) -> Vec<[Vec<f64>; 2]> {
    let mut times: Vec<[Vec<f64>; 2]> = engines.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    // The first round warms caches and is not counted.
    for round in 0..2 {
        for (clean, typos) in &corpus.questions {
            for (kind, question) in [clean, typos].into_iter().enumerate() {
                for (engine, times) in engines.iter().zip(&mut times) {
                    let start = Instant::now();
                    std::hint::black_box(engine.peer.ask(question));
                    if round > 0 {
                        times[kind].push(start.elapsed().as_secs_f64() * 1e6);
                    }
                }
            }
        }
    }
    times
}

fn percentile(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() as f64 * share) as usize).min(sorted.len() - 1)]
}
