//! Web pages: Mozilla's readability rules find the article, its markup becomes Markdown, and the Markdown reader does
//! the rest.

use super::markdown;
use crate::dom;
use crate::numbering;
use crate::positions::{self, Located};
use dom_query::Document;
use dom_smoothie::{Article, Config, Readability, TextMode};
use pullquote_core::article::{
    Block, BlockKind, Dropped, LineRange, Metadata, ParagraphKind, ParsedDocument, Problem,
};
use std::collections::HashSet;

/// Larger pages are refused: the rules examine every element several times.
pub(super) const MAX_BYTES: usize = 5 * 1024 * 1024;
/// Dropped texts that are reported, at most.
const MAX_DROPPED: usize = 200;
/// A line of the page belongs to the article if the article contains each sequence of this many words in it.
const RUN: usize = 3;
/// Readability's own threshold: it is not sure about shorter articles. One that is also less than half of the page is
/// part of a small page, such as one question of three, and not the article.
const DOUBTFUL_BYTES: usize = 500;

/// Whether a text begins as a web page does.
pub(super) fn sniff(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Reads a web page.
pub(super) fn read(source: &str) -> ParsedDocument {
    if source.len() > MAX_BYTES {
        return ParsedDocument::failed(
            "the web page is larger than 5 MB: save its text as .txt or .md",
        );
    }
    let Some(page) = dom::parse(source) else {
        return ParsedDocument::failed(
            "the web page's elements are nested too deeply: save its text as .txt or .md",
        );
    };
    let source_address = address(&page);
    let heading = squeezed(&page.select("h1").first().text());
    let captions = captions(&page);
    let whole = page.clone();
    whole.select("script, style, template").remove();
    let mut document = ParsedDocument::default();
    let markdown = if let Some(article) = find_article(page, &whole) {
        document.meta = metadata(&article);
        dom::to_located_markdown(&Document::fragment(article.content))
    } else {
        let message = "no article was found on the page, so all of its text is used";
        document.problems.push(Problem::warning(None, message));
        document.meta.title = squeezed(&whole.select("title").text());
        dom::to_located_markdown(&whole.clone())
    };
    document.meta.source = source_address;
    if document.meta.title.is_empty() {
        document.meta.title = heading;
    }
    for block in markdown::read_converted(&markdown) {
        let is_first = document.blocks.is_empty();
        if let Some(kind) = kind(&block, &document.meta.title, is_first, &captions) {
            document.blocks.push(Block { kind, ..block });
        }
    }
    document.dropped = dropped(&whole, &document);
    numbering::count_if_crowded(&mut document);
    document
}

/// The article on a page, unless it is only a small part of it. The rules change the page that they search.
fn find_article(page: Document, whole: &Document) -> Option<Article> {
    let config = Config {
        text_mode: TextMode::Markdown,
        ..Config::default()
    };
    let mut rules = Readability::with_document(page, None, Some(config)).ok()?;
    let article = rules.parse().ok()?;
    let length = article.text_content.len();
    let is_article = length >= DOUBTFUL_BYTES || 2 * length >= dom::to_markdown(whole).len();
    is_article.then_some(article)
}

fn metadata(article: &Article) -> Metadata {
    Metadata {
        title: squeezed(&article.title),
        author: article.byline.as_deref().map(squeezed),
        publisher: article.site_name.as_deref().map(squeezed),
        date: article.published_time.clone(),
        language: article.lang.clone(),
        ..Metadata::default()
    }
}

/// The page's own address.
fn address(page: &Document) -> Option<String> {
    let attribute = |selector: &str, name: &str| page.select(selector).attr(name);
    attribute("link[rel=canonical]", "href")
        .or_else(|| attribute("meta[property='og:url']", "content"))
        .filter(|address| address.starts_with("http"))
        .map(|address| address.to_string())
}

fn captions(page: &Document) -> HashSet<String> {
    let captions = page.select("figcaption");
    captions
        .iter()
        .map(|caption| squeezed(&caption.text()))
        .collect()
}

/// The kind of a block of the article's Markdown; `None` for the title, which is in the metadata already.
fn kind(
    block: &Block,
    title: &str,
    is_first: bool,
    captions: &HashSet<String>,
) -> Option<BlockKind> {
    let text = squeezed(&block.text);
    match block.kind {
        BlockKind::Title if text == title => None,
        // Readability turns the first heading into one of level 2.
        BlockKind::Heading(_) if is_first && text == title => None,
        BlockKind::Title => Some(BlockKind::Heading(1)),
        BlockKind::Paragraph(ParagraphKind::Body) if captions.contains(&text) => {
            Some(BlockKind::Paragraph(ParagraphKind::Caption))
        }
        kind => Some(kind),
    }
}

/// The lines of the page's text that are not in the article. The article breaks its lines elsewhere, so lines are
/// compared by their sequences of words.
fn dropped(page: &Document, document: &ParsedDocument) -> Vec<Dropped> {
    positions::mark(page);
    let page_text = Located::of(&page.select("body").formatted_text());
    let kept: HashSet<Vec<&str>> = document
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
    (1..)
        .zip(page_text.text.lines().map(squeezed))
        .filter(|(_, line)| line.contains(char::is_alphabetic))
        .filter(|(_, line)| !is_kept(line) && !document.meta.title.contains(line.as_str()))
        .take(MAX_DROPPED)
        .map(|(number, text)| Dropped {
            lines: page_text.source(LineRange {
                first: number,
                last: number,
            }),
            text,
            reason: "not part of the article".to_owned(),
        })
        .collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// All sequences of `length` words.
fn runs<'a>(words: &[&'a str], length: usize) -> impl Iterator<Item = Vec<&'a str>> + use<'a> {
    let runs: Vec<_> = words.windows(length).map(<[&str]>::to_vec).collect();
    runs.into_iter()
}

/// The text with each run of white space as one space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::article::{Mark, MarkKind, Numbering};

    fn paragraph(number: usize) -> String {
        format!(
            "<p>Paragraph {number} tells of the old bridge, which was built of stone, iron and patience, and of the river below it.</p>\n"
        )
    }

    #[test]
    fn reads_the_article_and_drops_the_rest() {
        let body: String = (1..9).map(paragraph).collect();
        let page = format!(
            "<!DOCTYPE html><html lang=\"en\"><head><title>The old bridge - Daily Example</title>\n<link rel=canonical href=\"https://daily.example/bridge\">\n</head><body>\n<nav><a href=/>Home</a> <a href=/s>Sport</a></nav>\n<article><h1>The old bridge</h1>\n<figure><img src=a.png><figcaption>The bridge at dawn</figcaption></figure>\n{body}<h2>Its tolls</h2>\n<ul><li>one coin a cart</li><li>two coins a herd</li></ul>\n{body2}<script>alert('no')</script></article>\n<footer>All rights reserved</footer></body></html>",
            body2 = paragraph(9)
        );
        let document = read(&page);
        let texts: Vec<&str> = document
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        assert_eq!(document.meta.language.as_deref(), Some("en"));
        assert_eq!(
            document.meta.source.as_deref(),
            Some("https://daily.example/bridge")
        );
        assert!(document.meta.title.starts_with("The old bridge"));
        assert!(
            texts.contains(&"Its tolls")
                && texts.contains(&"- one coin a cart\n- two coins a herd"),
            "{texts:?}"
        );
        assert!(!texts.iter().any(|text| text.contains("alert")
            || text.contains("rights")
            || text.contains("Sport")));
        let dropped: Vec<&str> = document.dropped.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(dropped, ["Home Sport", "All rights reserved"]);
        let first = document
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
            document
                .dropped
                .iter()
                .any(|dropped| dropped.text.contains("rights")),
            "{:?}",
            document.dropped
        );
    }

    #[test]
    fn the_first_heading_replaces_a_missing_title() {
        let body: String = (1..9).map(paragraph).collect();
        for text in [&body, "<p>A few words on a lamp.</p>"] {
            let page = format!("<html><body><h1>The <b>old</b> lamp</h1>{text}</body></html>");
            let document = read(&page);
            assert_eq!(document.meta.title, "The old lamp");
            let again = |block: &Block| {
                matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title)
                    && block.text.contains("lamp")
            };
            assert!(!document.blocks.iter().any(again), "{:?}", document.blocks);
        }
    }

    #[test]
    fn small_pages_and_hostile_pages() {
        let deep = "<div>".repeat(100_000);
        assert!(read(&deep).problems[0].message.contains("nested"));
        let small = read("<html><title>T</title><body><p>Only this.</p></body></html>");
        assert_eq!(small.blocks.len(), 1);
        assert_eq!(small.blocks[0].text, "Only this.");
        // All of a page with a few questions, each in a separate box, is used.
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
        let contains = |text: &str| hostel.blocks.iter().any(|block| block.text.contains(text));
        assert!(
            contains("15:00") && contains("9 euros") && contains("a shed"),
            "{:?}",
            hostel.blocks
        );
        let opened = read(
            "<title>Huts</title><main><details><summary>Is there water?</summary><p>Only <del>cold</del> warm.</p>\
            </details><details><summary>Is there wood?</summary><p>Behind the hut.</p></details></main>",
        );
        let is_aside = |block: &&Block| block.text.is_empty();
        let asides = opened.blocks.iter().filter(is_aside).count();
        assert_eq!(asides, 4);
        let shown: Vec<_> = opened
            .blocks
            .iter()
            .filter(|block| !is_aside(block))
            .map(|block| (block.kind, block.text.as_str()))
            .collect();
        assert_eq!(
            shown[0],
            (BlockKind::Heading(4), "Is there water?"),
            "{shown:?}"
        );
        assert_eq!(shown[1].1, "Only ~~cold~~ warm.");
        assert_eq!(shown[3].1, "Behind the hut.");
        // `i<n` in a script is not a tag.
        let script = "for (i = 0; i<n.length; i++) {}\n".repeat(450);
        let page = format!("<title>T</title><script>{script}</script><p>Only this.</p>");
        assert_eq!(read(&page).blocks[0].text, "Only this.");
        let deep = format!("{page}{}", "<div>".repeat(450));
        assert!(read(&deep).problems[0].message.contains("nested"));
    }

    #[test]
    fn exports_of_google_docs() {
        let page = "<html><body class='doc-content'><p class='c1 title' id='h.abc'><span>Ferry rules</span></p>\
            <p><span>The fee</span><sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup><span> is </span>\
            <a href='https://www.google.com/url?q=https://a.example/f?x%3D1&amp;sa=D&amp;ust=2'>low</a>.</p>\
            <h1 id='h.def'>Dogs</h1><p>They sail free.</p>\
            <div class='c9'><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>Still so low?</span></p><p>Ann asks.</p></div></body></html>";
        let document = crate::read("a.html", page.as_bytes());
        assert_eq!(document.meta.title, "Ferry rules");
        let texts: Vec<&str> = document.blocks.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["The fee is low.", "Dogs", "They sail free."]);
        crate::formats::check_links(&document, &[("low", "https://a.example/f?x=1")]);
        let dropped: Vec<&str> = document.dropped.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(dropped, ["Still so low?", "Ann asks."]);
    }

    #[test]
    fn paragraphs_are_counted_where_they_share_a_line() {
        let body: String = (1..9).map(paragraph).collect();
        let page = format!("<html><head><title>Bridges</title></head><body>{body}</body></html>");
        let numbers = |page: &str| {
            let document = read(page);
            let numbers = document.blocks.iter().map(|block| block.lines.first);
            (document.numbering, numbers.collect::<Vec<u32>>())
        };
        let counted: Vec<u32> = (1..9).collect();
        assert_eq!(
            numbers(&page.replace('\n', "")),
            (Numbering::Paragraphs, counted)
        );
        assert_eq!(numbers(&page).0, Numbering::Lines);
    }

    #[test]
    fn links_and_code_are_marked() {
        let page = "<html><head><title>T</title><link rel=canonical href='https://a.example/d/p.html'></head><body>\n\
            <p>See <a href='q.html'>the <b>other</b> page</a> or run <code>go *</code>.</p>\n\
            <pre><code class=\"language-sh\">cd x\n  go\n</code></pre></body></html>";
        let document = crate::read("a.html", page.as_bytes());
        let blocks = document.blocks.iter();
        let marks = blocks.flat_map(|block| {
            let text = |mark: &Mark| (mark.span.of(&block.text).to_owned(), mark.kind.clone());
            block.marks.iter().map(text)
        });
        let link = MarkKind::Link("https://a.example/d/q.html".to_owned());
        let expected = [
            ("the other page", link),
            ("go *", MarkKind::Code),
            ("cd x\n  go", MarkKind::Fence(Some("sh".to_owned()))),
        ];
        let expected = expected.map(|(text, kind)| (text.to_owned(), kind));
        assert_eq!(marks.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_are_those_of_the_source() {
        let mut page = "<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>Ferries of the north</title><script></script>\n<style>\np { }\n</style></head><body>\n<nav>\n<a href=/>Home</a>\n</nav>\n<article>\n<h1>Ferries of the north</h1>\n".to_owned();
        let row = |number: u32| {
            format!(
                "<div class=\"row\"\n  id=\"r{number}\">\n<p>\n  Ferry <b>number</b>\n  <i>{number}</i> &amp; its crew cross the sound, in calm\n  weather and in storms, <a\n  href=x>every day</a> of the year.</p>\n</div>\n<!-- a\ncomment -->\n"
            )
        };
        page.extend((1..=30).map(row));
        page.push_str("</article>\n</body></html>");
        let document = read(&page);
        let lines: Vec<&str> = page.lines().collect();
        let paragraphs = document.blocks.iter();
        let paragraphs = paragraphs.filter(|block| block.text.starts_with("Ferry number"));
        let mut count = 0;
        for block in paragraphs {
            count += 1;
            assert_eq!(
                lines[block.lines.first as usize - 1],
                "  Ferry <b>number</b>"
            );
            assert!(lines[block.lines.first as usize].contains(&format!(">{count}<")));
            assert_eq!(
                lines[block.lines.last as usize - 1],
                "  href=x>every day</a> of the year.</p>"
            );
        }
        assert_eq!(count, 30);
        let home = document
            .dropped
            .iter()
            .find(|it| it.text == "Home")
            .unwrap();
        assert_eq!(home.lines.first, 7);
    }
}
