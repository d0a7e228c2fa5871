//! Questions that need the one before: `and on Sundays?`. They are asked of the articles of the question sets, and of a few
//! lines in other languages.

use pullquote_cards::{
    Action, Addressed, ChannelKind, Context, Locale, Request, RequestOutcome, Status, respond,
};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_readers as readers;
use std::fs;
use std::path::Path;

/// The question before, the text that continues it, and words of the right answer.
const PAIRS: [(&str, &str, &str); 20] = [
    ("What does code E1 mean?", "and E2?", "does not drain"),
    (
        "What does code E1 mean?",
        "what about E3",
        "door is not shut",
    ),
    (
        "How long does Eco last on the Aquila 600?",
        "and Quick?",
        "28 minutes",
    ),
    (
        "Where does the hose of the washing machine go?",
        "and the plug?",
        "earthed wall socket",
    ),
    (
        "How long is the guarantee on the washing machine?",
        "and on the motor?",
        "ten years",
    ),
    (
        "How often do trams depart on weekdays?",
        "and on Sundays?",
        "every ten on Sundays",
    ),
    (
        "How much is a ticket for adults?",
        "for children?",
        "free of charge",
    ),
    (
        "Who built the tram carriages?",
        "how many of them are there?",
        "twenty-six",
    ),
    (
        "How much did the state pay for the tram?",
        "and the region?",
        "quarter",
    ),
    (
        "How many weeks of leave does a parent get?",
        "and with twins?",
        "eight weeks",
    ),
    (
        "Does the leave apply to employees?",
        "what about freelancers",
        "own agency",
    ),
    (
        "How many days off do adoptive parents get?",
        "and grandparents?",
        "five days off",
    ),
    (
        "What do I get after a stillbirth?",
        "and after a miscarriage?",
        "ten days",
    ),
    (
        "What is the penalty for insults?",
        "and for flying with a modified client?",
        "permanent ban",
    ),
    (
        "Are modified clients allowed?",
        "what about minimaps?",
        "recipe books are fine",
    ),
    (
        "Who owns the Emberfall server?",
        "and how many volunteers?",
        "Seven volunteers",
    ),
    (
        "Was kostet der Eintritt für Erwachsene?",
        "und für Kinder?",
        "zwei Euro",
    ),
    (
        "Wann öffnet das Bad im Sommer?",
        "und im Winter?",
        "zehn Uhr",
    ),
    (
        "¿Cuánto cuesta la entrada para adultos?",
        "¿y para niños?",
        "tres euros",
    ),
    (
        "Combien coûte l'entrée pour les adultes ?",
        "et pour les enfants ?",
        "quatre euros",
    ),
];

const OTHER_LANGUAGES: [(&str, &str); 3] = [
    (
        "bad.md",
        "# Das Freibad\n\nDer Eintritt kostet für Erwachsene fünf Euro. Das Becken ist beheizt.\n\n\
         Für Kinder kostet der Eintritt zwei Euro. Hunde dürfen nicht auf die Wiese.\n\n\
         Im Sommer öffnet das Bad um sieben Uhr. Die Kasse ist am Tor.\n\n\
         Im Winter öffnet das Bad erst um zehn Uhr. Die Sauna ist dann geheizt.\n",
    ),
    (
        "piscina.md",
        "# La piscina\n\nLa entrada para adultos cuesta seis euros. El agua está a veintiséis grados.\n\n\
         La entrada para niños cuesta tres euros. Los perros no pueden entrar en el jardín.\n",
    ),
    (
        "piscine.md",
        "# La piscine\n\nL'entrée pour les adultes coûte sept euros. Le bassin est chauffé toute l'année.\n\n\
         L'entrée pour les enfants coûte quatre euros. Les chiens doivent rester devant la porte.\n",
    ),
];

fn engine() -> Engine {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/articles");
    let parse = |name: &str, bytes: &[u8]| Article::new(name, readers::read(name, bytes)).unwrap();
    let mut articles = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        articles.push(parse(&name, &fs::read(path).unwrap()));
    }
    articles.extend(OTHER_LANGUAGES.map(|(name, text)| parse(name, text.as_bytes())));
    Engine::build(articles)
}

/// The card that answers a text: its question and its body, if it quotes something.
fn answer(engine: &Engine, text: &str, before: Option<&str>) -> Option<(String, String)> {
    let request = Request {
        action: Action::Question {
            text: text.to_owned(),
            addressed: Addressed::Bot,
        },
        locale: Locale::English,
        channel: ChannelKind::Server,
        member: 42,
        status: Status::default(),
        context: Context {
            question_before: before.map(str::to_owned),
            ..Context::default()
        },
    };
    let response = respond(engine, &request);
    let card = response.card()?;
    let question = card.question().unwrap_or_default().to_owned();
    let is_quoted = matches!(response.outcome, RequestOutcome::Quoted(_));
    is_quoted.then(|| (question, card.body().replace("**", "")))
}

#[test]
fn follow_ups_are_asked_with_the_topic_of_the_question_before() {
    let engine = engine();
    let mut right = [0, 0];
    for (before, text, expected) in PAIRS {
        for (count, question_before) in right.iter_mut().zip([None, Some(before)]) {
            let answer = answer(&engine, text, question_before);
            let is_right = answer
                .as_ref()
                .is_some_and(|(_, body)| body.contains(expected));
            *count += usize::from(is_right);
            if !is_right {
                println!("{question_before:?} {text}: {answer:?}");
            }
        }
    }
    println!(
        "right: {} without the question before, {} with it",
        right[0], right[1]
    );
    assert!(right[1] >= 19 && right[1] > right[0], "{right:?}");
}

#[test]
fn a_follow_up_is_not_refused_for_the_length_of_the_question_before() {
    let engine = engine();
    let mut before = "What does code E1 mean".to_owned();
    while before.chars().count() < 990 {
        before.push_str(" on the washing machine");
    }
    before.push('?');
    let (question, body) = answer(&engine, "what about code E2?", Some(&before)).unwrap();
    assert_eq!(question, "what about code E2?");
    assert!(body.contains("does not drain"), "{body}");
}

#[test]
fn the_card_shows_what_was_asked() {
    let engine = engine();
    let before = Some("What does code E1 mean?");
    let (question, _) = answer(&engine, "and E2?", before).unwrap();
    assert!(
        question.contains("E2") && !question.contains("E1"),
        "{question}"
    );
    // A text that stands on its own is asked as it is.
    let whole = "Who owns the Emberfall server?";
    assert_eq!(answer(&engine, whole, before).unwrap().0, whole);
}
