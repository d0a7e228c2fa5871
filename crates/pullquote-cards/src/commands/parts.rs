//! Parts that several cards share: sources, excerpts, select menus of passages, page buttons.

use crate::limits::cut_plain;
use crate::locale::FluentValue;
use crate::places::{heading, location_with_page, page, title};
use crate::{
    Block, Button, ButtonStyle, ComponentId, Locale, PassageKey, Run, SelectMenu, SelectOption,
    link_target,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use pullquote_core::answer::{Correction, Quote};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_core::text::Span;

/// Length of the words of a quote that a browser looks for on the page: enough to occur there once.
const LINK_TEXT: usize = 120;

/// The spelling corrections of what was typed, in a line; `None` if there are none.
pub(super) fn corrections(locale: Locale, corrections: &[Correction]) -> Option<String> {
    let corrections = corrections.iter().take(5).map(|correction| {
        let args = [
            ("typed", FluentValue::from(cut_plain(&correction.typed, 40))),
            ("read", FluentValue::from(cut_plain(&correction.read, 40))),
        ];
        locale.text_with("corrected", &args)
    });
    let lines: Vec<String> = corrections.collect();
    (!lines.is_empty()).then(|| lines.join(" · "))
}

/// `Title › Heading`, with a link to the place in the article's source.
pub(super) fn source(article: &Article, paragraph: u32, quoted: Span) -> Block {
    let address = address_of(article, paragraph, quoted);
    let run = Run::default().link(&title(article), address.as_deref());
    Block::Source(match heading(article, quoted) {
        Some(heading) => run.and(" › ").and(&heading),
        None => run,
    })
}

/// [`source`], and the page if the article has pages: `Title › Heading · page 12`.
pub(super) fn source_with_page(
    locale: Locale,
    article: &Article,
    paragraph: u32,
    quoted: Span,
) -> Block {
    let source = source(article, paragraph, quoted);
    match page(locale, article, quoted) {
        Some(page) => Block::Source(source.run().clone().and(" · ").and(&page)),
        None => source,
    }
}

/// The address of a text in the section of a paragraph, on the page that the article comes from. `None` without a page that
/// Discord would show a link to.
pub(super) fn address_of(article: &Article, paragraph: u32, text: Span) -> Option<String> {
    let section = article.section_address(paragraph as usize)?;
    link_target(&to_text(&section, text.of(&article.text)))
}

/// An address that makes a browser scroll to the first words of a text and mark them (WICG, URL Fragment Text
/// Directives). Where it cannot, or does not find them, it opens the address. Of a row of a table, the first cell.
fn to_text(address: &str, text: &str) -> String {
    let line = without_marker(text.lines().next().unwrap_or_default());
    let cell = line.split(" | ").next().unwrap_or_default();
    let mut encoded = String::new();
    for word in cell.split_whitespace() {
        let word = utf8_percent_encode(word, NON_ALPHANUMERIC).to_string();
        if encoded.len() + word.len() > LINK_TEXT {
            break;
        }
        let space = if encoded.is_empty() { "" } else { "%20" };
        encoded.extend([space, &word]);
    }
    let hash = if address.contains('#') { "" } else { "#" };
    match encoded.as_str() {
        "" => address.to_owned(),
        _ => format!("{address}{hash}:~:text={encoded}"),
    }
}

/// An item of a list without its bullet or number, which is no text of a page.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = (rest.len() < line.len()).then(|| rest.strip_prefix(". "));
    let item = numbered.flatten().or_else(|| line.strip_prefix("- "));
    item.unwrap_or(line)
}

/// Says which language a quote is in, if the question is in another one: `The article is in German`.
pub fn language_note(locale: Locale, quote: &Quote) -> Option<String> {
    let language = locale.text(&format!("language-{}", quote.other_language?));
    let args = [("language", FluentValue::from(language))];
    Some(locale.text_with("other-language", &args))
}

/// Names the headings that the end of a quote announces, in the bot's own words: `Sections: Sails · Oars`.
pub fn sections_note(locale: Locale, article: &Article, quote: &Quote) -> Option<String> {
    let names: Vec<&str> = quote
        .headings
        .iter()
        .map(|it| it.of(&article.text))
        .collect();
    (!names.is_empty()).then(|| format!("{} {}", locale.text("sections"), names.join(" · ")))
}

/// A button that is not the main one of its card.
pub(super) fn button(locale: Locale, label: &str, id: ComponentId) -> Button {
    Button::new(&locale.text(label), ButtonStyle::Secondary, id)
}

/// Buttons to the previous and next page, and the line "Page 1 of 3". Neither if there is only one page.
pub(super) fn pager(
    locale: Locale,
    page: usize,
    pages: usize,
    id: impl Fn(u16) -> ComponentId,
) -> (Vec<Button>, Option<String>) {
    let mut buttons = Vec::new();
    let mut button = |text: &str, page: usize| {
        if let Ok(page) = u16::try_from(page) {
            let label = locale.text(text);
            buttons.push(Button::new(&label, ButtonStyle::Secondary, id(page)));
        }
    };
    if let Some(previous) = page.checked_sub(1) {
        button("page-previous", previous);
    }
    if page + 1 < pages {
        button("page-next", page + 1);
    }
    let args = [
        ("page", FluentValue::from(page + 1)),
        ("pages", FluentValue::from(pages)),
    ];
    let line = (pages > 1).then(|| locale.text_with("page-number", &args));
    (buttons, line)
}

/// A select menu of passages. An option shows the passage's text and location.
pub(super) fn passage_menu<'a>(
    engine: &Engine,
    locale: Locale,
    placeholder: &str,
    quotes: impl Iterator<Item = &'a Quote>,
) -> Option<SelectMenu> {
    let options = passage_options(engine, locale, quotes);
    SelectMenu::new(ComponentId::PickPassage, &locale.text(placeholder), options)
}

/// The passages of quotes as options of a menu.
pub(super) fn passage_options<'a>(
    engine: &Engine,
    locale: Locale,
    quotes: impl Iterator<Item = &'a Quote>,
) -> Vec<SelectOption> {
    let corpus = engine.corpus();
    let option = |quote: &Quote| {
        let article = corpus.article(quote.article);
        let key = PassageKey::of(corpus, quote.passage).to_string();
        let text = excerpt(article, quote).of(&article.text);
        let place = location_with_page(locale, article, quote.best);
        SelectOption::new(text, &place, &key)
    };
    quotes.filter_map(option).collect()
}

/// Bytes of an excerpt. Only its first sentence may be longer.
const EXCERPT: usize = 350;

/// The sentences of a quote from the first one that contains a highlight.
pub(super) fn excerpt(article: &Article, quote: &Quote) -> Span {
    let Some(paragraph) = article.paragraphs.get(quote.paragraph as usize) else {
        return quote.best;
    };
    let first_highlight = quote
        .highlights
        .first()
        .map_or(quote.best.start, |highlight| highlight.start);
    let sentences = article
        .sentences
        .get(paragraph.sentences())
        .unwrap_or_default();
    let mut inside = sentences
        .iter()
        .filter(|sentence| sentence.start >= quote.best.start && sentence.end <= quote.best.end)
        .skip_while(|sentence| sentence.end <= first_highlight);
    let Some(first) = inside.next() else {
        return quote.best;
    };
    let last = inside
        .map(|end| first.to(*end))
        .take_while(|span| span.len() <= EXCERPT)
        .last();
    last.unwrap_or(*first)
}

#[cfg(test)]
mod tests {
    use super::{pager, to_text};
    use crate::{ComponentId, Locale};

    #[test]
    fn an_address_leads_to_the_words_of_a_text() {
        let check = |text: &str, expect: &str| {
            let found = to_text("https://a.example/p", text);
            assert_eq!(found, format!("https://a.example/p{expect}"), "{text}");
        };
        check("Two words", "#:~:text=Two%20words");
        check("- an item\n- another", "#:~:text=an%20item");
        check("12. an item", "#:~:text=an%20item");
        check("12 items", "#:~:text=12%20items");
        check("a | row", "#:~:text=a");
        check("", "");
    }

    #[test]
    fn a_pager_leads_to_the_pages_on_both_sides() {
        let check = |page: usize, pages: usize, expect: &[(&str, u16)], line: Option<&str>| {
            let id = |page| ComponentId::Articles { page };
            let (buttons, shown) = pager(Locale::English, page, pages, id);
            let buttons: Vec<_> = buttons
                .iter()
                .map(|button| (button.label(), button.id()))
                .collect();
            let expect: Vec<_> = expect
                .iter()
                .map(|&(label, page)| (label, Some(id(page))))
                .collect();
            assert_eq!((buttons, shown.as_deref()), (expect, line));
        };
        check(0, 1, &[], None);
        check(0, 3, &[("Next", 1)], Some("Page 1 of 3"));
        check(1, 3, &[("Back", 0), ("Next", 2)], Some("Page 2 of 3"));
        check(2, 3, &[("Back", 1)], Some("Page 3 of 3"));
    }
}
