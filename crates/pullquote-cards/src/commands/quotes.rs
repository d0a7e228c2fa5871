//! The lists of `/insights` with the articles that were quoted most, and those that were not.

use super::parts::{button, pager};
use crate::locale::FluentValue;
use crate::quotes::{PERIODS, QuotesList, QuotesPage, QuotesView};
use crate::{Block, Button, ButtonStyle, Card, ComponentId, Locale, QuotedArticle, Run, Tone};

/// The button to the list of questions.
pub(super) fn back(locale: Locale) -> Button {
    button(locale, "questions", ComponentId::Questions { page: 0 })
}

/// The button to the articles that were quoted most in the last 30 days.
pub(super) fn to_quotes(locale: Locale) -> Button {
    to_list(locale, QuotesList::Most, 30)
}

fn to_list(locale: Locale, list: QuotesList, days: u16) -> Button {
    let page = 0;
    let id = ComponentId::Quotes(QuotesView { list, days, page });
    button(locale, name(list), id)
}

/// The id of a list's name.
fn name(list: QuotesList) -> &'static str {
    match list {
        QuotesList::Most => "most-quoted",
        QuotesList::Not => "not-quoted",
    }
}

/// A page of a list; `None` if no quote was counted yet.
pub(super) fn quotes(locale: Locale, page: Option<&QuotesPage>) -> Card {
    let card = Card::new(Tone::Plain);
    let Some(page) = page else {
        let none = card.titled(&locale.text("most-quoted"));
        let none = none.paragraph(&locale.text("no-quotes-counted"));
        return none.buttons([back(locale)]);
    };
    let view = page.view;
    let (quoted, articles) = page.quoted;
    let args = [
        ("days", FluentValue::from(view.days)),
        ("quoted", FluentValue::from(quoted)),
        ("articles", FluentValue::from(articles)),
    ];
    let card = card
        .titled(&locale.text(name(view.list)))
        .paragraph(&locale.text_with("quotes-summary", &args))
        .with_all(items(locale, page));
    let card = match &page.since {
        Some(date) => {
            let args = [("date", FluentValue::from(date.as_str()))];
            card.small(&locale.text_with("quotes-since", &args))
        }
        None => card,
    };
    let id = |page| ComponentId::Quotes(QuotesView { page, ..view });
    let (mut buttons, line) = pager(locale, view.page.into(), page.pages, id);
    buttons.push(match view.list {
        QuotesList::Most => to_list(locale, QuotesList::Not, view.days),
        QuotesList::Not => to_list(locale, QuotesList::Most, view.days),
    });
    let others = PERIODS.into_iter().filter(|days| *days != view.days);
    buttons.extend(others.map(|days| {
        let id = ComponentId::Quotes(QuotesView {
            days,
            page: 0,
            ..view
        });
        let args = [("days", FluentValue::from(days))];
        let label = locale.text_with("setting-days-count", &args);
        Button::new(&label, ButtonStyle::Secondary, id)
    }));
    buttons.push(back(locale));
    card.small(&line.unwrap_or_default()).buttons(buttons)
}

fn items(locale: Locale, page: &QuotesPage) -> Vec<Block> {
    if page.articles.is_empty() {
        let none = match page.view.list {
            QuotesList::Most => "no-quotes",
            QuotesList::Not => "all-quoted",
        };
        return vec![Block::Paragraph(Run::new(&locale.text(none)))];
    }
    let item = |article: &QuotedArticle| {
        let mut run = Run::default().bold(&article.title);
        if article.count > 0 {
            run = run.and(&format!(" · {}×", article.count));
        }
        if article.is_shared {
            run = run.and(&format!(" · {}", locale.text("article-shared")));
        }
        Block::Item(run)
    };
    page.articles.iter().map(item).collect()
}
