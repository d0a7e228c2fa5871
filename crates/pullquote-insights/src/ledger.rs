//! What to add to the counts: taken from what members did, without who they are, and handed to the store in batches.

use crate::question::{Key, is_wish, key};
use crate::scrub::scrub;
use pullquote_core::article::ArticleRef;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// How long a member has to pick one of the suggestions, in milliseconds: ten minutes.
const TO_PICK: i64 = 10 * 60 * 1_000;
/// Different questions of a member in a server that are counted in a day.
const QUESTIONS_A_DAY: usize = 10;
/// Members that are told apart in a day; the questions of others are not counted.
const MEMBERS: usize = 50_000;
/// Suggestions that wait for being picked. Beyond that, the oldest counts as not picked.
const PENDING: usize = 1_000;
/// Questions, quoted articles and votes that wait for the store, of each. Beyond that, new ones are not counted.
const WAITING: usize = 1_000;

/// Something that a member did and everyone in the channel could see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The server.
    pub server: u64,
    /// The member; only a hash is remembered, until the end of the day.
    pub member: u64,
    /// The question, as it was asked.
    pub question: String,
    /// What came of it.
    pub kind: EventKind,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// It was asked, with this outcome.
    Asked(Asked),
    /// It was asked, and answered with a quote of this article.
    Quoted(ArticleRef),
    /// A suggestion was picked.
    Picked,
    /// An answer was rated: the passage that it quotes, if it is known, and whether it helped.
    Rated(Option<String>, bool),
    /// An answer that nobody asked for was wrong.
    Wrong,
}

/// The outcome of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// Answered with a quote.
    Quoted,
    /// Passages were suggested.
    Suggested,
    /// No answer.
    Unknown,
}

/// What to add to the counts. Days are counted from 1970.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Unanswered questions, by server and key.
    pub questions: FxHashMap<(u64, Key), Unanswered>,
    /// How many were asked, by server, day and outcome.
    pub asked: FxHashMap<(u64, i64, Asked), u64>,
    /// How often articles were quoted, by server, day and article.
    pub quotes: FxHashMap<(u64, i64, ArticleRef), u64>,
    /// Helpful and not helpful votes, by server and passage.
    pub votes: FxHashMap<(u64, String), (u64, u64)>,
}

/// How often a question was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// Its newest wording, scrubbed.
    pub wording: String,
    /// How often it was asked.
    pub count: u64,
    /// The last day.
    pub day: i64,
    /// Whether two members have asked it on one day.
    pub by_several: bool,
}

/// Counts what members did until the store takes it.
///
/// ```
/// use pullquote_insights::{Asked, Event, EventKind, Ledger, key};
///
/// let mut ledger = Ledger::default();
/// let asked = |member, question: &str| Event {
///     server: 7,
///     member,
///     question: question.to_owned(),
///     kind: EventKind::Asked(Asked::Unknown),
/// };
/// ledger.note(asked(42, "When does the ferry leave?"), 0);
/// ledger.note(asked(43, "When is the ferry leaving? <@42>"), 0);
/// let batch = ledger.take(0);
/// let ferry = &batch.questions[&(7, key("when ferry leave"))];
/// assert_eq!((ferry.count, ferry.wording.as_str()), (2, "When is the ferry leaving? …"));
/// ```
#[derive(Debug, Default)]
pub struct Ledger {
    day: i64,
    /// Makes hashes of members that nobody can repeat tomorrow.
    salt: RandomState,
    /// Hashes of members with the questions that were counted for them.
    members: FxHashMap<u64, Vec<Key>>,
    /// Questions of servers that were counted for a member today.
    asked: FxHashSet<(u64, Key)>,
    /// Hashes of members and passages that were voted on.
    votes: FxHashSet<u64>,
    pending: VecDeque<Pending>,
    batch: Batch,
}

/// A question whose suggestions may still be picked.
#[derive(Debug)]
struct Pending {
    server: u64,
    member: u64,
    question: String,
    key: Key,
    at: i64,
}

impl Ledger {
    /// Takes note of an event at a time, in milliseconds since 1970. `false` if something was left out because there is too much.
    pub fn note(&mut self, event: Event, now: i64) -> bool {
        self.new_day(now);
        let Event {
            server,
            member,
            question,
            kind,
        } = event;
        let member = self.salt.hash_one((server, member));
        match kind {
            EventKind::Asked(asked) => self.asked(asked, (server, member), &question, now),
            EventKind::Quoted(article) => {
                self.asked(Asked::Quoted, (server, member), &question, now);
                let day = self.day;
                self.add_quotes((server, day, article), 1)
            }
            EventKind::Picked => {
                let key = key(&scrub(&question));
                let mut pending = self.pending.iter();
                let place = pending.position(|it| (it.server, it.key) == (server, key));
                if let Some(place) = place {
                    self.pending.remove(place);
                }
                true
            }
            EventKind::Wrong => self.unanswered((server, member), &question),
            EventKind::Rated(passage, helpful) => {
                let voted =
                    passage.is_none_or(|passage| self.vote((server, member), passage, helpful));
                let counted = helpful || self.unanswered((server, member), &question);
                voted && counted
            }
        }
    }

    /// What was noted until now, for the store.
    pub fn take(&mut self, now: i64) -> Batch {
        self.new_day(now);
        while let Some(first) = self.pending.front()
            && now - first.at >= TO_PICK
        {
            self.not_picked();
        }
        std::mem::take(&mut self.batch)
    }

    /// Takes back what the store could not take. `false` if something was left out because there is too much.
    pub fn put_back(&mut self, batch: Batch) -> bool {
        let mut all = true;
        for (place, question) in batch.questions {
            all &= self.add_question(place, question);
        }
        for (place, count) in batch.asked {
            *self.batch.asked.entry(place).or_default() += count;
        }
        for (place, count) in batch.quotes {
            all &= self.add_quotes(place, count);
        }
        for (place, (helpful, not_helpful)) in batch.votes {
            all &= self.add_votes(place, helpful, not_helpful);
        }
        all
    }

    /// Counts these questions again when a member asks them who did so today: they have been answered since.
    pub fn answered(&mut self, keys: &[Key]) {
        for counted in self.members.values_mut() {
            counted.retain(|key| !keys.contains(key));
        }
        self.asked.retain(|(_, key)| !keys.contains(key));
    }

    fn asked(&mut self, asked: Asked, place: (u64, u64), question: &str, now: i64) -> bool {
        let (server, member) = place;
        let question = scrub(question);
        if asked != Asked::Quoted && !is_wish(&question) {
            return true;
        }
        let day = self.day;
        *self.batch.asked.entry((server, day, asked)).or_default() += 1;
        match asked {
            Asked::Quoted => true,
            Asked::Unknown => self.unanswered(place, &question),
            Asked::Suggested => {
                if self.pending.len() >= PENDING {
                    self.not_picked();
                }
                self.pending.push_back(Pending {
                    server,
                    member,
                    key: key(&question),
                    question,
                    at: now,
                });
                true
            }
        }
    }

    /// Counts the oldest question whose suggestions wait as unanswered.
    fn not_picked(&mut self) {
        if let Some(first) = self.pending.pop_front() {
            self.unanswered((first.server, first.member), &first.question);
        }
    }

    /// Counts a question, of each member once a day.
    fn unanswered(&mut self, (server, member): (u64, u64), question: &str) -> bool {
        let wording = scrub(question);
        if !is_wish(&wording) {
            return true;
        }
        let key = key(&wording);
        if !self.members.contains_key(&member) && self.members.len() >= MEMBERS {
            return false;
        }
        let counted = self.members.entry(member).or_default();
        if counted.contains(&key) {
            return true;
        }
        if counted.len() >= QUESTIONS_A_DAY {
            return false;
        }
        counted.push(key);
        let question = Unanswered {
            wording,
            count: 1,
            day: self.day,
            // A member is counted once, so this is another one.
            by_several: !self.asked.insert((server, key)),
        };
        self.add_question((server, key), question)
    }

    fn add_question(&mut self, place: (u64, Key), question: Unanswered) -> bool {
        let questions = &mut self.batch.questions;
        if let Some(known) = questions.get_mut(&place) {
            known.count += question.count;
            known.by_several |= question.by_several;
            if question.day >= known.day {
                known.day = question.day;
                known.wording = question.wording;
            }
            return true;
        }
        let fits = questions.len() < WAITING;
        if fits {
            questions.insert(place, question);
        }
        fits
    }

    /// Counts a vote, of each member on a passage once a day.
    fn vote(&mut self, (server, member): (u64, u64), passage: String, helpful: bool) -> bool {
        if self.votes.len() >= MEMBERS {
            return false;
        }
        if !self.votes.insert(self.salt.hash_one((member, &passage))) {
            return true;
        }
        self.add_votes((server, passage), helpful.into(), (!helpful).into())
    }

    fn add_votes(&mut self, place: (u64, String), helpful: u64, not_helpful: u64) -> bool {
        let votes = &mut self.batch.votes;
        if votes.len() >= WAITING && !votes.contains_key(&place) {
            return false;
        }
        let counts = votes.entry(place).or_default();
        counts.0 += helpful;
        counts.1 += not_helpful;
        true
    }

    fn add_quotes(&mut self, place: (u64, i64, ArticleRef), count: u64) -> bool {
        let quotes = &mut self.batch.quotes;
        let fits = quotes.len() < WAITING || quotes.contains_key(&place);
        if fits {
            *quotes.entry(place).or_default() += count;
        }
        fits
    }

    fn new_day(&mut self, now: i64) {
        let day = day(now);
        if day != self.day {
            self.day = day;
            self.salt = RandomState::new();
            self.members.clear();
            self.asked.clear();
            self.votes.clear();
        }
    }
}

/// The day of a time in milliseconds since 1970.
pub fn day(now: i64) -> i64 {
    now.div_euclid(DAY)
}

#[cfg(test)]
mod tests {
    use super::{Asked, Batch, DAY, Event, EventKind, Ledger, TO_PICK, WAITING};
    use crate::key;
    use pullquote_core::article::ArticleRef;

    const FERRY: &str = "When does the ferry leave?";

    fn event(member: u64, question: &str, kind: EventKind) -> Event {
        Event {
            server: 7,
            member,
            question: question.to_owned(),
            kind,
        }
    }

    fn asked(member: u64, question: &str) -> Event {
        event(member, question, EventKind::Asked(Asked::Unknown))
    }

    /// How often a question is in what the ledger hands over.
    fn counted(ledger: &mut Ledger, question: &str, now: i64) -> u64 {
        let batch = ledger.take(now);
        let found = batch.questions.get(&(7, key(question)));
        found.map_or(0, |question| question.count)
    }

    #[test]
    fn a_member_counts_once_a_day_for_a_question() {
        let mut ledger = Ledger::default();
        for member in [1, 1, 2, 1] {
            ledger.note(asked(member, FERRY), 0);
        }
        assert_eq!(counted(&mut ledger, FERRY, 0), 2);
        ledger.note(asked(1, FERRY), DAY - 1);
        assert_eq!(counted(&mut ledger, FERRY, DAY - 1), 0);
        ledger.note(asked(1, FERRY), DAY);
        assert_eq!(counted(&mut ledger, FERRY, DAY), 1);
        ledger.answered(&[key(FERRY)]);
        ledger.note(asked(1, FERRY), DAY);
        assert_eq!(counted(&mut ledger, FERRY, DAY), 1);
    }

    #[test]
    fn two_members_of_one_day_are_several() {
        let mut ledger = Ledger::default();
        let by_several = |ledger: &mut Ledger, now| {
            let batch = ledger.take(now);
            batch.questions[&(7, key(FERRY))].by_several
        };
        ledger.note(asked(1, FERRY), 0);
        ledger.note(asked(1, FERRY), 0);
        assert!(!by_several(&mut ledger, 0));
        // In another server, it is another question.
        let elsewhere = Event {
            server: 8,
            ..asked(2, FERRY)
        };
        ledger.note(elsewhere, 0);
        assert!(!ledger.take(0).questions[&(8, key(FERRY))].by_several);
        ledger.note(asked(2, "When does that ferry leave, please?"), 0);
        assert!(by_several(&mut ledger, 0));
        // Nothing of a member is known on the next day.
        ledger.note(asked(1, FERRY), DAY);
        assert!(!by_several(&mut ledger, DAY));
        // Who asks again after it was answered is no other member.
        ledger.answered(&[key(FERRY)]);
        ledger.note(asked(1, FERRY), DAY);
        assert!(!by_several(&mut ledger, DAY));
    }

    #[test]
    fn a_member_has_ten_questions_a_day() {
        let mut ledger = Ledger::default();
        let question = |number: u32| format!("Where is the lighthouse called x{number}y?");
        let notes: Vec<bool> = (0..12)
            .map(|number| ledger.note(asked(1, &question(number)), 0))
            .collect();
        assert_eq!(notes.iter().filter(|counted| **counted).count(), 10);
        assert_eq!(ledger.take(0).questions.len(), 10);
        // One that was counted already still is no new one, and another member has ten of their own.
        assert!(ledger.note(asked(1, &question(3)), 0));
        assert!(ledger.note(asked(2, &question(11)), 0));
        assert!(ledger.note(asked(1, &question(11)), DAY));
    }

    #[test]
    fn a_suggestion_counts_unless_it_is_picked_in_time() {
        let suggested = |member| event(member, FERRY, EventKind::Asked(Asked::Suggested));
        let mut ledger = Ledger::default();
        ledger.note(suggested(1), 0);
        ledger.note(suggested(2), 1);
        ledger.note(event(1, FERRY, EventKind::Picked), 2);
        let batch = ledger.take(TO_PICK);
        assert!(batch.questions.is_empty());
        assert_eq!(batch.asked[&(7, 0, Asked::Suggested)], 2);
        assert_eq!(counted(&mut ledger, FERRY, TO_PICK + 1), 1);
        ledger.note(event(2, FERRY, EventKind::Picked), TO_PICK + 2);
        assert_eq!(counted(&mut ledger, FERRY, 2 * TO_PICK), 0);
    }

    #[test]
    fn votes_count_once_and_a_bad_answer_is_no_answer() {
        let mut ledger = Ledger::default();
        let rated = |member, helpful| {
            event(
                member,
                FERRY,
                EventKind::Rated(Some("p".to_owned()), helpful),
            )
        };
        for (member, helpful) in [(1, false), (1, false), (2, true), (3, false)] {
            ledger.note(rated(member, helpful), 0);
        }
        ledger.note(event(4, FERRY, EventKind::Wrong), 0);
        let batch = ledger.take(0);
        assert_eq!(batch.votes[&(7, "p".to_owned())], (1, 2));
        assert_eq!(batch.questions[&(7, key(FERRY))].count, 3);
    }

    #[test]
    fn quotes_are_counted_by_article_and_day() {
        let mut ledger = Ledger::default();
        let quoted = |path: &str, is_shared| {
            let path = path.to_owned();
            event(1, FERRY, EventKind::Quoted(ArticleRef { path, is_shared }))
        };
        for (path, is_shared, now) in [
            ("ferry.md", true, 0),
            ("ferry.md", false, 0),
            ("ferry.md", true, DAY),
            ("ferry.md", true, DAY),
        ] {
            assert!(ledger.note(quoted(path, is_shared), now));
        }
        let batch = ledger.take(DAY);
        let count = |ledger: &super::Batch, day, is_shared| {
            let path = "ferry.md".to_owned();
            ledger.quotes[&(7, day, ArticleRef { path, is_shared })]
        };
        let counts = [(0, true), (0, false), (1, true)];
        assert_eq!(counts.map(|(day, is)| count(&batch, day, is)), [1, 1, 2]);
        assert_eq!(batch.asked[&(7, 1, Asked::Quoted)], 2);
        assert!(ledger.put_back(batch));
        let mut all = true;
        for number in 0..WAITING {
            all &= ledger.note(quoted(&format!("{number}.md"), true), DAY);
        }
        assert!(!all && ledger.take(DAY).quotes.len() == WAITING);
    }

    #[test]
    fn small_talk_and_searches_are_not_counted() {
        let mut ledger = Ledger::default();
        for question in [
            "hello",
            "thanks a lot!",
            "ferry -island",
            "water?",
            "<@1>",
            "12345678?",
        ] {
            ledger.note(asked(1, question), 0);
            ledger.note(event(1, question, EventKind::Wrong), 0);
        }
        assert_eq!(ledger.take(0), Batch::default());
        ledger.note(event(1, "hello", EventKind::Asked(Asked::Quoted)), 0);
        assert_eq!(ledger.take(0).asked[&(7, 0, Asked::Quoted)], 1);
    }

    #[test]
    fn what_the_store_could_not_take_is_kept_within_bounds() {
        let mut ledger = Ledger::default();
        ledger.note(asked(1, FERRY), 0);
        let first = ledger.take(0);
        ledger.note(asked(2, "When is the ferry leaving?"), DAY);
        assert!(ledger.put_back(first));
        let batch = ledger.take(DAY);
        let ferry = &batch.questions[&(7, key(FERRY))];
        assert_eq!((ferry.count, ferry.day), (2, 1));
        assert_eq!(ferry.wording, "When is the ferry leaving?");
        assert!(ledger.put_back(batch));
        let mut all = true;
        for number in 0..WAITING as u64 {
            all &= ledger.note(
                asked(number, &format!("Where is the lighthouse x{number}y?")),
                DAY,
            );
        }
        assert!(!all && ledger.take(DAY).questions.len() == WAITING);
    }
}
