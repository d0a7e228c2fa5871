//! Weights of the ranking: those that put right passages first.

use super::regression::{Listing, listwise};
use super::{Set, is_held_back};
use anyhow::Result;
use pullquote::cli::knowledge;
use pullquote_core::answer::FEATURES;
use pullquote_core::engine::Engine;
use pullquote_core::eval::candidates;
use pullquote_model::SentenceEncoder;
use std::io::Write;
use std::sync::Arc;

/// Where the search for weights starts: the same for every feature.
const START: f64 = 0.5;

/// The candidates of one question.
struct Asked<'a> {
    held_back: bool,
    set: &'a str,
    listing: Listing,
}

/// Finds the weights, and reports hit@1 on held-back articles with them and with the weights in use. Features that are
/// 0 everywhere (those of a sentence model, without one) are left out.
pub(super) fn tune(
    sets: &[Set],
    model: Option<&SentenceEncoder>,
    out: &mut impl Write,
) -> Result<Vec<(&'static str, f64)>> {
    let asked: Vec<Asked<'_>> = sets.iter().flat_map(|set| ask(set, model)).collect();
    let is_usable = |asked: &&Asked<'_>| {
        !asked.held_back && asked.listing.candidates.iter().any(|(_, right)| *right)
    };
    let listings: Vec<Listing> = asked
        .iter()
        .filter(is_usable)
        .map(|asked| asked.listing.clone())
        .collect();
    let weights = listwise(&listings, &[START; FEATURES.len()]);
    let is_measured = |at: usize| {
        let mut candidates = listings.iter().flat_map(|listing| &listing.candidates);
        candidates.any(|(values, _)| values[at] != 0.0)
    };
    writeln!(
        out,
        "ranking: weights from the articles that are not held back"
    )?;
    let mut found = Vec::new();
    for (at, (feature, weight)) in FEATURES.iter().zip(&weights).enumerate() {
        if is_measured(at) {
            let (name, used) = (feature.name, feature.weight);
            writeln!(out, "  {name:<9}{weight:>6.2}  in use {used}")?;
            found.push((name, *weight));
        }
    }
    let in_use: Vec<f64> = FEATURES
        .iter()
        .map(|feature| f64::from(feature.weight))
        .collect();
    writeln!(
        out,
        "hit@1 on held-back articles, with these weights and with those in use"
    )?;
    for set in sets {
        let of_set = |asked: &&Asked<'_>| asked.held_back && asked.set == set.name;
        let held_back: Vec<&Listing> = asked
            .iter()
            .filter(of_set)
            .map(|asked| &asked.listing)
            .collect();
        writeln!(
            out,
            "  {:<20}{:.2} {:.2} of {}",
            set.name,
            hit_at_1(&held_back, &weights),
            hit_at_1(&held_back, &in_use),
            held_back.len()
        )?;
    }
    Ok(found)
}

/// Asks the answerable questions of a set. Every set counts the same.
fn ask<'a>(set: &'a Set, model: Option<&SentenceEncoder>) -> Vec<Asked<'a>> {
    let engine = knowledge::with_model(Arc::new(Engine::build(set.articles.clone())), model);
    let weight = 1.0 / set.questions.len() as f64;
    let questions = set.questions.iter();
    questions
        .filter(|question| !question.unanswerable)
        .map(|question| {
            let candidates = candidates(&engine, question).into_iter();
            Asked {
                held_back: is_held_back(question),
                set: &set.name,
                listing: Listing {
                    candidates: candidates.map(|one| (one.features, one.right)).collect(),
                    weight,
                },
            }
        })
        .collect()
}

/// Percentage of questions whose best candidate is right.
fn hit_at_1(listings: &[&Listing], weights: &[f64]) -> f64 {
    let score = |values: &[f64]| -> f64 {
        let parts = values.iter().zip(weights);
        parts.map(|(value, weight)| value * weight).sum()
    };
    let is_hit = |listing: &&&Listing| {
        // Of equal scores, the first, as in the ranking.
        let candidates = listing.candidates.iter().rev();
        let best = candidates.max_by(|a, b| score(&a.0).total_cmp(&score(&b.0)));
        best.is_some_and(|(_, right)| *right)
    };
    100.0 * listings.iter().filter(is_hit).count() as f64 / listings.len().max(1) as f64
}
