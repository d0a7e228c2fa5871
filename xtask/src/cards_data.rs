//! What the pictures of `cards` show: a rowing club teaches its bot. What the bot would have read from its store is made up; the
//! cards and forms are those of the bot.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pullquote_cards::{
    Action, Activity, Arguments, ArticleKey, ChannelKind, ComponentId, Context, DraftKey,
    EffectOutcome, FileProblem, Format, Gate, HostSettings, InsightsOutcome, Kept, Locale,
    OpenQuestion, OwnArticle, OwnArticles, OwnSource, OwnText, Payload, PinnedQuestion, Prepared,
    PreparedArticle, PreparedSource, QuestionKey, QuestionPage, RatedPassage, Replaced, Reply,
    Request, Response, SUBCOMMAND, SettingChange, Settings, SettingsPage, ShownSettings, Source,
    SourceKey, SourceKind, SourceOutcome, Status, Viewer, after, nearest, passage_place, respond,
    sample, tried,
};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_insights::{Day, last_days};
use pullquote_page::{chart_picture, form, message};
use std::collections::BTreeSet;

/// A card or form, drawn.
#[derive(Debug)]
pub(crate) struct Shown {
    /// Name of its picture.
    pub(crate) name: &'static str,
    /// HTML.
    pub(crate) html: String,
}

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;
/// The day of the pictures, from 1970: 2026-11-29.
const TODAY: i64 = 20_786;
const TITLE: &str = "When does the boathouse open?";
const PATH: &str = "when-does-the-boathouse-open.md";
const TEXT: &str = "The boathouse opens at 6:30 on weekdays and at 8:00 on weekends.\n\n\
    Between November and March it closes at sunset, because the jetty has no lights.";
const RULES: &str = "# Rules of the club\n\n## Who may row alone?\n\nMembers may take a single out alone once they have passed the \
    capsize test.\n\n## What does a guest pay?\n\nA guest pays eight euros for a day, and rows in a crew boat with a member.\n";

/// All pictures, in the order of the documentation.
pub(crate) fn pictures() -> Vec<Shown> {
    vec![
        write_form(),
        added(),
        files(),
        source_found(),
        source(),
        listed(),
        article(),
        gate_form(),
        tried_card(),
        insights(),
        question(),
        chosen(),
        misleading(),
        settings("settings", SettingsPage::Answers),
        settings("settings-questions", SettingsPage::Questions),
    ]
}

fn request(action: Action) -> Request {
    Request {
        action,
        locale: Locale::English,
        channel: ChannelKind::Server,
        member: 0,
        status: Status::default(),
        context: Context {
            manages_server: true,
            ..Context::default()
        },
    }
}

fn command(name: &str, arguments: Arguments) -> Request {
    request(Action::Command {
        name: name.to_owned(),
        arguments,
    })
}

fn pressed(id: ComponentId) -> Request {
    request(Action::Component {
        custom_id: id.to_string(),
        values: Vec::new(),
        source: Source::default(),
    })
}

fn knowledge(subcommand: &str) -> Request {
    command(
        "knowledge",
        Arguments::default().with_text(SUBCOMMAND, subcommand),
    )
}

/// What the bot shows when it has done its work.
fn done(name: &'static str, request: &Request, outcome: &EffectOutcome) -> Shown {
    drawn(name, &after(request, outcome))
}

fn drawn(name: &'static str, response: &Response) -> Shown {
    let html = match &response.reply {
        Reply::Form(_) => {
            let opened = Payload::callback(&response.reply, Format::Embed);
            opened.map(|payload| form(&payload.body["data"]).into_string())
        }
        _ => response.card().map(|card| {
            let payload = Payload::message(card, Format::Embed);
            let picture = payload.file.filter(|file| file.description().is_some());
            let picture = picture.map(|file| {
                let bytes = STANDARD.encode(file.bytes());
                format!("data:{};base64,{bytes}", file.media_type())
            });
            message(&payload.body, picture.as_deref()).into_string()
        }),
    };
    Shown {
        name,
        html: html.unwrap_or_default(),
    }
}

fn parsed(path: &str, content: &str) -> Option<Article> {
    Article::new(path, pullquote_readers::read(path, content.as_bytes()))
}

fn written() -> String {
    format!("# {TITLE}\n\n{TEXT}\n")
}

fn engine() -> Engine {
    let articles = [parsed(PATH, &written()), parsed("rules.md", RULES)];
    Engine::build(articles.into_iter().flatten().collect())
}

fn write_form() -> Shown {
    let arguments = Arguments::default()
        .with_text(SUBCOMMAND, "write")
        .with_text("title", TITLE);
    let opened = respond(&engine(), &command("knowledge", arguments));
    drawn("write", &opened)
}

fn understood(title: &str, path: &str, passages: usize) -> PreparedArticle {
    PreparedArticle {
        title: title.to_owned(),
        path: path.to_owned(),
        passages,
        dropped: 0,
        warnings: Vec::new(),
        replaces: None,
    }
}

fn added() -> Shown {
    let prepared = Prepared {
        draft: Some(DraftKey(1)),
        articles: vec![understood(TITLE, PATH, 2)],
        left_out: Vec::new(),
        sample: parsed(PATH, &written()).and_then(sample),
        source: None,
    };
    let outcome = EffectOutcome::Prepared(Ok(prepared));
    done("added", &knowledge("write"), &outcome)
}

fn files() -> Shown {
    let rules = PreparedArticle {
        dropped: 1,
        replaces: Some(Replaced {
            age: 41 * DAY,
            new: 3,
            gone: 2,
        }),
        ..understood("Rules of the club", "rules.md", 31)
    };
    let regatta = understood("How to enter a regatta", "regatta.pdf", 48);
    let prepared = Prepared {
        draft: Some(DraftKey(1)),
        articles: vec![rules, regatta],
        left_out: vec![("boats.heic".to_owned(), FileProblem::Format)],
        sample: None,
        source: None,
    };
    let outcome = EffectOutcome::Prepared(Ok(prepared));
    done("files", &knowledge("add"), &outcome)
}

const NOT_INDEXED: &str = "the page asks not to be indexed (noindex)";

fn source_found() -> Shown {
    let prepared = Prepared {
        draft: Some(DraftKey(1)),
        articles: vec![
            understood("Learn to row", "learn-to-row.html", 22),
            understood("Tides and weather", "tides-and-weather.html", 17),
            understood("Boats and oars", "boats-and-oars.html", 35),
        ],
        left_out: vec![(
            "https://rowing.example/members/".to_owned(),
            FileProblem::Unreadable(NOT_INDEXED.to_owned()),
        )],
        sample: None,
        source: Some(PreparedSource {
            kind: SourceKind::Sitemap,
            place: "https://rowing.example/sitemap.xml".to_owned(),
            later: 84,
            gate: Gate::default(),
        }),
    };
    let outcome = EffectOutcome::Prepared(Ok(prepared));
    done("source-found", &knowledge("add"), &outcome)
}

fn own_source() -> OwnSource {
    let skipped = [
        ("https://rowing.example/members/", NOT_INDEXED),
        ("https://rowing.example/gallery/", "it has no text"),
    ];
    OwnSource {
        key: SourceKey(1),
        kind: SourceKind::Sitemap,
        place: "https://rowing.example/sitemap.xml".to_owned(),
        articles: 84,
        later: 0,
        changes: [3, 81, 2, 1],
        skipped: skipped
            .map(|(page, why)| (page.to_owned(), why.to_owned()))
            .to_vec(),
        looked: Some(5 * HOUR),
        next: 19 * HOUR,
        failure: None,
        is_syncing: false,
        gate: Gate::default(),
        is_gate_chosen: false,
    }
}

fn source() -> Shown {
    let shown = SourceOutcome::Shown(Some(Box::new(own_source())));
    let request = pressed(ComponentId::PickOwnArticle);
    done("source", &request, &EffectOutcome::Source(Ok(shown)))
}

fn listed() -> Shown {
    let article = |title: &str, path: &str, bytes, is_gated, age| OwnArticle {
        title: title.to_owned(),
        path: path.to_owned(),
        bytes,
        is_gated,
        age,
    };
    let own = OwnArticles {
        articles: vec![
            article(
                "How to enter a regatta",
                "regatta.pdf",
                412_160,
                false,
                2 * DAY,
            ),
            article("Keys and alarm codes", "keys.md", 2_310, true, 9 * DAY),
            article("Rules of the club", "rules.md", 38_400, false, 41 * DAY),
            article(TITLE, PATH, 190, false, 4 * HOUR),
        ],
        sources: vec![own_source()],
    };
    done("list", &knowledge("list"), &EffectOutcome::Listed(Ok(own)))
}

fn article() -> Shown {
    let text = OwnText {
        path: PATH.to_owned(),
        content: written(),
        link: None,
        gate: Gate::new(&[], &[1]),
        source: None,
    };
    let request = pressed(ComponentId::PickOwnArticle);
    done("article", &request, &EffectOutcome::Read(Ok(Some(text))))
}

fn gate_form() -> Shown {
    let article = ArticleKey::named(PATH);
    let opened = respond(&engine(), &pressed(ComponentId::GateArticle { article }));
    drawn("gate", &opened)
}

fn tried_card() -> Shown {
    let request = knowledge("try");
    let viewer = Viewer {
        roles: Vec::new(),
        channels: vec![1],
    };
    let card = tried(&engine(), &request, "wen does the boat house open", &viewer);
    done("try", &request, &EffectOutcome::Tried(Ok(Box::new(card))))
}

/// A month of questions: fewer on weekends, and more of them answered since somebody wrote the answers.
fn month() -> Vec<Day> {
    let answered = [
        5, 7, 6, 2, 1, 8, 9, 6, 11, 7, 3, 2, 9, 12, 10, 8, 14, 4, 2, 13, 15, 11, 16, 12, 6, 4, 17,
        19, 15, 9,
    ];
    let unknown = [
        4, 5, 3, 1, 2, 6, 4, 5, 3, 6, 2, 1, 4, 3, 5, 2, 3, 1, 0, 2, 3, 1, 2, 2, 1, 0, 2, 1, 1, 1,
    ];
    let outcomes = [(0, answered), (2, unknown)].into_iter();
    let counts = outcomes.flat_map(|(outcome, numbers)| {
        let days = (TODAY - 29..).zip(numbers);
        days.map(move |(day, number)| (day, outcome, number))
    });
    last_days(TODAY, counts)
}

fn activity() -> Option<Activity> {
    let days = month();
    Some(Activity {
        days: days.len(),
        first: days.first()?.date.clone(),
        last: days.last()?.date.clone(),
        asked: days.iter().map(Day::asked).sum(),
        answered: days.iter().map(|day| day.answered).sum(),
        most: days.iter().map(Day::asked).max()?,
        picture: chart_picture(&days)?,
    })
}

fn open_question(wordings: &[&str], count: u64, last: &str) -> OpenQuestion {
    let wording = wordings.first().copied().unwrap_or_default();
    OpenQuestion {
        key: QuestionKey::of(wording),
        wordings: wordings.iter().map(|it| (*it).to_owned()).collect(),
        count,
        last: last.to_owned(),
        nearest: nearest(&engine(), wording, 2),
    }
}

const GUESTS: [&str; 3] = [
    "Where can guests park a car?",
    "is there parking near the boathouse",
    "parking for a trailer?",
];

fn insights() -> Shown {
    let page = QuestionPage {
        page: 0,
        pages: 1,
        questions: vec![
            open_question(&GUESTS, 9, "2026-11-28"),
            open_question(&["Do you rent life jackets?"], 4, "2026-11-25"),
            open_question(&["Can I store my own boat?"], 2, "2026-11-19"),
        ],
        hidden: 0,
        activity: activity(),
    };
    let outcome = InsightsOutcome::Listed(page);
    done(
        "insights",
        &command("insights", Arguments::default()),
        &EffectOutcome::Insights(Ok(outcome)),
    )
}

fn question() -> Shown {
    let outcome = InsightsOutcome::Opened(Some(open_question(&GUESTS, 9, "2026-11-28")));
    let request = pressed(ComponentId::PickUnanswered);
    done("question", &request, &EffectOutcome::Insights(Ok(outcome)))
}

fn chosen() -> Shown {
    let engine = engine();
    let near = nearest(&engine, "What does a guest pay?", 1);
    let passage = near
        .first()
        .and_then(|near| passage_place(&engine, near.passage));
    let outcome = InsightsOutcome::Pinned(Some(PinnedQuestion {
        question: "is it free for friends".to_owned(),
        passage,
    }));
    let request = pressed(ComponentId::PinPassage);
    done("chosen", &request, &EffectOutcome::Insights(Ok(outcome)))
}

fn misleading() -> Shown {
    let rated = |place: &str, text: &str, helpful, not_helpful| RatedPassage {
        place: place.to_owned(),
        text: text.to_owned(),
        helpful,
        not_helpful,
    };
    let outcome = InsightsOutcome::Misleading(vec![
        rated(
            "How to enter a regatta › Fees",
            "The fee for a crew is paid by the club.",
            1,
            6,
        ),
        rated(
            "Rules of the club › Guests",
            "Guests bring their own towel.",
            0,
            2,
        ),
    ]);
    let request = pressed(ComponentId::Misleading);
    done(
        "misleading",
        &request,
        &EffectOutcome::Insights(Ok(outcome)),
    )
}

fn settings(name: &'static str, page: SettingsPage) -> Shown {
    let changes = [
        SettingChange::Private(false),
        SettingChange::Unasked(BTreeSet::from([1])),
        SettingChange::UnaskedAt(90),
        SettingChange::Helpers(Some(2)),
        SettingChange::Kept(Kept::Public),
        SettingChange::KeepDays(30),
    ];
    let own = changes
        .iter()
        .fold(Settings::default(), |own, change| own.with(change));
    let host = HostSettings {
        reads_messages: true,
        keep_days: 90,
        ..HostSettings::default()
    };
    let shown = Box::new(ShownSettings { own, host });
    let request = pressed(ComponentId::Settings { page });
    done(name, &request, &EffectOutcome::Settings(Ok(shown)))
}
