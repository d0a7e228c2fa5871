//! What kind of reply an answer is, and how certain: decided here once, shown alike by every interface.

use crate::query::Intent;

/// What kind of reply an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The first quote answers.
    Quoted,
    /// Near misses: "did you mean".
    Suggested,
    /// The articles contain no answer.
    Unknown,
    /// A fact about an article, or its gist: asked about the articles themselves.
    About,
    /// Nothing was asked: a greeting, thanks, small talk.
    Greeting,
    /// The help was asked for.
    Help,
}

impl Outcome {
    /// The outcome for a message that wants `intent`, where the articles by themselves would give `found`. Small talk is
    /// answered like anything else where the articles contain an answer, but with near misses only if it names their section.
    pub(super) fn of(intent: Intent, found: Self, names_section: bool) -> Self {
        match intent {
            Intent::Greeting => Self::Greeting,
            Intent::Help => Self::Help,
            Intent::SmallTalk if found != Self::Quoted && !names_section => Self::Greeting,
            Intent::SmallTalk | Intent::Answer => found,
        }
    }

    /// Whether the articles were asked anything.
    pub(crate) fn is_about_articles(self) -> bool {
        !matches!(self, Self::Greeting | Self::Help)
    }
}

/// How certain a quoted answer is, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Confidence below [`Certainty::LIKELY_AT`].
    Possible,
    /// Confidence from [`Certainty::LIKELY_AT`] on.
    Likely,
    /// Confidence from [`Certainty::VERY_LIKELY_AT`] on.
    VeryLikely,
}

impl Certainty {
    /// The confidence from which an answer is likely right.
    pub const LIKELY_AT: f32 = 0.6;
    /// The confidence from which an answer is very likely right.
    pub const VERY_LIKELY_AT: f32 = 0.8;

    /// The level of a confidence from 0 to 1.
    pub fn of(confidence: f32) -> Self {
        match confidence {
            high if high >= Self::VERY_LIKELY_AT => Self::VeryLikely,
            middle if middle >= Self::LIKELY_AT => Self::Likely,
            _ => Self::Possible,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_begin_at_their_thresholds() {
        for (confidence, expected) in [
            (0.25, Certainty::Possible),
            (0.6, Certainty::Likely),
            (0.79, Certainty::Likely),
            (0.8, Certainty::VeryLikely),
            (1.0, Certainty::VeryLikely),
        ] {
            assert_eq!(Certainty::of(confidence), expected, "{confidence}");
        }
    }

    #[test]
    fn only_questions_are_looked_up() {
        assert_eq!(
            Outcome::of(Intent::Greeting, Outcome::Unknown, false),
            Outcome::Greeting
        );
        assert_eq!(
            Outcome::of(Intent::Help, Outcome::Unknown, false),
            Outcome::Help
        );
        assert_eq!(
            Outcome::of(Intent::SmallTalk, Outcome::Unknown, false),
            Outcome::Greeting
        );
        assert_eq!(
            Outcome::of(Intent::Answer, Outcome::Unknown, false),
            Outcome::Unknown
        );
    }
}
