//! A minimal bot that always answers "pong". It shows the cost of the client library and the network.

use pullquote_load::support::discord::TOKEN;
use serenity::all::{
    ClientBuilder, Context, CreateAllowedMentions, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction,
};

struct Pong;

#[serenity::async_trait]
impl EventHandler for Pong {
    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        if let Interaction::Command(command) = interaction {
            let message = CreateInteractionResponseMessage::new()
                .content("pong")
                .allowed_mentions(CreateAllowedMentions::new());
            let response = CreateInteractionResponse::Message(message);
            // The stand-in counts missing answers.
            let _ = command.create_response(&context, response).await;
        }
    }
}

/// Runs the bot against the stand-in at `base` until it is killed.
pub fn run(base: &str) {
    let http = HttpBuilder::new(TOKEN)
        .proxy(base)
        .ratelimiter_disabled(true)
        .build();
    let intents =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let mut client = ClientBuilder::new_with_http(http, intents)
            .event_handler(Pong)
            .await
            .expect("a client");
        client.start().await.expect("a connection");
    });
}
