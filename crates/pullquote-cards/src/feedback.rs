//! What members think of answers: how many found each passage helpful. Pure and in memory, within bounds.

use super::PassageKey;
use hashlink::LinkedHashMap;
use hashlink::linked_hash_map::Entry;

/// Passages with counts of their own. Beyond that, the one that was rated first is forgotten.
const PASSAGES: usize = 1_000;
/// Members per passage whose last rating is remembered, and so counted: that of another one could be counted twice.
const MEMBERS: usize = 32;

/// A member's rating of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The question that was answered; empty if the message does not show it any more.
    pub question: String,
    /// The passage that answered it; `None` for answers of earlier versions.
    pub passage: Option<PassageKey>,
    /// Whether the answer helped.
    pub helpful: bool,
    /// The member's Discord id.
    pub member: u64,
}

/// Numbers of ratings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RatingCounts {
    /// Ratings as helpful.
    pub helpful: u64,
    /// Ratings as not helpful.
    pub not_helpful: u64,
}

/// Ratings of all answers. A member's later rating of a passage replaces the earlier one.
///
/// ```
/// use pullquote_cards::{Feedback, Rating, RatingCounts};
///
/// let mut feedback = Feedback::default();
/// let question = "When does the ferry leave?".to_owned();
/// feedback.add(&Rating { question, passage: None, helpful: true, member: 42 });
/// assert_eq!(feedback.total(), RatingCounts { helpful: 1, not_helpful: 0 });
/// ```
#[derive(Debug, Default)]
pub struct Feedback {
    total: RatingCounts,
    /// In the order of their first rating.
    passages: LinkedHashMap<PassageKey, Ratings>,
}

/// Ratings of a passage.
#[derive(Debug, Default)]
struct Ratings {
    counts: RatingCounts,
    /// Members and whether they found it helpful.
    members: Vec<(u64, bool)>,
}

impl Feedback {
    /// Counts a rating, and returns what the passage has now. Without a passage, that is this rating alone.
    pub fn add(&mut self, rating: &Rating) -> RatingCounts {
        let Some(passage) = rating.passage else {
            *self.total.of(rating.helpful) += 1;
            let mut alone = RatingCounts::default();
            *alone.of(rating.helpful) += 1;
            return alone;
        };
        let ratings = match self.passages.entry(passage) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Ratings::default()),
        };
        if !ratings.has_room_for(rating.member) {
            return ratings.counts;
        }
        let before = ratings.remember(rating);
        for counts in [&mut ratings.counts, &mut self.total] {
            if let Some(before) = before {
                *counts.of(before) -= 1;
            }
            *counts.of(rating.helpful) += 1;
        }
        let counts = ratings.counts;
        if self.passages.len() > PASSAGES {
            // The total stays.
            self.passages.pop_front();
        }
        counts
    }

    /// The ratings of all answers.
    pub fn total(&self) -> RatingCounts {
        self.total
    }
}

impl RatingCounts {
    fn of(&mut self, helpful: bool) -> &mut u64 {
        if helpful {
            &mut self.helpful
        } else {
            &mut self.not_helpful
        }
    }
}

impl Ratings {
    /// Whether a rating of this member can be remembered.
    fn has_room_for(&self, member: u64) -> bool {
        self.members.len() < MEMBERS || self.members.iter().any(|(id, _)| *id == member)
    }

    /// Remembers a member's rating, and returns their earlier one.
    fn remember(&mut self, rating: &Rating) -> Option<bool> {
        let known = self.members.iter_mut().find(|(id, _)| *id == rating.member);
        if let Some((_, helpful)) = known {
            return Some(std::mem::replace(helpful, rating.helpful));
        }
        self.members.push((rating.member, rating.helpful));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Feedback, MEMBERS, PASSAGES, Rating, RatingCounts};
    use crate::PassageKey;

    fn passage(number: usize) -> PassageKey {
        PassageKey::parse(&format!("{number:016x}.{number:016x}")).unwrap()
    }

    fn rate(feedback: &mut Feedback, number: usize, member: u64, helpful: bool) -> (u64, u64) {
        let counts = feedback.add(&Rating {
            question: "Why?".to_owned(),
            passage: Some(passage(number)),
            helpful,
            member,
        });
        (counts.helpful, counts.not_helpful)
    }

    #[test]
    fn a_member_has_one_rating_of_a_passage() {
        let mut feedback = Feedback::default();
        assert_eq!(rate(&mut feedback, 1, 42, true), (1, 0));
        assert_eq!(rate(&mut feedback, 1, 42, true), (1, 0));
        assert_eq!(rate(&mut feedback, 1, 43, true), (2, 0));
        assert_eq!(rate(&mut feedback, 1, 42, false), (1, 1));
        assert_eq!(rate(&mut feedback, 2, 42, false), (0, 1));
        let (helpful, not_helpful) = (1, 2);
        assert_eq!(
            feedback.total(),
            RatingCounts {
                helpful,
                not_helpful
            }
        );
    }

    #[test]
    fn memory_is_bounded_and_the_total_is_kept() {
        let mut feedback = Feedback::default();
        for number in 0..PASSAGES + 7 {
            rate(&mut feedback, number, 42, true);
        }
        assert_eq!(feedback.passages.len(), PASSAGES);
        assert!(!feedback.passages.contains_key(&passage(6)));
        assert_eq!(feedback.passages[&passage(7)].counts.helpful, 1);
        assert_eq!(feedback.total().helpful, PASSAGES as u64 + 7);
        for member in 0..2 * MEMBERS as u64 {
            rate(&mut feedback, 7, member, true);
        }
        let ratings = &feedback.passages[&passage(7)];
        assert_eq!(ratings.members.len(), MEMBERS);
        assert_eq!(ratings.counts.helpful, MEMBERS as u64);
    }
}
