//! Measures ways to score sentences: the share of questions for which an answering sentence ranks first.

use crate::matrix::dot;
use crate::score::{Lexicon, Weights, sum};
use crate::set::Set;
use crate::source;
use anyhow::Result;
use pullquote_core::semantic::Table;
use pullquote_model::OnnxModel;
use std::path::Path;

pub fn measure(articles: &Path, questions: &Path, model: Option<(&Path, &Path)>) -> Result<()> {
    let set = Set::read(articles, questions)?;
    println!(
        "{} questions, {} sentences; first place, sentence / paragraph",
        set.questions.len(),
        set.sentences.len()
    );
    let lexicon = Lexicon::new(&set, Table::builtin());
    let words = lexicon.by_words();
    show(&set, "words", &words);
    for (name, weights) in [
        ("equal", Weights::Plain),
        ("by English frequency", Weights::Common),
        ("by idf", Weights::Idf),
        ("by both", Weights::Both),
    ] {
        let mean = lexicon.by_mean(weights);
        let alignment = lexicon.by_alignment(weights);
        let both = sum(&mean, 1.0, &alignment);
        println!("weights {name}");
        show(&set, "  mean", &mean);
        show(&set, "  alignment", &alignment);
        show(&set, "  both", &both);
        for factor in [0.5, 1.0, 2.0] {
            show(
                &set,
                &format!("  words + {factor} x alignment"),
                &sum(&words, factor, &alignment),
            );
            show(
                &set,
                &format!("  words + {factor} x both"),
                &sum(&words, factor, &both),
            );
        }
    }
    if let Some((model, vocabulary)) = model {
        let (model, _) = source::model(model, vocabulary)?;
        let seen = by_model(&model, &set)?;
        show(&set, "the model itself", &seen);
        for factor in [0.5, 1.0, 2.0] {
            show(
                &set,
                &format!("words + {factor} x the model"),
                &sum(&words, factor, &seen),
            );
        }
    }
    Ok(())
}

fn by_model(model: &OnnxModel, set: &Set) -> Result<Vec<Vec<f32>>> {
    let embed = |text: &str| Ok(model.encode(text)?);
    let sentences = set
        .sentences
        .iter()
        .map(|sentence| embed(&sentence.text.text));
    let sentences = sentences.collect::<Result<Vec<_>>>()?;
    let rows = set.questions.iter().map(|question| {
        let question = embed(&question.text.text)?;
        Ok(sentences
            .iter()
            .map(|sentence| dot(&question, sentence))
            .collect())
    });
    rows.collect()
}

/// Prints the share of questions whose best sentence is right, and the share whose best sentence is in a right paragraph.
fn show(set: &Set, name: &str, scores: &[Vec<f32>]) {
    let (mut right, mut near) = (0, 0);
    for (question, scores) in set.questions.iter().zip(scores) {
        let order = scores.iter().enumerate();
        // Of equals, the first.
        let best = order
            .rev()
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map_or(0, |(at, _)| at);
        let place = |at: usize| (&set.sentences[at].article, set.sentences[at].paragraph);
        right += usize::from(question.answers.contains(&best));
        near += usize::from(
            question
                .answers
                .iter()
                .any(|answer| place(*answer) == place(best)),
        );
    }
    let share = |count: usize| 100.0 * count as f32 / set.questions.len().max(1) as f32;
    println!("{name:<32} {:5.1} {:5.1}", share(right), share(near));
}
