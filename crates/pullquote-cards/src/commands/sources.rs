//! The sources of a server: their cards, which the list of articles leads to.

use super::about::duration;
use super::managing::{SHOWN, back, gate_form, gate_of, managed, more, taught, who};
use super::teach::not_done;
use super::{ComponentData, refuse};
use crate::locale::FluentValue;
use crate::{
    Addition, Block, Button, ButtonStyle, Card, ComponentId, Effect, FormValues, Locale, OwnSource,
    PreparedSource, Refusal, Request, Response, Run, SelectMenu, SelectOption, SourceEffect,
    SourceKey, SourceKind, SourceOutcome, TeachingError, Tone,
};

/// Handles the buttons and the menu of the cards.
pub(super) fn component(request: &Request, id: ComponentId, data: &ComponentData<'_>) -> Response {
    let effect = match id {
        ComponentId::PickSource => data
            .value()
            .and_then(SourceKey::parse)
            .map(SourceEffect::Open),
        ComponentId::SyncSource { source } => Some(SourceEffect::Sync(source)),
        ComponentId::RemoveSource { source } => Some(SourceEffect::Remove(source)),
        ComponentId::RestoreSource { source, removed_at } => {
            Some(SourceEffect::Restore { source, removed_at })
        }
        ComponentId::GateSource { .. } => return gate_form(request, id),
        _ => None,
    };
    match effect {
        Some(effect) => managed(request, Effect::Source(effect)),
        None => refuse(request, Refusal::UnknownComponent),
    }
}

/// Takes who may see the articles of a source.
pub(crate) fn gate_source(request: &Request, values: &FormValues, source: SourceKey) -> Response {
    let gate = gate_of(values);
    managed(request, Effect::Source(SourceEffect::Gate { source, gate }))
}

/// Shows what came of it.
pub(crate) fn shown(request: &Request, outcome: &Result<SourceOutcome, TeachingError>) -> Response {
    let locale = request.locale;
    match outcome {
        Err(error) => not_done(request, *error),
        Ok(SourceOutcome::Shown(Some(source))) => Response::update(card(locale, source)),
        Ok(SourceOutcome::Gated(Some(source))) => taught(card(locale, source)),
        Ok(
            SourceOutcome::Shown(None)
            | SourceOutcome::Gated(None)
            | SourceOutcome::Removed(_, None),
        ) => refuse(request, Refusal::OwnArticleGone),
        Ok(SourceOutcome::Removed(source, Some(at))) => {
            let undo = ComponentId::RestoreSource {
                source: *source,
                removed_at: *at,
            };
            let undo = Button::new(&locale.text("undo"), ButtonStyle::Primary, undo);
            said(locale, "article-removed", [undo, back(locale)])
        }
        Ok(SourceOutcome::Restored(true)) => said(locale, "article-restored", [back(locale)]),
        Ok(SourceOutcome::Restored(false)) => refuse(request, Refusal::TooLateToUndo),
    }
}

fn said<const N: usize>(locale: Locale, id: &str, buttons: [Button; N]) -> Response {
    let card = Card::new(Tone::Plain).paragraph(&locale.text(id));
    taught(card.buttons(buttons))
}

/// Says what a source is, before it is added.
pub(super) fn introduced(locale: Locale, card: Card, source: &PreparedSource) -> Card {
    let run = titled(locale, source.kind, &source.place);
    let card = card
        .with(Block::Paragraph(run))
        .paragraph(&locale.text("source-daily"));
    let card = match source.kind {
        SourceKind::Forum if source.gate.is_open() => {
            card.paragraph(&locale.text("source-forum-note"))
        }
        SourceKind::Forum => card
            .paragraph(&locale.text("source-forum-private"))
            .with(Block::Paragraph(who(locale, &source.gate))),
        _ => card,
    };
    match source.later {
        0 => card,
        pages => {
            let pages = [("pages", FluentValue::from(pages))];
            card.paragraph(&locale.text_with("source-later", &pages))
        }
    }
}

/// Says that pages of a source that was added are still to be read.
pub(super) fn still_to_read(locale: Locale, card: Card, pages: usize) -> Card {
    if pages == 0 {
        return card;
    }
    let args = [
        ("pages", FluentValue::from(pages)),
        // One a second.
        ("time", FluentValue::from(duration(locale, pages as u64))),
    ];
    card.paragraph(&locale.text_with("source-added-partly", &args))
}

/// The sources of a server, as items of the list of its articles.
pub(super) fn listed(locale: Locale, card: Card, sources: &[OwnSource]) -> Card {
    if sources.is_empty() {
        return card;
    }
    let items = sources.iter().map(|source| {
        let run = titled(locale, source.kind, &source.place);
        Block::Item(run.and(&format!(" · {}", details(locale, source))))
    });
    card.paragraph(&locale.text("sources")).with_all(items)
}

/// The menu to pick a source; `None` without any.
pub(super) fn menu(locale: Locale, sources: &[OwnSource]) -> Option<SelectMenu> {
    let options = sources.iter().filter_map(|source| {
        let key = source.key.to_string();
        let label = match source.kind {
            SourceKind::Forum => locale.text("source-kind-forum"),
            _ => short(&source.place).to_owned(),
        };
        SelectOption::new(&label, &details(locale, source), &key)
    });
    let options = options.collect();
    SelectMenu::new(
        ComponentId::PickSource,
        &locale.text("open-source"),
        options,
    )
}

/// Pages that were read, and all that there are.
fn pages(source: &OwnSource) -> [(&'static str, FluentValue<'static>); 2] {
    let all = source.articles + source.later;
    [
        ("pages", FluentValue::from(source.articles)),
        ("all", FluentValue::from(all)),
    ]
}

fn details(locale: Locale, source: &OwnSource) -> String {
    let id = match source.later {
        0 => "source-pages",
        _ => "source-pages-of",
    };
    let mut details = locale.text_with(id, &pages(source));
    let marks = [
        (!source.gate.is_open(), " · 🔒"),
        (source.failure.is_some(), " · ⚠️"),
        (source.is_syncing, " · ⏳"),
    ];
    details.extend(marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark));
    details
}

/// What is where.
fn titled(locale: Locale, kind: SourceKind, place: &str) -> Run {
    let id = match kind {
        SourceKind::Page => "source-kind-page",
        SourceKind::Sitemap => "source-kind-sitemap",
        SourceKind::Feed => "source-kind-feed",
        SourceKind::Repository => "source-kind-repository",
        SourceKind::Forum => "source-kind-forum",
    };
    let run = Run::default().bold(&locale.text(id)).and(" · ");
    match (kind, place.parse()) {
        (SourceKind::Forum, Ok(channel)) => run.channel(channel),
        _ => run.link(short(place), Some(place)),
    }
}

/// An address without what all have.
fn short(place: &str) -> &str {
    let end = place.trim_start_matches("https://");
    end.trim_start_matches("http://")
}

fn card(locale: Locale, source: &OwnSource) -> Card {
    let mut card = Card::new(Tone::Plain)
        .titled(&locale.text("source"))
        .with(Block::Paragraph(titled(locale, source.kind, &source.place)));
    let [taken, unchanged, skipped, gone] = source.changes.map(FluentValue::from);
    let changes = [
        ("taken", taken),
        ("unchanged", unchanged),
        ("skipped", skipped),
        ("gone", gone),
    ];
    if let Some(failure) = &source.failure {
        let reason = [("reason", FluentValue::from(failure.as_str()))];
        card = card.paragraph(&locale.text_with("source-failed", &reason));
    }
    card = card.paragraph(&match source.later {
        0 => locale.text_with("source-changes", &changes),
        _ => locale.text_with("source-partly", &pages(source)),
    });
    let looked = match source.looked {
        _ if source.is_syncing => locale.text("source-syncing"),
        None => locale.text("source-never"),
        Some(age) => {
            let times = [
                ("age", FluentValue::from(duration(locale, age))),
                ("next", FluentValue::from(duration(locale, source.next))),
            ];
            locale.text_with("source-looked", &times)
        }
    };
    card = card.paragraph(&looked);
    if !source.skipped.is_empty() {
        let items = source.skipped.iter().take(SHOWN).map(|(page, reason)| {
            let run = Run::default().bold(short(page)).and(" · ");
            Block::Item(run.and(reason))
        });
        card = card
            .paragraph(&locale.text("source-skipped"))
            .with_all(items);
        card = more(locale, card, source.skipped.len());
    }
    card = card.with(Block::Small(who(locale, &source.gate)));
    if source.kind == SourceKind::Forum {
        let by = if source.is_gate_chosen {
            "source-forum-chosen"
        } else {
            "source-forum-follows"
        };
        card = card.with(Block::Small(Run::new(&locale.text(by))));
    }
    card.buttons(buttons(locale, source.key))
}

/// What can be done with a source.
fn buttons(locale: Locale, source: SourceKey) -> [Button; 4] {
    let button = |id: &str, style, component| Button::new(&locale.text(id), style, component);
    [
        button(
            "source-sync",
            ButtonStyle::Primary,
            ComponentId::SyncSource { source },
        ),
        button(
            "gate",
            ButtonStyle::Secondary,
            ComponentId::GateSource { source },
        ),
        button(
            "remove",
            ButtonStyle::Secondary,
            ComponentId::RemoveSource { source },
        ),
        back(locale),
    ]
}

/// Takes a forum whose answers are to be quoted.
pub(super) fn forum(request: &Request, forum: Option<u64>, role: Option<u64>) -> Response {
    match forum {
        Some(forum) => managed(request, Effect::Prepare(Addition::Forum { forum, role })),
        None => refuse(request, Refusal::UnknownCommand),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn an_address_is_shown_without_its_scheme() {
        assert_eq!(short("https://a.example/b"), "a.example/b");
        assert_eq!(short("1234"), "1234");
    }
}
