//! Which words of a quote match the question's, by spelling or by meaning.

use crate::article::PassageId;
use crate::index::{QueryContext, SurfaceId};
use crate::query::Role;

/// A content word of the question, with the most similar word of a quote or of the title or heading above it.
#[derive(Debug, Clone, PartialEq)]
pub struct NearestWord {
    /// The question's word, folded, as typed.
    pub asked: String,
    /// The article's word, folded.
    pub found: String,
    /// From 0 to 1, which is the same word.
    pub similarity: f32,
}

impl NearestWord {
    /// One for each content word of the question that is similar to any of `tokens`, which are of a passage.
    pub(super) fn all(
        context: &QueryContext<'_>,
        passage: PassageId,
        tokens: impl Iterator<Item = SurfaceId>,
    ) -> Vec<Self> {
        let terms = context.terms();
        let mut nearest: Vec<(f32, Option<SurfaceId>)> = vec![(0.0, None); terms.len()];
        let has_vectors = context.passage(passage).has_vectors();
        let mut similarities = Vec::new();
        for surface in tokens {
            let mut raise = |at: usize, similarity: f32| {
                if similarity > nearest[at].0 {
                    nearest[at] = (similarity, Some(surface));
                }
            };
            let token_term = context.term_of(surface);
            for (at, term) in terms.iter().enumerate() {
                let mut expansions = term.expansions.iter();
                let matched = expansions.find(|expansion| expansion.term == token_term);
                raise(at, matched.map_or(0.0, |expansion| expansion.weight));
            }
            if has_vectors {
                similarities.clear();
                context.term_similarities(surface, &mut similarities);
                for (at, similarity) in context.vectors().by_term(&similarities) {
                    raise(at, similarity);
                }
            }
        }
        let found = terms.iter().zip(nearest).filter_map(|(term, nearest)| {
            let (similarity, surface) = nearest;
            let found = context.spelling(surface?).to_owned();
            (term.role == Role::Content).then(|| Self {
                asked: context.query().words[term.word].folded.clone(),
                found,
                similarity,
            })
        });
        found.collect()
    }
}
