//! An answer that somebody wrote to a question answers that very question: thirty of them, of which many share words.

use crate::discord::teaching::confirm;
use crate::discord::{start_with, stranger};
use crate::support::discord::{Options, permission};
use pullquote_store::{Counts, Location, NewArticle, NewQuestion, Store};
use serde_json::json;
use std::path::Path;
use std::time::SystemTime;

/// Servers whose people write five answers each: the bot takes five a minute from a server.
const SERVERS: usize = 6;
const FIRST_SERVER: u64 = 1_200_000_000_000_700_000;

/// Questions, and answers to them. Every sixth is asked in one server, where no two are alike.
const PAIRS: [(&str, &str); 30] = [
    (
        "When does the pool open?",
        "The doors are unlocked at half past six, on Sundays at eight.",
    ),
    (
        "When does the pool close in winter?",
        "From November on, everybody is out by seven in the evening.",
    ),
    (
        "How warm is the pool?",
        "The large one has 26 degrees, the small one 32.",
    ),
    (
        "Do I have to wear a swimming cap?",
        "Only long hair has to be covered, and a hair band will do.",
    ),
    (
        "Can I bring my dog?",
        "Animals stay outside; there are hooks and a bowl of water at the gate.",
    ),
    (
        "How much is a ticket for children?",
        "Under six it costs nothing, up to sixteen two euros.",
    ),
    (
        "How much is a season ticket?",
        "Eighty euros, or fifty for those who live in the village.",
    ),
    (
        "Where can I buy a season ticket?",
        "At the counter of the library, with a photograph.",
    ),
    (
        "Can I get my money back if it rains?",
        "Within the first half hour after a thunderstorm, yes.",
    ),
    (
        "Who do I call if I lost my keys?",
        "The caretaker has a box for them: ask at the workshop.",
    ),
    (
        "What is the wifi password?",
        "It is printed on the back of your ticket and changes daily.",
    ),
    (
        "Are there swimming lessons for adults?",
        "Beginners meet on Tuesdays with Nadia, in groups of six.",
    ),
    (
        "How do I sign up for lessons?",
        "Write your name on the list beside the stairs.",
    ),
    (
        "How deep is the diving pool?",
        "Four metres and ten, below the tower.",
    ),
    (
        "From which age may one jump from the tower?",
        "From eight, and with a bronze badge.",
    ),
    (
        "Is there a sauna?",
        "Yes, behind the small basin, for an extra four euros.",
    ),
    (
        "When is the sauna for women only?",
        "On Mondays, the whole day.",
    ),
    (
        "May I take photos?",
        "Not of other people, and never in the changing rooms.",
    ),
    (
        "Where do I park a car?",
        "Use the field behind the church; the yard is for ambulances.",
    ),
    (
        "Where do I park a bicycle?",
        "There are racks below the roof of the old mill.",
    ),
    (
        "Can I rent the hall for a birthday?",
        "On Saturdays after five, for ninety euros and a deposit.",
    ),
    (
        "Which bus goes to the pool?",
        "Line 14, every twenty minutes, to the stop Mill Lane.",
    ),
    (
        "Is the café open in winter?",
        "Only its window to the street, for soup and tea.",
    ),
    (
        "Do you take cards?",
        "Coins and notes only, until the new till is there.",
    ),
    (
        "Wo kann ich mein Handtuch waschen?",
        "Im Keller steht eine Waschmaschine, die eine Marke braucht.",
    ),
    (
        "Gibt es einen Aufzug?",
        "Neben der Kasse; der Schlüssel hängt am Tresen.",
    ),
    (
        "À quelle heure commence l'aquagym ?",
        "Le cours de Paul débute à dix heures, sauf le jeudi.",
    ),
    (
        "¿Dónde están las taquillas?",
        "En el pasillo azul, y funcionan con una moneda de un euro.",
    ),
    (
        "Quando è il mercatino?",
        "La prima domenica del mese, nel cortile del mulino.",
    ),
    (
        "Как записаться на соревнования?",
        "Заполните анкету у тренера до пятницы.",
    ),
];

/// In every server, the answers to all questions but some are articles, and nobody has answered those yet.
async fn prepare(data: &Path) {
    let store = Store::new(Location::Folder(data.to_owned()));
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let day = i64::try_from(since.as_secs() / 86_400).unwrap();
    let mut counts = Counts::default();
    for (at, (question, _)) in PAIRS.iter().enumerate() {
        counts.questions.push(NewQuestion {
            server: FIRST_SERVER + (at % SERVERS) as u64,
            key: pullquote_insights::key(question),
            wording: (*question).to_owned(),
            count: 1,
            day,
            by_several: true,
        });
    }
    for group in 0..SERVERS {
        for (other, (title, text)) in PAIRS.iter().enumerate() {
            if other % SERVERS == group {
                continue;
            }
            let path = format!("answer-{other}.md");
            let content = format!("# {title}\n\n{text}\n");
            let article = NewArticle {
                server: FIRST_SERVER + group as u64,
                path: &path,
                content: content.as_bytes(),
                link: None,
                by: 1,
                at: 1,
            };
            store.put(&article, None).await.unwrap();
        }
    }
    store.count(&counts).await.unwrap();
}

#[test]
fn thirty_written_answers_are_quoted_first_for_their_questions() {
    let data = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(prepare(data.path()));
    let options = Options {
        more_servers: (0..SERVERS as u64).map(|at| FIRST_SERVER + at).collect(),
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |command| {
        command
            .env("DATA_DIR", data.path())
            .env_remove("KEEP_QUESTIONS_DAYS");
    });
    for (at, (question, answer)) in PAIRS.iter().enumerate() {
        let server = FIRST_SERVER + (at % SERVERS) as u64;
        let manager = discord.member(stranger()).with(permission::MANAGE_SERVER);
        let manager = manager.in_server(server);
        let list = manager.slash("insights", json!({})).answer();
        let card = manager.select(list.message(), "Open a question", &[question]);
        let form = manager.click(card.answer().message(), "Write the answer");
        let values = json!({"title": question, "content": answer});
        let draft = manager.submit_all(&form, &values).answer();
        confirm(&manager, draft.message());
        let member = discord.member(stranger()).in_server(server);
        let asked = member.slash("ask", json!({"question": question})).answer();
        let shown = asked.message().embeds[0]["description"].to_string();
        let quote = shown.split("> ").nth(1).unwrap_or_default();
        let first: String = answer.chars().take(20).collect();
        assert!(
            quote.replace("**", "").starts_with(&first),
            "{question} {shown}"
        );
        let list = manager.slash("insights", json!({})).answer();
        assert!(!list.message().text().contains(question));
    }
}
