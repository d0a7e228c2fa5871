//! Web pages -> blocks: Mozilla's readability rules find the article, its markup becomes Markdown, and
//! the Markdown reader does the rest.

use super::{markdown, nesting};
use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use pullquote_core::article::{
    Block, BlockKind, Dropped, LineRange, Metadata, ParagraphKind, ParsedDocument, Problem,
};
use std::collections::HashSet;

/// Pages above this many bytes are refused: the rules look at every element several times.
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// Dropped texts that are told, at most.
const MAX_DROPPED: usize = 200;
/// A line of the page is the article's if all its runs of so many words are.
const RUN: usize = 3;
/// Readability's own threshold: of less than this it is not sure. If it is also less than half of the page, such a
/// find is one part of a small page (a question of three), and no article.
const DOUBTFUL_BYTES: usize = 500;
/// What never holds an article's text.
const SKIPPED: &[&str] = &[
    "script", "style", "head", "meta", "nav", "header", "footer", "aside", "form", "noscript",
    "template", "svg",
];

/// Reads a web page.
pub(super) fn read(source: &str) -> ParsedDocument {
    if source.len() > MAX_BYTES {
        return ParsedDocument::failed(
            "the web page is larger than 5 MB: save its text as .txt or .md",
        );
    }
    let deep = "the web page's tags are nested too deeply: save its text as .txt or .md";
    if nesting::source_is_deep(source) {
        return ParsedDocument::failed(deep);
    }
    let page = Document::from(source);
    if nesting::page_is_deep(&page) {
        return ParsedDocument::failed(deep);
    }
    mark_terms(&page);
    let attribute = |selector: &str, name: &str| {
        page.select(selector)
            .attr(name)
            .map(|value| value.to_string())
    };
    let mut reading = ParsedDocument::default();
    let address = attribute("link[rel=canonical]", "href")
        .or_else(|| attribute("meta[property='og:url']", "content"));
    if let Some(address) = address.filter(|address| address.starts_with("http")) {
        reading.meta.source = Some(address);
    }
    let heading = squeezed(&page.select("h1").first().text());
    let captions: HashSet<String> = page
        .select("figcaption")
        .iter()
        .map(|caption| squeezed(&caption.text()))
        .collect();
    // The rules change the page that they read.
    let whole = Document::from(source);
    mark_terms(&whole);
    whole.select("script, style, template").remove();
    let all_text = whole.select("body").formatted_text().to_string();
    let config = Config {
        text_mode: TextMode::Markdown,
        ..Config::default()
    };
    let found =
        Readability::with_document(page, None, Some(config)).and_then(|mut rules| rules.parse());
    let found = found.ok().filter(|article| {
        let kept = article.text_content.len();
        kept >= DOUBTFUL_BYTES || 2 * kept >= whole.md(Some(SKIPPED)).len()
    });
    let markdown = if let Some(article) = found {
        reading.meta = Metadata {
            title: squeezed(&article.title),
            author: article.byline.map(|name| squeezed(&name)),
            publisher: article.site_name.map(|name| squeezed(&name)),
            date: article.published_time,
            language: article.lang,
            ..reading.meta
        };
        article.text_content
    } else {
        let message = "no article stood out on the page, so all of its text was taken";
        reading.problems.push(Problem::warning(None, message));
        reading.meta.title = squeezed(&whole.select("title").text());
        whole.md(Some(SKIPPED))
    };
    if reading.meta.title.is_empty() {
        reading.meta.title = heading;
    }
    let mut lines = Locator::new(source);
    for block in markdown::read(&markdown, 0).blocks {
        let kind = match block.kind {
            BlockKind::Title if squeezed(&block.text) == reading.meta.title => continue,
            // Readability makes the first heading one of the second level.
            BlockKind::Heading(_)
                if reading.blocks.is_empty() && squeezed(&block.text) == reading.meta.title =>
            {
                continue;
            }
            BlockKind::Title => BlockKind::Heading(1),
            BlockKind::Paragraph(ParagraphKind::Body)
                if captions.contains(&squeezed(&block.text)) =>
            {
                BlockKind::Paragraph(ParagraphKind::Caption)
            }
            kind => kind,
        };
        let lines = lines.find(&block.text);
        reading.blocks.push(Block {
            kind,
            text: block.text,
            lines,
        });
    }
    reading.dropped = dropped(&all_text, &reading, source);
    reading
}

/// The text in a piece of HTML, as Markdown; `None` where it is nested too deeply.
pub(super) fn fragment(source: &str) -> Option<String> {
    if nesting::source_is_deep(source) {
        return None;
    }
    let piece = Document::fragment(source);
    if nesting::page_is_deep(&piece) {
        return None;
    }
    mark_terms(&piece);
    Some(piece.md(Some(SKIPPED)).to_string())
}

/// Terms with their definitions, and questions with an answer that opens, become headings with text; what is struck
/// out is marked as Markdown does.
fn mark_terms(page: &Document) {
    for struck in &page.select("del, s, strike") {
        struck.prepend_html("~~");
        struck.append_html("~~");
    }
    page.select("dt, summary").rename("h4");
    page.select("dd").rename("p");
    page.select("dl, details").rename("div");
}

/// Lines of the page's text that the article does not hold, told by their runs of words: the article's
/// lines are broken elsewhere.
fn dropped(all_text: &str, reading: &ParsedDocument, source: &str) -> Vec<Dropped> {
    let kept: HashSet<Vec<&str>> = reading
        .blocks
        .iter()
        .map(|block| words(&block.text))
        .flat_map(|words| (1..=RUN).flat_map(move |length| runs(&words, length)))
        .collect();
    let is_kept = |line: &str| {
        let words = words(line);
        let mut runs = runs(&words, words.len().clamp(1, RUN));
        runs.all(|run| kept.contains(&run))
    };
    let mut lines = Locator::new(source);
    let texts = all_text
        .lines()
        .map(squeezed)
        .filter(|line| line.contains(char::is_alphabetic));
    texts
        .filter(|line| !is_kept(line) && !reading.meta.title.contains(line.as_str()))
        .take(MAX_DROPPED)
        .map(|text| Dropped {
            lines: lines.find(&text),
            text,
            reason: "not of the article".to_owned(),
        })
        .collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// All runs of `length` words.
fn runs<'a>(words: &[&'a str], length: usize) -> impl Iterator<Item = Vec<&'a str>> + use<'a> {
    let runs: Vec<_> = words.windows(length).map(<[&str]>::to_vec).collect();
    runs.into_iter()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds the source line of texts that come in the order of the source, as far as their first words
/// stand there as they are; else the line of the one before.
struct Locator<'a> {
    source: &'a str,
    at: usize,
    line: u32,
    /// How many texts more may be looked for in vain: each costs a look through the rest of the page.
    patience: u32,
}

impl<'a> Locator<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            line: 1,
            patience: 200,
        }
    }

    fn find(&mut self, text: &str) -> LineRange {
        let first = text
            .split_whitespace()
            .find(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let words = text
            .split(['\n', '<', '>', '&', '"', '\'', '’'])
            .next()
            .unwrap_or_default();
        let head: String = words.chars().take(24).collect();
        let rest = self.source.get(self.at..).unwrap_or_default();
        let found = (self.patience > 0 && head.len() > 8)
            .then(|| rest.find(&head).or_else(|| rest.find(first?)))
            .flatten();
        self.patience = self.patience.saturating_sub(u32::from(found.is_none()));
        if let Some(found) = found {
            self.line += rest
                .get(..found)
                .map_or(0, |passed| passed.matches('\n').count()) as u32;
            self.at += found;
        }
        LineRange {
            first: self.line,
            last: self.line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(number: usize) -> String {
        format!(
            "<p>Paragraph {number} tells of the old bridge, which was built of stone, iron and patience, and of the river below it.</p>\n"
        )
    }

    #[test]
    fn the_article_and_nothing_else() {
        let body: String = (1..9).map(paragraph).collect();
        let page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>The old bridge - Daily Example</title>\n<link rel=canonical href=\"https://daily.example/bridge\">\n</head><body>\n<nav><a href=/>Home</a> <a href=/s>Sport</a></nav>\n<article><h1>The old bridge</h1>\n<figure><img src=a.png><figcaption>The bridge at dawn</figcaption></figure>\n{body}<h2>Its tolls</h2>\n<ul><li>one coin a cart</li><li>two coins a herd</li></ul>\n{body2}<script>alert('no')</script></article>\n<footer>All rights reserved</footer></body></html>",
            body2 = paragraph(9)
        );
        let reading = read(&page);
        let texts: Vec<&str> = reading
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(reading.meta.language.as_deref(), Some("en"));
        assert_eq!(
            reading.meta.source.as_deref(),
            Some("https://daily.example/bridge")
        );
        assert!(reading.meta.title.starts_with("The old bridge"));
        assert!(
            texts.contains(&"Its tolls")
                && texts.contains(&"- one coin a cart\n- two coins a herd"),
            "{texts:?}"
        );
        assert!(!texts.iter().any(|text| text.contains("alert")
            || text.contains("rights")
            || text.contains("Sport")));
        let dropped: Vec<&str> = reading.dropped.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(dropped, ["Home Sport", "All rights reserved"]);
        let first = reading
            .blocks
            .iter()
            .find(|block| block.text.starts_with("Paragraph 1"))
            .unwrap();
        assert!(
            page.lines()
                .nth(first.lines.first as usize - 1)
                .unwrap()
                .contains("Paragraph 1")
        );
        assert!(
            reading
                .dropped
                .iter()
                .any(|dropped| dropped.text.contains("rights")),
            "{:?}",
            reading.dropped
        );
    }

    #[test]
    fn without_a_title_the_first_heading_is_one() {
        let body: String = (1..9).map(paragraph).collect();
        for text in [&body, "<p>A few words on a lamp.</p>"] {
            let page = format!("<html><body><h1>The <b>old</b> lamp</h1>{text}</body></html>");
            let reading = read(&page);
            assert_eq!(reading.meta.title, "The old lamp");
            let again = |block: &Block| {
                matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title)
                    && block.text.contains("lamp")
            };
            assert!(!reading.blocks.iter().any(again), "{:?}", reading.blocks);
        }
    }

    #[test]
    fn pages_that_are_too_much_or_too_little() {
        let deep = "<div>".repeat(100_000);
        assert!(read(&deep).problems[0].message.contains("nested"));
        let small = read("<html><title>T</title><body><p>Only this.</p></body></html>");
        assert_eq!(small.blocks.len(), 1);
        assert_eq!(small.blocks[0].text, "Only this.");
        // A page of a few questions, each in a box of its own, is taken whole.
        let boxes: String = [
            (
                "When is check-in?",
                "From 15:00. The reception closes at 22:00.",
            ),
            (
                "Is breakfast included?",
                "No, it costs 9 euros. It is served from 7 to 10.",
            ),
            (
                "Can I bring a bicycle?",
                "Yes, there is a shed. Ask for the key.",
            ),
        ]
        .map(|(question, answer)| format!("<div><h3>{question}</h3><p>{answer}</p></div>"))
        .concat();
        let hostel = read(&format!(
            "<title>Hostel</title><main><h1>Hostel</h1>{boxes}</main>"
        ));
        let told = |text: &str| hostel.blocks.iter().any(|block| block.text.contains(text));
        assert!(
            told("15:00") && told("9 euros") && told("a shed"),
            "{:?}",
            hostel.blocks
        );
        let opened = read(
            "<title>Huts</title><main><details><summary>Is there water?</summary><p>Only <del>cold</del> warm.</p>\
            </details><details><summary>Is there wood?</summary><p>Behind the hut.</p></details></main>",
        );
        let shown: Vec<_> = opened
            .blocks
            .iter()
            .map(|block| (block.kind, block.text.as_str()))
            .collect();
        assert_eq!(
            shown[0],
            (BlockKind::Heading(4), "Is there water?"),
            "{shown:?}"
        );
        assert_eq!(shown[1].1, "Only ~~cold~~ warm.");
        assert_eq!(shown[3].1, "Behind the hut.");
        // `i<n` in a script is no tag.
        let script = "for (i = 0; i<n.length; i++) {}\n".repeat(450);
        let page = format!("<title>T</title><script>{script}</script><p>Only this.</p>");
        assert_eq!(read(&page).blocks[0].text, "Only this.");
        let deep = format!("{page}{}", "<div>".repeat(450));
        assert!(read(&deep).problems[0].message.contains("nested"));
    }
}
