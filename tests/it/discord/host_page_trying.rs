//! What the host's page shows of a server that is tried, and articles that are deleted on it.

use super::host_page::{check_page, follow, get, hidden, post, start};
use pullquote_cards::{SettingChange, Settings};
use pullquote_store::{Location, NewArticle, Store};
use std::fs;
use std::path::Path;

const SERVER: u64 = 1_200_000_000_000_000_077;
const ROLE: u64 = 1_200_000_000_000_000_005;
const CHANNEL: u64 = 1_200_000_000_000_000_009;

/// Keeps an article of the server for members with a role, and another for everyone in a channel; the shared ones are not quoted.
fn keep(data: &Path) {
    let article = |path, content: &'static str| NewArticle {
        server: SERVER,
        path,
        content: content.as_bytes(),
        link: None,
        by: 1,
        at: 1,
    };
    let settings = Settings::default().with(&SettingChange::Shared(false));
    let (role, channel) = (format!("{ROLE}/"), format!("/{CHANNEL}"));
    let settings = settings.to_json();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::new(Location::Folder(data.to_owned()));
        let door = article("door.md", "The code of the sauna door is violet.");
        let towels = article("towels.md", "The towels are in the green cupboard.");
        store.put(&door, None).await.unwrap();
        store.put(&towels, None).await.unwrap();
        let gated = store.set_gate(SERVER, "door.md", &role);
        gated.await.unwrap().unwrap();
        let gated = store.set_gate(SERVER, "towels.md", &channel);
        gated.await.unwrap().unwrap();
        let set = store.set(SERVER, "{}", &settings);
        set.await.unwrap().unwrap();
    });
}

#[test]
fn a_question_is_tried_as_a_member_of_a_server_asks_it() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(
        knowledge.path().join("rink.md"),
        "The rink opens at nine.\n",
    )
    .unwrap();
    keep(data.path());
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    let tried = |question: &str, who: &str| {
        let page = get(&address, &format!("/try?question={question}{who}"));
        check_page(&page);
        page.body
    };
    let form = get(&address, "/try").body;
    assert!(
        form.contains(&format!("<option value=\"{SERVER}\">")),
        "{form}"
    );
    let server = format!("&server={SERVER}");
    let (door, towels) = ("sauna+door+code", "Where+are+the+towels%3F");

    // Each sees what they would see on Discord, and no more.
    let member = format!("{server}&roles=3+{ROLE}");
    let shown = tried(door, &member);
    assert!(
        shown.contains("violet") && shown.contains("the answer to a private question"),
        "{shown}"
    );
    for who in ["", &server, &format!("{server}&roles=3&channel={CHANNEL}")] {
        let shown = tried(door, who);
        assert!(!shown.contains("violet"), "{who}: {shown}");
    }
    assert!(tried(towels, &format!("{server}&channel={CHANNEL}")).contains("green"));
    assert!(!tried(towels, &member).contains("green"));
    // Its managers have chosen that the shared articles are not quoted.
    let rink = "When+does+the+rink+open%3F";
    assert!(tried(rink, "").contains("at nine"));
    assert!(!tried(rink, &server).contains("at nine"));
    let elsewhere = tried(rink, "&server=78");
    assert!(
        elsewhere.contains("at nine") && elsewhere.contains("Nothing is kept of that server"),
        "{elsewhere}"
    );

    for (who, problem) in [
        ("&server=my+server", "<code>my</code> is not an id"),
        ("&server=0", "is not an id"),
        ("&server=7,8", "asked in one server"),
        ("&server=7&channel=1+2", "asked in one channel"),
        ("&roles=5", "Roles and channels belong to a server"),
        ("&server=%3Cscript%3E", "is not an id"),
    ] {
        let shown = tried(rink, who);
        assert!(shown.contains(problem), "{who}: {shown}");
        assert!(!shown.contains("at nine"), "{who}: {shown}");
    }
}

#[test]
fn an_article_is_deleted_and_brought_back() {
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = |name: &str| knowledge.path().join(name);
    fs::write(path("rink.md"), "The rink opens at nine.\n").unwrap();
    fs::write(path("sauna.md"), "The sauna is warm on Fridays.\n").unwrap();
    let (_discord, _bot, address) = start(knowledge.path(), data.path(), |command| {
        command.env("KNOWLEDGE_WATCH", "off");
    });
    let answers = || get(&address, "/try?question=When+is+the+sauna+warm%3F").body;
    let delete = |name: &str| {
        let page = get(&address, &format!("/article?path={name}"));
        check_page(&page);
        let version = hidden(&page, "version");
        post(
            &address,
            "/delete",
            &[("path", name), ("version", &version)],
        )
    };
    assert!(answers().contains("Fridays"));
    // Somebody else has changed it since it was looked at.
    let fields = [("path", "sauna.md"), ("version", "0000000000000001")];
    assert_eq!(post(&address, "/delete", &fields).status, 409);
    assert_eq!(post(&address, "/delete", &fields[..1]).status, 400);

    let list = follow(&address, &delete("sauna.md"));
    assert!(
        list.body.contains("<code>sauna.md</code> was deleted."),
        "{}",
        list.body
    );
    assert!(!path("sauna.md").exists() && !answers().contains("Fridays"));
    let only = delete("rink.md");
    assert_eq!(only.status, 400);
    assert!(only.body.contains("the only article"), "{}", only.body);
    assert!(path("rink.md").exists());

    let change = hidden(&list, "change");
    let undone = follow(&address, &post(&address, "/undo", &[("change", &change)]));
    assert!(undone.body.contains("The change was undone."));
    assert_eq!(
        fs::read_to_string(path("sauna.md")).unwrap(),
        "The sauna is warm on Fridays.\n"
    );
    assert!(answers().contains("Fridays"));

    // What somebody else has put in its place meanwhile is not overwritten.
    let list = follow(&address, &delete("sauna.md"));
    fs::write(path("sauna.md"), "The sauna is closed.\n").unwrap();
    let refused = post(&address, "/undo", &[("change", &hidden(&list, "change"))]);
    assert_eq!(refused.status, 409);
    assert_eq!(
        fs::read_to_string(path("sauna.md")).unwrap(),
        "The sauna is closed.\n"
    );
}
