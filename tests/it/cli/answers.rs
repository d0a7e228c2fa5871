//! What `ask` answers, for people and for other programs.

use super::*;

#[test]
fn typos_are_corrected_and_shown() {
    let answer = json(&["ask", "--json", "wat", "does", "jusche", "mean"]);
    assert_eq!(answer["question"], "wat does jusche mean");
    assert_eq!(
        answer["readings"],
        serde_json::json!([{ "typed": "jusche", "read": "juche" }])
    );
    assert!(
        answer["quotes"][0]["text"]
            .as_str()
            .unwrap()
            .contains("self-reliance")
    );
    let shown = printed(&["ask", "wat does jusche mean"]);
    assert!(shown.contains("corrected jusche to juche"), "{shown}");
    // So are those of keywords.
    let found = json(&["search", "--json", "jusche"]);
    let corrected = serde_json::json!([{ "typed": "jusche", "read": "juche" }]);
    assert_eq!(found["readings"], corrected);
    assert!(!found["passages"].as_array().unwrap().is_empty());
    let shown = printed(&["search", "jusche"]);
    assert!(
        shown.starts_with("corrected jusche to juche\n\n"),
        "{shown}"
    );
    assert_eq!(
        json(&["search", "--json", "juche"])["readings"],
        serde_json::json!([])
    );
    assert!(!printed(&["search", "juche"]).contains("corrected"));
}

#[test]
fn questions_without_an_answer() {
    for (question, outcome) in [
        ("hello", "greeting"),
        ("thanks a lot!!", "greeting"),
        ("asdf jklö", "unknown"),
        ("How do I reset my password?", "unknown"),
        ("?", "greeting"),
        ("", "greeting"),
    ] {
        let answer = json(&["ask", "--json", question]);
        assert_eq!(
            (
                &answer["outcome"],
                answer["quotes"].as_array().unwrap().len()
            ),
            (&outcome.into(), 0),
            "{question}"
        );
        let always = json(&["ask", "--json", "--always", question]);
        assert_eq!(always["outcome"], outcome, "{question}");
    }
    assert!(printed(&["ask", "How do I reset my password?"]).contains("No answer found."));
    let function_words = printed(&["ask", "waht is teh"]);
    assert!(
        function_words.starts_with("That question has no searchable words."),
        "{function_words}"
    );
    for nothing in ["", "what is it?", "hello"] {
        let shown = printed(&["ask", nothing]);
        assert!(
            shown.starts_with("Ask a question about the articles."),
            "{nothing}"
        );
    }
}

#[test]
fn a_stream_is_answered_in_order_without_delay() {
    let mut child = program()
        .args(["ask", "--json", "--always", "--limit", "1", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&output.next().unwrap().unwrap()).unwrap();
    // As a co-process: each answer arrives before the next question.
    for question in [
        "What does juche mean?",
        "",
        "who was abducted",
        "\u{1f600} ümlaut",
    ] {
        writeln!(input, "{question}").unwrap();
        input.flush().unwrap();
        assert_eq!(next()["question"], question);
    }
    input.write_all(b"\xff\xfe broken \xf0\x9f\n").unwrap();
    assert!(next()["question"].as_str().unwrap().contains("broken"));
    let writer = std::thread::spawn(move || {
        for number in 0..1_000 {
            writeln!(input, "question {number} on sanctions").unwrap();
        }
        // The last line need not end with a line break.
        write!(input, "last one").unwrap();
    });
    for number in 0..1_000 {
        assert_eq!(
            next()["question"],
            format!("question {number} on sanctions")
        );
    }
    assert_eq!(next()["question"], "last one");
    writer.join().unwrap();
    assert!(child.wait().unwrap().success());
}

#[test]
fn scores_match_the_streamed_answers() {
    let questions = questions();
    let mut child = program()
        .args(["ask", "--json", "--always", "--limit", "10", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for question in &questions {
        writeln!(input, "{}", question["question"].as_str().unwrap()).unwrap();
    }
    drop(input);
    let answers: Vec<Value> = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect();
    child.wait().unwrap();
    let (mut answerable, mut first, mut five, mut reciprocal, mut sentence, mut given, mut right) =
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut others, mut refused) = (0.0, 0.0);
    for (question, answer) in questions.iter().zip(&answers) {
        let is_quoted = answer["outcome"] == "quoted";
        if question["unanswerable"].as_bool().unwrap() {
            others += 1.0;
            refused += f64::from(u8::from(!is_quoted));
            continue;
        }
        answerable += 1.0;
        let quotes = answer["quotes"].as_array().unwrap();
        let place = quotes.iter().position(|quote| {
            quote["article"] == question["article"] && quote["paragraph"] == question["paragraph"]
        });
        first += f64::from(u8::from(place == Some(0)));
        five += f64::from(u8::from(place.is_some_and(|place| place < 5)));
        reciprocal += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        let wanted = question["answer_sentence"].as_str().unwrap();
        // A quote contains the answer's sentence, or is part of it.
        let matches = place == Some(0)
            && quotes[0]["best"]
                .as_str()
                .is_some_and(|text| text.contains(wanted) || wanted.contains(text));
        sentence += f64::from(u8::from(matches));
        given += f64::from(u8::from(is_quoted));
        right += f64::from(u8::from(is_quoted && matches));
    }
    let scores = json(&["eval", "--json", SET]);
    let close = |name: &str, ours: f64| {
        let theirs = scores[name].as_f64().unwrap();
        assert!(
            (theirs - ours).abs() < 1e-6,
            "{name}: {theirs}, counted {ours}"
        );
    };
    close("hit_at_1", 100.0 * first / answerable);
    close("hit_at_5", 100.0 * five / answerable);
    close("mrr_at_10", 100.0 * reciprocal / answerable);
    close("sentence_hit_at_1", 100.0 * sentence / answerable);
    close("answered", 100.0 * given / answerable);
    close("answered_right", 100.0 * right / given);
    close("refused", 100.0 * refused / others);
}

/// Questions about the sample article are answered, with and without typos; questions about other topics are not.
#[test]
fn questions_about_the_sample_article() {
    let scores = json(&["eval", "--json", SET]);
    let kind = |kind: &str, score: &str| scores["kinds"][kind][score].as_f64().unwrap();
    assert!(kind("plain", "hit_at_1") >= 90.0, "{scores}");
    assert!(kind("slips", "hit_at_1") >= 90.0, "{scores}");
    assert!(kind("plain", "answered") >= 85.0, "{scores}");
    assert!(kind("offtopic", "refused") >= 90.0, "{scores}");
}

/// On a page with questions as headings, each question finds its answer, also reworded and with typos.
#[test]
fn a_faq_page_is_answered() {
    let dir = TempDir::new().unwrap();
    let page = "# Club FAQ\n\n## How do I join the chess club?\n\nCome to the library on a Tuesday evening and say \
        hello.\n\n## What does it cost?\n\nNothing in the first month; then twelve euros a quarter.\n\n## Can I \
        bring my dog?\n\nOnly if it sleeps through a whole game.\n\n## Where do I park?\n\nBehind the library, \
        beside the bicycle stands.\n";
    fs::write(dir.path().join("faq.md"), page).unwrap();
    let dir = dir.path().to_str().unwrap();
    for (question, answer) in [
        ("How do I join the chess club?", "Come to the library"),
        ("how to join the ches club", "Come to the library"),
        ("Can I bring my dog?", "Only if it sleeps"),
        ("am i allowed to bring a dog", "Only if it sleeps"),
        ("where can I park", "Behind the library"),
    ] {
        let reply = json(&["--knowledge", dir, "ask", "--json", question]);
        assert_ne!(reply["outcome"], "unknown", "{reply}");
        let first = reply["quotes"][0]["text"].as_str().unwrap();
        assert!(first.starts_with(answer), "{question}: {first}");
    }
}

/// If only the heading contains the question's words, the quote starts below it.
#[test]
fn the_answer_to_a_heading_begins_below_it() {
    let dir = folder(&[(
        "cabin.md",
        "# Cabin\n\n## Can I eat the berries?\n\nNever. Some of them are deadly. Others are delicious with \
        cream.\n\n## Are cats allowed?\n\nNo, sorry. The owner made an exception for fish in 2020.\n",
    )]);
    for (question, answer) in [
        ("Can I eat the berries?", "Never. Some of them are deadly."),
        ("are cats allowed", "No, sorry."),
    ] {
        let answered = json(&[
            "--knowledge",
            &dir.path().display().to_string(),
            "ask",
            "--json",
            question,
        ]);
        let quote = answered["quotes"][0]["text"].as_str().unwrap();
        assert!(quote.starts_with(answer), "{question}: {quote}");
    }
}

/// A sentence that introduces a list is quoted with it; a list that is too long is cut between two items.
#[test]
fn a_list_is_quoted_with_its_introduction() {
    let items: Vec<String> = (1..200)
        .map(|part| format!("- {part} iron plates\n"))
        .collect();
    let dir = folder(&[(
        "wiki.md",
        &format!(
            "# Wiki\n\n## Crafting\n\nTo build a workbench you need:\n\n- 10 wood\n- 4 stone\n\n## Ships\n\nA ship \
            takes all of this:\n\n{}\n## Boats\n\nA boat is small. To sail it you need:\n\n## Wind\n\n- a little\n- much\n",
            items.concat()
        ),
    )]);
    let shown = |question: &str| always(&dir, &[question])["quotes"][0].clone();
    let workbench = shown("how do I build a workbench");
    assert_eq!(
        workbench["text"],
        "To build a workbench you need:\n\n- 10 wood\n- 4 stone"
    );
    assert_eq!(workbench["answer_lines"], serde_json::json!([5, 8]));
    let ship = shown("what does a ship take");
    let ship = ship["text"].as_str().unwrap();
    assert!(
        (1_700..=1_800).contains(&ship.len()) && ship.ends_with(" iron plates"),
        "{ship}"
    );
    let boat = shown("what do I need to sail it");
    assert!(
        boat["text"].as_str().unwrap().ends_with("you need:"),
        "{boat}"
    );
}

/// A table row is quoted with the header row; a list or table is quoted whole if the question is its heading.
#[test]
fn rows_are_quoted_with_the_header_and_lists_whole_for_their_heading() {
    let rows = "| Day | Summer | Winter |\n|---|---|---|\n| Monday | closed | closed |\n| Tuesday | 7 to 21 | 9 to 18 |\n\
        | Sunday | 8 to 18 | 10 to 16 |\n";
    let dir = folder(&[(
        "pool.md",
        &format!(
            "# Pool\n\nA pool for all.\n\n## Opening hours\n\n{rows}\n## Prices\n\n- Adults: 6 euros\n- Children: 3 euros\n"
        ),
    )]);
    let shown = |question: &str| {
        let quote = always(&dir, &[question])["quotes"][0].clone();
        (quote["column_heads"].clone(), quote["best"].clone())
    };
    assert_eq!(shown("is it open on monday").1, "Monday | closed | closed");
    assert_eq!(shown("sunday in winter").1, "Sunday | 8 to 18 | 10 to 16");
    let long: String = (0..99)
        .map(|day| format!("| Day {day} after the flood | closed | open |\n"))
        .collect();
    let long = format!("# Floods\n\n{}{long}", rows.replace("Sunday", "Holiday"));
    fs::write(dir.path().join("floods.md"), long).unwrap();
    let (heads, row) = shown("day 77 after the flood");
    assert_eq!(heads, "Day | Summer | Winter");
    assert_eq!(row, "Day 77 after the flood | closed | open");
    let named = always(&dir, &["opening hours"]);
    assert!(named["confidence"].as_f64().unwrap() >= 0.7, "{named}");
    let heads = &named["quotes"][0]["column_heads"];
    let table = named["quotes"][0]["text"].as_str().unwrap();
    assert!(heads.is_null() && table.starts_with("Day | Summer") && table.ends_with("10 to 16"));
    assert_eq!(shown("children price").1, "- Children: 3 euros");
    assert_eq!(
        always(&dir, &["prices"])["quotes"][0]["text"],
        "- Adults: 6 euros\n- Children: 3 euros"
    );
    let folder = dir.path().display().to_string();
    let asked = printed(&[
        "--knowledge",
        &folder,
        "ask",
        "is it open on sunday in winter",
    ]);
    assert!(asked.contains("Day | Summer | Winter\n  Monday"), "{asked}");
    assert!(asked.contains("Sunday | 8 to 18 | 10 to 16"), "{asked}");
}

/// Struck-out text keeps its mark-up in a quote.
#[test]
fn struck_out_text_is_marked() {
    let dir = folder(&[
        ("shop.md", "# Shop\n\nTickets cost ~~ten~~ twelve euros.\n"),
        (
            "beach.html",
            "<html lang=en><body><article><h1>Beach</h1><p>Dogs are <del>never</del> rarely seen there.</p></article>",
        ),
    ]);
    let shown = |question: &str| always(&dir, &[question])["quotes"][0]["text"].clone();
    assert_eq!(
        shown("what do tickets cost"),
        "Tickets cost ~~ten~~ twelve euros."
    );
    assert_eq!(
        shown("are dogs seen"),
        "Dogs are ~~never~~ rarely seen there."
    );
}

/// `US` and `us` are different words; repeated words and symbols do not change the confidence.
#[test]
fn acronyms_repeated_words_and_symbols() {
    let dir = folder(&[(
        "allies.txt",
        "Allies\n\nThe US sent two ships to the coast in May.\n\nThe WHO was founded in Geneva in 1948.\n\n\
        The yearly fee of the boat club costs forty euros.\n",
    )]);
    let asked = |question: &str| {
        json(&[
            "--knowledge",
            &dir.path().display().to_string(),
            "ask",
            "--json",
            question,
        ])
    };
    let answer = asked("Can you tell us what the US did?");
    assert_eq!(
        answer["quotes"][0]["best"], "The US sent two ships to the coast in May.",
        "{answer}"
    );
    let sure = |question: &str| asked(question)["confidence"].as_f64().unwrap();
    for (once, again) in [
        (
            "zurich who founded the WHO",
            "zurich zurich zurich who founded the WHO",
        ),
        (
            "what does the yearly fee cost",
            "what does the yearly fee cost \u{2764}\u{fe0f} \u{26a0}\u{fe0f}",
        ),
    ] {
        assert!((sure(once) - sure(again)).abs() < 1e-6, "{again}");
    }
}

/// A title and a heading find that section, not the passage that repeats the title.
#[test]
fn title_and_heading_lead_to_the_section() {
    let scores = json(&[
        "--knowledge",
        "tests/questions/articles",
        "eval",
        "--json",
        "tests/questions/ours/sections.jsonl",
    ]);
    assert!(scores["hit_at_1"].as_f64().unwrap() >= 85.0, "{scores}");
}

/// A question that shares no word with its answer finds it by meaning, even if other passages share some of its words.
#[test]
fn paraphrases_find_the_passage() {
    let scores = json(&[
        "--knowledge",
        "tests/questions/articles",
        "eval",
        "--json",
        "tests/questions/ours/paraphrases-seen.jsonl",
    ]);
    assert!(scores["hit_at_1"].as_f64().unwrap() >= 20.0, "{scores}");
    assert!(scores["hit_at_5"].as_f64().unwrap() >= 55.0, "{scores}");
    let dir = folder(&[(
        "news.md",
        "# A night in Brenmoor\n\nArmed men abducted four villagers on Sunday.\n\nSeveral people were in the hall, where the choir \
        sang until midnight.\n\nThe mayor was away; who took the keys of the hall is not known.",
    )]);
    let folder = dir.path().display().to_string();
    let asked = json(&[
        "--knowledge",
        &folder,
        "ask",
        "--json",
        "How many people were kidnapped?",
    ]);
    assert_ne!(asked["outcome"], "unknown", "{asked}");
    assert_eq!(
        asked["quotes"][0]["best"],
        "Armed men abducted four villagers on Sunday."
    );
}

/// Greetings are not answered with quotes.
#[test]
fn small_talk_is_not_answered() {
    let scores = json(&["eval", "--json", "tests/questions/chat.jsonl"]);
    assert!(scores["refused"].as_f64().unwrap() >= 95.0, "{scores}");
}

/// A common word alone does not answer, but a rare passage with it is suggested. A real word is not split in two, and two
/// typos at the start of a short word are not corrected.
#[test]
fn a_common_word_alone_is_suggested() {
    let dir = folder(&[(
        "pool.md",
        "# Harbour pool\n\nWe open at nine.\n\nDogs wait outside.\n\nThe swimmer with the most lengths wins a ticket.\n\nThe last week in May is \
        free. At the end of it we clean the pool.\n\nTell us at least ten days before.\n\nWe clean the hall on Mondays. The hall is large.",
    )]);
    let folder = dir.path().display().to_string();
    let asked = |question: &str| json(&["--knowledge", &folder, "ask", "--json", question]);
    for (question, passage) in [
        (
            "how do i win",
            "The swimmer with the most lengths wins a ticket.",
        ),
        ("when do you open", "We open at nine."),
        ("can i bring my dog", "Dogs wait outside."),
    ] {
        let near = asked(question);
        assert_ne!(near["outcome"], "unknown", "{near}");
        assert_eq!(near["quotes"][0]["best"], passage);
    }
    for question in ["have a nice weekend", "guten tag"] {
        let answer = asked(question);
        assert_ne!(answer["outcome"], "quoted", "{answer}");
        assert_eq!(answer["readings"], serde_json::json!([]), "{answer}");
    }
}

/// A word is found inside a compound and not taken for a typo of a short word. A correction has the accents of the
/// article.
#[test]
fn parts_of_compound_words_are_found() {
    let dir = folder(&[(
        "imker.md",
        "---\nlanguage: de\n---\n# Der Imkerverein\n\nDer Verein hält vierzig Bienenvölker am Waldrand, und alle haben einen \
        Namen.\n\nDie Öffnungszeiten des Ladens stehen an der Tür.\n\nDer Honig wird im Herbst verkauft.\n",
    )]);
    let folder = dir.path().display().to_string();
    let asked = |question: &str| json(&["--knowledge", &folder, "ask", "--json", question]);
    let bees = asked("wieviele bienen hat der verein");
    assert_eq!(bees["readings"], serde_json::json!([]));
    assert!(
        bees["quotes"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Bienenvölker"),
        "{bees}"
    );
    let hours = asked("offnungzseiten");
    assert_eq!(
        hours["readings"],
        serde_json::json!([{"typed": "offnungzseiten", "read": "öffnungszeiten"}])
    );
}

/// The same on a newspaper article, if the checkout has one.
#[test]
fn questions_about_a_newspaper_article() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/article");
    let Some(dir) = dir.to_str().filter(|_| dir.is_dir()) else {
        return;
    };
    let set = "tests/questions/newspaper.jsonl";
    let scores = json(&["--knowledge", dir, "eval", "--json", set]);
    let kind = |kind: &str, score: &str| scores["kinds"][kind][score].as_f64().unwrap();
    assert!(kind("plain", "hit_at_1") >= 90.0, "{scores}");
    assert!(kind("slips", "hit_at_1") >= 90.0, "{scores}");
    assert!(kind("plain", "answered") >= 85.0, "{scores}");
    assert!(kind("offtopic", "refused") >= 90.0, "{scores}");
}

#[test]
fn split_swapped_and_excluded_words() {
    let dir = folder(&[(
        "guest.md",
        "# Guest house\n\nThe Wi-Fi password hangs beside the door.\n\nOnly the 5 GHz network reaches the roof.\n\nBreakfast is at eight. The children eat in the garden.\n",
    )]);
    let best = |question: &str| {
        let answer = always(&dir, &[question]);
        let quote = answer["quotes"][0]["best"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        (answer["outcome"].as_str().unwrap().to_owned(), quote)
    };
    let wifi = "The Wi-Fi password hangs beside the door.";
    assert_eq!(best("what's teh wifi password").1, wifi);
    assert_eq!(best("hwo do i get wifi").1, wifi);
    assert_eq!(
        best("wehre is the 5ghz").1,
        "Only the 5 GHz network reaches the roof."
    );
    assert_eq!(best("hello everyone").0, "greeting");
    let without = always(&dir, &["network", "-roof"]);
    assert!(!without["quotes"].to_string().contains("roof"), "{without}");
    refused(&["ask", "--artcle", "x"], 2, "--artcle");
}

#[test]
fn definitions_come_first() {
    for question in ["what is juche", "wat is juche?", "juche", "define juche"] {
        let answer = json(&["ask", "--json", question]);
        let quote = answer["quotes"][0]["best"].as_str().unwrap_or_default();
        assert!(
            quote.starts_with("Juche, the idea at the heart"),
            "{question}: {quote}"
        );
    }
}

#[test]
fn a_row_answers_rather_than_the_header() {
    let dir = folder(&[(
        "pool.md",
        "# Pool\n\n| Ticket | Price | Valid |\n|---|---|---|\n| Child | 2 euros | one day |\n| Family | 9 euros | one day |\n",
    )]);
    let answer = always(&dir, &["price of a family ticket"]);
    assert_eq!(answer["quotes"][0]["best"], "Family | 9 euros | one day");
}

#[test]
fn limits_and_articles() {
    let quotes = |arguments: &[&str]| {
        let mut all = vec!["ask", "--json", "--always"];
        all.extend(arguments);
        all.push("sanctions");
        json(&all)["quotes"].as_array().unwrap().len()
    };
    assert_eq!(quotes(&["--limit", "1"]), 1);
    assert!(quotes(&["--limit", "99999999"]) <= 12);
    assert!(quotes(&["--article", "north-korea-detente"]) >= 1);
    // The only article whose name is similar.
    assert!(quotes(&["--article", "north-corea-detente"]) >= 1);
    refused(
        &["ask", "--article", "bees", "x"],
        1,
        "no article is named `bees`: `pullquote articles` lists all",
    );
}

#[test]
fn summaries_and_key_phrases() {
    let summary = json(&["summary", "--json", "--length", "medium"]);
    assert_eq!(summary["article"], "north-korea-detente");
    let opening = summary["opening"].as_str().unwrap();
    assert!(
        opening.starts_with("A newspaper column argues"),
        "{summary}"
    );
    let sentences = summary["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 6, "{summary}");
    let places: Vec<_> = sentences
        .iter()
        .map(|sentence| sentence["paragraph"].as_u64().unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let text = sentences[0]["text"].as_str().unwrap();
    let shown = printed(&["summary", "--sentences", "6"]);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&shown).contains(&words(text)), "{shown}");
    let nothing = printed(&["summary", "--focus", "xylophone"]);
    assert!(
        nothing.contains("says nothing about “xylophone”"),
        "{nothing}"
    );
    let phrases = json(&["keywords", "--json", "--limit", "3"]);
    assert_eq!(phrases["keywords"].as_array().unwrap().len(), 3);
    refused(
        &["summary", "bees"],
        1,
        "no article is named `bees`: `pullquote articles` lists all",
    );
    refused(&["summary", "--length", "huge"], 2, "short, medium, long");
    let both = ["summary", "--length", "long", "--sentences", "3"];
    refused(&both, 2, "cannot be used with");
}

#[test]
fn a_question_of_a_hundred_kilobytes() {
    let words = "sanctions on the bridge of unipolar moments ".repeat(2_500);
    assert!(words.len() > 100_000);
    let mut child = program()
        .args(["ask", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // Three megabytes in one line: read up to the limit, answered once.
        for _ in 0..30 {
            input.write_all(words.as_bytes()).unwrap();
        }
        input.write_all(b"\nWhat does juche mean?\n").unwrap();
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let answers: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[1]["question"], "What does juche mean?");
}

#[test]
fn phrases_and_exclusions() {
    let found = |keywords: &str| {
        json(&["search", "--json", "--limit", "50", keywords])["passages"]
            .as_array()
            .unwrap()
            .clone()
    };
    let phrase = found("\"unipolar moment\"");
    assert_eq!(phrase.len(), 1);
    assert!(
        phrase[0]["text"]
            .as_str()
            .unwrap()
            .contains("unipolar moment")
    );
    assert_eq!(found("\"moment unipolar\"").len(), 0);
    let (all, without) = (found("Stalin"), found("Stalin -Mao"));
    // Phrases match other word forms; function words find nothing alone.
    assert_eq!(found("\"unipolar moments\"").len(), 1);
    assert_eq!(
        found("the \"of the\" unipolar").len(),
        found("\"of the\" unipolar").len()
    );
    // No passage contains the keyword; many contain the function words.
    assert_eq!(found("was pardoned by the").len(), 0);
    assert!(without.len() < all.len() && !without.is_empty());
    assert!(
        without
            .iter()
            .all(|passage| !passage["text"].as_str().unwrap().contains("Mao"))
    );
}

#[test]
fn quoted_words_of_a_question_may_be_in_a_heading_or_have_slips() {
    let dir = folder(&[
        (
            "engine.md",
            "# Engine\n\n## It says \"Low oil in tank two\"\n\nFill it up to the red line.\n\n## Colours\n\nThe engine's colour is red.\n",
        ),
        (
            "tank.md",
            "# Tank\n\nThe tank of the engine is low and wide.\n\nThe harbour office sells oil.\n",
        ),
    ]);
    for question in [
        "What if I see \"low oil in tank\"?",
        // Nothing has these words in a row.
        "What if I see \"low oil inside tank two\"?",
    ] {
        let answer = always(&dir, &[question]);
        assert_eq!(answer["outcome"], "quoted", "{answer}");
        assert_eq!(answer["quotes"][0]["text"], "Fill it up to the red line.");
    }
    let folder = dir.path().to_str().unwrap();
    let phrase = "\"low oil inside tank\"";
    let found = json(&["--knowledge", folder, "search", "--json", phrase]);
    assert_eq!(found["passages"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_quote_that_only_points_elsewhere_brings_what_is_there() {
    let dir = folder(&[
        (
            "guide/faq.md",
            "# Questions\n\n## How do I clean the boiler?\n\nSee [the chapter](/book/care/#the-boiler).\n\n## Who sells soap?\n\n\
             See [the shops](shops.md).\n\n## Why is it loud?\n\nSee [the sound page](sound.md).\n",
        ),
        (
            "care.md",
            "# Care\n\n## The bell\n\nRing it.\n\n## The boiler\n\nRinse it twice with cold water.\n",
        ),
        ("guide/shops.md", "# Shops\n\nThe kiosk has everything.\n"),
        ("shops.md", "# Other shops\n\nThe market is shut.\n"),
    ]);
    for (question, expected) in [
        (
            "How do I clean the boiler?",
            Some("Rinse it twice with cold water."),
        ),
        ("Who sells soap?", Some("The kiosk has everything.")),
        ("Why is it loud?", None),
    ] {
        let answer = always(&dir, &[question]);
        let quotes = answer["quotes"].as_array().unwrap();
        let points = quotes[0]["text"].as_str().unwrap();
        assert!(points.starts_with("See the "), "{answer}");
        let target = quotes.get(1).and_then(|quote| quote["text"].as_str());
        let is_shown = expected.is_some() && quotes[1]["score"] == quotes[0]["score"];
        assert_eq!(target.filter(|_| is_shown), expected, "{question}");
    }
    let without = always(&dir, &["How do I clean the boiler?", "-rinse"]);
    assert!(!without.to_string().contains("Rinse"), "{without}");
    let alone = always(&dir, &["--article", "faq", "How do I clean the boiler?"]);
    assert!(!alone.to_string().contains("Rinse"), "{alone}");
}

#[test]
fn the_order_of_files_changes_nothing() {
    let names = ["c.md", "a.txt", "b/d.md", "e.txt"];
    let bodies = [
        "The bridge is old and red.",
        "A bridge of iron crosses the river.",
        "Rivers need bridges.",
        "The red river is wide.",
    ];
    let answers: Vec<Value> = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]]
        .iter()
        .map(|order| {
            let dir = TempDir::new().unwrap();
            fs::create_dir(dir.path().join("b")).unwrap();
            for &at in order {
                fs::write(dir.path().join(names[at]), bodies[at]).unwrap();
            }
            let mut answer = json(&[
                "--knowledge",
                dir.path().to_str().unwrap(),
                "ask",
                "--json",
                "--always",
                "--explain",
                "red bridge over rivers",
            ]);
            answer["micros"] = 0.into();
            answer
        })
        .collect();
    assert!(!answers[0]["quotes"].as_array().unwrap().is_empty());
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn explanations_add_up() {
    let answer = json(&["ask", "--json", "--explain", "wat does jusche mean"]);
    let quote = &answer["quotes"][0];
    let features = quote["features"].as_array().unwrap();
    let sum: f64 = features
        .iter()
        .map(|part| part["value"].as_f64().unwrap() * part["weight"].as_f64().unwrap())
        .sum();
    assert!((sum - quote["score"].as_f64().unwrap()).abs() < 1e-3);
    let words = answer["explanation"]["words"].as_array().unwrap();
    assert!(
        words
            .iter()
            .any(|word| word["typed"] == "jusche" && word["variants"][0]["via"] == "one slip")
    );
    let met = quote["met"].as_array().unwrap();
    assert!(
        met.iter()
            .any(|met| met["asked"] == "jusche" && met["here"] == "juche"),
        "{met:?}"
    );
    let shown = printed(&["ask", "--explain", "Who was kidnapped?"]);
    assert!(shown.contains("kidnapped ~ abducted"), "{shown}");
    let shown = printed(&["ask", "--explain", "What does juche mean?"]);
    assert!(
        shown.contains("Confidence") && shown.contains("local"),
        "{shown}"
    );
}

#[test]
fn questions_about_the_articles_themselves() {
    let dir = folder(&[
        (
            "ferry.md",
            "---\ntitle: The last ferry\nauthor: Ada Berg\nsource: https://norrby.example/ferry\n---\n\n12 March 2019\n\n\
             The ferry sails no more. It sank in the bay.\n",
        ),
        ("bread.md", "# Sourdough\n\nFeed the starter twice a day.\n"),
    ]);
    let folder = dir.path().display().to_string();
    let asked = |question: &[&str]| {
        let mut arguments = vec!["--knowledge", &folder, "ask", "--json"];
        arguments.extend(question);
        json(&arguments)
    };
    let author = asked(&["who wrote The last ferry?"]);
    assert_eq!(author["outcome"], "about");
    assert_eq!(
        author["about"],
        serde_json::json!({"topic": "author", "article": "ferry", "fact": "Ada Berg"})
    );
    let date = asked(&["--article", "ferry", "when was it published"]);
    assert_eq!(date["about"]["fact"], "12 March 2019");
    assert_eq!(date["quotes"][0]["text"], "12 March 2019");
    let gist = asked(&["what is Sourdough about?"]);
    assert_eq!(gist["quotes"][0]["text"], "Feed the starter twice a day.");
    let unsaid = asked(&["who wrote Sourdough"]);
    assert_eq!(
        (unsaid["outcome"].as_str(), &unsaid["about"]["fact"]),
        (Some("unknown"), &Value::Null)
    );
    let said = printed(&["--knowledge", &folder, "ask", "who wrote Sourdough"]);
    assert!(
        said.contains("“Sourdough” does not say who wrote it.\n"),
        "{said}"
    );
    let which = asked(&["tl;dr"]);
    assert_eq!(
        (which["outcome"].as_str(), &which["about"]["article"]),
        (Some("about"), &Value::Null)
    );
    let printed = printed(&["--knowledge", &folder, "ask", "tl;dr"]);
    assert!(printed.starts_with("Which article?"), "{printed}");
    assert_eq!(asked(&["who wrote Hamlet"])["about"], Value::Null);
}

#[test]
fn two_questions_are_answered_one_by_one() {
    let dir = folder(&[(
        "ferry.md",
        "# Ferry\n\n## Horn\n\nThe horn reaches 110 decibels.\n\n## Tickets\n\nTickets are sold at the kiosk on the quay.\n",
    )]);
    let question = "hi! how many decibels does the horn reach, and where are tickets sold? thanks";
    let folder = dir.path().display().to_string();
    let answer = json(&["--knowledge", &folder, "ask", "--json", question]);
    assert_eq!(
        answer["quotes"][0]["text"],
        "The horn reaches 110 decibels."
    );
    assert_eq!(answer["also"][0]["question"], "where are tickets sold");
    assert_eq!(
        answer["also"][0]["quotes"][0]["text"],
        "Tickets are sold at the kiosk on the quay."
    );
    let printed = printed(&["--knowledge", &folder, "ask", question]);
    assert!(
        printed.contains("110 decibels") && printed.contains("at the kiosk"),
        "{printed}"
    );
}

#[test]
fn a_glossary_and_explained_abbreviations_find_answers() {
    let dir = folder(&[
        (
            "glossary.md",
            "# Glossary\n\n- pfp: profile picture, avatar\n",
        ),
        (
            "help.md",
            "# Help\n\n## Looks\n\nChange the profile picture on the page of your account.\n\n## Crew\n\n\
             Each Ferry Safety Officer (FSO) wears yellow.\n\n## Drills\n\nThe safety officer of the ferry trains every May.\n",
        ),
    ]);
    let first = |question: &str| always(&dir, &[question])["quotes"][0].clone();
    assert_eq!(first("how do i change my pfp")["heading"], "Looks");
    assert_eq!(first("when does the FSO train")["heading"], "Drills");
}

#[test]
fn a_passage_that_several_articles_share_is_shown_once() {
    let shared = "Never feed the harbour seals, whatever they do.";
    let dir = folder(&[
        ("north.md", &format!("# North pier\n\n{shared}\n")),
        (
            "south.md",
            &format!("# South pier\n\n{shared}\n\n## Boats\n\nBoats row.\n"),
        ),
    ]);
    let answer = always(&dir, &["may I feed the seals"]);
    let quotes = answer["quotes"].as_array().unwrap();
    let seals = quotes
        .iter()
        .filter(|quote| quote["best"] == shared)
        .count();
    assert_eq!(seals, 1, "{answer}");
    assert_eq!(
        quotes[0]["also_in"].as_array().map(Vec::len),
        Some(1),
        "{answer}"
    );
}

#[test]
fn a_word_with_hyphens_matches_its_parts_and_what_they_form() {
    let other = "The arena opens at noon, and its gates are down by then.";
    for written in ["cooldown", "cool-down"] {
        let text = format!(
            "# Arena\n\n{other}\n\n## Spells\n\nA {written} is the time before a spell can be cast again.\n"
        );
        let dir = folder(&[("arena.md", &text)]);
        for typed in ["cooldown", "cool-down"] {
            let answer = json(&[
                "--knowledge",
                &dir.path().display().to_string(),
                "ask",
                "--json",
                &format!("what is a {typed}"),
            ]);
            let first = answer["quotes"][0]["text"].as_str().unwrap_or_default();
            assert!(first.contains("the time before a spell"), "{answer}");
            assert_eq!(answer["outcome"], "quoted", "{typed} for {written}");
        }
    }
}

#[test]
fn a_section_that_several_articles_share_is_shown_once() {
    let rules = "## Seals\n\nNever feed the harbour seals. A fed seal bites.\n\nWho wants to feed a seal asks the warden.\n";
    let dir = folder(&[
        ("north.md", &format!("# North pier\n\n{rules}")),
        ("south.md", &format!("# South pier\n\n{rules}")),
    ]);
    let answer = always(&dir, &["may I feed the seals"]);
    let quotes = answer["quotes"].as_array().unwrap();
    let mut texts: Vec<&str> = quotes.iter().filter_map(|it| it["text"].as_str()).collect();
    let all = texts.len();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), all, "{answer}");
    assert_eq!(quotes[0]["also_in"].as_array().map(Vec::len), Some(1));
}

#[test]
fn links_and_code_are_shown_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let line = "a long line of code ".repeat(12);
    let address = format!("https://a.example/{}end", "notes/".repeat(12));
    let article = format!(
        "# Setup\n\n## Install the server\n\nGet it from [the downloads](https://a.example/d) and run:\n\n\
         ```sh\nif x; then\n  {}\nfi\n```\n\nThen wait for *all* of `srv go`, as in [the notes]({address}).\n\nWrite `` `id` `` in backticks.\n",
        line.trim()
    );
    fs::write(folder.path().join("setup.md"), article).unwrap();
    let folder = folder.path().to_str().unwrap();
    let shown = printed(&["--knowledge", folder, "ask", "How do I install the server?"]);
    let code = format!(
        "      if x; then\n        {}\n      fi\n\n  Then wait for all of `srv go`, as in the notes\n  ({address}).\n",
        line.trim()
    );
    assert!(
        shown.contains("the downloads (https://a.example/d) and run:\n\n") && shown.contains(&code),
        "{shown}"
    );
    assert!(shown.contains("Write `` `id` `` in backticks."), "{shown}");
}

/// The place names the lines of all that is shown, and a path stays on one line.
#[test]
fn a_path_is_not_broken_and_the_place_is_that_of_the_whole_quote() {
    let path = "~/Documents/Harbour/a/long/way/down/keys.cfg";
    let dir = folder(&[(
        "keys.md",
        &format!(
            "# Keys\n\n## The file\n\nThe office gives out keys.\n\nThe file of all the keys on an old computer is in the folder {path} or beside it.\n"
        ),
    )]);
    let folder = dir.path().to_str().unwrap();
    let shown = printed(&[
        "--knowledge",
        folder,
        "ask",
        "where is the file of the keys",
    ]);
    assert!(shown.contains(path), "{shown}");
    assert!(shown.contains("keys.md:5-7"), "{shown}");
}

/// A box keeps its label and is quoted as a whole; headings that are announced are named below the quote.
#[test]
fn warnings_and_announced_headings_are_quoted() {
    let filler = "The tide comes in and goes out again. ".repeat(36);
    let dir = folder(&[
        (
            "safety.md",
            &format!(
                "# Safety\n\n{filler}\n\n:::danger\nNever dive from the pier.\n\nRocks are just below the surface.\n:::\n\n{filler}\n"
            ),
        ),
        (
            "fouls.md",
            "# Fouls\n\n## Unfair sailing\n\nUnfair sailing costs a point. Examples are listed below.\n\n### Ramming\n\nOn purpose.\n\n\
             ### Shouting\n\nAt others.\n",
        ),
    ]);
    let dive = always(&dir, &["may I dive from the pier"])["quotes"][0].clone();
    assert_eq!(
        dive["text"],
        "Danger: Never dive from the pier.\n\nRocks are just below the surface."
    );
    let fouls = always(&dir, &["what is unfair sailing"])["quotes"][0].clone();
    assert_eq!(
        fouls["headings"],
        serde_json::json!(["Ramming", "Shouting"])
    );
    let folder = dir.path().to_str().unwrap();
    let shown = printed(&["--knowledge", folder, "ask", "what is unfair sailing"]);
    assert!(
        shown.contains("below.\n  Sections: Ramming · Shouting\n"),
        "{shown}"
    );
}

/// What announces tabs is quoted with them, also in a long section, and a question finds a tab by its label.
#[test]
fn tabs_are_quoted_with_what_announces_them() {
    let filler = "The tide comes in and goes out again. ".repeat(36);
    let tabs = "=== \"Debian\"\n\n    ```bash\n    apt install sailctl\n    ```\n\n=== \"Fedora\"\n\n    ```bash\n    dnf install sailctl\n    ```\n";
    let article = |filler: &str| {
        format!(
            "# Sailctl\n\n{filler}\n\n## Installation\n\n{filler}\n\nTo install sailctl, run:\n\n{tabs}\n{filler}\n"
        )
    };
    for filler in ["", &filler] {
        let dir = folder(&[("sailctl.md", &article(filler))]);
        for question in [
            "how do I install sailctl",
            "how do I install sailctl on debian",
        ] {
            let quote = always(&dir, &[question])["quotes"][0].clone();
            let text = quote["text"].as_str().unwrap();
            let expected = "To install sailctl, run:\n\nDebian\n\napt install sailctl\n\nFedora\n\ndnf install sailctl";
            assert!(text.contains(expected), "{question}: {text}");
            assert_eq!(quote.get("headings"), None, "{question}");
        }
    }
}

/// Read from standard input, each question stands above its answer.
#[test]
fn questions_of_standard_input_stand_above_their_answers() {
    let dir = folder(&[("ferry.md", "# Ferry\n\nThe ferry leaves at nine.\n")]);
    let mut ask = program();
    ask.args(["--knowledge", dir.path().to_str().unwrap(), "ask", "-"]);
    let questions = "when does the ferry leave\nwho sails the ferry at nine\n";
    let shown = text(&fed(&mut ask, questions).stdout);
    assert!(shown.starts_with("when does the ferry leave\n"), "{shown}");
    assert!(
        shown.contains("\n\nwho sails the ferry at nine\n"),
        "{shown}"
    );
}

#[test]
fn a_page_on_one_line_is_quoted_by_paragraph() {
    let folder = tempfile::tempdir().unwrap();
    let paragraph = |number: u32| {
        format!(
            "<p>Ferry {number} crosses the sound in calm weather and in storms, with a crew of {number} and with many guests.</p>"
        )
    };
    let paragraphs: String = (1..=9).map(paragraph).collect();
    let page = format!(
        "<html><head><title>Ferries</title></head><body><nav><a href=/>Home page</a></nav><article>{paragraphs}<p>The \
         harbour master of the sound is called Signe Dahl, and she has kept the harbour for many years.</p></article></body></html>"
    );
    fs::write(folder.path().join("ferries.html"), page).unwrap();
    let folder = folder.path().to_str().unwrap();
    let question = "Who is the harbour master?";
    let shown = printed(&["--knowledge", folder, "ask", question]);
    assert!(shown.contains("ferries.html, paragraphs 1-10"), "{shown}");
    let answer = json(&["--knowledge", folder, "ask", "--json", question]);
    let quote = &answer["quotes"][0];
    assert_eq!(quote["numbering"], "paragraphs", "{answer}");
    assert_eq!(quote["lines"], serde_json::json!([10, 10]));
    let checked = printed(&["--knowledge", folder, "check", "--verbose"]);
    assert!(checked.contains("  removed: Home page ("), "{checked}");
}

#[test]
fn a_quote_from_a_pdf_names_its_page() {
    let folder = TempDir::new().unwrap();
    let pages: [&[&str]; 3] = [
        &["The ferry to the island leaves the northern pier at seven."],
        &[],
        &["The harbour master of the sound is called Signe Dahl."],
    ];
    fs::write(folder.path().join("harbour.pdf"), pdf(&pages)).unwrap();
    let folder = folder.path().to_str().unwrap();
    let question = "Who is the harbour master?";
    let shown = printed(&["--knowledge", folder, "ask", question]);
    assert!(shown.contains("harbour.pdf, pages 1-3"), "{shown}");
    let answer = json(&["--knowledge", folder, "ask", "--json", question]);
    let quote = &answer["quotes"][0];
    assert_eq!(quote["numbering"], "pages", "{answer}");
    assert_eq!(quote["lines"], serde_json::json!([3, 3]));
}
