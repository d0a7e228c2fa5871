//! `summaries DIR...`: our summaries compared with others, by the sentences that people ask about or by references.
//!
//! DIR contains `articles/` and `questions.jsonl`, which has an `answer_sentence` in each line. Summaries are measured by the
//! share of an article's answering sentences that a summary of fixed length contains; key phrases by the share that has a
//! word of a question. If DIR contains `references.jsonl` instead (see `tests/summaries`), summaries are measured by ROUGE.
//!
//! Other summaries: the first sentences, random ones, TextRank (Mihalcea & Tarau 2004) and LexRank (Erkan & Radev 2004,
//! threshold 0.1). Other key phrases: RAKE (Rose et al. 2010) and the most frequent words.

use crate::rouge::{Rouge, rouge};
use fastrand::Rng;
use pullquote_core::article::{Article, ArticleId, ParagraphKind};
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options};
use pullquote_core::text::{Language, Span, fold, words};
use pullquote_library::{Limits, load};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

/// Lengths of summaries, as shares of all sentences.
const SHARES: [f64; 2] = [0.2, 0.4];
/// Number of key phrases per article.
const PHRASES: usize = 10;

/// An article as input of the other methods.
struct Text<'a> {
    article: &'a Article,
    id: ArticleId,
    /// Candidate sentences, with the stems of their words, without stop words.
    sentences: Vec<(Span, Vec<String>)>,
    /// Numbers of the sentences that answer a question.
    asked: HashSet<usize>,
    /// Stems of the words of all questions.
    questions: HashSet<String>,
}

type Method = fn(&Text<'_>, usize) -> Vec<usize>;

const OTHERS: [(&str, Method); 4] = [
    ("lead", |_, count| (0..count).collect()),
    ("random", random),
    ("textrank", textrank),
    ("lexrank", lexrank),
];

/// Prints the tables for each of `dirs`.
pub fn compare(dirs: &[String]) {
    for dir in dirs {
        let dir = Path::new(dir);
        let articles = load(&dir.join("articles"), &Limits::default())
            .expect("a folder of articles")
            .articles;
        let engine = Engine::build(articles);
        let references = dir.join("references.jsonl");
        if references.is_file() {
            compare_with_references(dir, &engine, &json_lines(&references));
            continue;
        }
        let questions = json_lines(&dir.join("questions.jsonl"));
        let texts: Vec<Text<'_>> = engine
            .corpus()
            .articles()
            .zip(engine.corpus().ids())
            .map(|(article, id)| Text::new(article, id, &questions))
            .filter(|text| !text.asked.is_empty())
            .collect();
        println!("{} ({} articles)", dir.display(), texts.len());
        println!("  {:<12}{:>10}{:>10}", "sentences of", "20 %", "40 %");
        let row = |name: &str, method: &dyn Fn(&Text<'_>, usize) -> Vec<usize>| {
            let shares = SHARES.map(|share| 100.0 * coverage(&texts, share, method));
            println!("  {name:<12}{:>10.2}{:>10.2}", shares[0], shares[1]);
        };
        row("pullquote", &|text, count| ours(&engine, text, count));
        for (name, method) in OTHERS {
            row(name, &method);
        }
        println!("  {:<12}{:>10}", "phrases of", "asked %");
        let row = |name: &str, method: &dyn Fn(&Text<'_>) -> Vec<Vec<String>>| {
            println!(
                "  {name:<12}{:>10.2}",
                100.0 * phrases_asked(&texts, method)
            );
        };
        row("pullquote", &|text| {
            let found = engine.keywords(text.id, PHRASES);
            found.iter().map(|phrase| stems(&phrase.text)).collect()
        });
        row("rake", &rake);
        row("frequency", &frequency);
    }
}

fn json_lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("a file of JSON lines");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// Prints ROUGE-1 and ROUGE-2 of every method, with as many sentences as the references and with as many words.
fn compare_with_references(dir: &Path, engine: &Engine, references: &[Value]) {
    let pairs: Vec<(Text<'_>, Vec<&str>)> = references
        .iter()
        .map(|reference| {
            let name = reference["article"].as_str().expect("a name");
            let id = engine.corpus().find(name).expect("an article of this name");
            let sentences = reference["summary"].as_array().expect("sentences");
            let sentences = sentences.iter().filter_map(Value::as_str).collect();
            (Text::new(engine.corpus().article(id), id, &[]), sentences)
        })
        .collect();
    println!("{} ({} articles)", dir.display(), pairs.len());
    println!(
        "  {:<12}{:>16}{:>16}{:>7}{:>20}",
        "ROUGE-1/2 of", "F1", "recall", "words", "F1, as many words"
    );
    let row = |name: &str, method: &dyn Fn(&Text<'_>, usize) -> Vec<usize>| {
        let (mut same_sentences, mut same_words) = ([Rouge::default(); 2], [Rouge::default(); 2]);
        let mut words = 0;
        for (text, sentences) in &pairs {
            let reference = sentences.join(" ");
            let summary = joined(text, method(text, sentences.len()));
            words += summary.split_whitespace().count();
            add(&mut same_sentences, &summary, &reference);
            add(&mut same_words, &cut(text, method, &reference), &reference);
        }
        let mean = |sum: f64| 100.0 * sum / pairs.len() as f64;
        let shown = |one: f64, two: f64| format!("{:.1}/{:.1}", mean(one), mean(two));
        println!(
            "  {name:<12}{:>16}{:>16}{:>7}{:>20}",
            shown(same_sentences[0].f1, same_sentences[1].f1),
            shown(same_sentences[0].recall, same_sentences[1].recall),
            words / pairs.len(),
            shown(same_words[0].f1, same_words[1].f1),
        );
    };
    row("pullquote", &|text, count| ours(engine, text, count));
    for (name, method) in OTHERS {
        row(name, &method);
    }
}

/// Adds ROUGE-1 and ROUGE-2 of one summary.
fn add(sums: &mut [Rouge; 2], summary: &str, reference: &str) {
    for (sum, n) in sums.iter_mut().zip(1..) {
        let found = rouge(summary, reference, n);
        sum.recall += found.recall;
        sum.f1 += found.f1;
    }
}

/// Sentences in the order of the article.
fn joined(text: &Text<'_>, mut chosen: Vec<usize>) -> String {
    chosen.sort_unstable();
    let sentence = |&at: &usize| text.sentences[at].0.of(&text.article.text);
    chosen.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// The shortest summary with as many words as the reference, cut to that number.
fn cut(
    text: &Text<'_>,
    method: &dyn Fn(&Text<'_>, usize) -> Vec<usize>,
    reference: &str,
) -> String {
    let wanted = reference.split_whitespace().count();
    let summaries = (1..=text.sentences.len()).map(|count| joined(text, method(text, count)));
    let mut longest = String::new();
    for summary in summaries {
        longest = summary;
        if longest.split_whitespace().count() >= wanted {
            break;
        }
    }
    let words: Vec<&str> = longest.split_whitespace().take(wanted).collect();
    words.join(" ")
}

impl<'a> Text<'a> {
    fn new(article: &'a Article, id: ArticleId, questions: &[Value]) -> Self {
        let mut sentences = Vec::new();
        let mut asked = HashSet::new();
        let mut stems_asked = HashSet::new();
        let own: Vec<&Value> = questions
            .iter()
            .filter(|question| question["article"] == article.name.as_str())
            .collect();
        for (number, paragraph) in article.paragraphs.iter().enumerate() {
            let running = matches!(
                paragraph.kind,
                ParagraphKind::Body | ParagraphKind::Standfirst | ParagraphKind::List
            );
            for &span in article.sentences[paragraph.sentences()]
                .iter()
                .filter(|_| running)
            {
                let text = span.of(&article.text);
                let answers = |question: &&Value| {
                    let sentence = question["answer_sentence"].as_str().unwrap_or_default();
                    question["paragraph"] == number
                        && (sentence.contains(text) || text.contains(sentence))
                        && !sentence.is_empty()
                };
                if own.iter().any(|question| answers(&question)) {
                    asked.insert(sentences.len());
                }
                sentences.push((span, stems(text)));
            }
        }
        for question in own {
            stems_asked.extend(stems(question["question"].as_str().unwrap_or_default()));
        }
        Self {
            article,
            id,
            sentences,
            asked,
            questions: stems_asked,
        }
    }
}

fn stems(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(text) {
        let folded = fold(word.of(text));
        if !Language::ENGLISH.is_stop_word(&folded) {
            found.push(Language::ENGLISH.stem(&folded).into_owned());
        }
    }
    found
}

/// The share of answering sentences that the summaries contain.
fn coverage(
    texts: &[Text<'_>],
    share: f64,
    method: &dyn Fn(&Text<'_>, usize) -> Vec<usize>,
) -> f64 {
    let (mut covered, mut all) = (0, 0);
    for text in texts {
        let count = (share * text.sentences.len() as f64).round().max(1.0) as usize;
        let chosen = method(text, count);
        assert!(chosen.len() <= count, "no method may choose more sentences");
        covered += chosen.iter().filter(|at| text.asked.contains(at)).count();
        all += text.asked.len();
    }
    covered as f64 / all.max(1) as f64
}

fn ours(engine: &Engine, text: &Text<'_>, count: usize) -> Vec<usize> {
    let options = Options {
        length: Length::Sentences(count),
        focus: None,
    };
    let summary = engine.summarise(text.id, &options);
    let place = |span: Span| text.sentences.iter().position(|(other, _)| *other == span);
    summary
        .sentences
        .iter()
        .filter_map(|sentence| place(sentence.span))
        .collect()
}

fn random(text: &Text<'_>, count: usize) -> Vec<usize> {
    let mut rng = Rng::with_seed(text.article.text.len() as u64);
    let mut all: Vec<usize> = (0..text.sentences.len()).collect();
    rng.shuffle(&mut all);
    all.truncate(count);
    all
}

/// Similarity of two sentences: words in common, divided by the logarithms of their lengths (section 4).
fn textrank(text: &Text<'_>, count: usize) -> Vec<usize> {
    let sets: Vec<HashSet<&String>> = text
        .sentences
        .iter()
        .map(|(_, stems)| stems.iter().collect())
        .collect();
    let similarity = |a: usize, b: usize| {
        let (a, b) = (&sets[a], &sets[b]);
        let lengths = (a.len() as f64).ln() + (b.len() as f64).ln();
        if lengths > 0.0 {
            a.intersection(b).count() as f64 / lengths
        } else {
            0.0
        }
    };
    highest(&rank(sets.len(), similarity), count)
}

/// Sentences are linked if their idf-modified cosine exceeds the threshold (section 3).
fn lexrank(text: &Text<'_>, count: usize) -> Vec<usize> {
    let mut frequencies: HashMap<&String, f64> = HashMap::new();
    let mut counts: Vec<HashMap<&String, f64>> = Vec::new();
    for (_, stems) in &text.sentences {
        let mut of: HashMap<&String, f64> = HashMap::new();
        for stem in stems {
            *of.entry(stem).or_default() += 1.0;
        }
        for stem in of.keys() {
            *frequencies.entry(stem).or_default() += 1.0;
        }
        counts.push(of);
    }
    let all = counts.len() as f64;
    let weight = |at: usize, stem: &String| {
        counts[at]
            .get(stem)
            .map_or(0.0, |count| count * (all / frequencies[stem]).ln())
    };
    let norm = |at: usize| {
        counts[at]
            .keys()
            .map(|stem| weight(at, stem).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    let norms: Vec<f64> = (0..counts.len()).map(norm).collect();
    let linked = |a: usize, b: usize| {
        let product: f64 = counts[a]
            .keys()
            .map(|stem| weight(a, stem) * weight(b, stem))
            .sum();
        f64::from(u8::from(
            product > 0.1 * norms[a] * norms[b] && product > 0.0,
        ))
    };
    highest(&rank(counts.len(), linked), count)
}

/// PageRank with damping 0.85 on a graph of sentences.
fn rank(count: usize, similarity: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let row = |a: usize| -> Vec<f64> {
        let links = (0..count).map(|b| if a == b { 0.0 } else { similarity(a, b) });
        let links: Vec<f64> = links.collect();
        let sum: f64 = links.iter().sum();
        let share = |link: f64| {
            if sum > 0.0 {
                link / sum
            } else {
                1.0 / count as f64
            }
        };
        links.into_iter().map(share).collect()
    };
    let matrix: Vec<Vec<f64>> = (0..count).map(row).collect();
    let mut ranks = vec![1.0 / count as f64; count];
    for _ in 0..100 {
        let mut next = vec![0.15 / count as f64; count];
        for (row, rank) in matrix.iter().zip(&ranks) {
            for (next, share) in next.iter_mut().zip(row) {
                *next += 0.85 * rank * share;
            }
        }
        ranks = next;
    }
    ranks
}

fn highest(ranks: &[f64], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by(|&a, &b| ranks[b].total_cmp(&ranks[a]).then(a.cmp(&b)));
    order.truncate(count);
    order
}

/// The share of key phrases that contain a word of a question about the article.
fn phrases_asked(texts: &[Text<'_>], method: &dyn Fn(&Text<'_>) -> Vec<Vec<String>>) -> f64 {
    let (mut asked, mut all) = (0, 0);
    for text in texts {
        let phrases = method(text);
        asked += phrases
            .iter()
            .filter(|phrase| phrase.iter().any(|stem| text.questions.contains(stem)))
            .count();
        all += phrases.len();
    }
    asked as f64 / all.max(1) as f64
}

/// Runs of words between stop words and punctuation. The score of a word is the mean length of its runs.
fn rake(text: &Text<'_>) -> Vec<Vec<String>> {
    let mut runs: Vec<Vec<String>> = Vec::new();
    for (span, _) in &text.sentences {
        let sentence = span.of(&text.article.text);
        let mut run = Vec::new();
        let mut end = 0;
        for word in words(sentence) {
            let between = Span::new(end, word.start as usize).of(sentence);
            let folded = fold(word.of(sentence));
            let stop = Language::ENGLISH.is_stop_word(&folded);
            if stop || between.chars().any(|mark| !mark.is_whitespace()) {
                runs.push(std::mem::take(&mut run));
            }
            if !stop {
                run.push(Language::ENGLISH.stem(&folded).into_owned());
            }
            end = word.end as usize;
        }
        runs.push(run);
    }
    let (mut frequency, mut degree): (HashMap<String, f64>, HashMap<String, f64>) =
        Default::default();
    for run in &runs {
        for stem in run {
            *frequency.entry(stem.clone()).or_default() += 1.0;
            *degree.entry(stem.clone()).or_default() += run.len() as f64;
        }
    }
    let score = |run: &Vec<String>| {
        run.iter()
            .map(|stem| degree[stem] / frequency[stem])
            .sum::<f64>()
    };
    runs.retain(|run| !run.is_empty());
    runs.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
    runs.dedup();
    runs.truncate(PHRASES);
    runs
}

fn frequency(text: &Text<'_>) -> Vec<Vec<String>> {
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for stem in text.sentences.iter().flat_map(|(_, stems)| stems) {
        *counts.entry(stem).or_default() += 1;
    }
    let mut order: Vec<(&String, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    order
        .into_iter()
        .take(PHRASES)
        .map(|(stem, _)| vec![stem.clone()])
        .collect()
}
