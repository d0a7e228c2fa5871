//! `/knowledge try`: the answer that members with a role would get in a channel, and why it is that one.

use super::managing::managed;
use super::teach::not_done;
use super::{ask, refuse};
use crate::{
    Arguments, Block, Card, Effect, Locale, Refusal, Request, RequestOutcome, Response, Run,
    TeachingError, Viewer, Visibility, nearest_word, word_explained,
};
use pullquote_core::answer::{Answer, Options};
use pullquote_core::engine::Engine;

/// Names of the options.
pub(super) const QUESTION: &str = "question";
pub(super) const ROLE: &str = "role";
pub(super) const CHANNEL: &str = "channel";

/// Asks for the answer.
pub(super) fn run(request: &Request, arguments: &Arguments) -> Response {
    let id = |name: &str| arguments.text(name).map(str::parse::<u64>).transpose();
    let (Some(question), Ok(role), Ok(channel)) = (arguments.text(QUESTION), id(ROLE), id(CHANNEL))
    else {
        return refuse(request, Refusal::UnknownCommand);
    };
    managed(
        request,
        Effect::Try {
            question: question.to_owned(),
            role,
            channel,
        },
    )
}

/// The card of the answer, from the articles that the viewer sees.
pub fn tried(engine: &Engine, request: &Request, question: &str, viewer: &Viewer) -> Card {
    let locale = request.locale;
    let response = ask::answer(engine, request, question, None, Visibility::Ephemeral);
    let answered = response.card().cloned().unwrap_or_default();
    let options = Options {
        explain: true,
        always: true,
        ..Options::default()
    };
    let answer = engine.ask(question, &options);
    let heading = Block::Paragraph(Run::default().bold(&locale.text("tried-why")));
    Card::new(answered.tone())
        .titled(&locale.text("tried"))
        .with_question(question)
        .with(Block::Small(who(locale, viewer)))
        .with_all(answered.blocks().iter().cloned())
        .with(heading)
        .with_all(why(locale, &answer))
}

/// Whose answer it is.
fn who(locale: Locale, viewer: &Viewer) -> Run {
    let run = Run::new(&format!("{}: ", locale.text("tried-role")));
    let run = match viewer.roles.first() {
        Some(role) => run.role(*role),
        None => run.and(&locale.text("tried-no-role")),
    };
    match viewer.channels.first() {
        Some(channel) => run
            .and(&format!(" · {}: ", locale.text("tried-channel")))
            .channel(*channel),
        None => run,
    }
}

/// How the words were understood, how sure the answer is, and the reason for what became of it. In English, as
/// `ask --explain` says it.
fn why(locale: Locale, answer: &Answer) -> Vec<Block> {
    let Some(explanation) = &answer.explanation else {
        return Vec::new();
    };
    let reason = format!("{:.2}: {}", answer.confidence, explanation.reason);
    let alike = answer.quotes.first().map_or(Vec::new(), |quote| {
        quote.nearest_words.iter().map(nearest_word).collect()
    });
    let alike = (!alike.is_empty()).then(|| {
        let words = alike.join(", ");
        format!("{}: {words}", locale.text("tried-words-alike"))
    });
    let words = explanation.words.iter().map(word_explained);
    let lines = [reason].into_iter().chain(alike).chain(words);
    lines.map(|line| Block::Item(Run::new(&line))).collect()
}

/// Shows the answer to the member who tries.
pub(crate) fn shown(request: &Request, outcome: &Result<Box<Card>, TeachingError>) -> Response {
    match outcome {
        Ok(card) => Response::ephemeral((**card).clone(), RequestOutcome::Shown),
        Err(error) => not_done(request, *error),
    }
}
