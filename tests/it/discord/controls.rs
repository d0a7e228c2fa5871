//! Buttons and selects, also after a restart and after the articles have changed.

use crate::discord::{QUESTION, knowledge, page, start, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, Fault, GROUP, MENTION, Member, Options, StandIn, THREAD,
};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Runs a command and returns its response.
fn answer(member: &Member<'_>, command: &str, options: serde_json::Value) -> Message {
    member.slash(command, options).answer().message().clone()
}

fn with_articles(dir: &Path) -> (StandIn, Bot) {
    start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir);
    })
}

#[test]
fn other_passages_in_pages() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let first = answer(
        &alice,
        "ask",
        json!({"question": "What would America win from North Korea and China?"}),
    );
    let others = alice.click(&first, "Other passages").answer();
    assert!(others.message().ephemeral);
    let next = alice.click(others.message(), "Next").answer();
    assert_eq!(
        (next.kind, next.message().id),
        (7, others.message().id),
        "the message is updated"
    );
    let back = alice.click(next.message(), "Back").answer();
    assert_eq!(back.message().text(), others.message().text());
}

#[test]
fn feedback_is_thanked_for_logged_and_counted() {
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let address = wait_address(&bot);
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));
    let quoted = answer(&alice, "ask", json!({"question": QUESTION}));
    let thanks = alice.click(&quoted, "👍 Helpful").answer();
    assert!(
        thanks.message().ephemeral && thanks.message().text().contains("Thanks for the feedback")
    );
    assert!(bot.wait_line("outcome=\"helpful\"").contains("yes"));
    // The same passage, for the same question in another message.
    let again = answer(&bob, "ask", json!({"question": QUESTION}));
    bob.click(&again, "👍 Helpful").answer();
    bot.wait_line("place=\"north-korea-detente.md:36-37\" helpful=2 not_helpful=0");
    // A member's later rating replaces the earlier one.
    alice.click(&again, "👎 Not helpful").answer();
    bot.wait_line("helpful=1 not_helpful=1");
    // A button of an earlier version, without a passage.
    alice.click_id(quoted.id, "no").answer();
    bot.wait_line("outcome=\"not helpful\"");
    let metrics = page(&address, "/metrics");
    for line in [
        "pullquote_ratings{rating=\"helpful\"} 1",
        "pullquote_ratings{rating=\"not helpful\"} 2",
    ] {
        assert!(metrics.contains(line), "{metrics}");
    }
}

#[test]
fn suggestions_can_be_opened() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [
        (
            "tea.md",
            "# Tea\n\nGreen tea is steeped for two minutes in hot water.\n",
        ),
        (
            "bread.md",
            "# Bread\n\nBread rises for two hours in a warm kitchen.\n",
        ),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let (discord, _bot) = with_articles(dir.path());
    let alice = discord.member(ALICE);
    let ask = |question: &str| answer(&alice, "ask", json!({"question": question}));
    let unsure = ask("what colour is the warm kitchen");
    assert!(
        unsure.text().contains("**1 Bread**: Bread rises"),
        "{}",
        unsure.text()
    );
    let whole = alice.click(&unsure, "1 Bread").answer();
    assert!(whole.message().ephemeral && whole.message().text().contains("kitchen"));

    let none = ask("what colour is the kitchen of the queen");
    let menu = none.parts().into_iter().find(|part| part["type"] == 3);
    let menu = menu.unwrap_or_else(|| panic!("{}", none.text()))["placeholder"]
        .as_str()
        .unwrap();
    let choice = none.part(menu)["options"][0]["label"].as_str().unwrap();
    let whole = alice.select(&none, menu, &[choice]).answer();
    assert!(whole.message().ephemeral && whole.message().text().contains("kitchen"));
}

#[test]
fn search_results_and_articles_can_be_read() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let found = answer(&alice, "search", json!({"keywords": "China"}));
    assert!(found.ephemeral && found.text().contains("**China**"));
    let next = alice.click(&found, "Next").answer();
    assert!(next.message().text().contains("Page 2 of"));
    let nothing = answer(&alice, "search", json!({"keywords": "zeppelin"}));
    assert!(nothing.text().contains("No passage contains"));

    let list = answer(&alice, "articles", json!({}));
    let title = "The case for a détente with North Korea";
    assert!(list.text().contains(title));
    let card = alice.select(&list, "Open an article", &[title]).answer();
    assert!(card.message().text().contains("min read"));
    let page = alice.click(card.message(), "Read").answer();
    assert!(
        page.message()
            .text()
            .contains("President Joe Biden's staff")
    );
    let file = alice.click(page.message(), "Download text").answer();
    let bytes = file.message().file("north-korea-detente.txt");
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(text.contains("Juche, the idea at the heart of the Kim family's rule"));
    assert!(file.message().ephemeral);

    assert!(answer(&alice, "help", json!({})).text().contains("/ask"));
    let about = answer(&alice, "about", json!({}));
    assert!(about.text().contains("Uptime"));
}

#[test]
fn another_member_does_not_change_what_everyone_sees() {
    let (discord, _bot) = start();
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));
    let summary = answer(&alice, "summary", json!({}));
    let longer = bob.click(&summary, "Longer").answer();
    assert!(longer.kind == 4 && longer.message().ephemeral);
    assert_eq!(discord.message(summary.id).unwrap().edits, 0);
    // Bob's own copy is his to change, and the summary is Alice's.
    let longest = bob.click(longer.message(), "Longer").answer();
    assert_eq!(
        (longest.kind, longest.message().id),
        (7, longer.message().id)
    );
    let changed = alice.click(&summary, "Longer").answer();
    assert_eq!((changed.kind, changed.message().id), (7, summary.id));
}

fn is_gone(discord: &StandIn, message: &Message) -> bool {
    discord.message(message.id).unwrap().deleted
}

/// Every answer that others can see, made by Alice.
fn public_answers(discord: &StandIn) -> Vec<Message> {
    let alice = discord.member(ALICE);
    let by_command = answer(&alice, "ask", json!({"question": QUESTION}));
    let private = answer(
        &alice,
        "ask",
        json!({"question": QUESTION, "private": true}),
    );
    assert!(!private.buttons().contains(&"Delete"));
    let shared = alice.click(&private, "Share in channel").answer();
    let pressed = alice.click(&by_command, "Ask a follow-up");
    let by_form = alice.submit(&pressed, QUESTION).answer();
    vec![
        by_command,
        shared.message().clone(),
        by_form.message().clone(),
        discord.reply_to(alice.say(&format!("{MENTION} {QUESTION}"))),
        answer(
            &alice,
            "ask",
            json!({"question": "How do I bake sourdough bread?"}),
        ),
        answer(&alice, "summary", json!({})),
    ]
}

#[test]
fn an_answer_is_deleted_by_who_asked_and_by_moderators_only() {
    let (discord, bot) = start();
    let (alice, bob) = (discord.member(ALICE), discord.member(BOB));
    for (number, message) in public_answers(&discord).into_iter().enumerate() {
        let refused = bob.click(&message, "Delete").answer();
        assert!(refused.message().ephemeral, "{}", message.text());
        assert!(refused.message().text().contains("moderators can delete"));
        assert!(!is_gone(&discord, &message));
        let may = if number % 2 == 0 {
            &alice
        } else {
            &bob.clone().moderator()
        };
        assert_eq!(may.click(&message, "Delete").answer().kind, 6);
        assert!(is_gone(&discord, &message), "{}", message.text());
    }
    bot.wait_line("outcome=\"deleted\"");
}

#[test]
fn answers_are_deleted_where_the_bot_is_no_member_and_in_direct_messages() {
    let (discord, _bot) = start_with(Options::default().user_install(), |_| {});
    for place in [GROUP, ALICE_DM, THREAD] {
        let alice = discord.member(ALICE).at(place);
        let message = answer(&alice, "ask", json!({"question": QUESTION}));
        alice.click(&message, "Delete").answer();
        assert!(is_gone(&discord, &message));
    }
}

#[test]
fn a_member_hears_when_an_answer_cannot_be_deleted() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let message = answer(&alice, "ask", json!({"question": QUESTION}));
    discord.fault(Fault::on("DELETE /webhooks/*/*/messages/@original").status(403));
    let told = alice.click(&message, "Delete").answer();
    assert_eq!(told.kind, 6);
    assert!(told.followups[0].ephemeral && told.followups[0].text().contains("went wrong"));
    bot.wait_line("outcome=\"not delivered\"");
    assert!(!is_gone(&discord, &message));
    discord.heal();
    alice.click(&message, "Delete").answer();
    assert!(is_gone(&discord, &message));
    // A second click, on a message that is gone, costs nothing.
    alice.click_id(message.id, "delete").answer();
}

#[test]
fn a_button_of_a_message_that_is_deleted_meanwhile_is_answered_to_the_member_alone() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let summary = answer(&alice, "summary", json!({}));
    alice.delete(summary.id);
    let longer = alice.click(&summary, "Longer").answer();
    assert_eq!(longer.kind, 4);
    assert!(longer.message().ephemeral && !longer.message().text().contains("went wrong"));
    bot.wait_line("the message has been deleted");
}

#[test]
fn buttons_work_after_a_restart() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let quoted = answer(&alice, "ask", json!({"question": QUESTION}));
    drop(bot);
    discord.pass(std::time::Duration::from_secs(10));
    let _bot = Bot::run(&discord, |_| {});
    discord.wait_readies(2);
    let read = alice.click(&quoted, "Read in article").answer();
    assert!(read.message().ephemeral && read.message().text().contains("Page "));
}

#[test]
fn buttons_say_so_when_the_text_has_changed() {
    let text = "# Hours\n\nThe library opens at nine. A cat lives in the cellar and belongs to nobody. \
                It catches mice, and sleeps in the reading room.\n";
    let text = &format!("{text}\n{}\n", "Its whiskers are long. ".repeat(50));
    let dir = knowledge("hours.md", text);
    let (discord, bot) = with_articles(dir.path());
    let alice = discord.member(ALICE);
    let quoted = answer(
        &alice,
        "ask",
        json!({"question": "When does the library open?"}),
    );
    drop(bot);
    fs::write(dir.path().join("hours.md"), text.replace("nine", "ten")).unwrap();
    discord.pass(std::time::Duration::from_secs(10));
    let _bot = Bot::run(&discord, |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    discord.wait_readies(2);
    let more = alice.click(&quoted, "Read on").answer();
    assert!(more.message().ephemeral && more.message().text().contains("has changed"));
}

#[test]
fn a_button_of_another_version_says_so() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let quoted = answer(&alice, "ask", json!({"question": QUESTION}));
    for odd in [
        "v9:more:xyz",
        "more",
        "read:0000000000000000:0:t",
        &"x".repeat(100),
    ] {
        let said = alice.click_id(quoted.id, odd).answer();
        assert!(said.message().ephemeral, "{odd}");
    }
}
