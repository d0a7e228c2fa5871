//! Where the bot answers without being asked: channels, threads, forums, categories.

use crate::discord::{QUESTION, QUOTE, start_unasked, stranger};
use crate::support::bot::Bot;
use crate::support::discord::{
    ALICE, Arrival, BELOW, BOB, CATEGORY, FORUM_POST, Fault, GENERAL, MENTION, OTHER, Options,
    StandIn, THREAD, permission,
};

fn start(named: &[u64]) -> (StandIn, Bot) {
    start_unasked(Options::default(), named)
}

/// Checks that a question in a channel is answered without being meant for the bot.
fn check_answered(discord: &StandIn, channel: u64) {
    let asked = discord.member(stranger()).at(channel).say(QUESTION);
    assert!(discord.reply_to(asked).text().contains(QUOTE));
}

/// Checks that it is not.
fn check_silent(discord: &StandIn, channel: u64) {
    let asked = discord.member(stranger()).at(channel).say(QUESTION);
    settle(discord);
    assert!(discord.replies_to(asked).is_empty());
}

/// Waits until the bot has handled all earlier messages.
fn settle(discord: &StandIn) {
    let last = discord.member(BOB).say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(last);
}

/// How often the bot has asked for a channel.
fn lookups(discord: &StandIn, channel: u64) -> usize {
    let line = format!("GET /channels/{channel}");
    let requests = discord.requests();
    requests.iter().filter(|it| it.line() == line).count()
}

#[test]
fn threads_belong_to_their_channels_and_channels_to_their_categories() {
    let (discord, _bot) = start(&[OTHER, CATEGORY]);
    let open = |channel: u64| {
        let alice = discord.member(ALICE).at(channel);
        alice.open_thread(QUESTION, Arrival::InOrder)
    };
    for channel in [OTHER, open(OTHER), BELOW, open(BELOW)] {
        check_answered(&discord, channel);
    }
    for channel in [GENERAL, THREAD, open(GENERAL), FORUM_POST] {
        check_silent(&discord, channel);
    }
    for channel in [OTHER, BELOW] {
        let told = discord.messages(channel).into_iter();
        let mut told = told.filter(|message| message.kind == Some(18));
        let note = told.next().expect("the channel is told of the thread");
        assert!(discord.replies_to(note.id).is_empty());
    }
    assert!(
        !discord
            .requests()
            .iter()
            .any(|it| it.matches("GET /channels/*")),
        "events have told everything"
    );
}

#[test]
fn a_thread_that_existed_before_the_start_is_known() {
    let (discord, _bot) = start(&[GENERAL]);
    check_answered(&discord, THREAD);
    assert_eq!(lookups(&discord, THREAD), 0);
}

#[test]
fn a_thread_can_be_named_itself() {
    let (discord, _bot) = start(&[THREAD]);
    check_answered(&discord, THREAD);
    check_silent(&discord, GENERAL);
}

#[test]
fn a_channel_that_moves_into_a_category_belongs_to_it() {
    let (discord, _bot) = start(&[CATEGORY]);
    check_silent(&discord, GENERAL);
    discord.move_channel(GENERAL, CATEGORY);
    check_answered(&discord, THREAD);
    discord.delete_channel(THREAD);
    check_answered(&discord, GENERAL);
}

#[test]
fn a_thread_that_no_event_announced_is_looked_up_once() {
    let (discord, _bot) = start(&[OTHER]);
    let open = |channel: u64| {
        let alice = discord.member(ALICE).at(channel);
        alice.open_thread("Silent", Arrival::Unannounced)
    };
    let (here, elsewhere) = (open(OTHER), open(GENERAL));
    let alice = discord.member(ALICE);
    let asked = alice.clone().at(elsewhere).say(QUESTION);
    let line = format!("GET /channels/{elsewhere}");
    discord.wait_request(|it| it.line() == line);
    for _ in 0..2 {
        check_answered(&discord, here);
        check_silent(&discord, elsewhere);
    }
    assert!(discord.replies_to(asked).is_empty());
    assert_eq!(
        (lookups(&discord, here), lookups(&discord, elsewhere)),
        (1, 1)
    );
    // A request that fails is not made again.
    let refused = open(OTHER);
    discord.fault(Fault::on("GET /channels/*").status(403).code(50001));
    let asked = alice.at(refused).say(QUESTION);
    let line = format!("GET /channels/{refused}");
    discord.wait_request(|it| it.line() == line);
    check_silent(&discord, refused);
    assert!(discord.replies_to(asked).is_empty());
    assert_eq!(lookups(&discord, refused), 1);
}

#[test]
fn a_message_in_an_archived_thread_can_be_answered() {
    let (discord, _bot) = start(&[GENERAL]);
    discord.archive(THREAD);
    check_answered(&discord, THREAD);
}

#[test]
fn a_channel_that_becomes_visible_comes_with_its_threads() {
    let hidden = Options::default().permit(GENERAL, 0).permit(THREAD, 0);
    let (discord, _bot) = start_unasked(hidden, &[GENERAL]);
    discord.reveal(GENERAL, permission::USUAL);
    check_answered(&discord, THREAD);
    assert_eq!(lookups(&discord, THREAD), 0);
}
