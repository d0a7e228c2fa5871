//! Questions without an answer, on a `SQLite` file and, if `PULLQUOTE_TEST_POSTGRES` is the address of a server, on `PostgreSQL`.

use crate::places::{each_kind, only_postgres};
use pullquote_store::{
    AFTER_LEAVING, AskedIn, Counts, DayCount, Location, MAX_QUESTIONS, NewArticle, NewQuestion,
    OpenQuestions, PassageVotes, QuestionState, Store, StoredQuestion,
};

const SERVER: u64 = 7;
const OTHER: u64 = u64::MAX >> 1;
const DAY: i64 = 20_000;

fn question(server: u64, key: u64, wording: &str, count: u64, day: i64) -> Counts {
    let question = NewQuestion {
        server,
        key,
        wording: wording.to_owned(),
        count,
        day,
        by_several: false,
    };
    Counts {
        questions: vec![question],
        ..Counts::default()
    }
}

async fn count(store: &Store, key: u64, wording: &str, number: u64, day: i64) {
    let counts = question(SERVER, key, wording, number, day);
    store.count(&counts).await.unwrap();
}

fn stored(
    key: u64,
    wording: &str,
    count: u64,
    days: [i64; 2],
    state: QuestionState,
) -> StoredQuestion {
    let [first_day, last_day] = days;
    StoredQuestion {
        key,
        wording: wording.to_owned(),
        count,
        first_day,
        last_day,
        by_several: false,
        state,
    }
}

#[tokio::test]
async fn questions_are_counted_answered_and_asked_again() {
    for place in each_kind().await {
        let store = place.store();
        assert_eq!(store.questions(SERVER).await.unwrap(), []);
        count(&store, u64::MAX, "When?", 2, DAY).await;
        count(&store, u64::MAX, "When, then?", 1, DAY + 3).await;
        // A batch that comes late does not change the newest wording.
        count(&store, u64::MAX, "when", 1, DAY + 1).await;
        count(&store, 5, "Where?", 1, DAY).await;
        let when = stored(
            u64::MAX,
            "When, then?",
            4,
            [DAY, DAY + 3],
            QuestionState::Open,
        );
        let place = stored(5, "Where?", 1, [DAY, DAY], QuestionState::Open);
        assert_eq!(
            store.questions(SERVER).await.unwrap(),
            [when.clone(), place]
        );
        assert_eq!(store.questions(OTHER).await.unwrap(), []);

        let set = |keys: &'static [u64], state| store.set_question_state(SERVER, keys, state);
        set(&[u64::MAX], QuestionState::Answered).await.unwrap();
        set(&[5, 6], QuestionState::Dismissed).await.unwrap();
        // Another server's question of the same key is another question.
        let theirs = question(OTHER, 5, "Where is it?", 1, DAY);
        store.count(&theirs).await.unwrap();
        count(&store, 5, "Where to?", 9, DAY + 4).await;
        let answered = StoredQuestion {
            state: QuestionState::Answered,
            ..when
        };
        let dismissed = stored(5, "Where?", 1, [DAY, DAY + 4], QuestionState::Dismissed);
        assert_eq!(
            store.questions(SERVER).await.unwrap(),
            [answered, dismissed]
        );
        let open = stored(5, "Where is it?", 1, [DAY, DAY], QuestionState::Open);
        assert_eq!(store.questions(OTHER).await.unwrap(), [open]);

        count(&store, u64::MAX, "when?", 1, DAY + 5).await;
        let again = stored(
            u64::MAX,
            "when?",
            1,
            [DAY + 5, DAY + 5],
            QuestionState::Open,
        );
        assert!(store.questions(SERVER).await.unwrap().contains(&again));
        // Nothing of this is an article.
        assert_eq!(store.version(SERVER).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn numbers_add_up_and_are_deleted_after_a_while() {
    for place in each_kind().await {
        let store = place.store();
        let asked = |day, outcome, number| DayCount {
            day,
            outcome,
            number,
        };
        let votes = |passage: &str, helpful, not_helpful| PassageVotes {
            passage: passage.to_owned(),
            helpful,
            not_helpful,
        };
        let counts = Counts {
            asked: vec![
                (SERVER, asked(DAY, 0, 3)),
                (SERVER, asked(DAY + 1, 2, 1)),
                (OTHER, asked(DAY, 2, 8)),
            ],
            votes: vec![
                (SERVER, votes("good", 2, 1), DAY + 1),
                (SERVER, votes("bad", 0, 2), DAY),
            ],
            ..Counts::default()
        };
        store.count(&counts).await.unwrap();
        store.count(&counts).await.unwrap();
        let all = [asked(DAY, 0, 6), asked(DAY + 1, 2, 2)];
        assert_eq!(store.asked(SERVER, DAY).await.unwrap(), all);
        assert_eq!(store.asked(SERVER, DAY + 1).await.unwrap(), all[1..]);
        let rated = [votes("bad", 0, 4), votes("good", 4, 2)];
        assert_eq!(store.votes(SERVER).await.unwrap(), rated);
        assert_eq!(store.votes(OTHER).await.unwrap(), []);

        count(&store, 1, "When?", 1, DAY).await;
        count(&store, 2, "Where?", 1, DAY + 1).await;
        // Each server has its own day.
        store.set(OTHER, "{}", r#"{"keep":1}"#).await.unwrap();
        let other = question(OTHER, 1, "Why?", 1, DAY);
        store.count(&other).await.unwrap();
        let longer = |settings: &str| if settings == "{}" { DAY + 1 } else { DAY };
        store.sweep_counts(Some(OTHER), |_| DAY).await.unwrap();
        assert_eq!(store.questions(SERVER).await.unwrap().len(), 2);
        store.sweep_counts(None, longer).await.unwrap();
        assert_eq!(store.questions(OTHER).await.unwrap().len(), 1);
        let left = store.questions(SERVER).await.unwrap();
        assert_eq!((left.len(), left[0].key), (1, 2));
        assert_eq!(store.asked(SERVER, 0).await.unwrap(), all[1..]);
        assert_eq!(store.votes(SERVER).await.unwrap(), rated[1..]);
    }
}

#[tokio::test]
async fn it_is_kept_whether_several_members_asked() {
    for place in each_kind().await {
        let store = place.store();
        let asked = async |by_several, day| {
            let mut counts = question(SERVER, 1, "When?", 1, day);
            counts.questions[0].by_several = by_several;
            store.count(&counts).await.unwrap();
            store.questions(SERVER).await.unwrap()[0].by_several
        };
        assert!(!asked(false, DAY).await);
        assert!(!asked(false, DAY + 1).await, "it may be the same member");
        assert!(asked(true, DAY + 1).await);
        assert!(asked(false, DAY + 2).await);
        let answered = store.set_question_state(SERVER, &[1], QuestionState::Answered);
        answered.await.unwrap();
        assert!(!asked(false, DAY + 3).await, "it is counted anew");
        assert!(asked(true, DAY + 3).await);
    }
}

#[tokio::test]
async fn the_least_asked_are_forgotten() {
    for place in each_kind().await {
        let store = place.store();
        let mut counts = Counts::default();
        for key in 0..u64::from(MAX_QUESTIONS) + 7 {
            let asked = if key < 7 { 1 } else { 2 };
            counts
                .questions
                .extend(question(SERVER, key, "Why?", asked, DAY).questions);
        }
        counts
            .questions
            .extend(question(OTHER, 1, "Why?", 1, DAY).questions);
        store.count(&counts).await.unwrap();
        let kept = store.questions(SERVER).await.unwrap();
        assert_eq!(kept.len(), MAX_QUESTIONS as usize);
        assert!(kept.iter().all(|question| question.key >= 7));
        assert_eq!(store.questions(OTHER).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_counts_of_a_server_go_with_it() {
    for place in each_kind().await {
        let store = place.store();
        count(&store, 1, "When?", 1, DAY).await;
        store.set_left(SERVER, Some(0)).await.unwrap();
        store.sweep(AFTER_LEAVING - 1).await.unwrap();
        assert_eq!(store.questions(SERVER).await.unwrap().len(), 1);
        store.sweep(AFTER_LEAVING).await.unwrap();
        assert_eq!(store.questions(SERVER).await.unwrap(), []);
        count(&store, 1, "When?", 1, DAY).await;
        store.delete_server(SERVER).await.unwrap();
        assert_eq!(store.questions(SERVER).await.unwrap(), []);
    }
}

#[tokio::test]
async fn open_questions_of_all_servers_are_merged() {
    const THIRD: u64 = 8;
    for place in each_kind().await {
        let store = place.store();
        assert_eq!(store.open_questions(None).await.unwrap(), []);
        let all = AskedIn {
            all: vec![OTHER, SERVER],
            by_several: vec![THIRD],
        };
        assert_eq!(store.most_asked(&all, 9).await.unwrap(), []);
        for (server, key, number, day, by_several) in [
            (SERVER, 1, 2, DAY, false),
            (OTHER, 1, 3, DAY + 4, true),
            (SERVER, u64::MAX, 6, DAY, false),
            (SERVER, 3, 9, DAY, false),
            (THIRD, 4, 7, DAY, true),
            (THIRD, 1, 1, DAY, false),
        ] {
            let mut counts = question(server, key, "When?", number, day);
            counts.questions[0].by_several = by_several;
            store.count(&counts).await.unwrap();
        }
        let answered = store.set_question_state(SERVER, &[3], QuestionState::Answered);
        answered.await.unwrap();
        let article = NewArticle {
            server: OTHER,
            path: "own.md",
            content: b"At seven.",
            link: None,
            by: 1,
            at: 1,
        };
        store.put(&article, None).await.unwrap();
        store.set(THIRD, "{}", r#"{"x":1}"#).await.unwrap();

        let open = |server, settings: &str, has_articles, questions, by_several| OpenQuestions {
            server,
            settings: settings.to_owned(),
            has_articles,
            questions,
            by_several,
        };
        let third = open(THIRD, r#"{"x":1}"#, false, 2, 1);
        let servers = [
            open(SERVER, "{}", false, 2, 0),
            third.clone(),
            open(OTHER, "{}", true, 1, 1),
        ];
        assert_eq!(store.open_questions(None).await.unwrap(), servers);
        assert_eq!(store.open_questions(Some(THIRD)).await.unwrap(), [third]);

        let most = store.most_asked(&all, 2).await.unwrap();
        let numbers = most.iter().map(|it| (it.key, it.count, it.last_day));
        let expected = [(4, 7, DAY), (u64::MAX, 6, DAY)];
        assert_eq!(numbers.collect::<Vec<_>>(), expected);
        let merged = &store.most_asked(&all, 3).await.unwrap()[2];
        let days = [merged.first_day, merged.last_day];
        assert_eq!((merged.key, merged.count, days), (1, 5, [DAY, DAY + 4]));
    }
}

/// More than a statement can have parameters.
#[tokio::test]
async fn the_questions_of_forty_thousand_servers_are_read_at_once() {
    for place in each_kind().await {
        let store = place.store();
        count(&store, 1, "When?", 1, DAY).await;
        let servers = AskedIn {
            all: (1..40_000).collect(),
            by_several: Vec::new(),
        };
        let most = store.most_asked(&servers, 9).await.unwrap();
        assert_eq!(
            most,
            [stored(1, "When?", 1, [DAY, DAY], QuestionState::Open)]
        );
    }
}

#[tokio::test]
async fn two_processes_add_up() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let [one, other] = [place.store(), place.store()];
    for _ in 0..10 {
        let (mine, theirs) = (
            question(SERVER, 1, "When?", 1, DAY),
            question(SERVER, 1, "When?", 2, DAY),
        );
        let (mine, theirs) = tokio::join!(one.count(&mine), other.count(&theirs));
        mine.unwrap();
        theirs.unwrap();
    }
    assert_eq!(one.questions(SERVER).await.unwrap()[0].count, 30);
}

#[tokio::test]
async fn what_a_bot_counts_can_be_read_beside_it() {
    for place in each_kind().await {
        if matches!(place.location, Location::Folder(_)) {
            assert!(
                Store::beside(place.location.clone())
                    .await
                    .unwrap()
                    .is_none()
            );
        }
        let bot = place.store();
        count(&bot, 1, "When?", 1, DAY).await;
        let beside = Store::beside(place.location.clone())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(beside.questions(SERVER).await.unwrap().len(), 1);
        count(&bot, 2, "Where?", 1, DAY).await;
        assert_eq!(beside.questions(SERVER).await.unwrap().len(), 2);
    }
}
