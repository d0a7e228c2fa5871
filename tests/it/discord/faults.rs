//! Errors of Discord's API and missing permissions. The bot retries or works around them, or logs them.

use crate::discord::{QUESTION, QUOTE, start, start_with};
use crate::support::discord::{
    ALICE, ALICE_DM, BOB, EMPTY_POST, Fault, GENERAL, MENTION, OTHER, Options, Place, RateLimits,
    StandIn, THREAD, permission,
};
use serde_json::json;
use std::time::Duration;

const CALLBACK: &str = "POST /interactions/*/*/callback";
const MESSAGES: &str = "POST /channels/*/messages";

fn mention(discord: &StandIn, channel: u64) -> u64 {
    discord
        .member(ALICE)
        .at(channel)
        .say(&format!("{MENTION} {QUESTION}"))
}

fn ask(discord: &StandIn) -> String {
    let asked = discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}));
    asked.answer().message().text()
}

#[test]
fn server_errors_and_rate_limits_are_retried() {
    let (discord, _bot) = start();
    for fault in [
        Fault::on(CALLBACK).status(502).times(2),
        Fault::on(CALLBACK).status(429).retry_after(0.4),
        Fault::on(CALLBACK).status(500).applied(),
    ] {
        discord.fault(fault);
        assert!(ask(&discord).contains(QUOTE));
    }
    for fault in [
        Fault::on(MESSAGES).status(502).times(3),
        Fault::on(MESSAGES).status(429).retry_after(0.7),
        // The message was posted, but the response was lost. The nonce prevents a duplicate.
        Fault::on(MESSAGES).status(504).applied(),
    ] {
        discord.fault(fault);
        let question = mention(&discord, GENERAL);
        assert!(discord.reply_to(question).text().contains(QUOTE));
        ask(&discord);
        assert_eq!(discord.replies_to(question).len(), 1);
    }
    let question = mention(&discord, OTHER);
    let answer = discord.reply_to(question);
    discord.fault(Fault::on("PATCH /channels/*/messages/*").status(503));
    discord
        .member(ALICE)
        .at(OTHER)
        .edit(question, &format!("{MENTION} football?"));
    discord.wait_message(answer.id, |message| message.edits == 1);
}

#[test]
fn a_request_that_hangs_costs_no_answer() {
    let (discord, _bot) = start();
    // The first one was never executed; of the second, only the response was lost.
    for fault in [
        Fault::on(CALLBACK).hangs(),
        Fault::on(CALLBACK).hangs().applied(),
    ] {
        discord.fault(fault);
        let text = ask(&discord);
        assert!(text.contains(QUOTE), "{text}");
    }
}

#[test]
fn a_burst_of_answers_stays_below_the_global_limit() {
    let burst = 1..=120;
    let strict = Options {
        rate_limits: RateLimits::Strict,
        ..Options::default()
    };
    let options = burst.clone().fold(strict, |options, id| {
        options.channel(id, "crowded", Place::Text)
    });
    let (discord, _bot) = start_with(options, |command| {
        command.env("MEMBER_REQUESTS_PER_MINUTE", "0");
        command.env("SERVER_REQUESTS_PER_MINUTE", "0");
    });
    let questions: Vec<u64> = burst.map(|channel| mention(&discord, channel)).collect();
    for question in questions {
        assert!(discord.reply_to(question).text().contains(QUOTE));
    }
    let requests = discord.requests();
    assert!(requests.iter().all(|request| request.status != 429));
}

#[test]
fn edits_and_autocompletes_are_retried() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let found = alice.slash("search", json!({"keywords": "China"})).answer();
    discord.fault(Fault::on(CALLBACK).status(502));
    assert_eq!(alice.click(found.message(), "Next").answer().kind, 7);
    discord.fault(Fault::on(CALLBACK).status(502));
    assert!(
        !alice
            .typing("ask", "question", "ju")
            .answer()
            .choices
            .is_empty()
    );
}

#[test]
fn a_missed_deadline_is_only_logged() {
    let (discord, bot) = start();
    discord.fault(Fault::on(CALLBACK).hangs().times(3));
    let lost = discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}));
    assert!(lost.outcome().is_none());
    bot.wait_line("not delivered");
    discord.fault(Fault::on(CALLBACK).status(502).times(100));
    let lost = discord
        .member(BOB)
        .slash("ask", json!({"question": QUESTION}));
    assert!(lost.outcome().is_none());
    discord.fault(Fault::on(CALLBACK).status(200).times(0));
}

#[test]
fn an_expired_interaction_is_logged_as_late() {
    let options = Options {
        first_response: Duration::ZERO,
        ..Options::default()
    };
    let (discord, bot) = start_with(options, |_| {});
    let lost = discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}));
    assert!(lost.outcome().is_none());
    bot.wait_line("too late");
}

#[test]
fn a_rejected_answer_is_replaced_by_an_error_with_an_id() {
    let (discord, bot) = start();
    discord.fault(Fault::on(CALLBACK).status(400));
    let text = ask(&discord);
    let id = text
        .rsplit(' ')
        .next()
        .unwrap()
        .trim_end_matches('.')
        .to_owned();
    assert!(text.contains("Something went wrong"), "{text}");
    assert!(bot.wait_line("Discord rejected").contains(&id));
    discord.fault(Fault::on(MESSAGES).status(400));
    let question = mention(&discord, GENERAL);
    assert!(
        discord
            .reply_to(question)
            .text()
            .contains("Something went wrong")
    );
}

#[test]
fn what_a_filter_blocks_is_answered_to_the_member_alone() {
    let (discord, bot) = start();
    discord.fault(Fault::on(MESSAGES).status(400).code(200_000));
    mention(&discord, GENERAL);
    let line = bot.wait_line("a filter blocked the message");
    let names = |part: &str| assert!(line.contains(part), "{line}");
    names("exempt the bot's role");
    names(&GENERAL.to_string());
    discord.fault(Fault::on(CALLBACK).status(400).code(240_000));
    let alice = discord.member(ALICE);
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    assert!(answer.message().ephemeral && answer.message().text().contains(QUOTE));
    // There is no apology, and the next question is answered.
    let next = mention(&discord, GENERAL);
    assert!(discord.reply_to(next).text().contains(QUOTE));
    let requests = discord.requests();
    let tried = requests.iter().filter(|it| it.matches(MESSAGES)).count();
    assert_eq!(tried, 2);
}

#[test]
fn who_shares_no_server_with_the_bot_any_more_is_named_in_the_log() {
    let (discord, bot) = start();
    discord.fault(Fault::on(MESSAGES).status(403).code(50_278));
    mention(&discord, ALICE_DM);
    bot.wait_line("shares no server with the bot any more");
}

#[test]
fn without_embed_links_it_answers_as_text_and_names_the_permission() {
    let (discord, bot) = start();
    discord.permit(OTHER, permission::USUAL & !permission::EMBED);
    let question = mention(&discord, OTHER);
    let reply = discord.reply_to(question);
    assert!(
        reply.embeds.is_empty() && reply.content.contains(QUOTE),
        "{}",
        reply.content
    );
    assert!(reply.content.contains("Embed Links") && !reply.buttons().is_empty());
    discord
        .member(ALICE)
        .at(OTHER)
        .edit(question, &format!("{MENTION} football in Lisbon?"));
    let edited = discord.wait_message(reply.id, |message| message.edits == 1);
    assert!(edited.text().contains("found no answer"));
    // With the permission, the next edit has an embed again, which the message shows.
    discord.permit(OTHER, permission::USUAL);
    let alice = discord.member(ALICE).at(OTHER);
    alice.edit(question, &format!("{MENTION} {QUESTION}"));
    let edited = discord.wait_message(reply.id, |message| message.edits == 2);
    assert!(edited.content.is_empty() && edited.text().contains(QUOTE));
    drop(bot);
}

#[test]
fn where_a_file_is_refused_both_permissions_are_named() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    let list = alice.slash("articles", json!({})).answer();
    let title = "The case for a détente with North Korea";
    let card = alice
        .select(list.message(), "Open an article", &[title])
        .answer();
    let page = alice.click(card.message(), "Read").answer();
    discord.fault(Fault::on(CALLBACK).status(403).code(50_013));
    let answer = alice.click(page.message(), "Download text").answer();
    bot.wait_line("missing permission `Embed Links` or `Attach Files`");
    let shown = answer.message().text();
    assert!(shown.contains("Embed Links” or “Attach Files"), "{shown}");
}

#[test]
fn without_embed_links_the_buttons_keep_the_question() {
    let (discord, _bot) = start();
    discord.permit(OTHER, permission::USUAL & !permission::EMBED);
    let asked = "How do sanctions on North Korea work?";
    let alice = discord.member(ALICE).at(OTHER);
    let reply = discord.reply_to(alice.say(&format!("{MENTION} {asked}")));
    let others = alice.click(&reply, "Other passages").answer();
    let shown = others.message().text();
    assert!(shown.contains(asked) && shown.contains("> "), "{shown}");
}

#[test]
fn without_message_history_it_answers_without_a_reply() {
    let (discord, bot) = start();
    discord.permit(GENERAL, permission::USUAL & !permission::HISTORY);
    mention(&discord, GENERAL);
    bot.wait_line("Read Message History");
    bot.wait_line("\"quoted\"");
    let said = discord.messages(GENERAL);
    assert!(said.iter().any(|message| message.text().contains(QUOTE)));
}

fn refusals(discord: &StandIn) -> usize {
    let all = discord.requests().into_iter();
    all.filter(|request| request.status == 403).count()
}

#[test]
fn missing_permissions_are_logged() {
    let (discord, bot) = start();
    discord.permit(GENERAL, permission::USUAL & !permission::SEND);
    mention(&discord, GENERAL);
    let line = bot.wait_line("Send Messages");
    assert!(line.contains(&GENERAL.to_string()), "{line}");
    discord.permit(THREAD, permission::USUAL & !permission::SEND_IN_THREADS);
    mention(&discord, THREAD);
    assert!(bot.wait_line(&THREAD.to_string()).contains("Threads"));
    discord.permit(ALICE_DM, permission::USUAL & !permission::SEND);
    mention(&discord, ALICE_DM);
    bot.wait_line("no direct messages");
    // It does not try again at once: Discord bans clients with many refused requests.
    let before = refusals(&discord);
    mention(&discord, GENERAL);
    mention(&discord, THREAD);
    // Slash commands still work.
    assert!(ask(&discord).contains(QUOTE));
    assert_eq!(refusals(&discord), before);
}

#[test]
fn a_forum_post_without_its_first_message_gets_no_answer() {
    let (discord, bot) = start();
    mention(&discord, EMPTY_POST);
    assert!(ask(&discord).contains(QUOTE));
    bot.wait_line("until after the post author");
}

#[test]
fn replies_in_a_busy_channel_stay_within_the_rate_limit() {
    let options = Options {
        rate_limits: RateLimits::Strict,
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |_| {});
    let questions: Vec<u64> = (0..8).map(|_| mention(&discord, GENERAL)).collect();
    for question in questions {
        discord.reply_to(question);
    }
    let refused = discord
        .requests()
        .into_iter()
        .filter(|request| request.status == 429);
    assert_eq!(refused.count(), 0);
}
