//! Interactions: slash and message commands, components, and options that are being typed.

use pullquote_cards::{
    Action, Argument, Arguments, Card, ChannelKind, Locale, MESSAGE, Request, Status,
};
use serenity::all::{
    CommandData, CommandDataOptionValue, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, GuildId, Interaction, InteractionContext, Message,
    ResolvedTarget,
};

/// What the bot keeps of an interaction.
#[derive(Debug)]
pub(crate) struct IncomingInteraction {
    pub(crate) id: u64,
    /// Authorises whoever has it to answer: never log it.
    pub(crate) token: String,
    pub(crate) channel: u64,
    /// `None` in direct messages and groups.
    pub(crate) server: Option<u64>,
    pub(crate) member: u64,
    /// The member's language.
    locale: Locale,
    channel_kind: ChannelKind,
    pub(crate) action: Action,
}

impl IncomingInteraction {
    /// `None` for kinds that the bot does not use, such as modals.
    pub(crate) fn new(interaction: &Interaction) -> Option<Self> {
        let (action, context, locale, user, channel, server) = match interaction {
            Interaction::Command(it) => (
                command(it),
                it.context,
                &it.locale,
                it.user.id,
                it.channel_id,
                it.guild_id,
            ),
            Interaction::Autocomplete(it) => (
                autocomplete(&it.data)?,
                it.context,
                &it.locale,
                it.user.id,
                it.channel_id,
                it.guild_id,
            ),
            Interaction::Component(it) => (
                component(it),
                it.context,
                &it.locale,
                it.user.id,
                it.channel_id,
                it.guild_id,
            ),
            _ => return None,
        };
        Some(Self {
            id: interaction.id().get(),
            token: interaction.token().to_owned(),
            channel: channel.get(),
            server: server.map(GuildId::get),
            member: user.get(),
            locale: Locale::from_code(locale),
            channel_kind: channel_kind(context, server),
            action,
        })
    }

    /// The request in it, for the table of commands.
    pub(crate) fn request(&self, status: Status) -> Request {
        Request {
            action: self.action.clone(),
            locale: self.locale,
            channel: self.channel_kind,
            member: self.member,
            status,
        }
    }
}

/// Where Discord sends no context, the server id decides.
fn channel_kind(context: Option<InteractionContext>, server: Option<GuildId>) -> ChannelKind {
    match context {
        Some(InteractionContext::BotDm) => ChannelKind::DirectMessage,
        Some(InteractionContext::PrivateChannel) => ChannelKind::PrivateChannel,
        Some(InteractionContext::Guild) => ChannelKind::Server,
        _ if server.is_some() => ChannelKind::Server,
        _ => ChannelKind::DirectMessage,
    }
}

fn command(it: &CommandInteraction) -> Action {
    let mut arguments = arguments(&it.data);
    if let Some(ResolvedTarget::Message(message)) = it.data.target() {
        arguments = arguments.with_text(MESSAGE, &message_text(message));
    }
    Action::Command {
        name: it.data.name.clone(),
        arguments,
    }
}

/// The content of a message or, where that is blank, the title and description of its first embed.
fn message_text(message: &Message) -> String {
    if !message.content.trim().is_empty() {
        return message.content.clone();
    }
    let embed = message.embeds.first();
    let parts = embed.map(|embed| [embed.title.as_deref(), embed.description.as_deref()]);
    let parts: Vec<&str> = parts.into_iter().flatten().flatten().collect();
    parts.join("\n")
}

fn arguments(data: &CommandData) -> Arguments {
    let options = data.options.iter();
    options.fold(Arguments::default(), |arguments, option| {
        match &option.value {
            CommandDataOptionValue::String(text) => arguments.with_text(&option.name, text),
            CommandDataOptionValue::Boolean(flag) => {
                arguments.with(&option.name, Argument::Boolean(*flag))
            }
            // No command has options of other types.
            _ => arguments,
        }
    })
}

/// `None` if Discord marks no option as the one being typed.
fn autocomplete(data: &CommandData) -> Option<Action> {
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
