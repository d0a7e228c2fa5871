//! The rules of leases played together, on a clock of their own: processes come, look at a database, sleep and wake, and the
//! database is away at times. No shard is ever spoken for by two, and once all is well each has one.

use crate::bot::sharding::allotment::{LEASE, Neighbours, allot, id};
use crate::bot::sharding::tenure::{LASTS, Renewal, renewed};
use crate::config::ShardId;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use pullquote_store::{Lease, Roster};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const SHARDS: u32 = 7;
const STEP: Duration = Duration::from_millis(250);
const RENEW: Duration = Duration::from_secs(5);

#[derive(Default)]
struct Database {
    processes: BTreeMap<i64, i64>,
    leases: Vec<Lease>,
    is_away: bool,
}

#[derive(Default)]
struct Process {
    /// `None` while it has no part.
    id: Option<i64>,
    until: Duration,
    sent: Duration,
    open: BTreeSet<ShardId>,
    neighbours: Neighbours,
    asleep_until: Duration,
    is_killed: bool,
}

/// What happens, to whom and for how long.
#[derive(Debug, Clone)]
enum Event {
    Sleep(usize, Duration),
    Away(Duration),
    Kill(usize),
    Start,
}

impl Process {
    fn may_speak(&self, shard: ShardId, now: Duration) -> bool {
        let is_awake = !self.is_killed && self.asleep_until <= now;
        is_awake && self.open.contains(&shard) && now < self.until
    }

    /// A look that was begun a moment ago, as `SharedShards::look` does it.
    fn look(&mut self, database: &mut Database, (sent, now): (Duration, Duration), new_id: i64) {
        let Some(me) = self.id else {
            if !database.is_away {
                database.processes.insert(new_id, 0);
                (self.id, self.until, self.sent) = (Some(new_id), sent + LASTS, sent);
            }
            return;
        };
        let renewal = match (database.is_away, database.processes.get_mut(&me)) {
            (true, _) => Renewal::Unanswered,
            (false, None) => Renewal::Refused,
            (false, Some(seen)) => {
                if sent.saturating_sub(self.sent) >= RENEW {
                    *seen += 1;
                    self.sent = sent;
                }
                Renewal::Confirmed
            }
        };
        let sent = if renewal == Renewal::Confirmed {
            self.sent
        } else {
            sent
        };
        let Some(until) = renewed(self.until, sent, now, renewal) else {
            (self.id, self.until) = (None, now);
            self.open.clear();
            self.neighbours.lose_sight();
            return;
        };
        self.until = until;
        match renewal {
            Renewal::Confirmed => self.settle(me, database, now),
            _ => self.neighbours.lose_sight(),
        }
    }

    fn settle(&mut self, me: i64, database: &mut Database, now: Duration) {
        let roster = Roster {
            processes: database
                .processes
                .iter()
                .map(|(id, seen)| (*id, *seen))
                .collect(),
            leases: database.leases.clone(),
        };
        for (process, seen) in self.neighbours.observe(&roster, now) {
            if process != me && database.processes.get(&process) == Some(&seen) {
                database.processes.remove(&process);
                let owned = |lease: &&mut Lease| lease.owner == Some(process);
                database
                    .leases
                    .iter_mut()
                    .filter(owned)
                    .for_each(|it| it.owner = None);
            }
        }
        let allotted = allot(
            &roster.leases,
            &roster.processes.iter().map(|(id, _)| *id).collect(),
        );
        for lease in &mut database.leases {
            let shard = id(lease);
            let is_mine = allotted.get(&shard) == Some(&me);
            if !is_mine && self.open.remove(&shard) {
                lease.owner = None;
            } else if is_mine && lease.owner.is_none() {
                lease.owner = Some(me);
                self.open.insert(shard);
            }
        }
    }
}

fn event() -> impl Strategy<Value = Event> {
    let seconds = || (1..45_000_u64).prop_map(Duration::from_millis);
    prop_oneof![
        4 => (any::<usize>(), seconds()).prop_map(|(who, time)| Event::Sleep(who, time)),
        2 => seconds().prop_map(Event::Away),
        1 => any::<usize>().prop_map(Event::Kill),
        2 => seconds().prop_map(|_| Event::Start),
    ]
}

proptest! {
    #[test]
    fn nobody_speaks_for_a_shard_of_another_and_in_the_end_each_has_one(
        events in vec((event(), 0..30_000_u64), 0..12), seed in any::<u64>(),
    ) {
        let mut random = fastrand::Rng::with_seed(seed);
        let lease = |shard| Lease { shard, shards: SHARDS, owner: None, is_ready: false };
        let mut database = Database { leases: (0..SHARDS).map(lease).collect(), ..Database::default() };
        let mut processes = vec![Process::default(), Process::default(), Process::default()];
        let (mut now, mut back, mut next_id) = (Duration::from_secs(1), Duration::ZERO, 0);
        let mut events = events.into_iter();
        let mut next_event = events.next();
        let mut due = now;
        let mut quiet = None;
        // Until nothing has happened for so long that all is well again.
        while quiet.is_none_or(|since| now < since + 6 * LEASE) {
            now += STEP;
            database.is_away = now < back;
            match next_event.take() {
                Some((event, after)) if now >= due => {
                    match event {
                        Event::Sleep(who, time) => {
                            let count = processes.len();
                            processes[who % count].asleep_until = now + time;
                        }
                        Event::Away(time) => back = now + time,
                        Event::Kill(who) => {
                            let count = processes.len();
                            processes[who % count].is_killed = processes.iter().filter(|it| !it.is_killed).count() > 1;
                        }
                        Event::Start => processes.push(Process::default()),
                    }
                    due = now + Duration::from_millis(after);
                    next_event = events.next();
                }
                waiting => next_event = waiting,
            }
            if quiet.is_none() && next_event.is_none() && now >= due + Duration::from_secs(45) {
                quiet = Some(now);
            }
            for process in &mut processes {
                // Each looks about once a second, and its request takes a while.
                if !process.is_killed && process.asleep_until <= now && random.u8(..) < 64 {
                    let sent = now.saturating_sub(Duration::from_millis(random.u64(..900)));
                    next_id += 1;
                    process.look(&mut database, (sent.max(process.sent), now), next_id);
                }
            }
            for lease in &database.leases {
                let speaking = processes.iter().filter(|it| it.may_speak(id(lease), now));
                prop_assert!(speaking.count() <= 1, "{lease:?} at {now:?}");
            }
        }
        let alive = processes.iter().filter(|process| !process.is_killed);
        let counts: Vec<usize> = alive.map(|process| process.open.len()).collect();
        prop_assert_eq!(counts.iter().sum::<usize>(), SHARDS as usize);
        let spread = counts.iter().max().copied() <= counts.iter().min().map(|least| least + 1);
        prop_assert!(spread, "{counts:?}");
    }
}
