//! `servers DIR...`: many servers with articles of their own on top of shared ones.

use crate::corpus::Corpus;
use crate::{HEAP, percentile, real};
use fastrand::Rng;
use pullquote_core::answer::Options;
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use std::sync::Arc;
use std::time::Instant;

/// How many servers there are, and how many articles each has.
const SERVERS: usize = 1_000;
const ARTICLES: usize = 20;

/// Deals the articles of the folders to servers, half of them shared, and asks every server a question: at first, when its
/// engine is built, and again. Prints times, as ratios to one index of the same articles, and memory.
pub fn compare(folders: &[String]) {
    let (Corpus { questions, .. }, mut articles) = real::corpus(folders);
    let mut rng = Rng::with_seed(2);
    rng.shuffle(&mut articles);
    let own = articles.split_off(articles.len() / 2);
    let shared = Arc::new(Engine::build(articles.clone()));
    let deal = |rng: &mut Rng| -> Vec<Article> {
        let some = rng.choose_multiple(own.iter(), ARTICLES);
        some.into_iter().cloned().collect()
    };
    let dealt: Vec<Vec<Article>> = (0..SERVERS).map(|_| deal(&mut rng)).collect();
    let text: usize = dealt
        .iter()
        .flatten()
        .map(|article| article.text.len())
        .sum();
    let (mut cold, mut hot, mut one) = (Vec::new(), Vec::new(), Vec::new());
    let time = |engine: &Engine, question: &str, times: &mut Vec<f64>, since: Instant| {
        std::hint::black_box(engine.ask(question, &Options::default()));
        times.push(since.elapsed().as_secs_f64() * 1e6);
    };
    let before = HEAP.current_usage();
    let mut engines = Vec::new();
    let mut asked = questions
        .iter()
        .map(|(question, _)| question.as_str())
        .cycle();
    for own in &dealt {
        let start = Instant::now();
        let engine = shared.with(own.clone());
        time(&engine, asked.next().unwrap_or_default(), &mut cold, start);
        engines.push(engine);
    }
    let bytes = HEAP.current_usage().saturating_sub(before);
    for (own, engine) in dealt.iter().zip(&engines).take(SERVERS / 20) {
        let all = Engine::build(articles.iter().chain(own).cloned().collect());
        for (at, (question, _)) in questions.iter().take(200).enumerate() {
            // Who is asked second finds the question's words in the processor's caches.
            let (first, second) = if at % 2 == 0 {
                ((engine, &mut hot), (&all, &mut one))
            } else {
                ((&all, &mut one), (engine, &mut hot))
            };
            time(first.0, question, first.1, Instant::now());
            time(second.0, question, second.1, Instant::now());
        }
    }
    let mean = |bytes: usize| bytes as f64 / SERVERS as f64 / 1e3;
    println!(
        "{SERVERS} servers of {ARTICLES} articles on top of {} shared ones",
        articles.len()
    );
    println!(
        "  a server: {:.0} kB of text, {:.0} kB in memory with it",
        mean(text),
        mean(bytes)
    );
    println!(
        "  all: {:.0} MB; the first answer of a server takes {:.1} ms at p50, {:.1} at p99",
        bytes as f64 / 1e6,
        percentile(&cold, 0.5) / 1e3,
        percentile(&cold, 0.99) / 1e3
    );
    println!(
        "  later ones {:.2} of one index of the same articles at p50, {:.2} at p99",
        percentile(&hot, 0.5) / percentile(&one, 0.5),
        percentile(&hot, 0.99) / percentile(&one, 0.99)
    );
}
