//! Questions: answers, suggestions, and what their controls lead to.

use super::*;

#[test]
fn a_question_is_answered_with_a_quote() {
    let response = respond(
        &engine(),
        &request(ask("Who built the lighthouse of Norrby?")),
    );
    assert!(
        matches!(response.outcome, RequestOutcome::Quoted(_)),
        "{response:?}"
    );
    let body = body(&response);
    assert!(body.starts_with("> "), "{body}");
    assert!(body.contains("**built**"), "{body}");
    assert!(
        body.contains(
            "— [The lighthouse of Norrby](https://example.org/norrby_%28light%29\
             #:~:text=The%20lighthouse%20of%20Norrby%20was%20built"
        ),
        "{body}"
    );
    let card = response.card().unwrap();
    assert_eq!(card.author(), Some("Who built the lighthouse of Norrby?"));
    assert!(has(&response, "👍 Helpful") && has(&response, "👎 Not helpful"));
    assert!(
        !has(&response, "Share in channel"),
        "a public answer has nothing to share"
    );
    assert!(matches!(
        response.reply,
        Reply::Message {
            visibility: Visibility::Public,
            ..
        }
    ));
}

/// A browser scrolls to the quoted words; one that does not find them, to the section.
#[test]
fn the_source_leads_to_the_quoted_words_in_their_section() {
    let source = "---\nsource: https://example.org/kiln\n---\n\n";
    let page = format!(
        "{source}# Kiln\n\n## How hot is it?\n\nThe kiln reaches 1,280\u{a0}°C (cone 9-10) at the top.\n\n## Firing plan\n\n\
         | Cone | Use |\n|---|---|\n| 04 | Bisque firing |\n| 6 | Stoneware glaze |\n"
    );
    let engine = Engine::build(parse("kiln.md", &page).into_iter().collect());
    for (question, link) in [
        (
            "How hot is the kiln?",
            "https://example.org/kiln#how-hot-is-it:~:text=The%20kiln%20reaches%201%2C280%20%C2%B0C%20%28cone%209%2D10%29%20at",
        ),
        (
            "which cone for a stoneware glaze",
            "https://example.org/kiln#firing-plan:~:text=",
        ),
    ] {
        let body = body(&respond(&engine, &request(ask(question))));
        assert!(body.contains(link), "{question}: {body}");
        assert!(!body.contains("%7C"), "a cell, not a row: {body}");
    }
}

#[test]
fn two_answers_that_are_about_as_likely_are_both_shown() {
    let compost = "Leaves and peelings belong on the heap behind the shed. ".repeat(6);
    let garden = format!(
        "# Allotments\n\n## North garden\n\nThe gate of the north garden opens at eight. Bring your own tools.\n\n\
        ## Compost\n\n{compost}\n\n## South garden\n\nThe gate of the south garden opens at ten. Tools hang in the shed.\n"
    );
    let engine = Engine::build(parse("garden.md", &garden).into_iter().collect());
    let shown = |question: &str| {
        let response = respond(&engine, &request(ask(question)));
        let both = body(&response).contains("Or this:");
        (both, quotes(response.card().unwrap()))
    };
    let (both, shown_for_either) = shown("when does the gate of the garden open");
    let [first, second] = shown_for_either.as_slice() else {
        panic!("{shown_for_either:?}");
    };
    assert!(both && first.contains("at eight") && second.contains("at ten"));
    let (both, shown_for_one) = shown("when does the gate of the south garden open");
    assert!(!both, "{shown_for_one:?}");
    assert!(
        shown_for_one.concat().contains("at ten"),
        "{shown_for_one:?}"
    );
}

#[test]
fn a_corrected_typo_is_shown() {
    let body = body(&respond(
        &engine(),
        &request(written("who biult the lighthuose of Norrby")),
    ));
    assert!(body.contains("Read “lighthuose” as “lighthouse”"), "{body}");
}

#[test]
fn a_private_answer_can_be_shared() {
    let engine = engine();
    let arguments = text("question", "Who built the lighthouse of Norrby?")
        .with("private", Argument::Boolean(true));
    let private = respond(&engine, &request(command("ask", arguments.clone())));
    assert!(matches!(
        private.reply,
        Reply::Message {
            visibility: Visibility::Ephemeral,
            ..
        }
    ));
    let shared = press(&engine, &private, "Share in channel");
    assert!(matches!(
        shared.reply,
        Reply::Message {
            visibility: Visibility::Public,
            ..
        }
    ));
    assert_eq!(
        quotes(shared.card().unwrap()),
        quotes(private.card().unwrap())
    );
    assert!(body(&shared).contains("<@42>"), "says who shared it");
    let direct = Request {
        channel: ChannelKind::DirectMessage,
        ..request(command("ask", arguments))
    };
    assert!(
        !has(&respond(&engine, &direct), "Share in channel"),
        "direct messages have nobody to share with"
    );
}

#[test]
fn read_on_shows_the_rest_with_the_quote_in_bold() {
    let coast = long_coast().replace(SOURCE, "");
    let engine = Engine::build(parse("coast.md", &coast).into_iter().collect());
    let response = respond(
        &engine,
        &request(ask("When was the lamp changed to paraffin?")),
    );
    let quoted = quotes(response.card().unwrap()).concat();
    assert!(quoted.ends_with("nobody slept."), "{quoted}");
    let more = press(&engine, &response, "Read on");
    assert!(matches!(
        more.reply,
        Reply::Message {
            visibility: Visibility::Ephemeral,
            ..
        }
    ));
    let [Block::Quote(run), ..] = more.card().unwrap().blocks() else {
        panic!("{more:?}");
    };
    let best = "Then the keeper Signe Dahl had it changed to paraffin.";
    assert!(
        run.parts().contains(&Inline::Bold(best.to_owned())),
        "{run:?}"
    );
    assert!(run.text().starts_with(&quoted) && run.text().len() > quoted.len());
    let read = press(&engine, &more, "Read in article");
    assert!(body(&read).contains("The lamp burned"));
}

#[test]
fn read_on_leads_to_the_page_of_the_source() {
    let engine = Engine::build(parse("coast.md", &long_coast()).into_iter().collect());
    let question = "When was the lamp changed to paraffin?";
    let response = respond(&engine, &request(ask(question)));
    assert!(!has(&response, "Read on"), "a link needs no button");
    let blocks = response.card().unwrap().blocks();
    let links: Vec<(&str, &str)> = blocks
        .iter()
        .filter(|block| matches!(block, Block::Source(_)))
        .flat_map(|block| block.run().parts())
        .filter_map(|part| match part {
            Inline::Link { label, url, .. } => Some((label.as_str(), url.as_str())),
            _ => None,
        })
        .collect();
    let page = "https://example.org/norrby_%28light%29";
    let [(title, _), ("Read on", address)] = links[..] else {
        panic!("{links:?}");
    };
    assert_eq!(title, "The lighthouse of Norrby");
    // Where the quote ends.
    assert!(
        address.starts_with(page) && address.contains(":~:text=The%20keepers%20wrote"),
        "{address}"
    );
    // A quote that is the whole section has nothing to read on.
    let short = Engine::build(parse("coast.md", COAST).into_iter().collect());
    let response = respond(&short, &request(ask(question)));
    assert!(!body(&response).contains("Read on"), "{response:?}");
}

#[test]
fn other_passages_exclude_the_answer() {
    let engine = engine();
    let question = "Who kept the lighthouse for thirty-one years?";
    let response = respond(&engine, &request(ask(question)));
    let first = quotes(response.card().unwrap());
    let others = press(&engine, &response, "Other passages");
    let card = others.card().unwrap();
    assert!(!quotes(card).is_empty() && !quotes(card).contains(&first[0]));
    assert_eq!(card.author(), Some(question));
}

#[test]
fn a_passage_that_is_all_quote_is_not_all_bold() {
    let text = "# Tea\n\nGreen tea is steeped for two minutes in hot water.\n\n# Bread\n\n\
        Bread rises for two hours in a warm kitchen.\n";
    let engine = Engine::build(parse("food.md", text).into_iter().collect());
    let unsure = respond(&engine, &request(ask("what colour is the warm kitchen")));
    let more = press(&engine, &unsure, "1 Bread");
    let [Block::Quote(run), ..] = more.card().unwrap().blocks() else {
        panic!("{more:?}");
    };
    assert_eq!(run.text(), "Bread rises for two hours in a warm kitchen.");
    assert!(run.parts().iter().all(|part| !part.is_bold()), "{run:?}");
}

/// A public answer has no room for this button beside one to delete it: it is in the context.
#[test]
fn context_leads_to_other_passages() {
    let engine = Engine::build(
        [
            parse("coast.md", &long_coast().replace(SOURCE, "")),
            parse("bread.md", BREAD),
        ]
        .into_iter()
        .flatten()
        .collect(),
    );
    let question = "When was the lamp changed to paraffin?";
    let everywhere = text("question", question);
    let here = everywhere.clone().with_text("article", "coast");
    for (arguments, same_article) in [(everywhere, false), (here, true)] {
        let response = respond(&engine, &request(command("ask", arguments)));
        assert_eq!(
            labels(&response),
            [
                "Read on",
                "Ask a follow-up",
                "👍 Helpful",
                "👎 Not helpful",
                "Delete"
            ]
        );
        assert_eq!(response.card().unwrap().rows().len(), 1);
        let more = press(&engine, &response, "Read on");
        assert_eq!(more.card().unwrap().author(), Some(question));
        let others = press(&engine, &more, "Other passages");
        assert!(!quotes(others.card().unwrap()).is_empty());
        let is_here = !body(&others).contains("Sourdough");
        assert!(is_here || !same_article, "{others:?}");
    }
}

#[test]
fn feedback_is_thanked_for_and_reported() {
    let engine = engine();
    let response = respond(
        &engine,
        &request(ask("Who built the lighthouse of Norrby?")),
    );
    for (label, expect) in [("👍 Helpful", true), ("👎 Not helpful", false)] {
        let pressed = press(&engine, &response, label);
        let Reply::Perform(Effect::Rate(rating)) = pressed.reply else {
            panic!("{pressed:?}");
        };
        assert_eq!((rating.helpful, rating.member), (expect, 42));
        assert_eq!(rating.question, "Who built the lighthouse of Norrby?");
        let passage = rating.passage.and_then(|key| key.find(engine.corpus()));
        let passage = engine
            .corpus()
            .passage(passage.expect("the quoted passage"));
        let article = engine.corpus().article(passage.article);
        assert!(
            engine
                .corpus()
                .span(passage)
                .of(&article.text)
                .contains("Karl Wessel")
        );
        let thanks = after(&request(ask("")), &EffectOutcome::Rated { helpful: expect });
        assert!(
            matches!(thanks.outcome, RequestOutcome::Feedback { helpful } if helpful == expect)
        );
        assert!(matches!(
            thanks.reply,
            Reply::Message {
                visibility: Visibility::Ephemeral,
                ..
            }
        ));
    }
}

#[test]
fn a_question_without_an_answer_gets_advice() {
    let response = respond(
        &engine(),
        &request(ask("Which football club won in Madrid yesterday?")),
    );
    assert_eq!(response.outcome, RequestOutcome::NoAnswer);
    assert!(body(&response).contains("2 articles"));
    assert!(quotes(response.card().unwrap()).is_empty());
    let nothing = respond(&Engine::build(Vec::new()), &request(ask("Who built it?")));
    assert!(body(&nothing).contains("no articles"));
}

#[test]
fn suggestions_can_be_opened() {
    let engine = engine();
    let response = respond(
        &engine,
        &request(ask("What did the county council say of the storm?")),
    );
    assert!(
        matches!(response.outcome, RequestOutcome::Suggested(_)),
        "{response:?}"
    );
    let card = response.card().unwrap();
    let (_, first) = &controls(card)[0];
    let opened = respond(&engine, &request(first.clone()));
    assert_eq!(quotes(opened.card().unwrap()).len(), 1);
}

#[test]
fn an_empty_question_gets_help() {
    for text in ["", "  ", "help", "/help", "Hilfe!"] {
        let response = respond(&engine(), &request(written(text)));
        let body = body(&response);
        assert!(
            body.contains("How is the lamp lit?"),
            "an example question from the articles: {body}"
        );
        for command in [
            "/ask",
            "/search",
            "/articles",
            "/article",
            "/help",
            "/about",
        ] {
            assert!(body.contains(&format!("**{command}**")), "{body}");
        }
    }
}

#[test]
fn a_quote_that_ends_with_its_section_leads_into_the_article() {
    let ask_about = |page: &str| {
        let engine = Engine::build(parse("wiki.md", page).into_iter().collect());
        let answer = respond(&engine, &request(ask("What do I need for a workbench?")));
        assert!(body(&answer).contains("4 stone"), "{answer:?}");
        (engine, answer)
    };
    let alone = "# Wiki\n\nFor a workbench you need:\n\n- 10 wood\n- 4 stone\n";
    let (_, answer) = ask_about(alone);
    assert!(!has(&answer, "Read on"), "the quote is all of it");
    let below = alone.replace("For", &format!("{}\n\nFor", "Sit by the fire. ".repeat(60)));
    let (engine, answer) = ask_about(&below);
    assert!(!has(&answer, "Read on"), "nothing follows");
    let read = press(&engine, &answer, "Read in article");
    let shown = body(&read);
    assert!(
        shown.contains("Sit by the fire") && shown.contains("4 stone"),
        "{shown}"
    );
}

#[test]
fn empty_results_say_what_to_do_next() {
    let submarines = text("focus", "submarines");
    for action in [
        command("search", text("keywords", "submarines")),
        command("summary", submarines.clone()),
        command("summary", submarines.with_text("article", "coast")),
        ask("Which submarines dive?"),
    ] {
        let body = body(&respond(&engine(), &request(action)));
        assert!(body.contains("Try rephrasing"), "{body}");
    }
    let none = Engine::build(Vec::new());
    for action in [written("help"), written("hello"), ask("why?")] {
        let body = body(&respond(&none, &request(action)));
        assert!(body.contains("There are no articles yet."), "{body}");
    }
    let one = Engine::build(parse("a.txt", "The door is red.").into_iter().collect());
    let listed = respond(&one, &request(command("articles", Arguments::default())));
    assert!(
        body(&listed).contains("One article with one passage."),
        "{listed:?}"
    );
}

#[test]
fn small_talk_gets_an_introduction() {
    for text in [
        "what is it?",
        "thanks!",
        "good morning",
        "guten Morgen",
        "Merci !",
        "you are so funny",
    ] {
        let response = respond(&engine(), &request(written(text)));
        let body = body(&response);
        assert_eq!(
            body,
            "Ask me a question about the articles. /help shows how."
        );
        assert_eq!(labels(&response), ["Delete"], "{text}");
    }
    // Weak matches are not shown.
    for text in ["tell me a joke", "which zebra is a robot?"] {
        let response = respond(&engine(), &request(written(text)));
        assert_eq!(response.outcome, RequestOutcome::NoAnswer, "{text}");
        assert_eq!(labels(&response), ["Delete"], "{text}: {response:?}");
    }
}

#[test]
fn overlong_questions_are_refused() {
    let long = "why ".repeat(260);
    for action in [
        ask(&long),
        written(&long),
        command("search", text("keywords", &long)),
    ] {
        let response = respond(&engine(), &request(action));
        assert_eq!(response.outcome, RequestOutcome::Refused(Refusal::TooLong));
        check(&response);
    }
    let fits = format!(
        "Who built the lighthouse of Norrby {}",
        "really ".repeat(120)
    );
    let response = respond(&engine(), &request(ask(&fits)));
    let card = response.card().unwrap();
    assert_eq!((card.author(), card.footer()), (None, Some(fits.trim())));
}

#[test]
fn unasked_it_answers_only_when_sure() {
    let engine = engine();
    let overheard = |text: &str| {
        let action = Action::Question {
            text: text.to_owned(),
            addressed: Addressed::Anyone,
        };
        respond(&engine, &request(action)).reply
    };
    let answered = overheard("Who built the lighthouse of Norrby?");
    assert!(matches!(answered, Reply::Message { .. }), "{answered:?}");
    for text in [
        "The lighthouse of Norrby was built by Karl Wessel.",
        "Who won in Madrid yesterday?",
        "really?",
        "",
    ] {
        assert_eq!(overheard(text), Reply::Silence, "{text}");
    }
}

#[test]
fn questions_are_distinguished_from_remarks() {
    for text in [
        "Who built it, then?",
        "how do I feed the starter",
        "¿Quién construyó el faro?",
        "Wer hat den Turm gebaut",
        "in which year was it built?",
        "灯塔是谁建造的，什么时候？",
    ] {
        assert!(reads_like_a_question(text), "{text}");
    }
    for text in [
        "",
        "?",
        "what",
        "really?",
        "I built it.",
        "What a day!",
        "> who built it?",
        "how nice that you came.",
    ] {
        assert!(!reads_like_a_question(text), "{text}");
    }
}

#[test]
fn questions_about_an_article_show_what_it_says_of_itself() {
    let engine = engine();
    let author = respond(
        &engine,
        &request(ask("Who wrote The lighthouse of Norrby?")),
    );
    assert!(body(&author).contains("Ada Berg"), "{author:?}");
    assert!(has(&author, "Read"), "{author:?}");
    let source = respond(&engine, &request(ask("where can I read Norrby light")));
    assert!(
        body(&source).contains("https://example.org/norrby_"),
        "{source:?}"
    );
    let gist = respond(&engine, &request(ask("what is Sourdough about")));
    assert!(body(&gist).contains("Feed the starter"), "{gist:?}");
    let which = respond(&engine, &request(written("who wrote this?")));
    assert!(
        has(&which, "Sourdough"),
        "a menu of the articles: {which:?}"
    );
    let unsaid = respond(&engine, &request(ask("who is the author of Sourdough")));
    assert!(body(&unsaid).contains("does not say"), "{unsaid:?}");
}

#[test]
fn a_quote_names_its_paragraph_where_a_file_has_no_lines() {
    let mut document = readers::read("coast.md", COAST.as_bytes());
    document.numbering = Numbering::Paragraphs;
    let article = Article::new("coast.docx", document);
    let engine = Engine::build(article.into_iter().collect());
    for (locale, place) in [
        (Locale::English, "coast.docx, paragraph "),
        (Locale::German, "coast.docx, Absatz "),
    ] {
        let request = Request {
            locale,
            ..request(ask("Who built the lighthouse of Norrby?"))
        };
        let shown = body(&respond(&engine, &request));
        assert!(shown.contains(place), "{shown}");
    }
}
