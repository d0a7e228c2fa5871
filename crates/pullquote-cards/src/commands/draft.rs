//! What was understood of an addition to the articles of the server: shown before it answers, confirmed or dropped.

use super::about::duration;
use super::managing::{SHOWN, back, more, taught};
use super::teach::not_done;
use super::{refuse, sources};
use crate::locale::FluentValue;
use crate::{
    Block, Button, ButtonStyle, Card, ComponentId, Confirmed, DraftKey, FileProblem, Locale,
    Prepared, PreparedArticle, Refusal, Request, RequestOutcome, Response, Run, TeachingError,
    Tone,
};

/// Warnings that a card shows of an article.
const WARNINGS: usize = 3;

/// Shows what was understood, with buttons to add or to drop it.
pub(crate) fn prepared(request: &Request, outcome: &Result<Prepared, TeachingError>) -> Response {
    match outcome {
        Ok(prepared) => Response::ephemeral(card(request.locale, prepared), RequestOutcome::Shown),
        Err(error) => not_done(request, *error),
    }
}

/// Says that what was confirmed answers now, or shows how it looks by now.
pub(crate) fn confirmed(request: &Request, outcome: &Result<Confirmed, TeachingError>) -> Response {
    let locale = request.locale;
    match outcome {
        Ok(Confirmed::Added { later }) => {
            let card = said(locale, "draft-added", Tone::Sure);
            taught(sources::still_to_read(locale, card, *later))
        }
        Ok(Confirmed::Changed(prepared)) => {
            let card = card(locale, prepared);
            Response::update(card.paragraph(&locale.text("draft-changed")))
        }
        Ok(Confirmed::Gone) => refuse(request, Refusal::DraftGone),
        Err(error) => not_done(request, *error),
    }
}

/// Says that nothing was added.
pub(crate) fn discarded(request: &Request, outcome: Result<bool, TeachingError>) -> Response {
    match outcome {
        Ok(true) => Response::update(said(request.locale, "draft-discarded", Tone::Plain)),
        Ok(false) => refuse(request, Refusal::DraftGone),
        Err(error) => not_done(request, error),
    }
}

fn said(locale: Locale, id: &str, tone: Tone) -> Card {
    let card = Card::new(tone).paragraph(&locale.text(id));
    card.buttons([back(locale)])
}

fn card(locale: Locale, prepared: &Prepared) -> Card {
    let Prepared {
        draft,
        articles,
        left_out,
        sample,
        source,
    } = prepared;
    let title = match draft {
        Some(_) => "draft-title",
        None => "draft-nothing",
    };
    let mut card = Card::new(Tone::Plain).titled(&locale.text(title));
    if let Some(source) = source {
        card = sources::introduced(locale, card, source);
    }
    let mut card = articles
        .iter()
        .take(SHOWN)
        .fold(card, |card, article| described(locale, card, article));
    card = more(locale, card, articles.len());
    let refused = left_out.iter().take(SHOWN).map(|(name, problem)| {
        let run = Run::default().bold(name).and(" · ");
        Block::Item(run.and(&reason(locale, problem)))
    });
    if !left_out.is_empty() {
        card = card
            .paragraph(&locale.text("draft-left-out"))
            .with_all(refused);
        card = more(locale, card, left_out.len());
    }
    if let Some(first) = articles.first() {
        card = sampled(locale, card, &first.title, sample.clone());
    }
    card.buttons(
        draft
            .iter()
            .flat_map(|&draft| buttons(locale, draft, articles)),
    )
}

fn described(locale: Locale, card: Card, article: &PreparedArticle) -> Card {
    let passages = [("passages", FluentValue::from(article.passages))];
    let passages = locale.text_with("draft-passages", &passages);
    let run = Run::default().bold(&article.title).and(" · ");
    let mut card = card.with(Block::Item(
        run.and(&format!("{} · {passages}", article.path)),
    ));
    if let Some(replaced) = article.replaces {
        let args = [
            ("age", FluentValue::from(duration(locale, replaced.age))),
            ("new", FluentValue::from(replaced.new)),
            ("gone", FluentValue::from(replaced.gone)),
        ];
        card = card.small(&locale.text_with("draft-replaces", &args));
    }
    if article.dropped > 0 {
        let parts = [("parts", FluentValue::from(article.dropped))];
        card = card.small(&locale.text_with("draft-dropped", &parts));
    }
    let warnings = article.warnings.iter().take(WARNINGS);
    warnings.fold(card, |card, warning| card.small(warning))
}

fn sampled(locale: Locale, card: Card, title: &str, sample: Option<Run>) -> Card {
    let title = [("title", FluentValue::from(title))];
    match sample {
        Some(sample) => card
            .paragraph(&locale.text_with("article-sample", &title))
            .with(Block::Quote(sample)),
        None => card.paragraph(&locale.text_with("article-no-sample", &title)),
    }
}

fn buttons(locale: Locale, draft: DraftKey, articles: &[PreparedArticle]) -> [Button; 2] {
    let all_replace = articles.iter().all(|article| article.replaces.is_some());
    let add = if all_replace {
        "draft-replace"
    } else {
        "draft-add"
    };
    let confirm = ComponentId::ConfirmDraft { draft };
    let discard = ComponentId::DiscardDraft { draft };
    [
        Button::new(&locale.text(add), ButtonStyle::Primary, confirm),
        Button::new(&locale.text("cancel"), ButtonStyle::Secondary, discard),
    ]
}

/// Why a file is left out.
fn reason(locale: Locale, problem: &FileProblem) -> String {
    let id = match problem {
        FileProblem::TooLarge(bytes) => {
            let limit = [("limit", FluentValue::from(bytes >> 20))];
            return locale.text_with("file-too-large", &limit);
        }
        FileProblem::Unreadable(message) => return message.clone(),
        FileProblem::Format => "file-format",
        FileProblem::Damaged => "file-damaged",
        FileProblem::TooMuch => "file-too-much",
        FileProblem::Gone => "file-gone",
        FileProblem::Unreachable => "file-unreachable",
        FileProblem::Address => "file-address",
    };
    locale.text(id)
}
