//! Which process runs which shard, and which process has ended. Pure: all processes see the same and come to the same result.

use crate::config::ShardId;
use pullquote_store::{Lease, Roster};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// A process that has not renewed for so long is given up.
pub(crate) const LEASE: Duration = Duration::from_secs(15);

/// Who shall run each shard. Every process gets as many as the others, or one less or more, and keeps what it has up to
/// that number: whoever comes takes its part and nothing else moves, and what somebody leaves is spread over all.
pub(crate) fn allot(leases: &[Lease], processes: &BTreeSet<i64>) -> BTreeMap<ShardId, i64> {
    let mut shares = shares(leases, processes);
    let mut allotted = BTreeMap::new();
    let mut free = Vec::new();
    for lease in leases {
        let share = lease.owner.and_then(|owner| shares.get_mut(&owner));
        match (lease.owner, share) {
            (Some(owner), Some(left)) if *left > 0 => {
                *left -= 1;
                allotted.insert(id(lease), owner);
            }
            _ => free.push(id(lease)),
        }
    }
    let mut takers = shares.into_iter().filter(|(_, left)| *left > 0);
    let mut taker = takers.next();
    for shard in free {
        let Some((process, left)) = &mut taker else {
            break;
        };
        allotted.insert(shard, *process);
        *left -= 1;
        if *left == 0 {
            taker = takers.next();
        }
    }
    allotted
}

/// How many shards each process gets. Where they cannot be divided evenly, those that have the most get one more.
fn shares(leases: &[Lease], processes: &BTreeSet<i64>) -> BTreeMap<i64, usize> {
    let count = processes.len().max(1);
    let (each, more) = (leases.len() / count, leases.len() % count);
    let has = |process: i64| leases.iter().filter(|it| it.owner == Some(process)).count();
    let mut by_number: Vec<i64> = processes.iter().copied().collect();
    by_number.sort_by_key(|process| std::cmp::Reverse(has(*process)));
    let shares = by_number.into_iter().enumerate();
    let share = |(place, process)| (process, each + usize::from(place < more));
    shares.map(share).collect()
}

/// The number of shards that is complete, so that those of smaller ones can be closed.
pub(crate) fn grown_to(leases: &[Lease]) -> Option<u32> {
    let largest = leases.iter().map(|lease| lease.shards).max()?;
    let of_it = || leases.iter().filter(|lease| lease.shards == largest);
    let is_complete = of_it().count() == largest as usize && of_it().all(|lease| lease.is_ready);
    (is_complete && leases.iter().any(|lease| lease.shards < largest)).then_some(largest)
}

pub(crate) fn id(lease: &Lease) -> ShardId {
    ShardId {
        number: lease.shard,
        total: lease.shards,
    }
}

/// The other processes, as this one has seen them. It measures with its own clock, and only while it can see them: when the
/// database was away, or this process asleep, all start anew.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    sights: BTreeMap<i64, Sight>,
    /// When this process looked last.
    looked: Duration,
}

/// The last change of a process's row.
#[derive(Debug, Clone, Copy)]
struct Sight {
    seen: i64,
    at: Duration,
}

impl Neighbours {
    /// Takes note of a roster. Returns the processes that have not renewed for [`LEASE`], with what was seen last.
    pub(crate) fn observe(&mut self, roster: &Roster, now: Duration) -> Vec<(i64, i64)> {
        let since = now.saturating_sub(self.looked);
        self.looked = now;
        let mut before = std::mem::take(&mut self.sights);
        if since >= LEASE / 2 {
            before.clear();
        }
        for &(process, seen) in &roster.processes {
            let unchanged = before.get(&process).filter(|sight| sight.seen == seen);
            let at = unchanged.map_or(now, |sight| sight.at);
            self.sights.insert(process, Sight { seen, at });
        }
        let is_over = |sight: &Sight| now.saturating_sub(sight.at) >= LEASE;
        let ended = self.sights.iter().filter(|(_, sight)| is_over(sight));
        ended
            .map(|(process, sight)| (*process, sight.seen))
            .collect()
    }

    /// The database does not answer.
    pub(crate) fn lose_sight(&mut self) {
        self.sights.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{LEASE, Neighbours, allot, grown_to, id};
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
    use pullquote_store::{Lease, Roster};
    use std::collections::BTreeMap;
    use std::time::Duration;

    fn leases(owners: &[Option<i64>]) -> Vec<Lease> {
        let shards = owners.len() as u32;
        let lease = |(shard, owner): (u32, &Option<i64>)| Lease {
            shard,
            shards,
            owner: *owner,
            is_ready: owner.is_some(),
        };
        (0..).zip(owners).map(lease).collect()
    }

    fn counts(allotted: &BTreeMap<crate::config::ShardId, i64>) -> BTreeMap<i64, usize> {
        let mut counts = BTreeMap::new();
        for owner in allotted.values() {
            *counts.entry(*owner).or_default() += 1;
        }
        counts
    }

    /// The leases once everybody has what was allotted.
    fn settled(leases: &[Lease], processes: &std::collections::BTreeSet<i64>) -> Vec<Lease> {
        let allotted = allot(leases, processes);
        let settle = |lease: &Lease| Lease {
            owner: allotted.get(&id(lease)).copied(),
            ..*lease
        };
        leases.iter().map(settle).collect()
    }

    proptest! {
        #[test]
        fn each_shard_is_allotted_once_and_evenly(
            owners in vec(any::<Option<u8>>(), 1..40),
            processes in btree_set(0_i64..20, 1..12),
        ) {
            let owners: Vec<_> = owners.iter().map(|it| it.map(|it| i64::from(it % 20))).collect();
            let leases = leases(&owners);
            let allotted = allot(&leases, &processes);
            prop_assert_eq!(allotted.len(), leases.len());
            let counts = counts(&allotted);
            let each = leases.len() / processes.len();
            for process in &processes {
                let count = counts.get(process).copied().unwrap_or_default();
                prop_assert!(count == each || count == each + 1);
            }
            prop_assert!(counts.keys().all(|process| processes.contains(process)));
            // What is settled stays.
            let settled = settled(&leases, &processes);
            prop_assert_eq!(allot(&settled, &processes), allotted);
        }

        #[test]
        fn who_comes_takes_its_part_and_nothing_else_moves(
            count in 1..40_usize, processes in btree_set(0_i64..20, 1..12),
        ) {
            let before = settled(&leases(&vec![None; count]), &processes);
            let mut with_one_more = processes.clone();
            with_one_more.insert(99);
            let after = allot(&before, &with_one_more);
            let moved: Vec<_> = before.iter().filter(|it| it.owner != after.get(&id(it)).copied()).collect();
            prop_assert!(moved.iter().all(|lease| after[&id(lease)] == 99));
            prop_assert_eq!(moved.len(), count / with_one_more.len());
        }

        #[test]
        fn who_goes_leaves_its_part_and_nothing_else_moves(
            count in 1..40_usize, processes in btree_set(0_i64..20, 2..12),
        ) {
            let before = settled(&leases(&vec![None; count]), &processes);
            let mut left = processes.clone();
            let gone = left.pop_first();
            let after = allot(&before, &left);
            for lease in &before {
                let now = after.get(&id(lease)).copied();
                prop_assert!(lease.owner == gone || lease.owner == now);
            }
        }
    }

    #[test]
    fn without_processes_nothing_is_allotted() {
        assert!(allot(&leases(&[None, Some(1)]), &[].into()).is_empty());
        assert!(allot(&[], &[1].into()).is_empty());
    }

    #[test]
    fn the_smaller_number_goes_once_the_larger_is_complete() {
        let mut both = leases(&[Some(1)]);
        assert_eq!(grown_to(&both), None);
        both.extend(leases(&[Some(1), None]));
        assert_eq!(grown_to(&both), None);
        both[2].is_ready = true;
        assert_eq!(grown_to(&both), Some(2));
        assert_eq!(grown_to(&both[1..]), None);
    }

    #[test]
    fn a_process_is_given_up_once_it_was_seen_unchanged_for_the_time_of_a_lease() {
        let roster = |seen| Roster {
            processes: vec![(7, seen)],
            ..Roster::default()
        };
        let mut neighbours = Neighbours::default();
        let mut second = 0;
        let mut look = |neighbours: &mut Neighbours, seen| {
            second += 1;
            neighbours.observe(&roster(seen), Duration::from_secs(second))
        };
        let mut look_until_given_up = |neighbours: &mut Neighbours, seen| {
            let mut looks = (1..=60).map(|number| (number, look(neighbours, seen)));
            let ended = looks.find(|(_, ended)| !ended.is_empty());
            ended.map(|(number, ended)| (number, ended[0]))
        };
        let lease = LEASE.as_secs() + 1;
        let given_up = look_until_given_up(&mut neighbours, 1);
        assert_eq!(given_up, Some((lease, (7, 1))));
        // It has renewed, and whatever its clock said counts as new.
        let given_up = look_until_given_up(&mut neighbours, 0);
        assert_eq!(given_up, Some((lease, (7, 0))));
        // While nobody can be seen, nobody is given up.
        neighbours.lose_sight();
        let given_up = look_until_given_up(&mut neighbours, 0);
        assert_eq!(given_up, Some((lease, (7, 0))));
        // Nor because this process was asleep, and the other one perhaps as well.
        let later = Duration::from_hours(1);
        assert!(neighbours.observe(&roster(0), later).is_empty());
        let awake = later + Duration::from_secs(1);
        assert!(neighbours.observe(&roster(0), awake).is_empty());
    }
}
