//! Who may see an article of a server.

use std::fmt;

/// Who may see an article: members with one of the roles, in one of the channels. Where a list is empty, it does not matter.
///
/// ```
/// use pullquote_cards::{Gate, Viewer};
///
/// let gate = Gate { roles: vec![7], channels: vec![] };
/// assert!(gate.admits(&Viewer { roles: vec![3, 7], channels: vec![1] }));
/// assert!(!gate.admits(&Viewer::default()));
/// assert_eq!(Gate::parse(&gate.to_string()), Some(gate));
/// assert!(Gate::default().admits(&Viewer::default()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Gate {
    /// Ids of roles, ascending.
    pub roles: Vec<u64>,
    /// Ids of channels and forums, ascending. A thread is in its channel.
    pub channels: Vec<u64>,
}

/// Whoever sees an answer, and where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Viewer {
    /// Their roles.
    pub roles: Vec<u64>,
    /// The channel, and the one that it is in.
    pub channels: Vec<u64>,
}

impl Gate {
    /// A gate for these roles and channels, in any order.
    pub fn new(roles: &[u64], channels: &[u64]) -> Self {
        let sorted = |ids: &[u64]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        Self {
            roles: sorted(roles),
            channels: sorted(channels),
        }
    }

    /// The same for a server whose role @everyone is among the roles: all members have it, and Discord doesn't list it with theirs.
    #[must_use]
    pub fn with_everyone(mut self, server: u64) -> Self {
        // The role has the id of the server.
        if self.roles.contains(&server) {
            self.roles.clear();
        }
        self
    }

    /// Whether everyone may see the article.
    pub fn is_open(&self) -> bool {
        self.roles.is_empty() && self.channels.is_empty()
    }

    /// Whether a viewer may see the article.
    pub fn admits(&self, viewer: &Viewer) -> bool {
        let fits = |required: &[u64], has: &[u64]| {
            required.is_empty() || required.iter().any(|id| has.contains(id))
        };
        fits(&self.roles, &viewer.roles) && fits(&self.channels, &viewer.channels)
    }

    /// Reads what [`fmt::Display`] has written; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let ids = |text: &str| -> Option<Vec<u64>> {
            let ids = text.split(',').filter(|id| !id.is_empty());
            ids.map(|id| id.parse().ok()).collect()
        };
        let (roles, channels) = match text.split_once('/') {
            Some(parts) => parts,
            None if text.is_empty() => ("", ""),
            None => return None,
        };
        Some(Self::new(&ids(roles)?, &ids(channels)?))
    }
}

/// `7,9/12`: roles, then channels; nothing for a gate that is open.
impl fmt::Display for Gate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_open() {
            return Ok(());
        }
        let joined = |ids: &[u64]| {
            let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
            ids.join(",")
        };
        write!(out, "{}/{}", joined(&self.roles), joined(&self.channels))
    }
}

impl Viewer {
    /// Everyone who is where this viewer is.
    #[must_use]
    pub fn everyone(&self) -> Self {
        Self {
            roles: Vec::new(),
            channels: self.channels.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, Viewer};

    #[test]
    fn a_gate_parses_what_it_prints() {
        for (gate, text) in [
            (Gate::default(), ""),
            (Gate::new(&[9, 7, 9], &[]), "7,9/"),
            (Gate::new(&[], &[12]), "/12"),
            (Gate::new(&[7], &[1, 2]), "7/1,2"),
        ] {
            assert_eq!(gate.to_string(), text);
            assert_eq!(Gate::parse(text), Some(gate));
        }
        for text in ["7", "x/", "7/-1", "7/1/2"] {
            assert_eq!(Gate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn roles_and_channels_both_count() {
        let gate = Gate::new(&[7, 8], &[1]);
        let viewer = |roles: &[u64], channels: &[u64]| Viewer {
            roles: roles.to_vec(),
            channels: channels.to_vec(),
        };
        assert!(gate.admits(&viewer(&[8], &[5, 1])));
        assert!(!gate.admits(&viewer(&[8], &[5])));
        assert!(!gate.admits(&viewer(&[], &[1])));
        assert!(!gate.admits(&viewer(&[8], &[1]).everyone()));
    }

    #[test]
    fn everyone_has_the_role_of_the_server() {
        let gate = Gate::new(&[5, 7], &[1]);
        assert_eq!(gate.clone().with_everyone(6), gate);
        assert_eq!(gate.with_everyone(5), Gate::new(&[], &[1]));
    }
}
