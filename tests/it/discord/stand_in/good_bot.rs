//! A bot of a few lines on serenity, as the real one is built: what serenity cannot read, no bot could answer.

use super::bad_bot::commands;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, BOT, FORUM_POST, GENERAL, GROUP, MENTION, Options, PATIENCE, StandIn,
    TOKEN, WEBHOOK, intent,
};
use serde_json::json;
use serenity::all::{
    Builder, ClientBuilder, Command, CommandId, Context, CreateActionRow, CreateAllowedMentions,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateEmbed,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, Event,
    GatewayIntents, HttpBuilder, Interaction, RawEventHandler,
};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tokio::runtime::Runtime;

/// The client on threads of its own, and the events that it read.
struct GoodBot {
    events: Receiver<Event>,
    /// Events that were read and not yet waited for.
    passed: Vec<Event>,
    runtime: Option<Runtime>,
}

/// Tells the test of each event, and answers what wants an answer.
struct Answering(Sender<Event>);

#[serenity::async_trait]
impl RawEventHandler for Answering {
    async fn raw_event(&self, context: Context, event: Event) {
        match &event {
            Event::InteractionCreate(event) => answer(&context, &event.interaction).await,
            Event::MessageCreate(event) if event.message.content.contains(MENTION) => {
                let nobody = CreateAllowedMentions::new();
                let reply = CreateMessage::new()
                    .content("pong")
                    .allowed_mentions(nobody)
                    .reference_message(&event.message);
                event
                    .message
                    .channel_id
                    .send_message(&context, reply)
                    .await
                    .unwrap();
            }
            _ => {}
        }
        // The test may be over.
        let _ = self.0.send(event);
    }
}

async fn answer(context: &Context, interaction: &Interaction) {
    let message = CreateInteractionResponseMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .embed(CreateEmbed::new().title("pong"))
        .components(vec![CreateActionRow::Buttons(vec![
            CreateButton::new("again").label("Again"),
        ])]);
    let response = match interaction {
        Interaction::Command(_) => {
            let file = CreateAttachment::bytes(*b"pong", "pong.txt");
            CreateInteractionResponse::Message(message.ephemeral(true).add_file(file))
        }
        Interaction::Component(_) => CreateInteractionResponse::UpdateMessage(message),
        Interaction::Autocomplete(_) => {
            let choices = CreateAutocompleteResponse::new().add_string_choice("pong", "pong");
            CreateInteractionResponse::Autocomplete(choices)
        }
        other => panic!("not sent by the stand-in: {other:?}"),
    };
    let to = (interaction.id(), interaction.token());
    response.execute(context, to).await.unwrap();
}

impl GoodBot {
    fn start(discord: &StandIn) -> Self {
        let runtime = Runtime::new().unwrap();
        let (sender, events) = channel();
        let http = HttpBuilder::new(TOKEN)
            .proxy(discord.api_base())
            .ratelimiter_disabled(true)
            .build();
        let intents = GatewayIntents::from_bits_truncate(
            intent::GUILDS
                | intent::GUILD_MESSAGES
                | intent::DIRECT_MESSAGES
                | intent::MESSAGE_CONTENT,
        );
        runtime.spawn(async move {
            let mut client = ClientBuilder::new_with_http(http, intents)
                .raw_event_handler(Answering(sender))
                .await
                .unwrap();
            client.start().await.unwrap();
        });
        Self {
            events,
            passed: Vec::new(),
            runtime: Some(runtime),
        }
    }

    /// Waits for an event of a kind that no earlier call has waited for. Serenity hands events on in any order.
    fn event(&mut self, name: &str) {
        let named = |event: &Event| event.name().as_deref() == Some(name);
        while !self.passed.iter().any(named) {
            let event = self.events.recv_timeout(PATIENCE).expect(name);
            assert!(!matches!(event, Event::Unknown(_)), "not read: {event:?}");
            self.passed.push(event);
        }
        let place = self.passed.iter().position(named);
        place.map(|place| self.passed.remove(place));
    }
}

impl Drop for GoodBot {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn options() -> Options {
    let mut all = commands();
    all[0]["integration_types"] = json!([0, 1]);
    Options {
        privileged: intent::MESSAGE_CONTENT,
        commands: all.as_array().unwrap().clone(),
        ..Options::default()
    }
}

#[test]
fn a_good_bot_reads_everything_and_breaks_no_rule() {
    let discord = StandIn::start(options());
    let mut bot = GoodBot::start(&discord);
    bot.event("READY");
    bot.event("GUILD_CREATE");
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));

    let question = alice.say(&format!("{MENTION} why?"));
    bot.event("MESSAGE_CREATE");
    let reply = discord.reply_to(question);
    assert_eq!((reply.text().as_str(), reply.pings.len()), ("pong", 0));
    bob.reply_with_ping(reply.id, "so?");
    discord.member(WEBHOOK).say("news");
    alice.edit(question, "never mind");
    bot.event("MESSAGE_UPDATE");
    alice.delete(question);
    bot.event("MESSAGE_DELETE");

    for place in [GENERAL, FORUM_POST, ALICE_DM, GROUP] {
        let alice = alice.clone().at(place);
        let asked = alice.slash("ask", json!({"question": "why?"})).answer();
        assert!(asked.message().ephemeral);
        assert_eq!(asked.message().file("pong.txt"), b"pong");
        let pressed = alice.click(asked.message(), "Again").answer();
        assert_eq!((pressed.kind, pressed.message().edits), (7, 1));
        let typed = alice.typing("ask", "question", "p");
        assert_eq!(typed.answer().names(), ["pong"]);
        bot.event("INTERACTION_CREATE");
    }
    let target = bob.say("hm");
    let found = alice.message_command("Find", target).answer();
    assert_eq!(found.message().buttons(), ["Again"]);

    // Something that nobody can read does come up as such.
    discord.dispatch("MESSAGE_CREATE", &json!({}));
    let unread = |event: &Event| matches!(event, Event::Unknown(_));
    while !unread(&bot.events.recv_timeout(PATIENCE).unwrap()) {}
}

#[test]
fn a_good_bot_comes_back() {
    let discord = StandIn::start(options());
    let mut bot = GoodBot::start(&discord);
    bot.event("GUILD_CREATE");
    discord.drop_tcp();
    discord.wait_resumes(1);
    discord.ask_to_reconnect();
    discord.wait_resumes(2);
    discord.close(4000);
    discord.wait_resumes(3);
    bot.event("RESUMED");
    assert_eq!(discord.readies(), 1);
    let asked = discord.member(ALICE);
    asked.slash("ask", json!({"question": "why?"})).answer();
}

#[test]
fn a_good_bot_leaves_a_connection_that_is_dead() {
    let discord = StandIn::start(Options {
        heartbeat: Duration::from_millis(500),
        ..options()
    });
    let mut bot = GoodBot::start(&discord);
    bot.event("GUILD_CREATE");
    discord.silence();
    // Serenity takes its time, and begins anew.
    discord.wait_readies(2);
    discord.wait_ready();
    let asked = discord.member(ALICE);
    asked.slash("ask", json!({"question": "why?"})).answer();
}

#[test]
fn the_rest_api_answers_what_serenity_reads() {
    let discord = StandIn::start(options());
    let http = HttpBuilder::new(TOKEN)
        .proxy(discord.api_base())
        .ratelimiter_disabled(true)
        .build();
    let read = async {
        http.get_bot_gateway().await.unwrap();
        let own = http.get_current_user().await.unwrap();
        let application = http.get_current_application_info().await.unwrap();
        assert_eq!((own.id.get(), application.id.get()), (BOT, BOT));
        http.set_application_id(application.id);
        let known: Vec<Command> = http.get_global_commands().await.unwrap();
        assert_eq!(known.len(), 2);
        let missing = http.get_global_command(CommandId::new(1)).await;
        missing.unwrap_err();
        http.get_channel(GENERAL.into()).await.unwrap();
        let direct = json!({"recipient_id": ALICE.id.to_string()});
        let direct = http.create_private_channel(&direct).await.unwrap();
        assert_eq!(direct.id.get(), ALICE_DM);
    };
    Runtime::new().unwrap().block_on(read);
}
