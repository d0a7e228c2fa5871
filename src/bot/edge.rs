//! From serenity's types to a [`Request`]: what a member did, in the bot's own words.

use super::limits::Source;
use pullquote_cards::{
    Action, Argument, Arguments, Card, ChannelKind, Locale, MESSAGE, Request, Status,
};
use serenity::all::{
    CommandData, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Interaction, InteractionContext, Message, ResolvedTarget,
};

/// An interaction as the bot sees it; `None` for kinds that it never asked for.
pub(super) fn interaction(interaction: &Interaction, status: Status) -> Option<(Request, Source)> {
    let (action, context, locale, user, server) = match interaction {
        Interaction::Command(it) => (command(it), it.context, &it.locale, it.user.id, it.guild_id),
        Interaction::Autocomplete(it) => (
            typing(&it.data)?,
            it.context,
            &it.locale,
            it.user.id,
            it.guild_id,
        ),
        Interaction::Component(it) => (
            component(it),
            it.context,
            &it.locale,
            it.user.id,
            it.guild_id,
        ),
        _ => return None,
    };
    let channel = match context {
        Some(InteractionContext::BotDm) => ChannelKind::DirectMessage,
        Some(InteractionContext::PrivateChannel) => ChannelKind::PrivateChannel,
        Some(InteractionContext::Guild) => ChannelKind::Server,
        _ if server.is_some() => ChannelKind::Server,
        _ => ChannelKind::DirectMessage,
    };
    let source = Source {
        member: user.get(),
        server: server.map(serenity::all::GuildId::get),
        typing: matches!(action, Action::Autocomplete { .. }),
    };
    let request = Request {
        action,
        locale: Locale::from_code(locale),
        channel,
        member: user.get(),
        status,
    };
    Some((request, source))
}

fn command(it: &CommandInteraction) -> Action {
    let mut arguments = arguments(&it.data);
    if let Some(ResolvedTarget::Message(message)) = it.data.target() {
        arguments = arguments.with_text(MESSAGE, &words(message));
    }
    Action::Command {
        name: it.data.name.clone(),
        arguments,
    }
}

/// What a message says: its text, or else that of its first embed.
fn words(message: &Message) -> String {
    if !message.content.trim().is_empty() {
        return message.content.clone();
    }
    let embed = message.embeds.first();
    let parts = embed.map(|embed| [embed.title.as_deref(), embed.description.as_deref()]);
    let parts: Vec<&str> = parts.into_iter().flatten().flatten().collect();
    parts.join("\n")
}

fn arguments(data: &CommandData) -> Arguments {
    let given = data.options.iter();
    given.fold(Arguments::default(), |arguments, option| {
        match &option.value {
            CommandDataOptionValue::String(text) => arguments.with_text(&option.name, text),
            CommandDataOptionValue::Boolean(flag) => {
                arguments.with(&option.name, Argument::Boolean(*flag))
            }
            // The table has no options of other types.
            _ => arguments,
        }
    })
}

fn typing(data: &CommandData) -> Option<Action> {
    let option = data.autocomplete()?;
    Some(Action::Autocomplete {
        command: data.name.clone(),
        option: option.name.to_owned(),
        typed: option.value.to_owned(),
        arguments: arguments(data),
    })
}

fn component(it: &ComponentInteraction) -> Action {
    let values = match &it.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    let embed = it.message.embeds.first();
    let footer = embed.and_then(|embed| Some(embed.footer.as_ref()?.text.clone()));
    let author = embed.and_then(|embed| Some(embed.author.as_ref()?.name.clone()));
    Action::Component {
        custom_id: it.data.custom_id.clone(),
        values,
        question: footer
            .or(author)
            .or_else(|| Card::question_in(&it.message.content)),
    }
}

/// What the log calls a request: its kind, and the name of the command or control. Nothing that a member
/// wrote: even a command's name may be made up.
pub(super) fn log_name(action: &Action) -> (&'static str, &str) {
    use pullquote_cards::commands::find;
    let known = |name: &str| find(name).map_or("unknown", |command| command.definition.name);
    match action {
        Action::Command { name, .. } => ("command", known(name)),
        Action::Question { .. } => ("message", "question"),
        Action::Component { custom_id, .. } => ("control", control(custom_id)),
        Action::Autocomplete { command, .. } => ("typing", known(command)),
    }
}

/// The first part of a `custom_id` of ours.
fn control(custom_id: &str) -> &str {
    match pullquote_cards::ComponentId::parse(custom_id) {
        Some(_) => custom_id.split(':').next().unwrap_or_default(),
        None => "unknown",
    }
}

/// What was typed, for the log at debug.
pub(super) fn log_words(action: &Action) -> &str {
    match action {
        Action::Command { arguments, .. } => ["question", "keywords", "name", MESSAGE]
            .iter()
            .find_map(|option| arguments.text(option))
            .unwrap_or_default(),
        Action::Question { text, .. } => text,
        Action::Component { question, .. } => question.as_deref().unwrap_or_default(),
        Action::Autocomplete { typed, .. } => typed,
    }
}
