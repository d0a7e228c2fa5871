//! How often articles were quoted, as far as that is counted.

use crate::layout::{counted, grouped};
use maud::{Markup, html};
use std::collections::HashMap;

/// How often articles were quoted, in all servers together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quotes {
    /// A setting says that nothing is counted.
    NotCounted,
    /// The store cannot be used, for a reason.
    Unavailable(String),
    /// What was counted.
    Counted {
        /// Days that a count is kept, unless a server has chosen otherwise.
        days: u32,
        /// The quoted articles, by path.
        by_path: HashMap<String, Quoted>,
    },
}

/// How often an article was quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quoted {
    /// How often.
    pub times: u64,
    /// Days since the last time; `None` if there was none.
    pub last: Option<u64>,
}

impl Quotes {
    /// How often an article was quoted; `None` if that is not known.
    pub fn of(&self, path: &str) -> Option<Quoted> {
        match self {
            Self::NotCounted | Self::Unavailable(_) => None,
            Self::Counted { by_path, .. } => Some(by_path.get(path).copied().unwrap_or_default()),
        }
    }

    /// What the numbers mean.
    pub(crate) fn explanation(&self) -> String {
        match self {
            Self::NotCounted => "Quotes are not counted: KEEP_QUESTIONS_DAYS is 0.".to_owned(),
            Self::Unavailable(reason) => {
                format!("How often they were quoted cannot be read: {reason}")
            }
            Self::Counted { days, .. } => format!(
                "Quotes are those of the last {} in answers that everyone in a channel could see, as far as servers keep them.",
                counted(u64::from(*days), "day")
            ),
        }
    }
}

/// A number of quotes; a dash if it is not known.
pub(crate) fn times(quoted: Option<Quoted>) -> Markup {
    html! { @match quoted { Some(quoted) => (grouped(quoted.times)), None => "–" } }
}

/// When an article was last quoted; `None` if it was not, or if that is not known.
pub(crate) fn last(quoted: Option<Quoted>) -> Option<String> {
    Some(match quoted?.last? {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{} ago", counted(days, "day")),
    })
}
