//! Hostile and huge texts: they are shown as text and have no effect.

use crate::discord::{QUESTION, QUOTE, knowledge, start_with};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{ALICE, GENERAL, MENTION, Options, StandIn};
use serde_json::json;

/// Questions that attempt an attack.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "@everyone @here juche?",
        "<@&1200000000000000300> <#1> <:juche:1> juche",
        "**juche** __x__ ||spoiler|| `code` ```\njuche\n``` > quote # head",
        "[juche](https://evil.example/) https://discord.gg/juche",
        "juche\u{202e}gnihtemos\u{202c}\u{0}\u{7}\u{1b}[31m",
        "' OR 1=1; DROP TABLE articles; -- juche",
        "{{juche}} ${juche} %s %n {0}",
        "jüche 🧑‍🤝‍🧑👩🏽‍🚀 ju\u{301}che 朝鮮 주체",
        "\"juche -sovereignty \"\"",
        "-juche",
        "<script>alert(1)</script> juche",
        "\u{200b}\u{200b}\u{200b}",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    texts.push("juche ".repeat(166));
    texts.push("j".repeat(1_000));
    texts.push("\u{301}".repeat(999));
    texts.push("juche\n".repeat(150));
    texts.push("🧑‍🤝‍🧑".repeat(120));
    texts
}

#[test]
fn hostile_questions_are_answered_like_any_other() {
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("MEMBER_REQUESTS_PER_MINUTE", "0");
    });
    let alice = discord.member(ALICE);
    for text in hostile() {
        let answer = alice.slash("ask", json!({"question": text})).answer();
        check(answer.message());
        let question = alice.say(&format!("{MENTION} {text}"));
        check(&discord.reply_to(question));
        check(
            alice
                .slash("search", json!({"keywords": text}))
                .answer()
                .message(),
        );
        alice.typing("ask", "question", &text).answer();
        alice.typing("article", "name", &text).answer();
        let said = alice.say(&text);
        check(
            alice
                .message_command("Find in articles", said)
                .answer()
                .message(),
        );
    }
    assert!(
        !bot.lines()
            .iter()
            .any(|line| line.contains(" WARN ") || line.contains("ERROR"))
    );
}

fn check(message: &Message) {
    assert!(message.pings.is_empty() && !message.text().is_empty());
}

fn with_article(text: &str) -> (StandIn, Bot, tempfile::TempDir) {
    let dir = knowledge("evil.md", text);
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    (discord, bot, dir)
}

#[test]
fn hostile_articles_are_quoted_as_they_read() {
    let article = "---\ntitle: \"@everyone **Zebras** [x](http://evil.example)\"\nsource: javascript:alert(1)\n---\n\n\
        Zebras say @everyone and <@1200000000000000201> and ||hide|| and discord.gg/zebra every morning.\n\n\
        Zebras also write \\*stars\\* and \\`code\\` and \\> arrows into the grass at noon.\n";
    let (discord, _bot, _dir) = with_article(article);
    let alice = discord.member(ALICE);
    let answer = alice
        .slash(
            "ask",
            json!({"question": "What do zebras say every morning?"}),
        )
        .answer();
    let text = answer.message().text();
    assert!(
        text.contains("\\@everyone") && text.contains("\\|\\|hide"),
        "{text}"
    );
    assert!(!text.contains("javascript:"));
    check(answer.message());
    for command in ["articles", "help", "about"] {
        check(alice.slash(command, json!({})).answer().message());
    }
    check(
        alice
            .slash("article", json!({"name": "evil"}))
            .answer()
            .message(),
    );
}

#[test]
fn huge_passages_stay_within_discords_limits() {
    let sentence = "The zebra grazes beside the river and *never* looks up_at the @everyone of the herd, not even once";
    let endless = format!("{}.\n\n", vec![sentence; 120].join(" and "));
    let many = format!("{}\n\n", vec![format!("{sentence}."); 200].join(" "));
    let article = format!(
        "# {}\n\n{endless}{many}## {}\n\n{endless}",
        "Zebra ".repeat(60),
        "river ".repeat(80)
    );
    let (discord, _bot, _dir) = with_article(&article);
    let alice = discord.member(ALICE);
    let mut pages = 0;
    for question in [
        "Where does the zebra graze?",
        "zebra",
        "Does the zebra look up at the herd once?",
    ] {
        let answer = alice.slash("ask", json!({"question": question})).answer();
        check(answer.message());
        for button in answer.message().buttons() {
            let next = alice.click(answer.message(), button).answer();
            let shows_something = next.message.is_some() != next.form.is_object();
            assert_eq!(shows_something, button != "Delete");
            next.message.iter().for_each(check);
        }
    }
    let mut page = alice
        .slash("search", json!({"keywords": "zebra"}))
        .answer()
        .message()
        .clone();
    while page.buttons().contains(&"Next") && pages < 30 {
        page = alice.click(&page, "Next").answer().message().clone();
        check(&page);
        pages += 1;
    }
    assert!(pages > 0);
    let card = alice.slash("article", json!({"name": "evil"})).answer();
    let mut page = alice
        .click(card.message(), "Read")
        .answer()
        .message()
        .clone();
    while page.buttons().contains(&"Next") {
        page = alice.click(&page, "Next").answer().message().clone();
        check(&page);
    }
}

#[test]
fn events_with_missing_fields_are_still_read() {
    // At info, since the client library logs at debug that it could not read the event.
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("RUST_LOG", "info");
    });
    discord.dispatch_unjudged("SOMETHING_NEW", &json!({"a": [1, 2, 3]}));
    let member = json!({"user": {"id": ALICE.id.to_string()}});
    let bare = json!({
        "id": "77", "type": 2, "token": "bare", "channel_id": GENERAL.to_string(), "member": member,
        "data": {"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": QUESTION}]},
    });
    discord.dispatch_unjudged("INTERACTION_CREATE", &bare);
    let answer = discord.wait_request(|request| request.path == "/interactions/77/bare/callback");
    assert!(answer.body.to_string().contains(QUOTE));
}
