//! A question that is tried: what a member would get, in no server or in one, with roles and in a channel.

use super::fields::field;
use super::host::Host;
use super::reply::{self, Reply};
use super::servers::{MadeUp, ServerView};
use hyper::StatusCode;
use pullquote_cards::{
    Action, Arguments, ChannelKind, Context, Format, Helpers, Locale, Payload, Request, Settings,
    Status, Viewer, respond,
};
use pullquote_core::answer::Options;
use pullquote_page::{Example, Tried, Why, attempt, try_address};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Quotes of a tried question that are explained.
const QUOTES: usize = 4;
/// Servers whose ids are suggested.
const SUGGESTED: usize = 50;
/// Roles and channels that count.
const IDS: usize = 250;

/// What is in the form.
#[derive(Debug, Default)]
struct Fields {
    question: String,
    locale: Locale,
    server: String,
    roles: String,
    channel: String,
}

/// The page with the form and, if a question was tried, its card. `None` if making it panicked.
pub(super) async fn respond_to(host: &Arc<Host>, fields: &[(String, String)]) -> Option<Reply> {
    let text = |name: &str| field(fields, name).trim().to_owned();
    let fields = Fields {
        question: text("question"),
        locale: Locale::from_code(&text("locale")),
        server: text("server"),
        roles: text("roles"),
        channel: text("channel"),
    };
    let known = host.known_servers().await;
    let asked = fields.viewer();
    let seen = match &asked {
        Ok(Some((server, viewer))) if !fields.question.is_empty() => {
            Some(host.servers().seen(*server, viewer).await)
        }
        _ => None,
    };
    let host = Arc::clone(host);
    let page = spawn_blocking(move || match asked {
        Ok(asked) => fields.page(&host, asked.as_ref(), seen, &known),
        Err(problem) => attempt(
            &fields.tried(&host, &suggested(&known), Some(&problem)),
            None,
        ),
    });
    Some(reply::html(StatusCode::OK, page.await.ok()?))
}

fn suggested(known: &[u64]) -> Vec<u64> {
    known.iter().copied().take(SUGGESTED).collect()
}

impl Fields {
    /// The server, and whoever reads the answer there. `None` for no server; the error says what is wrong with the ids.
    fn viewer(&self) -> Result<Option<(u64, Viewer)>, String> {
        let (roles, channels) = (ids(&self.roles)?, ids(&self.channel)?);
        match ids(&self.server)?.as_slice() {
            [] if roles.is_empty() && channels.is_empty() => Ok(None),
            [] => Err("Roles and channels belong to a server: enter its id, too.".to_owned()),
            [server] if channels.len() <= 1 => Ok(Some((*server, Viewer { roles, channels }))),
            [_] => Err("A question is asked in one channel: enter one id there.".to_owned()),
            _ => Err("A question is asked in one server: enter one id there.".to_owned()),
        }
    }

    fn tried<'a>(&'a self, host: &Host, servers: &'a [u64], problem: Option<&'a str>) -> Tried<'a> {
        const LOCALES: usize = Locale::ALL.len();
        static CODES: std::sync::LazyLock<[&'static str; LOCALES]> =
            std::sync::LazyLock::new(|| Locale::ALL.map(Locale::code));
        Tried {
            question: &self.question,
            locale: self.locale.code(),
            locales: CODES.as_slice(),
            server: &self.server,
            roles: &self.roles,
            channel: &self.channel,
            servers,
            problem,
            examples: host.demo().map(examples).unwrap_or_default(),
        }
    }

    fn page(
        &self,
        host: &Host,
        asked: Option<&(u64, Viewer)>,
        seen: Option<ServerView>,
        known: &[u64],
    ) -> String {
        let suggested = suggested(known);
        let tried = self.tried(host, &suggested, None);
        if self.question.is_empty() {
            return attempt(&tried, None);
        }
        let seen = seen.unwrap_or_else(|| ServerView {
            engine: host.handle().engine(),
            settings: Arc::default(),
            helpers: Helpers::default(),
        });
        let is_private = asked.is_some_and(|(_, viewer)| !viewer.roles.is_empty());
        let request = self.request(&seen.settings, seen.helpers, is_private);
        let response = respond(&seen.engine, &request);
        let payload = response
            .card()
            .map(|card| Payload::message(card, Format::Embed));
        let options = Options {
            article: None,
            limit: QUOTES,
            always: true,
            explain: true,
        };
        let answer = seen.engine.ask(&self.question, &options);
        let why = Why {
            engine: &seen.engine,
            answer: &answer,
            is_unknown_server: asked
                .is_some_and(|(server, _)| known.binary_search(server).is_err()),
            is_private,
        };
        let body = payload.as_ref().map(|payload| (&payload.body, &why));
        attempt(&tried, body)
    }

    /// The request as it comes from Discord. What only some may see is in private answers alone.
    fn request(&self, settings: &Settings, helpers: Helpers, is_private: bool) -> Request {
        let arguments = Arguments::default().with_text("question", &self.question);
        let arguments = if is_private {
            arguments.with("private", pullquote_cards::Argument::Boolean(true))
        } else {
            arguments
        };
        let mut request = Request {
            action: Action::Command {
                name: "ask".to_owned(),
                arguments,
            },
            locale: self.locale,
            channel: ChannelKind::Server,
            member: 0,
            status: Status::default(),
            context: Context {
                helpers,
                ..Context::default()
            },
        };
        request.follow(settings);
        request
    }
}

/// The same question of two members of the demo's server.
fn examples(
    MadeUp {
        server,
        role,
        question,
    }: MadeUp,
) -> Vec<Example> {
    let member = format!("{}&server={server}", try_address(question));
    let with_role = format!("{member}&roles={role}");
    let example = |label: String, address| Example { label, address };
    vec![
        example("as a member".to_owned(), member),
        example(format!("as a member with the role {role}"), with_role),
    ]
}

/// Ids with spaces or commas between them.
fn ids(text: &str) -> Result<Vec<u64>, String> {
    let parts = text.split([' ', ',']).filter(|part| !part.is_empty());
    let ids: Result<Vec<u64>, String> = parts
        .take(IDS)
        .map(|part| {
            let id = part.parse().ok().filter(|id| *id > 0);
            id.ok_or_else(|| {
                format!(
                    "`{part}` is not an id. In Discord, turn on Developer Mode (Settings, Advanced), then right-click the server, \
                     role or channel and copy its id."
                )
            })
        })
        .collect();
    ids
}
