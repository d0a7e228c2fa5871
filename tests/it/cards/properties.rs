//! What holds for any articles, requests and effects.

use super::*;

/// Few words, so that questions find something, and Discord's markup.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => prop::sample::select(vec![
            "river", "bridge", "Brücke", "the", "of", "who", "Kim", "3.5", "мост", "他来了", "ไทย", "Don't", "is",
            "*", "||", "```", "<@1>", "@everyone", "[x](y)", "# ", "👩‍👩‍👧", "\n\n", "\n", ". ", "? ", "# river\n\n",
        ]).prop_map(str::to_owned),
        1 => ".{0,8}",
        1 => (0..3_usize, "[a-z*_]{1,3}").prop_map(|(n, part)| part.repeat(900 * n)),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

fn articles() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((".{0,20}", words()), 0..4)
}

fn built(articles: &[(String, String)]) -> Vec<Article> {
    let mut found = Vec::new();
    for (at, (name, text)) in articles.iter().enumerate() {
        let front =
            format!("---\ntitle: {name:?}\nsource: https://a.example/{name}\n---\n\n{text}");
        found.extend(parse(&format!("{at}{}.md", name.replace('/', "_")), &front));
    }
    found
}

fn argument() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => words(),
        1 => "\\PC{0,120}",
        1 => Just(String::new()),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let slash = (
        0..TABLE.len(),
        prop::collection::vec(argument(), 4),
        any::<bool>(),
    );
    let slash = slash.prop_map(|(at, texts, private)| {
        let definition = &TABLE[at].definition;
        let mut arguments = text(MESSAGE, &texts[3]).with("private", Argument::Boolean(private));
        if let Some(OptionKind::Subcommand(inner)) = definition.options.first().map(|it| it.kind) {
            let names = definition.options.iter().map(|option| option.name);
            let name = names.cycle().nth(usize::from(private)).unwrap_or_default();
            arguments = arguments.with_text(SUBCOMMAND, name);
            for (option, text) in inner.iter().zip(&texts) {
                arguments = arguments.with_text(option.name, text);
            }
        }
        for (option, text) in definition.options.iter().zip(&texts) {
            if !(option.name == "article" && private) {
                arguments = arguments.with_text(option.name, text);
            }
        }
        command(definition.name, arguments)
    });
    let question = (argument(), any::<bool>()).prop_map(|(text, bot)| Action::Question {
        text,
        addressed: if bot {
            Addressed::Bot
        } else {
            Addressed::Anyone
        },
    });
    let typing = (0..TABLE.len(), 0..3_usize, argument()).prop_map(|(at, option, typed)| {
        let definition = &TABLE[at].definition;
        Action::Autocomplete {
            command: definition.name.to_owned(),
            option: definition
                .options
                .get(option)
                .map_or("", |option| option.name)
                .to_owned(),
            typed,
            arguments: Arguments::default(),
        }
    });
    prop_oneof![4 => slash, 2 => question, 1 => typing]
}

fn custom_id() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => prop::sample::select(vec![
            "more", "others", "share", "yes", "no", "passages", "search", "articles", "open", "read", "file", "summary",
            "overview", "about", "asked", "write", "edit", "remove", "restore", "own", "manage", "choose", "unpin", "chosen", "pinned", "-", "s", "m", "l",
            "o", "t", "0", "1", "65535", "65536", "4294967295", "00000000000000ff", "00000000000000ff.00000000000000ff",
        ]).prop_map(str::to_owned),
        1 => ".{0,10}",
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.join(":"))
}

fn locale() -> impl Strategy<Value = Locale> {
    prop::sample::select(Locale::ALL.to_vec())
}

/// Everything that the shell may say about what was asked and not answered.
fn insights_outcomes(texts: &[String]) -> Vec<EffectOutcome> {
    let [title, path, content, link] = texts else {
        panic!("four texts");
    };
    let passage = PassageKey::parse("00000000000000ff.00000000000000ff").unwrap();
    let near = |answers| Nearest {
        passage,
        place: title.clone(),
        text: content.clone(),
        answers,
    };
    let question = |key: u64| OpenQuestion {
        key: QuestionKey(key),
        wordings: vec![format!("{key} {path}"), link.clone(), title.clone()],
        count: key,
        last: "2026-01-31".to_owned(),
        nearest: vec![near(key == 1); 5],
    };
    let page = |page, questions: Vec<OpenQuestion>| {
        InsightsOutcome::Listed(QuestionPage {
            page,
            pages: page + 2,
            questions,
            hidden: page as u64,
            activity: Some(Activity {
                days: 30,
                first: "2026-01-02".to_owned(),
                last: "2026-01-31".to_owned(),
                asked: u64::MAX,
                answered: 1,
                most: u64::MAX,
                picture: vec![0; 100],
            }),
        })
    };
    let rated = RatedPassage {
        place: title.clone(),
        text: content.clone(),
        helpful: 0,
        not_helpful: u64::MAX,
    };
    let pinned = |n: usize| PinnedQuestion {
        question: format!("{n} {content}"),
        passage: (n > 0).then(|| (title.clone(), content.clone())),
    };
    let pinned_page = |page, pages, questions| InsightsOutcome::PinnedListed {
        page,
        pages,
        questions,
    };
    let quotes = |list, count| {
        let article = QuotedArticle {
            title: title.clone(),
            count,
            is_shared: count % 2 == 0,
        };
        InsightsOutcome::Quotes(Some(QuotesPage {
            view: QuotesView {
                list,
                days: 90,
                page: 1,
            },
            pages: 3,
            quoted: (1, 2),
            articles: vec![article; 15],
            since: Some("2026-01-31".to_owned()),
        }))
    };
    let all_pinned = || (0..INSIGHTS_PAGE).map(pinned).collect();
    let outcomes = [
        InsightsOutcome::Pinned(Some(pinned(1))),
        InsightsOutcome::Pinned(None),
        InsightsOutcome::Quotes(None),
        quotes(QuotesList::Most, u64::MAX),
        quotes(QuotesList::Not, 0),
        InsightsOutcome::Unpinned(content.clone()),
        pinned_page(0, 0, Vec::new()),
        pinned_page(1, 3, all_pinned()),
        InsightsOutcome::PinnedOpened(Some(pinned(0))),
        InsightsOutcome::PinnedOpened(None),
        page(0, Vec::new()),
        page(1, (0..INSIGHTS_PAGE as u64).map(question).collect()),
        InsightsOutcome::Opened(Some(question(1))),
        InsightsOutcome::Opened(Some(question(u64::MAX))),
        InsightsOutcome::Opened(None),
        InsightsOutcome::Dismissed(QuestionKey(u64::MAX)),
        InsightsOutcome::Reopened,
        InsightsOutcome::Misleading(Vec::new()),
        InsightsOutcome::Misleading(vec![rated; 40]),
        InsightsOutcome::Exported(ExportFormat::Csv, content.clone()),
        InsightsOutcome::Exported(ExportFormat::Markdown, content.clone()),
    ];
    let outcomes = outcomes
        .into_iter()
        .map(|it| EffectOutcome::Insights(Ok(it)));
    let failed = EffectOutcome::Insights(Err(TeachingError::Unavailable));
    outcomes.chain([failed]).collect()
}

/// Everything that the shell may say about a server's articles.
fn teaching_outcomes(texts: &[String]) -> Vec<EffectOutcome> {
    let [title, path, content, link] = texts else {
        panic!("four texts");
    };
    let article = |n: u64| OwnArticle {
        title: title.clone(),
        path: format!("{n}.md"),
        bytes: n.pow(7),
        age: n.pow(5),
        is_gated: n.is_multiple_of(3),
    };
    let read = OwnText {
        path: format!("{path}.md"),
        content: content.clone(),
        link: Some(link.clone()),
        gate: Gate::new(&(0..25).collect::<Vec<_>>(), &[u64::MAX]),
        source: None,
    };
    let source = |n: u64| OwnSource {
        key: SourceKey(n),
        kind: [SourceKind::Sitemap, SourceKind::Forum][(n % 2) as usize],
        place: [link.clone(), n.to_string()][(n % 2) as usize].clone(),
        articles: 500,
        later: n as usize,
        changes: [usize::MAX; 4],
        skipped: vec![(link.clone(), content.clone()); 30],
        looked: (n > 3).then_some(u64::MAX),
        next: u64::MAX,
        failure: (n > 5).then(|| content.clone()),
        is_syncing: n == 7,
        gate: Gate::new(&(0..25).collect::<Vec<_>>(), &[u64::MAX]),
        is_gate_chosen: n > 3,
    };
    let own = |articles: u64, sources: u64| OwnArticles {
        articles: (0..articles).map(article).collect(),
        sources: (0..sources).map(source).collect(),
    };
    let prepared_article = |n: usize| PreparedArticle {
        title: title.clone(),
        path: format!("{path}-{n}.md"),
        passages: n.pow(5),
        dropped: n,
        warnings: vec![content.clone(); n.min(4)],
        replaces: (n % 2 == 1).then_some(Replaced {
            age: u64::MAX,
            new: n,
            gone: usize::MAX,
        }),
    };
    let problems = [
        FileProblem::TooLarge(2 << 20),
        FileProblem::Format,
        FileProblem::Damaged,
        FileProblem::TooMuch,
        FileProblem::Gone,
        FileProblem::Unreachable,
        FileProblem::Address,
        FileProblem::Unreadable(content.clone()),
    ];
    let problems = problems.into_iter().cycle().take(30);
    let prepared = |count: usize| Prepared {
        draft: (count > 0).then_some(DraftKey(u64::MAX)),
        articles: (0..count).map(prepared_article).collect(),
        left_out: problems
            .clone()
            .map(|problem| (path.clone(), problem))
            .collect(),
        sample: (count % 2 == 1).then(|| Run::new(content)),
        source: (count > 1).then(|| PreparedSource {
            kind: SourceKind::Feed,
            place: link.clone(),
            later: count,
            gate: Gate::new(&(0..count as u64).collect::<Vec<_>>(), &[]),
        }),
    };
    let removed = Removed {
        path: "rules.md".to_owned(),
        at: u64::MAX,
    };
    let mut outcomes = vec![
        EffectOutcome::Confirmed(Ok(Confirmed::Added { later: 470 })),
        EffectOutcome::Confirmed(Ok(Confirmed::Changed(prepared(1)))),
        EffectOutcome::Confirmed(Ok(Confirmed::Gone)),
        EffectOutcome::Discarded(Ok(true)),
        EffectOutcome::Discarded(Ok(false)),
        EffectOutcome::Removed(Ok(Some(removed))),
        EffectOutcome::Removed(Ok(None)),
        EffectOutcome::Restored(Ok(true)),
        EffectOutcome::Restored(Ok(false)),
        EffectOutcome::Listed(Ok(own(0, 0))),
        EffectOutcome::Listed(Ok(own(25, 10))),
        EffectOutcome::Listed(Ok(own(0, 1))),
        EffectOutcome::Source(Ok(SourceOutcome::Shown(Some(Box::new(source(1)))))),
        EffectOutcome::Source(Ok(SourceOutcome::Shown(None))),
        EffectOutcome::Source(Ok(SourceOutcome::Gated(Some(Box::new(source(6)))))),
        EffectOutcome::Source(Ok(SourceOutcome::Removed(
            SourceKey(u64::MAX),
            Some(u64::MAX),
        ))),
        EffectOutcome::Source(Ok(SourceOutcome::Restored(true))),
        EffectOutcome::Source(Ok(SourceOutcome::Restored(false))),
        EffectOutcome::Gated(Ok(Some(read.clone()))),
        EffectOutcome::Read(Ok(Some(read))),
        EffectOutcome::Read(Ok(None)),
    ];
    outcomes.extend([0, 1, 2, 25].map(|count| EffectOutcome::Prepared(Ok(prepared(count)))));
    for error in [
        TeachingError::TooMany,
        TeachingError::ArticleTooLarge,
        TeachingError::ServerFull,
        TeachingError::TooManyGates,
        TeachingError::TooManySources,
        TeachingError::SourceIsThere,
        TeachingError::NoMessageContent,
        TeachingError::ForumHidden,
        TeachingError::TooFast(60),
        TeachingError::Unavailable,
    ] {
        outcomes.extend([
            EffectOutcome::Prepared(Err(error)),
            EffectOutcome::Confirmed(Err(error)),
            EffectOutcome::Discarded(Err(error)),
            EffectOutcome::Removed(Err(error)),
            EffectOutcome::Restored(Err(error)),
            EffectOutcome::Listed(Err(error)),
            EffectOutcome::Read(Err(error)),
            EffectOutcome::Gated(Err(error)),
        ]);
    }
    outcomes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn cards_about_a_servers_articles_obey_the_limits(
        texts in prop::collection::vec(argument(), 4), page in 0..4_u16, locale in locale(),
    ) {
        let source = Source { question: Some("rules.md".to_owned()), ..Source::default() };
        let custom_id = format!("own:{page}");
        let pressed = Action::Component { custom_id, values: Vec::new(), source };
        let empty = Engine::build(Vec::new());
        // A text may itself look like a variable of a message that was not filled in.
        let is_braced = texts.iter().any(|text| text.contains('{'));
        for action in [command("knowledge", text(SUBCOMMAND, "list")), pressed] {
            let request = Request { locale, ..request(action) };
            for outcome in teaching_outcomes(&texts).into_iter().chain(insights_outcomes(&texts)) {
                let response = after(&request, &outcome);
                check(&response);
                let text = response.card().map(Card::body).unwrap_or_default();
                prop_assert!((is_braced || !text.contains("{ $")) && !text.contains("teaching-"), "{}", text);
                // Nobody without the permission gets on from there.
                for (label, action) in response.card().map(controls).unwrap_or_default() {
                    let refused = respond(&empty, &Request { action, ..request.clone() });
                    let expect = RequestOutcome::Refused(Refusal::NotManager);
                    prop_assert_eq!(refused.outcome, expect, "{}", label);
                }
            }
        }
    }

    #[test]
    fn panels_of_settings_obey_the_limits(
        channels in prop::collection::btree_set(any::<u64>(), 0..40), number in any::<u8>(), on in any::<bool>(),
        locale in locale(),
    ) {
        let changes = [
            SettingChange::Private(on),
            SettingChange::Shared(!on),
            SettingChange::Unasked(channels.clone()),
            SettingChange::UnaskedAt(number),
            SettingChange::Language(Some(locale)),
            SettingChange::Helpers(Some(u64::MAX)),
            SettingChange::Kept(Kept::ALL[usize::from(number) % 3].1),
            SettingChange::KeepDays(u32::from(number)),
        ];
        let own = changes.iter().take(usize::from(number) % 9).fold(Settings::default(), |own, it| own.with(it));
        let unasked = channels.into_iter().collect();
        let host = HostSettings { reads_messages: on, unasked, ..HostSettings::default() };
        let outcome = EffectOutcome::Settings(Ok(Box::new(ShownSettings { own, host })));
        let empty = Engine::build(Vec::new());
        for id in ["", "settings:answers", "settings:questions", "set:kept"] {
            let action = match id {
                "" => command("settings", Arguments::default()),
                id => Action::Component { custom_id: id.to_owned(), values: Vec::new(), source: Source::default() },
            };
            let request = Request { locale, ..request(action) };
            let response = after(&request, &outcome);
            check(&response);
            let card = response.card().unwrap();
            prop_assert!(!card.body().contains("{ $") && !card.body().contains("setting-"), "{}", card.body());
            for (label, action) in controls(card) {
                let refused = respond(&empty, &Request { action, ..request.clone() });
                prop_assert_eq!(refused.outcome, RequestOutcome::Refused(Refusal::NotManager), "{}", label);
            }
        }
    }

    #[test]
    fn every_response_and_every_control_obeys_the_limits(
        articles in articles(), action in action(), locale in locale(),
    ) {
        let engine = Engine::build(built(&articles));
        let turned = Engine::build(built(&articles).into_iter().rev().collect());
        let context = Context { manages_server: true, ..Context::default() };
        let request = |action| Request { locale, context: context.clone(), ..request(action) };
        let response = respond(&engine, &request(action.clone()));
        check(&response);
        prop_assert_eq!(&respond(&turned, &request(action)), &response);
        for (label, action) in response.card().map(controls).unwrap_or_default() {
            let pressed = respond(&engine, &request(action.clone()));
            check(&pressed);
            let refused = matches!(pressed.outcome, RequestOutcome::Refused(_));
            prop_assert!(!refused, "{} leads to {:?}", label, pressed);
            prop_assert_eq!(&respond(&turned, &request(action)), &pressed);
            for (_, action) in pressed.card().map(controls).unwrap_or_default() {
                check(&respond(&engine, &request(action)));
            }
        }
    }

    #[test]
    fn any_custom_id_is_answered(
        articles in articles(), custom_id in custom_id(), asked in argument(), values in prop::collection::vec(custom_id(), 0..2),
    ) {
        let engine = Engine::build(built(&articles));
        let source = Source { question: Some(asked), ..Source::default() };
        let action = Action::Component { custom_id: custom_id.clone(), values, source };
        check(&respond(&engine, &request(action)));
        if let Some(id) = ComponentId::parse(&custom_id) {
            prop_assert_eq!(ComponentId::parse(&id.to_string()), Some(id));
            prop_assert!(id.to_string().len() <= 100);
        }
    }

    #[test]
    fn quotes_are_slices_of_articles(articles in articles(), question in words()) {
        let engine = Engine::build(built(&articles));
        let response = respond(&engine, &request(written(&question)));
        for quote in response.card().map(quotes).unwrap_or_default() {
            let kept = quote.trim_end_matches('…').trim_end();
            let found = engine.corpus().articles().any(|article| article.text.contains(kept));
            prop_assert!(found, "{:?}", quote);
        }
    }
}
