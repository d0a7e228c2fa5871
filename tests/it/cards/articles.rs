//! Search, lists of articles, summaries, and what can be completed.

use super::*;

#[test]
fn search_is_paged() {
    let many: String = (1..=8)
        .map(|n| format!("Harbour number {n} has a crane. It is tall.\n\n"))
        .collect();
    let engine = Engine::build(parse("harbours.md", &many).into_iter().collect());
    let mut response = respond(
        &engine,
        &request(command("search", text("keywords", "harbour crane"))),
    );
    let mut seen = Vec::new();
    for page in 1..=3 {
        check(&response);
        assert!(
            body(&response).contains(&format!("Page {page} of 3")),
            "{}",
            body(&response)
        );
        seen.extend(quotes(response.card().unwrap()));
        if page < 3 {
            response = press(&engine, &response, "Next");
            assert!(matches!(response.reply, Reply::Update(_)));
        }
    }
    assert!(!has(&response, "Next"));
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 8, "{seen:?}");
    let back = press(&engine, &response, "Back");
    assert!(body(&back).contains("Page 2 of 3"));
}

#[test]
fn a_search_says_which_keywords_it_corrected() {
    let article = "Harbour number one has a crane. It is tall.\n";
    let engine = Engine::build(parse("harbours.md", article).into_iter().collect());
    let search = |keywords| {
        let response = respond(
            &engine,
            &request(command("search", text("keywords", keywords))),
        );
        check(&response);
        body(&response)
    };
    let found = search("harbuor crane");
    assert!(found.contains("Read “harbuor” as “harbour”"), "{found}");
    assert!(found.contains("It is tall."), "{found}");
    assert!(!search("harbour crane").contains("Read “"));
}

#[test]
fn articles_are_listed_and_opened() {
    let engine = engine();
    let list = respond(&engine, &request(command("articles", Arguments::default())));
    let (norrby, bread) = (body(&list).find("Norrby"), body(&list).find("Sourdough"));
    assert!(bread < norrby && bread.is_some(), "by title");
    let card = press(&engine, &list, "The lighthouse of Norrby");
    assert_eq!(
        card.card().unwrap().title().as_deref(),
        Some("The lighthouse of Norrby")
    );
    let text = body(&card);
    for part in [
        "Signe Dahl",
        "Ada Berg",
        "Topics: ",
        "- How is the lamp lit?",
        "- The keepers",
        "1 min read",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let file = press(&engine, &card, "Download text");
    let file = file.card().unwrap().attachment().unwrap();
    let article = engine
        .corpus()
        .article(pullquote_core::article::ArticleId(1));
    assert_eq!(
        (file.name(), file.bytes()),
        ("coast.txt", article.text.as_bytes())
    );
}

/// The items of a summary, without their questions.
fn items(response: &Response) -> Vec<String> {
    let blocks = response.card().unwrap().blocks();
    let items = blocks.iter().filter_map(|block| match block {
        Block::Item(run) => Some(run),
        _ => None,
    });
    let plain = |run: &Run| {
        let text = run.text();
        match run.parts() {
            [Inline::Bold(question), _, ..] => text[question.len()..].trim_start().to_owned(),
            _ => text,
        }
    };
    items.map(plain).collect()
}

#[test]
fn a_summary_grows_and_shrinks() {
    let engine = engine();
    let coast = text("article", "lighthouse of norrby");
    let short = respond(&engine, &request(command("summary", coast.clone())));
    assert_eq!(items(&short).len(), 3);
    let article = engine
        .corpus()
        .article(pullquote_core::article::ArticleId(1));
    let places: Vec<_> = items(&short)
        .iter()
        .map(|item| article.text.find(item.as_str()).unwrap())
        .collect();
    assert!(places.is_sorted(), "sentences of the article, in its order");
    assert!(
        body(&short).contains("**How is the lamp lit?** The lamp burned"),
        "{}",
        body(&short)
    );
    assert!(!has(&short, "Shorter"));
    let medium = press(&engine, &short, "Longer");
    assert!(matches!(medium.reply, Reply::Update(_)) && items(&medium).len() > 3);
    let again = press(&engine, &medium, "Shorter");
    assert_eq!(items(&again), items(&short));
    let private = coast.with("private", Argument::Boolean(true));
    let private = respond(&engine, &request(command("summary", private)));
    let Reply::Message { visibility, .. } = private.reply else {
        panic!("{private:?}");
    };
    assert_eq!(visibility, Visibility::Ephemeral);
    // Each sentence has a control that opens its passage.
    let passage = press(&engine, &short, &items(&short)[0]);
    assert!(quotes(passage.card().unwrap())[0].contains(&items(&short)[0]));
}

#[test]
fn a_summary_keeps_to_its_focus() {
    let engine = engine();
    let focus = |focus: &str| text("article", "coast").with_text("focus", focus);
    let diary = respond(&engine, &request(command("summary", focus("diery"))));
    assert!(
        items(&diary).iter().all(|item| item.contains("diary")),
        "{diary:?}"
    );
    assert!(!has(&diary, "Longer"), "there is no more to show");
    let keepers = respond(
        &engine,
        &request(command("summary", focus("lighthouse lamp diary"))),
    );
    let longer = press(&engine, &keepers, "Longer");
    assert!(items(&longer).len() > items(&keepers).len());
    let nothing = respond(&engine, &request(command("summary", focus("submarines"))));
    assert!(
        body(&nothing).contains("says nothing about this topic"),
        "{nothing:?}"
    );
    // A summary of all articles.
    let all = text("focus", "lighthouse loaf");
    let digest = respond(&engine, &request(command("summary", all)));
    assert!(body(&digest).contains("Sourdough") && body(&digest).contains("Norrby"));
    let overview = respond(&engine, &request(command("summary", Arguments::default())));
    assert_eq!(quotes(overview.card().unwrap()).len(), 2);
}

#[test]
fn a_summary_suggests_questions() {
    let engine = engine();
    let card = press(
        &engine,
        &respond(&engine, &request(command("articles", Arguments::default()))),
        "The lighthouse of Norrby",
    );
    let gist = press(&engine, &card, "Summary");
    let questions = press(&engine, &gist, "Ask about this");
    let answer = press(&engine, &questions, "How is the lamp lit?");
    assert!(
        matches!(answer.outcome, RequestOutcome::Quoted(_)),
        "{answer:?}"
    );
}

#[test]
fn suggested_questions_use_the_words_of_the_article() {
    let engine = Engine::build(parse("bread.md", BREAD).into_iter().collect());
    let french = |action: Action| {
        let locale = Locale::French;
        respond(
            &engine,
            &Request {
                locale,
                ..request(action)
            },
        )
    };
    let help = body(&french(written("aide")));
    assert!(help.contains("What is known about Sourdough?"), "{help}");
    let gist = french(command("summary", Arguments::default()));
    let (_, press) = controls(gist.card().unwrap())
        .into_iter()
        .find(|(label, _)| label == "Poser une question")
        .unwrap();
    let offered = controls(french(press).card().unwrap());
    let (_, subject) = offered
        .iter()
        .find(|(label, _)| label == "loaf")
        .expect("a key phrase");
    let answer = french(subject.clone());
    assert!(body(&answer).contains("**Bake the loaf"), "{answer:?}");
}

#[test]
fn reading_shows_every_passage_once() {
    let long: String = (1..=12)
        .map(|n| {
            format!(
                "## Part {n}\n\n{}\n\n",
                format!("Line {n} goes on and on. ").repeat(20)
            )
        })
        .collect();
    let engine = Engine::build(parse("long.md", &long).into_iter().collect());
    let card = respond(&engine, &request(command("article", text("name", "long"))));
    let mut page = press(&engine, &card, "Read");
    let mut read = body(&page);
    while has(&page, "Next") {
        page = press(&engine, &page, "Next");
        check(&page);
        read.push_str(&body(&page));
    }
    for n in 1..=12 {
        assert_eq!(
            read.matches(&format!("**Part {n}**")).count(),
            1,
            "part {n}"
        );
        assert_eq!(
            read.matches(&format!("Line {n} goes on")).count(),
            20,
            "part {n}"
        );
    }
}

#[test]
fn an_article_is_found_by_part_of_its_name() {
    let engine = engine();
    for name in [
        "coast",
        "COAST",
        "The lighthouse of Norrby",
        "norrby light",
        "lighth",
        "norby lighthouse",
        "norrby",
    ] {
        let response = respond(&engine, &request(command("article", text("name", name))));
        let title = response.card().unwrap().title();
        assert_eq!(title.as_deref(), Some("The lighthouse of Norrby"), "{name}");
    }
    let not_found = |engine: &Engine, name| {
        let action = command("article", text("name", name));
        let response = respond(engine, &request(action));
        check(&response);
        assert_eq!(response.outcome, RequestOutcome::NoSuchArticle);
        (body(&response), controls(response.card().unwrap()).len())
    };
    // None is suggested in place of a name that resembles none.
    let (said, controls) = not_found(&engine, "zeppelin");
    assert_eq!(controls, 0, "{said}");
    assert!(said.contains("“zeppelin”. /articles lists all"), "{said}");
    let two = ["Ferry times", "Ferry fares"].map(|title| {
        let text = format!("# {title}\n\nThe ferry sails.\n");
        parse(&format!("{title}.md"), &text).unwrap()
    });
    let two = Engine::build(two.into());
    for name in ["ferry", "fery"] {
        let (said, controls) = not_found(&two, name);
        assert_eq!(controls, 2, "{name}: {said}");
        assert!(said.contains("Did you mean one of these?"), "{said}");
    }
}

#[test]
fn find_in_articles_searches_for_the_message() {
    let action = command(
        "Find in articles",
        text(MESSAGE, "hey, who built the lighthouse of Norrby?"),
    );
    let response = respond(&engine(), &request(action));
    assert!(matches!(response.outcome, RequestOutcome::Quoted(_)));
    assert!(matches!(
        response.reply,
        Reply::Message {
            visibility: Visibility::Ephemeral,
            ..
        }
    ));
    let empty = command("Find in articles", text(MESSAGE, " "));
    let response = respond(&engine(), &request(empty));
    assert_eq!(response.outcome, RequestOutcome::Refused(Refusal::NoText));
}

#[test]
fn about_shows_the_status() {
    let response = respond(&engine(), &request(command("about", Arguments::default())));
    let card = response.card().unwrap();
    let values: Vec<String> = card
        .fields()
        .iter()
        .map(|field| field.plain().1.to_owned())
        .collect();
    assert_eq!(
        values,
        [env!("CARGO_PKG_VERSION"), "2", "6", "1 d 1 h", "37 ms"]
    );
    let plain = card.content();
    assert!(plain.contains("- **Uptime** 1 d 1 h"), "{plain}");
}

fn choices(option: (&str, &str), typed: &str) -> Vec<String> {
    let action = Action::Autocomplete {
        command: option.0.to_owned(),
        option: option.1.to_owned(),
        typed: typed.to_owned(),
        arguments: Arguments::default(),
    };
    let response = respond(&engine(), &request(action));
    check(&response);
    match response.reply {
        Reply::Choices(choices) => choices
            .iter()
            .map(|choice| choice.value().to_owned())
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn autocomplete_offers_article_names() {
    let check = |typed: &str, expect: &[&str]| {
        assert_eq!(choices(("ask", "article"), typed), expect, "{typed}");
    };
    check("", &["bread", "coast"]);
    check("sour", &["bread"]);
    check("norr", &["coast"]);
    check("soudough", &["bread"]);
    check("xyz", &[]);
}

#[test]
fn autocomplete_offers_questions() {
    let question = ("ask", "question");
    assert_eq!(
        choices(question, "how la"),
        ["How is the lamp lit?", "how lamp"]
    );
    assert_eq!(choices(question, "who was sig"), ["who was Signe Dahl"]);
    assert!(choices(question, "").contains(&"The keepers".to_owned()));
    assert_eq!(choices(("ask", "private"), "x"), [""; 0]);
    assert_eq!(choices(("nothing", "question"), "x"), [""; 0]);
}

#[test]
fn controls_survive_a_restart_and_detect_changed_text() {
    let coast = long_coast().replace(SOURCE, "");
    let articles = [parse("coast.md", &coast), parse("bread.md", BREAD)];
    let before = Engine::build(articles.into_iter().flatten().collect());
    let answer = respond(
        &before,
        &request(ask("When was the lamp changed to paraffin?")),
    );
    let more = press(&before, &answer, "Read on");

    let new_file = parse(
        "a-new-file.md",
        "A file that sorts before the others. It moves every number.",
    );
    let articles = [
        parse("coast.md", &coast),
        new_file,
        parse("bread.md", BREAD),
    ];
    let grown = Engine::build(articles.into_iter().flatten().collect());
    assert_eq!(press(&grown, &answer, "Read on"), more);

    let edited = coast.replace("rapeseed", "whale");
    let edited = Engine::build(parse("coast.md", &edited).into_iter().collect());
    let response = press(&edited, &answer, "Read on");
    assert_eq!(
        response.outcome,
        RequestOutcome::Refused(Refusal::ArticleChanged)
    );
    let gone = Engine::build(parse("bread.md", BREAD).into_iter().collect());
    let response = press(&gone, &answer, "Read on");
    assert_eq!(
        response.outcome,
        RequestOutcome::Refused(Refusal::ArticleChanged)
    );
}

#[test]
fn cards_use_the_language_of_the_member() {
    let engine = engine();
    let codes = [
        ("de", "Sehr wahrscheinlich"),
        ("fr", "Très probable"),
        ("es-419", "Muy probable"),
        ("pl", "Bardzo prawdopodobne"),
        ("sv", "Very likely"),
    ];
    for (code, expect) in codes {
        let request = Request {
            locale: Locale::from_code(code),
            ..request(ask("Who built the lighthouse of Norrby?"))
        };
        let body = body(&respond(&engine, &request));
        assert!(body.contains(expect), "{code}: {body}");
        assert!(body.contains("by Karl Wessel"), "the quote stays as it is");
    }
}

#[test]
fn hostile_texts_stay_texts() {
    let text = "The *password* of Norrby is ||secret|| @everyone <@1> [click](https://evil.example) discord.gg/x.";
    let engine = Engine::build(
        parse("evil.txt", &format!("{text}\n"))
            .into_iter()
            .collect(),
    );
    let response = respond(
        &engine,
        &request(ask("what is the password of Norrby? @everyone <@1>")),
    );
    let content = response.card().unwrap().content();
    for live in ["||s", " @everyone", " <@1>", " [click", "discord.gg"] {
        assert!(!content.contains(live), "{live} in {content}");
    }
}
