//! Properties of answers, for any articles and any question:
//!
//! 1. Nothing panics.
//! 2. A quote is a slice of its article's text, within one paragraph, made of whole sentences, and contains its
//!    highlights.
//! 3. No passage is quoted twice, there are at most `limit` quotes, and the best score comes first.
//! 4. The order of the files does not matter.
//! 5. Confidence is between 0 and 1, and `unknown` has no quotes.
//! 6. The words of an article's title find it, and upper case or missing accents change nothing.
//! 7. No quoted passage contains an excluded word.

use proptest::prelude::*;
use pullquote_core::answer::{Answer, Options, Outcome};
use pullquote_core::article::{
    Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument,
};
use pullquote_core::engine::Engine;
use pullquote_core::text::Span;

/// An article with these paragraphs, as a reader returns it.
fn article(name: &str, title: &str, paragraphs: &[String]) -> Option<Article> {
    let mut document = ParsedDocument::default();
    title.clone_into(&mut document.meta.title);
    for (at, text) in paragraphs.iter().enumerate() {
        let kind = match at % 7 {
            3 => BlockKind::Heading(2),
            5 => BlockKind::Paragraph(ParagraphKind::List),
            _ => BlockKind::Paragraph(ParagraphKind::Body),
        };
        let line = at as u32 + 1;
        document.blocks.push(Block {
            kind,
            text: text.clone(),
            lines: LineRange {
                first: line,
                last: line,
            },
        });
    }
    Article::new(&format!("{name}.md"), document)
}

/// Few words in several scripts, so that questions find something.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "river", "rivers", "bridge", "Brücke", "déjà", "the", "of", "who", "Kim", "U.S.", "3.5", "1,000",
            "С++", "мост", "сосед", "他来了", "東京", "ไทย", "नमस्ते", "Don't", "self-reliance", "No.", "Mr.",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,12}",
        1 => ".{0,6}",
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec![
        ". ", "! ", "? ", "。", " ", ".\n", "… ", ".” ", ".[1] ",
    ]);
    (prop::collection::vec(word(), 1..14), end).prop_map(|(words, end)| words.join(" ") + end)
}

fn paragraph() -> impl Strategy<Value = String> {
    prop::collection::vec(sentence(), 1..6).prop_map(|sentences| sentences.concat())
}

fn articles() -> impl Strategy<Value = Vec<Article>> {
    let one = (word(), prop::collection::vec(paragraph(), 1..8));
    prop::collection::vec(one, 0..5).prop_map(|all| {
        let made = all.iter().enumerate();
        made.filter_map(|(at, (title, paragraphs))| article(&format!("a{at}"), title, paragraphs))
            .collect()
    })
}

fn question() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(word(), 0..10).prop_map(|words| words.join(" ")),
        1 => ".{0,80}",
        1 => (word(), word(), word()).prop_map(|(a, b, c)| format!("\"{a} {b}\" -{c} {a}")),
    ]
}

fn options() -> impl Strategy<Value = Options> {
    (0..6_usize, any::<bool>(), any::<bool>()).prop_map(|(limit, always, explain)| Options {
        limit,
        always,
        explain,
        ..Options::default()
    })
}

fn check(engine: &Engine, question: &str, options: &Options) -> Answer {
    let answer = engine.ask(question, options);
    assert!(
        (0.0..=1.0).contains(&answer.confidence),
        "{}",
        answer.confidence
    );
    assert!(answer.quotes.len() <= options.limit);
    assert!(answer.outcome != Outcome::Unknown || options.always || answer.quotes.is_empty());
    assert!(answer.quotes.is_sorted_by(|a, b| a.score >= b.score));
    for (at, quote) in answer.quotes.iter().enumerate() {
        assert!(
            answer.quotes[..at]
                .iter()
                .all(|other| other.passage != quote.passage)
        );
        let article = engine.corpus().article(quote.article);
        let text = article
            .text
            .get(quote.span.start as usize..quote.span.end as usize);
        assert!(
            text.is_some_and(|text| !text.trim().is_empty()),
            "a quote has text"
        );
        let paragraph = &article.paragraphs[quote.paragraph as usize];
        assert_eq!(paragraph.lines, quote.lines);
        let sentences = &article.sentences[paragraph.sentences()];
        assert!(
            sentences
                .iter()
                .any(|sentence| sentence.start == quote.best.start),
            "what answers best begins at the start of a sentence"
        );
        assert!(
            sentences
                .iter()
                .any(|sentence| sentence.end == quote.best.end),
            "what answers best ends at the end of a sentence"
        );
        let is_inside =
            |inner: Span, outer: Span| outer.start <= inner.start && inner.end <= outer.end;
        assert!(is_inside(quote.best, quote.span));
        assert!(
            quote
                .highlights
                .iter()
                .all(|light| is_inside(*light, quote.best))
        );
        let mut sentences = article.sentences.iter();
        assert!(sentences.any(|sentence| sentence.start == quote.span.start));
        assert!(
            article
                .sentences
                .iter()
                .any(|sentence| sentence.end == quote.span.end)
        );
        assert!(
            quote.answer_lines.first <= quote.lines.first
                && quote.lines.last <= quote.answer_lines.last
        );
    }
    answer
}

proptest! {
    #[test]
    fn answers_keep_their_invariants(articles in articles(), question in question(), options in options()) {
        let engine = Engine::build(articles.clone());
        let answer = check(&engine, &question, &options);
        let turned = Engine::build(articles.into_iter().rev().collect());
        prop_assert_eq!(turned.ask(&question, &options), answer);
    }

    #[test]
    fn the_limit_changes_neither_outcome_nor_first_quote(articles in articles(), question in question()) {
        let engine = Engine::build(articles);
        let asked = |limit| {
            let options = Options { always: true, limit, ..Options::default() };
            let answer = engine.ask(&question, &options);
            (answer.outcome, answer.confidence, answer.quotes)
        };
        let (outcome, confidence, one) = asked(1);
        for limit in [3, 20] {
            let (other, same, more) = asked(limit);
            prop_assert_eq!((other, same), (outcome, confidence));
            prop_assert_eq!(more.first(), one.first());
        }
    }

    #[test]
    fn any_text_can_be_asked_anything(text in "(.|\\n){0,400}", question in "(.|\\n){0,200}") {
        let engine = Engine::build(article("a", "", &[text]).into_iter().collect());
        check(&engine, &question, &Options { always: true, ..Options::default() });
    }

    #[test]
    fn case_does_not_matter(articles in articles(), words in prop::collection::vec("[a-z]{4,9}", 1..5)) {
        let engine = Engine::build(articles);
        let options = Options { always: true, ..Options::default() };
        let small = engine.ask(&words.join(" "), &options);
        let large = engine.ask(&words.join(" ").to_uppercase(), &options);
        prop_assert_eq!(small.quotes, large.quotes);
    }

    #[test]
    fn excluded_words_are_not_quoted(articles in articles(), asked in word()) {
        let engine = Engine::build(articles);
        let options = Options { always: true, limit: 100, ..Options::default() };
        for quote in engine.ask(&format!("-bridge {asked}"), &options).quotes {
            let article = engine.corpus().article(quote.article);
            let paragraph = article.paragraphs[quote.paragraph as usize].span.of(&article.text);
            let contains = paragraph.split(|c: char| !c.is_alphanumeric()).any(|word| word == "bridge");
            // Another passage of a long paragraph may contain it.
            prop_assert!(!contains || paragraph.len() > 2_000, "{}", paragraph);
        }
    }
}
