//! Writes the first inputs of each target to `corpus/TARGET`, where cargo-fuzz looks for them.

use pullquote_fuzz::MARKUP;
use std::fs;
use std::io;
use std::path::Path;

/// Ordinary markup: which of [`MARKUP`] it is, and the text.
const PAGES: [(usize, &str); 5] = [
    (
        0,
        "---\ntitle: Ferry\n---\n{{Infobox\n| built = 1990\n}}\n''It'' [[Port|sails]].<ref>x</ref>\n== Fares ==\n# one\n#* two\n; a : b\n{| class=x\n|+ c\n! Day !! Fare\n|-\n|colspan=2| {{n|1}}\n|}\n",
    ),
    (0, "#REDIRECT [[Ferry]]"),
    (
        0,
        "<mediawiki><siteinfo><base>https://isle.example/wiki/Main</base></siteinfo><page><title>Ferry</title><ns>0</ns><revision><text>It [[x]] sails.</text></revision></page></mediawiki>",
    ),
    (
        1,
        "Ferry\n=====\n\n.. note:: It |x| sails.\n\n.. |x| replace:: never\n\n1. one\n\n   a. two\n\n=== ====\nDay Fare\n=== ====\n1   2\n=== ====\n\n`A <b_>`_ ::\n\n   code\n\n| line\n| line\n",
    ),
    (
        2,
        "= Ferry\n\nNOTE: It *sails* link:x[there]. +\nNow.\n\n[cols=2*]\n|===\n|Day |Fare\n\n2+|1\n|===\n\n----\ncode\n----\n. one\n.. two\n",
    ),
];

/// Bytes of a hostile file that are a seed: the rest repeats them.
const START: usize = 200;

fn main() -> io::Result<()> {
    let readers = pullquote_hostile_files::small_texts().map(|file| {
        let choice = u8::from(file.name.ends_with(".md"));
        let start = file.bytes.into_iter().take(START);
        std::iter::once(choice).chain(start).collect()
    });
    write("readers", readers)?;
    let hostile = pullquote_hostile_files::small_texts().filter_map(|file| {
        let (_, extension) = file.name.rsplit_once('.')?;
        let choice = MARKUP.iter().position(|(_, known)| *known == extension)?;
        let start = file.bytes.into_iter().take(START).collect();
        Some((choice, start))
    });
    let pages = PAGES.map(|(choice, text)| (choice, Vec::from(text)));
    let markup = hostile.chain(pages);
    let markup = markup.map(|(choice, text)| [vec![choice as u8], text].concat());
    write("markup", markup)?;
    let questions = [
        "When does the ferry leave?",
        "wat does teh bycicle cost",
        "\"two euros\" -dogs",
        "How much is a ticket in £?",
        "¿Cuándo sale el ferry?",
        "渡し船はいつ出ますか",
    ];
    write("questions", questions.map(Into::into).into_iter())?;
    let ids = [
        "more:0123456789abcdef.3:10:20",
        "others:all:2:new",
        "share:all",
        "articles:7",
        "search:all:1",
    ];
    write("custom_ids", ids.map(Into::into).into_iter())?;
    let front_matter = [
        "title: The ferry",
        "title: \"The ferry\"\naliases: [boat, ship]\ntags:\n  - sea\n  - travel\ndate: 2026-05-01\nlanguage: en",
        "summary: >\n  Two lines\n  of text.\nsource: https://ferry.example/a\nunknown: &x [*x]",
    ];
    write("front_matter", front_matter.map(Into::into).into_iter())?;
    let settings = [
        "DISCORD_TOKEN=a.b.c\nLOG_LEVEL=debug\nLOG_FORMAT=json",
        "# a comment\nexport AUTO_ANSWER_CHANNELS='1, 2'\nALLOWED_SERVERS=\"3\"\nHTTP_ADDRESS=127.0.0.1:9090\nHTTP_HOSTS=a.example",
        "MEMBER_REQUESTS_PER_MINUTE=0\nCONCURRENT_REQUESTS=-1\nRUST_LOG=pullquote=trace,off\nKNOWLEDGE_WATCH=poll\nDISCORD_API_BASE=http://127.0.0.1:1/",
        "EMBEDDING_MODEL=${KNOWLEDGE_DIR}/x\nLOG_LEVLE=info",
    ];
    write("settings", settings.map(Into::into).into_iter())?;
    write("interactions", payloads().into_iter())
}

/// Payloads of the gateway: a command, an option that is being typed, a button, a menu and a message.
fn payloads() -> [Vec<u8>; 5] {
    let interaction = |number: u8, rest: &str| {
        format!(
            r#"{{"op":0,"s":1,"t":"INTERACTION_CREATE","d":{{"id":"5","application_id":"2","version":1,"type":{number},"token":"t","channel_id":"7","guild_id":"8","locale":"de","member":{{"user":{{"id":"10","username":"ann","discriminator":"0"}},"roles":[]}},{rest}}}}}"#
        )
    };
    let message = r#""id":"6","channel_id":"7","author":{"id":"10","username":"ann"},"content":"When does the ferry leave?","timestamp":"2026-01-01T00:00:00Z","mentions":[],"embeds":[]"#;
    let option =
        r#"{"name":"question","type":3,"value":"When does the ferry leave?","focused":true}"#;
    let command = format!(r#""data":{{"id":"9","name":"ask","type":1,"options":[{option}]}}"#);
    let component = |kind: u8, rest: &str| {
        format!(
            r#""message":{{{message}}},"data":{{"custom_id":"articles:7","component_type":{kind}{rest}}}"#
        )
    };
    [
        interaction(2, &command),
        interaction(4, &command),
        interaction(3, &component(2, "")),
        interaction(3, &component(3, r#","values":["1"]"#)),
        format!(r#"{{"op":0,"s":2,"t":"MESSAGE_CREATE","d":{{{message}}}}}"#),
    ]
    .map(String::into_bytes)
}

fn write(target: &str, inputs: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    fs::create_dir_all(&folder)?;
    for (number, input) in inputs.enumerate() {
        fs::write(folder.join(format!("seed-{number}")), input)?;
    }
    Ok(())
}
