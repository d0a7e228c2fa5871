//! The weekly digest: a message about the last seven days in the channel that a server has chosen.

use super::insights::details;
use crate::locale::FluentValue;
use crate::{
    Block, Button, ButtonStyle, Card, ComponentId, Locale, OpenQuestion, QuotedArticle, Run, Tone,
};

/// What a digest tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeeklyDigest {
    /// How many questions were asked in these days, and how many of them were answered.
    pub asked: (u64, u64),
    /// The most asked of the questions without an answer.
    pub most_asked: Option<OpenQuestion>,
    /// The article that was quoted most.
    pub most_quoted: Option<QuotedArticle>,
}

impl WeeklyDigest {
    /// Its days.
    pub const DAYS: u16 = 7;

    /// The message.
    ///
    /// ```
    /// use pullquote_cards::{Locale, WeeklyDigest};
    ///
    /// let digest = WeeklyDigest { asked: (9, 7), ..WeeklyDigest::default() };
    /// let card = digest.card(Locale::English);
    /// assert_eq!(card.body(), "- Questions in the last 7 days: 9 · Answered: 7");
    /// ```
    pub fn card(&self, locale: Locale) -> Card {
        let (asked, answered) = self.asked;
        let line = |text: &str, count: u64| {
            let args = [
                ("days", FluentValue::from(Self::DAYS)),
                ("count", FluentValue::from(count)),
            ];
            locale.text_with(text, &args)
        };
        let asked = line("questions-asked", asked);
        let answered = line("questions-answered", answered);
        let item = |label: &str, what: &str, details: &str| {
            let run = Run::new(&locale.text(label)).and(": ").bold(what);
            Block::Item(run.and(" · ").and(details))
        };
        let most_asked = self.most_asked.as_ref().map(|question| {
            let details = details(locale, question);
            item("weekly-most-asked", question.wording(), &details)
        });
        let most_quoted = self.most_quoted.as_ref().map(|article| {
            let count = format!("{}×", article.count);
            item("most-quoted", &article.title, &count)
        });
        let open = Button::new(
            &locale.text("questions"),
            ButtonStyle::Secondary,
            ComponentId::Insights,
        );
        Card::new(Tone::Plain)
            .titled(&locale.text("setting-digest"))
            .with(Block::Item(Run::new(&format!("{asked} · {answered}"))))
            .with_all(most_asked)
            .with_all(most_quoted)
            .buttons([open])
    }
}
