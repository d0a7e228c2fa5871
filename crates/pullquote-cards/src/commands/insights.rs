//! `/insights`: for members who manage the server, what was asked and not answered, and which passages mislead.

use super::parts::{button, pager};
use super::quotes::{back, quotes, to_quotes};
use super::teach::{form, not_done};
use super::{Command, ComponentData, managing, refuse};
use crate::insights::{
    Activity, ExportFormat, InsightsEffect, InsightsOutcome, PinEffect, QuestionPage,
};
use crate::keys::QuestionKey;
use crate::locale::FluentValue;
use crate::{
    Access, Action, Arguments, Block, Button, ButtonStyle, Card, CommandKind, ComponentId,
    Definition, Effect, Locale, Nearest, OpenQuestion, PassageKey, PinnedQuestion, RatedPassage,
    Refusal, Request, RequestOutcome, Response, Run, SelectMenu, SelectOption, TeachingError, Tone,
};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "insights",
        id: "command-insights",
        kind: CommandKind::Slash,
        access: Access::Manager,
        options: &[],
    },
    run,
};

/// Wordings of a question that its card shows.
const WORDINGS: usize = 6;
/// Misleading passages that are shown.
const PASSAGES: usize = 10;

fn run(_: &Engine, request: &Request, _: &Arguments) -> Response {
    list(request, 0)
}

/// Handles the buttons and the menu of the cards.
pub(super) fn component(request: &Request, id: ComponentId, data: &ComponentData<'_>) -> Response {
    let effect = match id {
        ComponentId::Questions { page } => return list(request, page),
        ComponentId::Insights => return list(request, 0),
        ComponentId::WriteAnswer { question } => return write(request, question, data.question),
        ComponentId::PickUnanswered => match data.value().and_then(QuestionKey::parse) {
            Some(question) => InsightsEffect::Open(question),
            None => return refuse(request, Refusal::UnknownComponent),
        },
        ComponentId::DismissQuestion { question } => InsightsEffect::Dismiss(question),
        ComponentId::ReopenQuestion { question } => InsightsEffect::Reopen(question),
        ComponentId::Misleading => InsightsEffect::Misleading,
        ComponentId::Quotes(view) => InsightsEffect::Quotes(view),
        ComponentId::ExportQuestions { format } => InsightsEffect::Export(format),
        _ => return pins(request, id, data),
    };
    managed(request, effect)
}

/// Handles those about answers that were chosen.
fn pins(request: &Request, id: ComponentId, data: &ComponentData<'_>) -> Response {
    let picked = data.value().unwrap_or_default();
    let question = data.question.to_owned();
    let effect = match id {
        ComponentId::PinPassage | ComponentId::Unpin if question.is_empty() => {
            return refuse(request, Refusal::QuestionGone);
        }
        ComponentId::PinPassage => {
            PassageKey::parse(picked).map(|passage| PinEffect::Pin { question, passage })
        }
        ComponentId::Unpin => Some(PinEffect::Unpin { question }),
        ComponentId::PinnedAnswers { page } => Some(PinEffect::List { page: page.into() }),
        ComponentId::PickPinned => QuestionKey::parse(picked).map(PinEffect::Open),
        _ => None,
    };
    match effect {
        Some(effect) => managed(request, InsightsEffect::Pins(effect)),
        None => refuse(request, Refusal::UnknownComponent),
    }
}

/// Asks for a page of the questions.
fn list(request: &Request, page: u16) -> Response {
    managed(request, InsightsEffect::List { page: page.into() })
}

/// Asks for what needs no more than the permission.
fn managed(request: &Request, effect: InsightsEffect) -> Response {
    managing::managed(request, Effect::Insights(effect))
}

/// Opens the form for an article, with the question that the message shows as its title.
fn write(request: &Request, question: QuestionKey, wording: &str) -> Response {
    if !request.context.manages_server {
        return refuse(request, Refusal::NotManager);
    }
    form(request, ComponentId::WriteAnswer { question }, wording, "")
}

/// Shows what came of it.
pub(crate) fn shown(
    request: &Request,
    outcome: &Result<InsightsOutcome, TeachingError>,
) -> Response {
    let locale = request.locale;
    match outcome {
        Err(error) => not_done(request, *error),
        Ok(InsightsOutcome::Listed(page)) => {
            let card = page_of(locale, page);
            if replaces_message(&request.action) {
                Response::update(card)
            } else {
                Response::ephemeral(card, RequestOutcome::Shown)
            }
        }
        Ok(InsightsOutcome::Opened(Some(question))) => Response::update(card_of(locale, question)),
        Ok(InsightsOutcome::Opened(None) | InsightsOutcome::PinnedOpened(None)) => {
            refuse(request, Refusal::UnansweredGone)
        }
        Ok(InsightsOutcome::Dismissed(question)) => {
            let undo = ComponentId::ReopenQuestion {
                question: *question,
            };
            let undo = Button::new(&locale.text("undo"), ButtonStyle::Primary, undo);
            said(locale, "question-dismissed", [undo, back(locale)])
        }
        Ok(InsightsOutcome::Reopened) => said(locale, "question-reopened", [back(locale)]),
        Ok(InsightsOutcome::Misleading(passages)) => Response::update(misleading(locale, passages)),
        Ok(InsightsOutcome::Quotes(page)) => Response::update(quotes(locale, page.as_ref())),
        Ok(InsightsOutcome::Pinned(Some(pinned)) | InsightsOutcome::PinnedOpened(Some(pinned))) => {
            Response::update(pinned_card(locale, pinned))
        }
        Ok(InsightsOutcome::Pinned(None)) => refuse(request, Refusal::ArticleChanged),
        Ok(InsightsOutcome::Unpinned(question)) => {
            let card = Card::new(Tone::Plain).with_question(question);
            let card = card.paragraph(&locale.text("answer-unchosen"));
            Response::update(card.buttons([to_pinned(locale)]))
        }
        Ok(InsightsOutcome::PinnedListed {
            page,
            pages,
            questions,
        }) => Response::update(pinned_page(locale, *page, *pages, questions)),
        Ok(InsightsOutcome::Exported(format, content)) => {
            let ending = match format {
                ExportFormat::Markdown => "md",
                ExportFormat::Csv => "csv",
            };
            let card = Card::new(Tone::Plain)
                .paragraph(&locale.text("questions-file"))
                .file_as("questions", ending, content);
            Response::ephemeral(card, RequestOutcome::Shown)
        }
    }
}

/// Whether the list takes the place of the message: not of the digest, which everyone sees.
fn replaces_message(action: &Action) -> bool {
    match action {
        Action::Component { custom_id, .. } => {
            ComponentId::parse(custom_id) != Some(ComponentId::Insights)
        }
        _ => false,
    }
}

fn page_of(locale: Locale, page: &QuestionPage) -> Card {
    let card = Card::new(Tone::Plain).titled(&locale.text("questions"));
    let card = match &page.activity {
        Some(activity) => with_activity(locale, card, activity),
        None => card,
    };
    let misleading = button(locale, "misleading", ComponentId::Misleading);
    let lists = [misleading, to_quotes(locale), to_pinned(locale)];
    let args = [("count", FluentValue::from(page.hidden))];
    let hidden = (page.hidden > 0).then(|| locale.text_with("questions-of-one", &args));
    if page.questions.is_empty() {
        let none = hidden.unwrap_or_else(|| locale.text("no-questions"));
        return card.paragraph(&none).buttons(lists);
    }
    let details = |question: &OpenQuestion| details(locale, question);
    let items = page.questions.iter().map(|question| {
        let run = Run::default().bold(question.wording()).and(" · ");
        Block::Item(run.and(&details(question)))
    });
    let mut card = card.with_all(items).small(&hidden.unwrap_or_default());
    let id = |page| ComponentId::Questions { page };
    let (mut buttons, line) = pager(locale, page.page, page.pages, id);
    if let Some(line) = line {
        card = card.small(&line);
    }
    let options = page.questions.iter().filter_map(|question| {
        let key = question.key.to_string();
        SelectOption::new(question.wording(), &details(question), &key)
    });
    let placeholder = locale.text("open-question");
    let menu = SelectMenu::new(ComponentId::PickUnanswered, &placeholder, options.collect());
    buttons.extend(lists);
    buttons.extend([ExportFormat::Markdown, ExportFormat::Csv].map(|format| {
        let kind = match format {
            ExportFormat::Markdown => "Markdown",
            ExportFormat::Csv => "CSV",
        };
        let label = format!("{} ({kind})", locale.text("export"));
        let id = ComponentId::ExportQuestions { format };
        Button::new(&label, ButtonStyle::Secondary, id)
    }));
    card.select(menu).buttons(buttons)
}

/// How many questions were asked and answered: in words, which are the legend of a picture, and by day in the picture.
fn with_activity(locale: Locale, card: Card, activity: &Activity) -> Card {
    let number = |label: &str, count: u64| {
        let args = [
            ("count", FluentValue::from(count)),
            ("days", FluentValue::from(activity.days)),
        ];
        locale.text_with(label, &args)
    };
    let open = activity.asked.saturating_sub(activity.answered);
    let lines = [
        number("questions-asked", activity.asked),
        format!(
            "🟦 {} · 🟨 {}",
            number("questions-answered", activity.answered),
            number("questions-unanswered", open)
        ),
    ];
    let args = [
        ("first", FluentValue::from(activity.first.as_str())),
        ("last", FluentValue::from(activity.last.as_str())),
        ("asked", FluentValue::from(activity.asked)),
        ("answered", FluentValue::from(activity.answered)),
        ("most", FluentValue::from(activity.most)),
    ];
    let description = locale.text_with("questions-picture", &args);
    card.paragraph(&lines.join("\n"))
        .picture("questions", &activity.picture, &description)
}

pub(super) fn details(locale: Locale, question: &OpenQuestion) -> String {
    let args = [
        ("count", FluentValue::from(question.count)),
        ("date", FluentValue::from(question.last.as_str())),
    ];
    let asked = locale.text_with("question-details", &args);
    match question.nearest.first() {
        Some(Nearest { place, .. }) => format!("{asked} · {place}"),
        None => asked,
    }
}

fn card_of(locale: Locale, question: &OpenQuestion) -> Card {
    let key = question.key;
    let mut card = Card::new(Tone::Unsure).with_question(question.wording());
    if let Some(others) = question.wordings.get(1..).filter(|it| !it.is_empty()) {
        let items = others.iter().take(WORDINGS);
        card = card
            .paragraph(&locale.text("question-wordings"))
            .with_all(items.map(|other| Block::Item(Run::new(other))));
    }
    if let Some(near) = question.nearest.first() {
        let label = if near.answers {
            "question-answered-now"
        } else {
            "question-nearest"
        };
        card = card
            .paragraph(&locale.text(label))
            .with(Block::Quote(Run::new(&near.text)))
            .with(Block::Source(Run::new(&near.place)));
    }
    let unplaced = OpenQuestion {
        nearest: Vec::new(),
        ..question.clone()
    };
    let write = ComponentId::WriteAnswer { question: key };
    let write = Button::new(&locale.text("write-answer"), ButtonStyle::Primary, write);
    let dismiss = ComponentId::DismissQuestion { question: key };
    let passages = question
        .nearest
        .iter()
        .filter_map(|near| SelectOption::new(&near.text, &near.place, &near.passage.to_string()));
    let card = card.small(&details(locale, &unplaced));
    card.select(pin_menu(locale, passages.collect())).buttons([
        write,
        button(locale, "not-for-us", dismiss),
        back(locale),
    ])
}

fn misleading(locale: Locale, passages: &[RatedPassage]) -> Card {
    let card = Card::new(Tone::Plain)
        .titled(&locale.text("misleading"))
        .buttons([back(locale)]);
    if passages.is_empty() {
        return card.paragraph(&locale.text("no-misleading"));
    }
    card.with_all(passages.iter().take(PASSAGES).map(|passage| {
        let votes = format!("👎 {} · 👍 {} · ", passage.not_helpful, passage.helpful);
        let run = Run::new(&votes).bold(&passage.place);
        Block::Item(run.and(": ").and(&passage.text))
    }))
}

/// The menu of passages, one of which becomes the answer to the question that the message shows.
pub(super) fn pin_menu(locale: Locale, passages: Vec<SelectOption>) -> Option<SelectMenu> {
    SelectMenu::new(
        ComponentId::PinPassage,
        &locale.text("choose-answer"),
        passages,
    )
}

/// A question and the passage that was chosen to answer it.
fn pinned_card(locale: Locale, pinned: &PinnedQuestion) -> Card {
    let card = Card::new(Tone::Plain).with_question(&pinned.question);
    let card = match &pinned.passage {
        Some((place, text)) => card
            .paragraph(&locale.text("answer-chosen"))
            .with(Block::Quote(Run::new(text)))
            .with(Block::Source(Run::new(place))),
        None => card.paragraph(&locale.text("chosen-answer-gone")),
    };
    let unpin = button(locale, "unchoose-answer", ComponentId::Unpin);
    card.buttons([unpin, to_pinned(locale), back(locale)])
}

fn pinned_page(locale: Locale, page: usize, pages: usize, questions: &[PinnedQuestion]) -> Card {
    let card = Card::new(Tone::Plain).titled(&locale.text("chosen-answers"));
    if questions.is_empty() {
        let none = card.paragraph(&locale.text("no-chosen-answers"));
        return none.buttons([back(locale)]);
    }
    let gone = locale.text("chosen-answer-gone");
    let place = |pinned: &PinnedQuestion| match &pinned.passage {
        Some((place, _)) => place.clone(),
        None => gone.clone(),
    };
    let items = questions.iter().map(|pinned| {
        let run = Run::default().bold(&pinned.question).and(" · ");
        Block::Item(run.and(&place(pinned)))
    });
    let id = |page| ComponentId::PinnedAnswers { page };
    let (mut buttons, line) = pager(locale, page, pages, id);
    buttons.push(back(locale));
    let options = questions.iter().filter_map(|pinned| {
        let key = QuestionKey::of(&pinned.question).to_string();
        SelectOption::new(&pinned.question, &place(pinned), &key)
    });
    let placeholder = locale.text("open-question");
    let menu = SelectMenu::new(ComponentId::PickPinned, &placeholder, options.collect());
    let card = card.with_all(items).small(&line.unwrap_or_default());
    card.select(menu).buttons(buttons)
}

/// The button to the answers that were chosen.
fn to_pinned(locale: Locale) -> Button {
    button(
        locale,
        "chosen-answers",
        ComponentId::PinnedAnswers { page: 0 },
    )
}

fn said(locale: Locale, text: &str, buttons: impl IntoIterator<Item = Button>) -> Response {
    let card = Card::new(Tone::Plain).paragraph(&locale.text(text));
    Response::update(card.buttons(buttons))
}
