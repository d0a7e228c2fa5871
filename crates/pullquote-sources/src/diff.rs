//! What has changed between two looks at a source.

use std::collections::BTreeMap;

/// What has changed, each list in the order of its ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff<I> {
    /// Not there before.
    pub added: Vec<I>,
    /// There before, with other content.
    pub changed: Vec<I>,
    /// There before, with the same content.
    pub unchanged: Vec<I>,
    /// No longer there.
    pub gone: Vec<I>,
}

impl<I: Ord + Clone> Diff<I> {
    /// Compares the versions of pages before and now, by id. Only if `now` is `complete`, what it lacks is gone: a list
    /// that was cut off says nothing of the rest.
    pub fn between<V: PartialEq>(
        before: &BTreeMap<I, V>,
        now: &BTreeMap<I, V>,
        complete: bool,
    ) -> Self {
        let mut diff = Self {
            added: Vec::new(),
            changed: Vec::new(),
            unchanged: Vec::new(),
            gone: Vec::new(),
        };
        for (id, version) in now {
            let list = match before.get(id) {
                None => &mut diff.added,
                Some(known) if known == version => &mut diff.unchanged,
                Some(_) => &mut diff.changed,
            };
            list.push(id.clone());
        }
        if complete {
            let gone = before.keys().filter(|id| !now.contains_key(*id));
            diff.gone.extend(gone.cloned());
        }
        diff
    }
}

#[cfg(test)]
mod tests {
    use super::Diff;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn pages() -> impl Strategy<Value = BTreeMap<u8, u8>> {
        proptest::collection::btree_map(0..20_u8, 0..3_u8, 0..20)
    }

    /// `before` with what `diff` says, for which `now` has the contents.
    fn applied(
        before: &BTreeMap<u8, u8>,
        now: &BTreeMap<u8, u8>,
        diff: &Diff<u8>,
    ) -> BTreeMap<u8, u8> {
        let mut pages = before.clone();
        for id in diff.added.iter().chain(&diff.changed) {
            pages.insert(*id, now[id]);
        }
        for id in &diff.gone {
            pages.remove(id);
        }
        pages
    }

    proptest! {
        #[test]
        fn a_diff_applied_to_before_is_now(before in pages(), now in pages()) {
            let diff = Diff::between(&before, &now, true);
            prop_assert_eq!(applied(&before, &now, &diff), now);
        }

        #[test]
        fn an_incomplete_list_removes_nothing(before in pages(), now in pages()) {
            let diff = Diff::between(&before, &now, false);
            prop_assert!(diff.gone.is_empty());
            let after = applied(&before, &now, &diff);
            prop_assert!(before.keys().all(|id| after.contains_key(id)));
            prop_assert!(now.iter().all(|(id, version)| after[id] == *version));
        }

        #[test]
        fn nothing_has_changed_between_equals(pages in pages()) {
            let diff = Diff::between(&pages, &pages, true);
            prop_assert_eq!(diff.unchanged.len(), pages.len());
            prop_assert!(diff.added.is_empty() && diff.changed.is_empty() && diff.gone.is_empty());
        }
    }
}
