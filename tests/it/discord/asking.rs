//! Slash and message commands: what members type and see.

use crate::discord::{QUESTION, QUOTE, knowledge, start, start_with};
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, FORUM_POST, GENERAL, GROUP, Options, StandIn, THREAD, permission,
};
use crate::support::pdf::pdf;
use serde_json::json;

fn ask(discord: &StandIn, question: &str) -> Message {
    let asked = discord
        .member(ALICE)
        .slash("ask", json!({"question": question}));
    asked.answer().message().clone()
}

#[test]
fn a_question_is_answered_at_once_for_everyone() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    assert_eq!(answer.kind, 4, "no deferral");
    let message = answer.message();
    let text = message.text();
    assert!(!message.ephemeral && text.contains(QUOTE) && text.contains(QUESTION));
    assert!(text.contains("> ") && text.contains("**Juche**") && text.contains("Very likely"));
    // The source, with a link.
    assert!(
        text.contains(
            "[The case for a détente with North Korea](https://www.theaustralian.com.au/"
        )
    );
    assert!(text.contains("Why Pyongyang is uneasy about China"));
    assert_eq!(
        message.buttons(),
        [
            "Read in article",
            "Ask a follow-up",
            "👍 Helpful",
            "👎 Not helpful",
            "Delete"
        ]
    );
    assert_eq!(message.components.len(), 1, "one row of buttons");
    assert_eq!(discord.messages(GENERAL).len(), 1);
}

#[test]
fn a_quote_from_a_pdf_names_its_pages_in_the_members_language() {
    let dir = knowledge("notes.md", "The lighthouse is closed in winter.");
    let pages: [&[&str]; 2] = [
        &["The ferry to the island leaves the northern pier at seven."],
        &["The harbour master of the sound is called Signe Dahl."],
    ];
    std::fs::write(dir.path().join("harbour.pdf"), pdf(&pages)).unwrap();
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    for (locale, place) in [
        ("en-US", "harbour.pdf, pages 1-2"),
        ("de", "harbour.pdf, Seiten 1-2"),
        ("ja", "harbour.pdf、ページ 1-2"),
    ] {
        let options = json!({"question": "Who is the harbour master?", "private": true});
        let asked = discord.member(ALICE).locale(locale).slash("ask", options);
        let shown = asked.answer().message().text();
        assert!(shown.contains(place), "{shown}");
    }
}

#[test]
fn passages_of_a_pdf_are_listed_with_their_pages() {
    let dir = knowledge("notes.md", "The ferry of the lake runs in summer.");
    let pages: [&[&str]; 3] = [
        &["The ferry to the island leaves the northern pier at seven in the morning."],
        &["The harbour master is called Signe Dahl, and her office is open until noon."],
        &["Dogs and bicycles travel on the ferry for two euros, small boats for twelve."],
    ];
    std::fs::write(dir.path().join("harbour.pdf"), pdf(&pages)).unwrap();
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    let bob = discord.member(BOB);
    let found = bob.slash("search", json!({"keywords": "ferry"}));
    let found = found.answer().message().clone();
    let text = found.text();
    assert!(
        text.contains("· page 1") && text.contains("· page 3"),
        "{text}"
    );
    assert!(!text.contains("page 2"), "{text}");
    // Other articles have no pages.
    assert_eq!(text.matches("page").count(), 2, "{text}");
    let menu = found.parts().into_iter().find(|part| part["type"] == 3);
    let menu = menu.expect("a menu of passages");
    let dogs = menu["options"].as_array().unwrap().iter();
    let mut dogs = dogs.filter(|option| option["label"].as_str().unwrap().contains("Dogs"));
    let dogs = dogs.next().unwrap_or_else(|| panic!("{menu}"));
    let place = dogs["description"].as_str().unwrap();
    assert!(place.ends_with("· page 3"), "{place}");
    let placeholder = menu["placeholder"].as_str().unwrap();
    let picked = bob.select(&found, placeholder, &[dogs["label"].as_str().unwrap()]);
    let text = picked.answer().message().text();
    assert!(text.contains("· page 3"), "{text}");
}

#[test]
fn questions_are_answered_in_every_kind_of_channel() {
    let (discord, _bot) = start_with(Options::default().user_install(), |_| {});
    for place in [THREAD, FORUM_POST, ALICE_DM, GROUP] {
        let alice = discord.member(ALICE).at(place);
        let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
        assert!(answer.message().text().contains(QUOTE));
        let pressed = alice.click(answer.message(), "Read in article").answer();
        assert!(pressed.message().ephemeral);
    }
}

#[test]
fn a_private_answer_can_be_shared() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let private = json!({"question": QUESTION, "private": true});
    let answer = alice.slash("ask", private).answer();
    assert!(answer.message().ephemeral && discord.messages(GENERAL).is_empty());
    let shared = alice.click(answer.message(), "Share in channel").answer();
    assert!(!shared.message().ephemeral && shared.message().pings.is_empty());
    let text = shared.message().text();
    assert!(text.contains(QUOTE) && text.contains("Shared by"));
}

#[test]
fn typos_are_corrected_and_shown() {
    let (discord, _bot) = start();
    let text = ask(&discord, "wat does jusche mean").text();
    assert!(
        text.contains(QUOTE) && text.contains("Read “jusche” as “juche”"),
        "{text}"
    );
}

#[test]
fn a_question_without_an_answer_says_so() {
    let (discord, _bot) = start();
    let message = ask(&discord, "Which football club plays in Lisbon?");
    let text = message.text();
    assert!(
        text.contains("found no answer") && text.contains("Try rephrasing"),
        "{text}"
    );
    assert!(!text.contains("> "));
}

#[test]
fn a_question_without_searchable_words_gets_help() {
    let (discord, _bot) = start();
    assert!(ask(&discord, "???").text().contains("Ask me a question"));
}

#[test]
fn a_question_may_have_a_thousand_characters() {
    let (discord, _bot) = start();
    let long = |length: usize| {
        "juche "
            .repeat(length / 6 + 1)
            .chars()
            .take(length)
            .collect::<String>()
    };
    let refused = ask(&discord, &format!("{}x", long(1_000)));
    assert!(refused.ephemeral && refused.text().contains("at most 1,000 characters"));
    let taken = ask(&discord, &format!("{}x", long(999)));
    assert!(!taken.text().contains("at most 1,000"));
}

#[test]
fn autocomplete_offers_articles_and_questions() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let articles = alice.typing("ask", "article", "noth kor").answer();
    assert_eq!(articles.choices[0].1, "north-korea-detente");
    let questions = alice.typing("ask", "question", "sanctions").answer();
    assert!(
        questions
            .names()
            .contains(&"Why more sanctions will not do it")
    );
    let continued = alice.typing("ask", "question", "who is pyong").answer();
    assert!(
        continued.names().contains(&"who is Pyongyang"),
        "{:?}",
        continued.names()
    );
    let filled = alice.typing_with(
        "ask",
        "question",
        "",
        json!({"article": "north-korea-detente"}),
    );
    assert!(!filled.answer().names().is_empty());
    assert!(
        alice
            .typing("article", "name", "zzzzzz")
            .answer()
            .choices
            .is_empty()
    );
}

#[test]
fn an_unknown_article_name_suggests_the_nearest() {
    let dir = tempfile::tempdir().unwrap();
    for title in ["Ferry times", "Ferry fares"] {
        let text = format!("# {title}\n\nThe ferry to the island sails every hour.\n");
        std::fs::write(dir.path().join(format!("{title}.md")), text).unwrap();
    }
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    let alice = discord.member(ALICE);
    let ask = |article| alice.slash("ask", json!({"question": QUESTION, "article": article}));
    let nowhere = ask("zebra").answer();
    let text = nowhere.message().text();
    assert!(nowhere.message().ephemeral, "{text}");
    assert!(text.contains("“zebra”. /articles lists all"), "{text}");
    let answer = ask("fery").answer();
    assert!(answer.message().ephemeral && answer.message().text().contains("“fery”"));
    let opened = alice.select(answer.message(), "Open an article", &["Ferry times"]);
    assert!(opened.answer().message().text().contains("every hour"));
}

#[test]
fn the_bot_speaks_the_members_language() {
    let (discord, _bot) = start();
    for (locale, words) in [
        ("de", "Sehr wahrscheinlich"),
        ("fr", "Très probable"),
        ("es-ES", "Muy probable"),
        ("pt-BR", "Muito provável"),
        ("it", "Molto probabile"),
        ("pl", "Bardzo prawdopodobne"),
        ("tr", "Çok olası"),
        ("ru", "Очень вероятно"),
        ("ja", "可能性が非常に高い"),
        ("ko", "가능성 매우 높음"),
        ("zh-CN", "很可能"),
        ("zh-TW", "Very likely"),
        ("th", "Very likely"),
    ] {
        let member = discord.member(BOB).locale(locale);
        let private = json!({"question": QUESTION, "private": true});
        let answer = member.slash("ask", private).answer();
        let text = answer.message().text();
        assert!(
            text.contains(QUOTE) && text.contains(words),
            "{locale}: {text}"
        );
    }
}

#[test]
fn what_everyone_sees_is_in_the_servers_language() {
    let options = Options {
        server_locale: "de",
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |_| {});
    let member = discord.member(BOB).locale("fr");
    let answer = member.slash("ask", json!({"question": QUESTION})).answer();
    let text = answer.message().text();
    assert!(
        text.contains(QUOTE) && text.contains("Sehr wahrscheinlich"),
        "{text}"
    );
    // What only the member sees is in theirs, and so are direct messages.
    let thanks = member.click(answer.message(), "👍 Hilfreich").answer();
    assert!(
        thanks.message().text().contains("Merci"),
        "{}",
        thanks.message().text()
    );
    let alice = discord.member(ALICE).at(ALICE_DM).locale("es-ES");
    let direct = alice.slash("ask", json!({"question": QUESTION})).answer();
    assert!(direct.message().text().contains("Muy probable"));
    // A summary keeps its language when it gets longer.
    let summary = member.slash("summary", json!({})).answer();
    let longer = member.click(summary.message(), "Länger").answer();
    assert_eq!(longer.kind, 7);
    assert!(longer.message().buttons().contains(&"Kürzer"));
}

#[test]
fn a_message_can_be_searched_for() {
    let (discord, _bot) = start();
    let said = discord.member(BOB).say("hm, what was juche again?");
    let found = discord
        .member(ALICE)
        .message_command("Find in articles", said)
        .answer();
    assert!(found.message().ephemeral && found.message().text().contains(QUOTE));
    let picture = discord.member(BOB).say("");
    let found = discord
        .member(ALICE)
        .message_command("Find in articles", picture)
        .answer();
    assert!(found.message().text().contains("no text"));
}

#[test]
fn text_outside_of_a_messages_content_can_be_searched_for() {
    let (discord, _bot) = start();
    let bob = discord.member(BOB);
    let question = json!({"text": QUESTION});
    let poll = json!({
        "question": question, "answers": [{"answer_id": 1, "poll_media": {"text": "self-reliance"}}], "allow_multiselect": false,
        "expiry": "2026-01-01T00:00:00+00:00", "layout_type": 1, "results": {"answer_counts": [], "is_finalized": true},
    });
    let display = json!({"type": 10, "id": 2, "content": QUESTION});
    let container = json!({"type": 17, "id": 1, "components": [display], "accent_color": null, "spoiler": false});
    let snapshot = json!({"message": {
        "content": QUESTION, "type": 0, "mentions": [], "mention_roles": [], "embeds": [], "attachments": [], "components": [],
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": null, "flags": 0,
    }});
    for fields in [
        json!({"message_snapshots": [snapshot], "message_reference": {"type": 1, "message_id": "1", "channel_id": "1"}}),
        json!({"components": [container], "flags": 1 << 15}),
        json!({"poll": poll}),
        json!({"embeds": [{"type": "rich", "fields": [{"name": "Question", "value": QUESTION, "inline": false}]}]}),
    ] {
        let posted = bob.post(fields.clone());
        let alice = discord.member(ALICE);
        let found = alice.message_command("Find in articles", posted).answer();
        let text = found.message().text().replace('*', "");
        assert!(text.contains(QUOTE), "{fields}: {text}");
    }
}

#[test]
fn fields_and_types_that_are_new_cost_no_answer() {
    let (discord, _bot) = start();
    let mention = format!("{} {QUESTION}", crate::support::discord::MENTION);
    let odd = json!({
        "content": mention, "flags": 1_u64 << 40, "components": [{"type": 300, "of": "tomorrow"}],
        "embeds": [{"type": "dream", "fields": 7}], "sticker_items": {}, "activity": {"type": 1_000},
        "mentions": [{"id": crate::support::discord::BOT.to_string(), "username": 5, "bot": true, "primary_guild": 1}],
    });
    let asked = discord.member(ALICE).post(odd);
    assert!(discord.reply_to(asked).text().contains(QUOTE));
    let of_the_system = json!({"content": mention, "type": 4_000});
    let ignored = discord.member(ALICE).post(of_the_system);
    let target = discord
        .member(BOB)
        .post(json!({"content": QUESTION, "type": 4_000, "poll": []}));
    let found = discord
        .member(ALICE)
        .message_command("Find in articles", target);
    assert!(found.answer().message().text().contains(QUOTE));
    assert!(discord.replies_to(ignored).is_empty());
    // No fault of the bot's.
    let odd = discord.take_violations();
    let is_stand_in = |it: &String| it.contains("the stand-in's");
    assert!(odd.iter().all(is_stand_in), "{odd:#?}");
}

#[test]
fn help_shows_commands_to_click() {
    let (discord, bot) = start();
    bot.wait_line("commands registered");
    let help = discord.member(ALICE).slash("help", json!({})).answer();
    let ask = discord
        .commands()
        .into_iter()
        .find(|it| it["name"] == "ask")
        .unwrap();
    let mention = format!("</ask:{}>", ask["id"].as_str().unwrap());
    let text = help.message().text();
    assert!(text.contains(&mention), "{text}");
    assert!(!text.contains("</knowledge"), "{text}");
    // Who manages the server sees what they can do there.
    let manager = discord.member(ALICE).with(permission::MANAGE_SERVER);
    let text = manager.slash("help", json!({})).answer().message().text();
    for name in [
        "</ask:",
        "</knowledge add:",
        "</knowledge list:",
        "</settings:",
    ] {
        assert!(text.contains(name), "{name}: {text}");
    }
    assert!(!text.contains("</reload:"), "{text}");
}

#[test]
fn a_follow_up_is_asked_in_a_form() {
    let (discord, _bot) = start();
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));
    let first = alice.slash("ask", json!({"question": QUESTION})).answer();
    let pressed = bob.click(first.message(), "Ask a follow-up");
    let form = pressed.answer().form;
    assert_eq!(form["components"][0]["component"]["value"], QUESTION);
    let answer = bob
        .submit(&pressed, "Why is Pyongyang uneasy about China?")
        .answer();
    let message = answer.message();
    assert!(message.text().contains("Why is Pyongyang uneasy") && !message.ephemeral);
    assert_ne!(message.id, first.message().id);
    let again = alice.click(message, "Ask a follow-up");
    assert!(
        alice
            .submit(&again, "wat does jusche mean")
            .answer()
            .message()
            .text()
            .contains(QUOTE)
    );
}

#[test]
fn an_empty_folder_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = crate::support::program();
    command
        .arg("run")
        .env("KNOWLEDGE_DIR", dir.path())
        .env("DISCORD_TOKEN", "a.b.c");
    let output = command.current_dir(dir.path()).output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && log.contains("no articles"),
        "{log}"
    );
}

#[test]
fn a_member_who_asks_too_fast_has_to_wait() {
    let (discord, _bot) = start_with(crate::support::discord::Options::default(), |command| {
        command.env("MEMBER_REQUESTS_PER_MINUTE", "2");
    });
    ask(&discord, QUESTION);
    ask(&discord, QUESTION);
    let third = ask(&discord, QUESTION);
    assert!(
        third.ephemeral && third.text().contains("asking too fast"),
        "{}",
        third.text()
    );
    let bob = discord
        .member(BOB)
        .slash("ask", json!({"question": QUESTION}))
        .answer();
    assert!(bob.message().text().contains(QUOTE));
    // Autocomplete has a separate limit. Of several messages, only the first gets the notice.
    assert!(
        !discord
            .member(ALICE)
            .typing("ask", "question", "ju")
            .answer()
            .choices
            .is_empty()
    );
    let mention = format!("{} {QUESTION}", crate::support::discord::MENTION);
    let first = discord.member(ALICE).say(&mention);
    assert!(discord.reply_to(first).text().contains("asking too fast"));
    let again = discord.member(ALICE).say(&mention);
    discord
        .member(BOB)
        .slash("ask", json!({"question": QUESTION}))
        .answer();
    assert!(discord.replies_to(again).is_empty());
}

#[test]
fn a_broken_sentence_model_costs_no_answer() {
    let (discord, bot) = start_with(crate::support::discord::Options::default(), |command| {
        command.env("MODEL", "no/such/folder");
    });
    bot.wait_line("answering without the sentence model");
    assert!(ask(&discord, QUESTION).text().contains(QUOTE));
}

#[test]
fn the_sentence_model_helps_once_it_has_embedded_the_articles() {
    let dir = knowledge(
        "abducted.md",
        "# News\n\nAgents abducted citizens in the 1970s.\n",
    );
    let (discord, bot) = start_with(crate::support::discord::Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
        command.env_remove("MODEL");
    });
    bot.wait_line("the sentence model is ready");
    let answer = ask(&discord, "Who was kidnapped in the 1970s?");
    assert!(answer.text().contains("**abducted**"), "{}", answer.text());

    let ferry = "# Harbour\n\nThe ferry departs at noon.\n";
    std::fs::write(dir.path().join("harbour.md"), ferry).unwrap();
    bot.wait_line("2 passages embedded, 1 of them new");
    let answer = ask(&discord, "When does the boat leave?");
    assert!(answer.text().contains("at noon"), "{}", answer.text());
}

#[test]
fn answers_come_from_any_article_in_the_folder() {
    let dir = knowledge(
        "opening-hours.md",
        "# Opening hours\n\nThe library opens at nine and closes at six.\n",
    );
    let (discord, _bot) = start_with(crate::support::discord::Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    assert!(
        ask(&discord, "When does the library open?")
            .text()
            .contains("at nine")
    );
}

#[test]
fn links_and_code_arrive_as_they_were_written() {
    let dir = knowledge(
        "setup.md",
        "---\ntitle: Setup\nsource: https://docs.example/setup.html\n---\n\n## Install the server\n\n\
         Get `sailctl` from [the *downloads*](files/) and run it:\n\n```sh\ncurl -O x && \\\n  sailctl @everyone `id`\n```\n\n\
         Then **restart**, and see https://a.example/why_(not).\n\nWrite `` `id` `` in backticks.\n",
    );
    let (discord, _bot) = start_with(crate::support::discord::Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    let answer = ask(&discord, "How do I install the server?");
    let text = answer.text();
    for part in [
        "`sailctl`",
        "[the downloads](https://docs.example/files/)",
        "> ```sh\n> curl -O x && \\\n>   sailctl @everyone `id`\n> ```\n",
        "**restart**",
        "<https://a.example/why_(not)>",
        "Write `` `id` `` in",
        " · setup.md:8-17",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
    assert!(answer.pings.is_empty());
}
