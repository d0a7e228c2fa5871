//! A server never sees another's: 200 servers with words of their own, and every door of each tried with the words and keys of
//! all others.

use crate::bot::knowledge::gating_tests::{seen, without_question};
use crate::bot::knowledge::server_articles::ServerArticles;
use crate::bot::workers::Workers;
use crate::config::StoreSettings;
use pullquote_cards::{
    Action, Argument, Arguments, ArticleKey, PassageKey, SettingChange, Source, Viewer,
};
use pullquote_core::article::PassageId;
use pullquote_core::engine::Engine;
use pullquote_library::{EngineHandle, Limits};
use pullquote_store::{
    Counts, DraftArticle, Location, NewArticle, NewDraft, NewQuestion, QuoteCount, Store,
};
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

const SERVERS: usize = 200;
/// Words of other servers in one question: it has to fit.
const BATCH: usize = 20;
/// The member who has added a server's article.
const MANAGER: u64 = 1;

/// A word that only one server has. Any two differ in three places at least, so that none is a typo of another.
fn word(number: usize) -> String {
    const STARTS: [&str; 15] = [
        "bav", "cex", "diz", "fok", "guq", "hyg", "jwb", "krp", "lld", "mhf", "nnj", "pmc", "qsm",
        "rtn", "szt",
    ];
    const ENDS: [&str; 15] = [
        "vanix", "treg", "halde", "komur", "sipto", "dubra", "gemlo", "whyst", "jarno", "fexil",
        "lodqua", "nuzzer", "obrith", "pewka", "yolvin",
    ];
    format!("{}{}", STARTS[number / 15], ENDS[number % 15])
}

/// The word with a slip, of which the bot would make the word if it knew it.
fn slip(word: &str) -> String {
    let (start, end) = word.split_at(4);
    let start: String = start.chars().take(3).collect();
    format!("{start}{end}")
}

/// The beginning of a word.
fn begin(word: &str) -> String {
    word.chars().take(5).collect()
}

fn command(name: &str, option: &str, text: &str) -> Action {
    let private = Arguments::default().with("private", Argument::Boolean(true));
    Action::Command {
        name: name.to_owned(),
        arguments: private.with_text(option, text),
    }
}

fn typing(command: &str, option: &str, typed: &str) -> Action {
    Action::Autocomplete {
        command: command.to_owned(),
        option: option.to_owned(),
        typed: typed.to_owned(),
        arguments: Arguments::default(),
    }
}

/// What takes no words.
fn overviews() -> Vec<Action> {
    let alone = |name: &str| command(name, "none", "none");
    let pages = ["articles:0", "overview:0", "summary:-:s:o", "others:-:0:o"];
    let pages = pages.map(|id| pressed(id, &[]));
    let named = ["articles", "summary", "help", "about"].map(alone);
    named.into_iter().chain(pages).collect()
}

/// What is asked with words of other servers, as they are, with a slip, and begun.
fn questions(words: &[&String]) -> Vec<Action> {
    let mut all = Vec::new();
    for of in [|word: &str| word.to_owned(), slip, begin] {
        let words: Vec<String> = words.iter().map(|word| of(word)).collect();
        let words = words.join(" ");
        all.push(command(
            "ask",
            "question",
            &format!("When does the {words} open?"),
        ));
        all.push(command("search", "keywords", &words));
    }
    for word in words {
        all.push(typing("ask", "question", &begin(word)));
        all.push(typing("article", "name", &slip(word)));
    }
    all
}

/// What is seen without the words that were typed, which a correction repeats.
fn seen_besides(engine: &Engine, action: &Action) -> String {
    let seen = without_question(&seen(engine, action), action);
    let typed = match action {
        Action::Command { arguments, .. } => arguments.text("question"),
        _ => None,
    };
    let words = typed.unwrap_or_default().split_whitespace();
    words.fold(seen, |seen, word| seen.replace(&format!("“{word}”"), ""))
}

fn pressed(custom_id: &str, values: &[String]) -> Action {
    Action::Component {
        custom_id: custom_id.to_owned(),
        values: values.to_vec(),
        source: Source {
            question: Some("When does it open?".to_owned()),
            ..Source::default()
        },
    }
}

/// Buttons of another server's messages, used here: three of nine, beginning with one of them.
fn buttons((article, passage): (ArticleKey, PassageKey), first: usize) -> Vec<Action> {
    let ids = [
        format!("read:{article}:0:o"),
        format!("file:{article}"),
        format!("summary:{article}:s:o"),
        format!("more:{passage}:0:5"),
        format!("others:{article}:0:o"),
        format!("share:{article}"),
        format!("about:{article}"),
    ];
    let mut all: Vec<Action> = ids.iter().map(|id| pressed(id, &[])).collect();
    all.push(pressed("open", &[article.to_string()]));
    all.push(pressed("passages", &[passage.to_string()]));
    all.into_iter().cycle().skip(first % 9).take(3).collect()
}

/// Gives each server an article, a draft, a question without an answer and a setting.
async fn fill(store: &Store) {
    for number in 0..SERVERS {
        let (server, word) = (number as u64 + 1, word(number));
        let text = format!("# The {word} rule\n\nThe {word} of the club opens at {number}.\n");
        let path = format!("{word}.md");
        let article = NewArticle {
            server,
            path: &path,
            content: text.as_bytes(),
            link: None,
            by: MANAGER,
            at: 1,
        };
        store.put(&article, None).await.unwrap();
        let draft = NewDraft {
            token: &word,
            owner: (server, MANAGER),
            until: i64::MAX,
            seen: 1,
            edited: None,
            source: None,
            articles: &[DraftArticle {
                path: &path,
                content: text.as_bytes(),
                document: b"{}",
                link: None,
            }],
        };
        store.put_draft(&draft).await.unwrap();
        let question = NewQuestion {
            server,
            key: 7,
            wording: format!("Who runs the {word}?"),
            count: 1,
            day: 1,
            by_several: false,
        };
        let counts = Counts {
            questions: vec![question],
            quotes: vec![(
                server,
                1,
                QuoteCount {
                    path: format!("{word}.md"),
                    is_shared: true,
                    number: 1,
                },
            )],
            ..Counts::default()
        };
        store.count(&counts).await.unwrap();
        let question = [format!("Who runs the {word}?")];
        store.pin(server, &question, "passage", 1).await.unwrap();
    }
}

/// What the store and the settings have for a server is its own alone.
async fn check_store(articles: &ServerArticles) {
    let all: Vec<String> = (0..SERVERS).map(word).collect();
    for (number, own) in all.iter().enumerate() {
        let server = number as u64 + 1;
        let listed = articles.list(server).await.unwrap();
        assert!(listed.len() == 1 && listed[0].path == format!("{own}.md"));
        let asked = articles.store().questions(server).await.unwrap();
        assert!(asked.len() == 1 && asked[0].wording.contains(own));
        let quoted = articles.store().quotes(server, 0).await.unwrap().articles;
        assert!(quoted.len() == 1 && quoted[0].path == format!("{own}.md"));
        let pinned = articles.store().pinned(server).await.unwrap();
        assert!(pinned.len() == 1 && pinned[0].question.contains(own));
        for other in all.iter().filter(|other| *other != own) {
            let found = articles.draft(other, (server, MANAGER)).await.unwrap();
            assert_eq!(found, None);
        }
        // These change something, if they do, and take longer.
        for other in all.iter().filter(|other| *other != own).step_by(20) {
            let owner = (server, MANAGER);
            assert!(!articles.confirm(other, owner).await.unwrap());
            assert!(!articles.discard(other, owner).await.unwrap());
            let path = format!("{other}.md");
            assert!(!articles.remove(server, &path).await.unwrap());
        }
        let chosen = SettingChange::Unasked(BTreeSet::from([server]));
        articles.change_settings(server, &chosen).await.unwrap();
    }
    for server in 1..=SERVERS as u64 {
        let settings = articles.settings(Some(server)).await;
        assert_eq!(settings.unasked, BTreeSet::from([server]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_door_of_a_server_shows_or_hints_at_what_another_has() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shared = "# Club\n\nThe club has a garden.\n";
    fs::write(folder.path().join("club.md"), shared).unwrap();
    let (handle, _) = EngineHandle::open(folder.path(), Limits::default()).unwrap();
    let settings = StoreSettings {
        location: Location::Folder(data.path().to_owned()),
        index_memory: 1 << 30,
        keep_questions: 90,
    };
    let articles = Arc::new(ServerArticles::new(Arc::new(handle), &settings));
    fill(articles.store()).await;
    let (workers, viewer) = (Arc::new(Workers::new()), Viewer::default());
    let words: Vec<String> = (0..SERVERS).map(word).collect();
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), SERVERS);
    let mut engines: Vec<Arc<Engine>> = Vec::new();
    for server in 1..=SERVERS as u64 {
        engines.push(articles.engine(Some(server), &viewer, &workers).await);
    }
    let keys = engines.iter().zip(&words).map(|(engine, word)| {
        let corpus = engine.corpus();
        let article = corpus.named(word).expect("its article");
        let mut passages = (0..).map(PassageId);
        let passage = passages.find(|id| corpus.passage(*id).article == article);
        (
            ArticleKey::of(corpus, article),
            PassageKey::of(corpus, passage.unwrap()),
        )
    });
    let keys: Vec<(ArticleKey, PassageKey)> = keys.collect();
    let (mut tried, mut own_seen) = (0, 0);
    for (number, engine) in engines.iter().enumerate() {
        assert_eq!(engine.corpus().article_count(), 2);
        let others: Vec<usize> = (0..SERVERS).filter(|other| *other != number).collect();
        let foreign: Vec<&String> = others.iter().map(|other| &words[*other]).collect();
        let asked = foreign.chunks(BATCH).flat_map(questions);
        let replayed = others
            .iter()
            .flat_map(|other| buttons(keys[*other], number + *other));
        let own = questions(&[&words[number]]);
        for action in overviews()
            .into_iter()
            .chain(own)
            .chain(asked)
            .chain(replayed)
        {
            let seen = seen_besides(engine, &action);
            let shown = foreign.iter().find(|word| seen.contains(word.as_str()));
            assert!(
                shown.is_none(),
                "{shown:?} in server {number}: {action:?}: {seen}"
            );
            own_seen += usize::from(seen.contains(&words[number]));
            tried += 1;
        }
    }
    println!("{tried} requests, {own_seen} of them answered from the server's own article");
    assert!(own_seen > 3 * SERVERS, "{own_seen}");
    check_store(&articles).await;
}
