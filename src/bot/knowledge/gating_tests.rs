//! What a viewer may not see is neither shown nor hinted at by any door: random servers, articles, gates and viewers.

use crate::bot::knowledge::server_articles::ServerArticles;
use crate::bot::workers::Workers;
use crate::config::StoreSettings;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pullquote_cards::{
    Action, Argument, Arguments, ChannelKind, Context, Format, Gate, Locale, Payload, Reply,
    Request, Response, Status, Viewer, respond,
};
use pullquote_core::engine::Engine;
use pullquote_library::{EngineHandle, Limits};
use pullquote_store::{Location, NewArticle, Store};
use std::fs;
use std::sync::Arc;

/// Servers that are tried, with a viewer in each.
const SERVERS: u64 = 1_000;
/// A word for each article, in no list of words and unlike the others.
const SECRETS: [&str; 4] = ["qorvanix", "blimtreg", "zuphalde", "wekkomur"];

/// Roles or channels, few enough that some match.
fn ids() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(1..4_u64, 0..3)
}

fn gate() -> impl Strategy<Value = Gate> {
    (ids(), ids()).prop_map(|(roles, channels)| Gate::new(&roles, &channels))
}

fn viewer() -> impl Strategy<Value = Viewer> {
    (ids(), ids()).prop_map(|(roles, channels)| Viewer { roles, channels })
}

fn text(number: usize) -> String {
    let word = SECRETS[number];
    format!("# The {word} rule\n\nThe {word} of the club opens at {number}.\n")
}

fn requests() -> Vec<Action> {
    let command = |name: &str, arguments: Arguments| Action::Command {
        name: name.to_owned(),
        arguments,
    };
    let private = || Arguments::default().with("private", Argument::Boolean(true));
    let mut all = vec![
        command("articles", Arguments::default()),
        command("summary", Arguments::default()),
        command("help", Arguments::default()),
        command("about", Arguments::default()),
    ];
    for word in SECRETS {
        // As it is, with a slip, and its beginning.
        let (start, end) = word.split_at(4);
        let slip: String = start.chars().take(3).chain(end.chars()).collect();
        for typed in [word, &slip, start] {
            let question = format!("When does the {typed} of the club open?");
            all.push(command("ask", private().with_text("question", &question)));
            all.push(command("search", private().with_text("keywords", typed)));
            all.push(command(
                "article",
                Arguments::default().with_text("name", typed),
            ));
            for (command, option) in [("ask", "question"), ("ask", "article"), ("article", "name")]
            {
                all.push(Action::Autocomplete {
                    command: command.to_owned(),
                    option: option.to_owned(),
                    typed: typed.to_owned(),
                    arguments: Arguments::default(),
                });
            }
        }
    }
    all
}

/// All that a viewer gets to see.
pub(crate) fn seen(engine: &Engine, action: &Action) -> String {
    let request = Request {
        action: action.clone(),
        locale: Locale::English,
        channel: ChannelKind::Server,
        member: 1,
        status: Status::default(),
        context: Context::default(),
    };
    let Response { reply, .. } = respond(engine, &request);
    let file = match &reply {
        Reply::Message { card, .. } => card.attachment(),
        _ => None,
    };
    let file = file.map(|file| String::from_utf8_lossy(file.bytes()).into_owned());
    let payload = Payload::callback(&reply, Format::Embed).expect("a reply");
    format!("{}{}", payload.body, file.unwrap_or_default())
}

/// What a word in a question leaves of it: the question itself is on the card.
pub(crate) fn without_question(seen: &str, action: &Action) -> String {
    let typed = match action {
        Action::Command { arguments, .. } => ["question", "keywords", "name"]
            .into_iter()
            .find_map(|option| arguments.text(option)),
        _ => None,
    };
    typed.map_or(seen.to_owned(), |typed| seen.replace(typed, ""))
}

/// Gives each server its articles, with their gates.
async fn fill(store: Store, servers: &[Vec<Gate>]) {
    for (server, gates) in (1..).zip(servers) {
        for (number, gate) in gates.iter().enumerate() {
            let path = format!("rule-{number}.md");
            let content = text(number);
            let article = NewArticle {
                server,
                path: &path,
                content: content.as_bytes(),
                link: None,
                by: 1,
                at: 1,
            };
            store.put(&article, None).await.unwrap();
            store
                .set_gate(server, &path, &gate.to_string())
                .await
                .unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_door_shows_or_hints_at_what_a_reader_may_not_see() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        folder.path().join("club.md"),
        "# Club\n\nThe club has a garden.\n",
    )
    .unwrap();
    let (handle, _) = EngineHandle::open(folder.path(), Limits::default()).unwrap();
    let location = Location::Folder(data.path().to_owned());
    let settings = StoreSettings {
        location: location.clone(),
        index_memory: 1 << 30,
        keep_questions: 90,
    };
    let mut random = TestRunner::deterministic();
    let gates = prop::collection::vec(gate(), SECRETS.len());
    let servers: Vec<Vec<Gate>> = (0..SERVERS)
        .map(|_| gates.new_tree(&mut random).unwrap().current())
        .collect();
    fill(Store::new(location), &servers).await;
    let articles = Arc::new(ServerArticles::new(Arc::new(handle), &settings));
    let workers = Arc::new(Workers::new());
    let actions = requests();
    let (mut shown, mut hidden) = (0, 0);
    for (server, gates) in (1..).zip(&servers) {
        let viewer = viewer().new_tree(&mut random).unwrap().current();
        let engine = articles.engine(Some(server), &viewer, &workers).await;
        let visible = gates.iter().filter(|gate| gate.admits(&viewer)).count();
        assert_eq!(engine.corpus().article_count(), 1 + visible);
        for action in &actions {
            let seen = seen(&engine, action);
            let seen = without_question(&seen, action);
            for (gate, word) in gates.iter().zip(SECRETS) {
                let is_seen = seen.contains(word);
                let may_see = gate.admits(&viewer);
                assert!(
                    may_see || !is_seen,
                    "{word} for {viewer:?}: {action:?}: {seen}"
                );
                shown += usize::from(is_seen);
                hidden += usize::from(!may_see);
            }
        }
    }
    assert!(
        shown > 1_000 && hidden > 1_000,
        "{shown} shown, {hidden} hidden"
    );
}
