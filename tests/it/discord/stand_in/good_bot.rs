//! A minimal well-behaved bot: twilight's reconnecting gateway client, and serenity's types for everything that the stand-in
//! sends. The real bot could not answer a payload that serenity cannot read.

use super::bad_bot::commands;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, BOT, FORUM_POST, GENERAL, GROUP, MENTION, Options, PATIENCE, StandIn,
    TOKEN, WEBHOOK, intent,
};
use futures_util::StreamExt;
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::json;
use serenity::all::{
    BotGateway, Command, CurrentApplicationInfo, CurrentUser, Event, GatewayEvent, GuildChannel,
    Interaction, PrivateChannel,
};
use serenity::constants::USER_AGENT;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tokio::runtime::Runtime;
use twilight_gateway::{ConfigBuilder, Intents, Message, Shard, ShardId};

/// The bot on its own threads, and the events that it has read.
struct GoodBot {
    events: Receiver<Event>,
    /// Events that no call has waited for yet.
    passed: Vec<Event>,
    runtime: Option<Runtime>,
}

/// A well-behaved REST client.
#[derive(Clone)]
struct Rest {
    base: String,
    client: Client,
}

impl Rest {
    fn new(discord: &StandIn) -> Self {
        Self {
            base: discord.api_base(),
            client: Client::builder().user_agent(USER_AGENT).build().unwrap(),
        }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/api/v10{path}", self.base))
            .header("authorization", format!("Bot {TOKEN}"))
    }

    /// The response to a GET request, as one of serenity's types.
    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        read(self.request(Method::GET, path)).await
    }
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> T {
    let response = request.send().await.unwrap();
    response.error_for_status().unwrap().json().await.unwrap()
}

async fn done(request: RequestBuilder) {
    let response = request.send().await.unwrap();
    response.error_for_status().unwrap();
}

/// Passes each event to the test, and responds to interactions and mentions.
async fn run(mut shard: Shard, rest: Rest, events: Sender<Event>) {
    while let Some(message) = shard.next().await {
        // The shard reconnects after an error.
        let Ok(Message::Text(text)) = message else {
            continue;
        };
        if let GatewayEvent::Dispatch(_, event) = serde_json::from_str(&text).unwrap() {
            tokio::spawn(handle(rest.clone(), event, events.clone()));
        }
    }
}

async fn handle(rest: Rest, event: Event, events: Sender<Event>) {
    match &event {
        Event::InteractionCreate(event) => answer(&rest, &event.interaction).await,
        Event::MessageCreate(event) if event.message.content.contains(MENTION) => {
            let path = format!("/channels/{}/messages", event.message.channel_id);
            let reply = json!({
                "content": "pong", "allowed_mentions": {"parse": []},
                "message_reference": {"message_id": event.message.id},
            });
            done(rest.request(Method::POST, &path).json(&reply)).await;
        }
        _ => {}
    }
    // Sending fails if the test is over.
    let _ = events.send(event);
}

async fn answer(rest: &Rest, interaction: &Interaction) {
    let again = json!({"type": 2, "style": 1, "custom_id": "again", "label": "Again"});
    let mut message = json!({
        "allowed_mentions": {"parse": []}, "embeds": [{"title": "pong"}],
        "components": [{"type": 1, "components": [again]}],
    });
    let (id, token) = (interaction.id(), interaction.token());
    let callback = rest.request(
        Method::POST,
        &format!("/interactions/{id}/{token}/callback"),
    );
    let callback = match interaction {
        Interaction::Command(_) => {
            message["flags"] = json!(1 << 6);
            message["attachments"] = json!([{"id": 0, "filename": "pong.txt"}]);
            let body = json!({"type": 4, "data": message}).to_string();
            let file = Part::bytes(b"pong".as_slice()).file_name("pong.txt");
            callback.multipart(
                Form::new()
                    .part("files[0]", file)
                    .text("payload_json", body),
            )
        }
        Interaction::Component(_) => callback.json(&json!({"type": 7, "data": message})),
        Interaction::Autocomplete(_) => {
            let choices = json!([{"name": "pong", "value": "pong"}]);
            callback.json(&json!({"type": 8, "data": {"choices": choices}}))
        }
        other => panic!("not sent by the stand-in: {other:?}"),
    };
    done(callback).await;
}

impl GoodBot {
    fn start(discord: &StandIn) -> Self {
        let runtime = Runtime::new().unwrap();
        let (sender, events) = channel();
        let intents = Intents::from_bits_truncate(
            intent::GUILDS
                | intent::GUILD_MESSAGES
                | intent::DIRECT_MESSAGES
                | intent::MESSAGE_CONTENT,
        );
        let gateway = discord.api_base().replace("http://", "ws://");
        let rest = Rest::new(discord);
        runtime.spawn(async move {
            let config = ConfigBuilder::new(TOKEN.to_owned(), intents).proxy_url(gateway);
            let shard = Shard::with_config(ShardId::ONE, config.build());
            run(shard, rest, sender).await;
        });
        Self {
            events,
            passed: Vec::new(),
            runtime: Some(runtime),
        }
    }

    /// Waits for an event that no earlier call has waited for. Their order is arbitrary, since each has its own task.
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
fn a_good_bot_reads_every_payload_without_violations() {
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

    // An unreadable event is reported as unknown.
    discord.dispatch_unjudged("MESSAGE_CREATE", &json!({}));
    let unread = |event: &Event| matches!(event, Event::Unknown(_));
    while !unread(&bot.events.recv_timeout(PATIENCE).unwrap()) {}
}

#[test]
fn a_good_bot_reconnects() {
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
fn a_good_bot_leaves_a_zombie_connection() {
    let discord = StandIn::start(Options {
        heartbeat: Duration::from_millis(1_500),
        ..options()
    });
    let mut bot = GoodBot::start(&discord);
    bot.event("GUILD_CREATE");
    discord.silence();
    discord.wait_resumes(1);
    bot.event("RESUMED");
    let asked = discord.member(ALICE);
    asked.slash("ask", json!({"question": "why?"})).answer();
}

#[test]
fn the_rest_api_answers_what_serenity_reads() {
    let discord = StandIn::start(options());
    let rest = Rest::new(&discord);
    let all = async {
        rest.get::<BotGateway>("/gateway/bot").await;
        let own: CurrentUser = rest.get("/users/@me").await;
        let application: CurrentApplicationInfo = rest.get("/oauth2/applications/@me").await;
        assert_eq!((own.id.get(), application.id.get()), (BOT, BOT));
        let commands = format!("/applications/{BOT}/commands");
        let known: Vec<Command> = rest.get(&commands).await;
        assert_eq!(known.len(), 2);
        let missing = rest.request(Method::GET, &format!("{commands}/1"));
        assert_eq!(missing.send().await.unwrap().status(), 404);
        rest.get::<GuildChannel>(&format!("/channels/{GENERAL}"))
            .await;
        let direct = rest.request(Method::POST, "/users/@me/channels");
        let direct = direct.json(&json!({"recipient_id": ALICE.id.to_string()}));
        let direct: PrivateChannel = read(direct).await;
        assert_eq!(direct.id.get(), ALICE_DM);
    };
    Runtime::new().unwrap().block_on(all);
}
