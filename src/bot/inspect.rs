//! Looks at Discord without changing anything: whose token it is, and all that `doctor` wants to know.

use super::invite;
use super::registration::{self, CommandsError, Scope};
use super::rest::route::{API, Route};
use super::rest::{Call, CallError, DISCORD, Rest, told};
use crate::config::Config;
use crate::doctor::{Reach, Seen, Server, Told};
use serde_json::Value;
use serenity::constants::USER_AGENT;
use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// How long one look may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Servers that are looked at: each takes four requests.
const SERVERS: usize = 20;

/// The application that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id, which the invite link names.
    pub id: u64,
    /// Its name in the developer portal.
    pub name: String,
}

/// Asks Discord whose token it is.
///
/// # Errors
///
/// When the token is wrong, or Discord is not there.
pub fn application(config: &Config) -> Result<Application, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    let runtime = super::runtime().map_err(CommandsError::Threads)?;
    let answer = runtime.block_on(look(&rest, Route::CurrentApplication))?;
    let name = answer["name"].as_str().unwrap_or_default().to_owned();
    let id = registration::id(&answer).ok_or(CommandsError::NoApplication)?;
    Ok(Application { id, name })
}

/// Looks at all of it.
///
/// # Errors
///
/// When this machine gives no threads or no connections; what is wrong with Discord is part of what was seen.
pub fn inspect(config: &Config) -> Result<Seen, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    let runtime = super::runtime().map_err(CommandsError::Threads)?;
    Ok(runtime.block_on(async {
        let reach = reach(config).await.map_err(|error| told(&error));
        let told = match &reach {
            Ok(_) => Some(tell(&rest).await.map_err(|error| error.to_string())),
            Err(_) => None,
        };
        Seen { reach, told }
    }))
}

/// How long Discord takes, and what time it is there.
async fn reach(config: &Config) -> Result<Reach, CallError> {
    let base = config.api_base.as_deref().unwrap_or(DISCORD);
    let client = reqwest::Client::builder().user_agent(USER_AGENT);
    let client = client.timeout(PATIENCE).build();
    let start = Instant::now();
    let answer = match client {
        Ok(client) => {
            client
                .get(format!("{base}{API}{}", Route::Gateway))
                .send()
                .await
        }
        Err(error) => Err(error),
    };
    let answer = answer.map_err(|error| CallError::Unreachable(error.without_url()))?;
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

async fn tell(rest: &Rest) -> Result<Told, CommandsError> {
    let application = look(rest, Route::CurrentApplication).await?;
    let id = registration::id(&application).ok_or(CommandsError::NoApplication)?;
    let everywhere = Scope {
        application: id,
        server: None,
    };
    let commands = registration::is_current(rest, everywhere).await;
    let (servers, more_servers) = match look(rest, Route::CurrentUserGuilds).await {
        Ok(Value::Array(listed)) => (
            Ok(servers(rest, id, &listed).await),
            listed.len().saturating_sub(SERVERS),
        ),
        Ok(_) => (Ok(Vec::new()), 0),
        Err(error) => (Err(told(&error)), 0),
    };
    Ok(Told {
        gateway: look(rest, Route::GatewayBot).await?,
        commands: commands.map_err(|error| told(&error)),
        servers,
        more_servers,
        invite: invite::link(id),
        application,
    })
}

async fn servers(rest: &Rest, application: u64, listed: &[Value]) -> Vec<Server> {
    let mut servers = Vec::new();
    let me = look(rest, Route::CurrentUser).await.ok();
    let me = me.as_ref().and_then(registration::id);
    for server in listed.iter().take(SERVERS) {
        let Some(id) = registration::id(server) else {
            continue;
        };
        let scope = Scope {
            application,
            server: Some(id),
        };
        let commands = registration::is_current(rest, scope).await;
        servers.push(Server {
            name: server["name"].as_str().unwrap_or_default().to_owned(),
            inside: inside(rest, id, me.unwrap_or(application))
                .await
                .map_err(|error| told(&error)),
            commands: !matches!(commands, Err(error) if error.status() == 403),
        });
    }
    servers
}

/// A server, the bot as its member, its channels.
async fn inside(
    rest: &Rest,
    server: u64,
    me: u64,
) -> Result<(Value, Value, Vec<Value>), CallError> {
    let guild = server;
    let member = look(rest, Route::GuildMember { guild, user: me }).await?;
    let channels = match look(rest, Route::GuildChannels { guild }).await? {
        Value::Array(channels) => channels,
        _ => Vec::new(),
    };
    Ok((look(rest, Route::Guild { guild }).await?, member, channels))
}

async fn look(rest: &Rest, route: Route<'_>) -> Result<Value, CallError> {
    rest.call(&Call::get(route), Instant::now() + PATIENCE)
        .await
}
