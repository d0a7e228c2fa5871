//! What `init` and `doctor` ask Discord. Nothing here changes anything.

use crate::bot::application::invite;
use crate::bot::application::registration::{self, Scope};
use crate::bot::decode;
use crate::bot::error::{CommandsError, error_chain};
use crate::bot::rest::{API, Call, CallError, DISCORD, Rest, Route};
use crate::bot::system::runtime::runtime;
use crate::config::Config;
use crate::doctor::{BotAccount, Inspection, Reach, Server, ServerDetails};
use pullquote_cards::Installs;
use serde_json::Value;
use serenity::constants::USER_AGENT;
use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Named channels that are looked up one by one, at most.
const MAX_LOOKUPS: usize = 50;
/// Servers that are inspected, at most. Each takes four requests.
const MAX_SERVERS: usize = 20;

/// The application that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id, which the invite link contains.
    pub id: u64,
    /// Its name in the developer portal.
    pub name: String,
    /// Whether users can install it for themselves.
    pub has_user_install: bool,
}

/// Asks Discord which application the token belongs to.
///
/// # Errors
///
/// When Discord rejects the token or cannot be reached.
pub fn application(config: &Config) -> Result<Application, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    let runtime = runtime().map_err(CommandsError::Threads)?;
    let answer = runtime.block_on(get(&rest, Route::CurrentApplication))?;
    let name = answer["name"].as_str().unwrap_or_default().to_owned();
    let id = decode::id(&answer["id"]).ok_or(CommandsError::NoApplication)?;
    let has_user_install =
        Installs::of(&answer).users && answer["integration_types_config"].is_object();
    Ok(Application {
        id,
        name,
        has_user_install,
    })
}

/// Collects what `doctor` judges. Problems with Discord are part of the result.
///
/// # Errors
///
/// When this machine cannot start threads or set up HTTPS.
pub fn inspect(config: &Config) -> Result<Inspection, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    let runtime = runtime().map_err(CommandsError::Threads)?;
    Ok(runtime.block_on(async {
        let reach = reach(config).await.map_err(|error| error_chain(&error));
        let account = match &reach {
            Ok(_) => Some(
                details(&rest, &config.auto_answer)
                    .await
                    .map_err(|error| error.to_string()),
            ),
            Err(_) => None,
        };
        let bad_signature = match (&account, config.public_key) {
            (Some(Ok(account)), Some(_)) => bad_signature(&account.application).await,
            _ => None,
        };
        Inspection {
            reach,
            account,
            bad_signature,
        }
    }))
}

/// Measures a request that needs no token, and compares Discord's clock with this machine's.
async fn reach(config: &Config) -> Result<Reach, CallError> {
    let base = config.api_base.as_deref().unwrap_or(DISCORD);
    let client = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .timeout(TIMEOUT)
        .build();
    let start = Instant::now();
    let url = format!("{base}{API}{}", Route::Gateway);
    let answer = match client {
        Ok(client) => client.get(url).send().await,
        Err(error) => Err(error),
    };
    let answer = answer.map_err(|error| CallError::Unreachable(error.without_url().into()))?;
    let date = answer.headers().get("date");
    let date = date.and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    let seconds = |time: SystemTime| {
        let since = time.duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs().cast_signed())
    };
    Ok(Reach {
        millis: start.elapsed().as_millis() as u64,
        ahead: date.map(|date| seconds(SystemTime::now()) - seconds(date)),
    })
}

/// Sends a ping with a bad signature to the Interactions Endpoint URL, as Discord does, and returns the status. Nobody but
/// Discord can make a good one, so this is as much of the way as can be tried. `None` if there is no URL.
async fn bad_signature(application: &Value) -> Option<Result<u16, String>> {
    let url = application["interactions_endpoint_url"].as_str()?;
    let client = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(TIMEOUT)
        .build();
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let answer = match client {
        Ok(client) => {
            let request = client.post(url).body(r#"{"type":1}"#);
            let request = request.header("x-signature-timestamp", now.as_secs());
            let request = request.header("x-signature-ed25519", "0".repeat(128));
            request.send().await
        }
        Err(error) => Err(error),
    };
    let status = answer.map(|answer| answer.status().as_u16());
    Some(status.map_err(|error| error_chain(&error.without_url())))
}

/// Everything that needs the token.
async fn details(rest: &Rest, named: &BTreeSet<u64>) -> Result<BotAccount, CommandsError> {
    let application = get(rest, Route::CurrentApplication).await?;
    let id = decode::id(&application["id"]).ok_or(CommandsError::NoApplication)?;
    let everywhere = Scope {
        application: id,
        server: None,
    };
    let commands = registration::is_current(rest, everywhere).await;
    let (servers, more_servers) = match get(rest, Route::CurrentUserGuilds).await {
        Ok(Value::Array(listed)) => (
            Ok(servers(rest, id, &listed).await),
            listed.len().saturating_sub(MAX_SERVERS),
        ),
        Ok(_) => (Ok(Vec::new()), 0),
        Err(error) => (Err(error_chain(&error)), 0),
    };
    let looked_up = match &servers {
        Ok(servers) => look_up(rest, servers, named).await,
        Err(_) => Vec::new(),
    };
    Ok(BotAccount {
        looked_up,
        gateway: get(rest, Route::GatewayBot).await?,
        commands: commands.map_err(|error| error_chain(&error)),
        servers,
        more_servers,
        invite: invite::link(id),
        application,
    })
}

async fn servers(rest: &Rest, application: u64, listed: &[Value]) -> Vec<Server> {
    let mut servers = Vec::new();
    let me = get(rest, Route::CurrentUser).await.ok();
    let me = me.and_then(|me| decode::id(&me["id"]));
    for server in listed.iter().take(MAX_SERVERS) {
        let Some(id) = decode::id(&server["id"]) else {
            continue;
        };
        let scope = Scope {
            application,
            server: Some(id),
        };
        // Discord answers 403 in servers that the bot joined without the scope applications.commands.
        let commands = registration::is_current(rest, scope).await;
        servers.push(Server {
            id,
            name: server["name"].as_str().unwrap_or_default().to_owned(),
            details: server_details(rest, id, me.unwrap_or(application))
                .await
                .map_err(|error| error_chain(&error)),
            has_commands: !matches!(commands, Err(error) if error.status() == 403),
        });
    }
    servers
}

async fn server_details(rest: &Rest, guild: u64, me: u64) -> Result<ServerDetails, CallError> {
    let member = get(rest, Route::GuildMember { guild, user: me }).await?;
    let channels = match get(rest, Route::GuildChannels { guild }).await? {
        Value::Array(channels) => channels,
        _ => Vec::new(),
    };
    Ok(ServerDetails {
        server: get(rest, Route::Guild { guild }).await?,
        member,
        channels,
    })
}

/// Channels that no server lists: threads, or ids that are wrong, which are left out.
async fn look_up(rest: &Rest, servers: &[Server], named: &BTreeSet<u64>) -> Vec<Value> {
    let details = servers.iter().filter_map(|it| it.details.as_ref().ok());
    let listed = details.flat_map(|details| &details.channels);
    let listed: BTreeSet<u64> = listed.filter_map(|it| decode::id(&it["id"])).collect();
    let mut found = Vec::new();
    for &channel in named.difference(&listed).take(MAX_LOOKUPS) {
        found.extend(get(rest, Route::Channel { channel }).await.ok());
    }
    found
}

async fn get(rest: &Rest, route: Route<'_>) -> Result<Value, CallError> {
    rest.call(&Call::get(route), Instant::now() + TIMEOUT).await
}
