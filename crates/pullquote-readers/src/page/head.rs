//! What surrounds the text of an article: title, standfirst, author and date above it, the publisher's name below it.

use super::element::{Element, Shape};
use crate::boilerplate;
use crate::line::ends_sentence;
use pullquote_core::article::{LineRange, ParsedDocument};

/// Longest title, in characters.
const MAX_TITLE: usize = 160;
/// The title is among this many elements from the start.
const TITLE_WITHIN: usize = 4;
/// A title that follows a label, such as the name of a site, has at least this many words.
const MIN_TITLE_WORDS: usize = 4;
/// Longest label above the title, in words.
const MAX_LABEL_WORDS: usize = 3;
/// A line below the title with at least this many words is a standfirst even if it does not end as a sentence does.
const MIN_STANDFIRST_WORDS: usize = 6;
/// Longest name of a publisher, in words.
const MAX_NAME_WORDS: usize = 5;

/// Which lines above the text are title and standfirst.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<LineRange>,
    pub(super) standfirst: Option<LineRange>,
}

/// Finds title and standfirst above the first running text. Moves author and date below the title to the metadata, and
/// drops the labels above it.
pub(super) fn read_head(
    elements: &mut Vec<Element>,
    document: &mut ParsedDocument,
    is_page: bool,
) -> Head {
    let is_text = |element: &Element| element.is_running() && !element.repeated;
    let text_start = elements.iter().position(is_text);
    let end = text_start.unwrap_or(elements.len());
    let title = find_title(&elements[..end], is_page);
    let Some(title) = title.filter(|_| text_start.is_some() || elements.len() > 1) else {
        return Head::default();
    };
    let title_lines = elements[title].lines;
    let text = elements.split_off(end);
    let title = drop_labels(elements, title, document);
    let below = elements.split_off(title + 1);
    let text_follows = is_page || text_start.is_some();
    let standfirst = read_below_title(below, elements, document);
    elements.extend(text);
    Head {
        title: Some(title_lines),
        standfirst: standfirst.filter(|_| text_follows),
    }
}

/// The index of the title. On a page, the name of the site or section may be above it.
fn find_title(above_text: &[Element], is_page: bool) -> Option<usize> {
    let candidates = above_text.iter().take(TITLE_WITHIN).enumerate();
    let candidates: Vec<usize> = candidates
        .filter(|(_, element)| can_be_title(element))
        .map(|(at, _)| at)
        .collect();
    let is_long = |at: &&usize| is_page && words(&above_text[**at]) >= MIN_TITLE_WORDS;
    let found = candidates.iter().find(is_long).or(candidates.first());
    found.copied()
}

fn can_be_title(element: &Element) -> bool {
    let text = element.text.as_str();
    matches!(element.shape, Shape::Line | Shape::Heading)
        && text.chars().count() <= MAX_TITLE
        && !text.trim_end().ends_with(['.', ',', ';', ':'])
        && !boilerplate::is_caption(text)
        && !boilerplate::is_date(text)
        && boilerplate::author(text).is_none()
}

/// Drops the labels directly above the title, such as the name of the site, and returns the new index of the title.
fn drop_labels(
    elements: &mut Vec<Element>,
    mut title: usize,
    document: &mut ParsedDocument,
) -> usize {
    while title > 0 {
        let above = &elements[title - 1];
        if words(above) > MAX_LABEL_WORDS || !can_be_title(above) || title > 2 {
            break;
        }
        let label = elements.remove(title - 1);
        label.drop_from(document, "label above the title");
        title -= 1;
    }
    title
}

/// Moves author and date to the metadata, keeps the other elements, and returns the lines of the standfirst.
fn read_below_title(
    below: Vec<Element>,
    kept: &mut Vec<Element>,
    document: &mut ParsedDocument,
) -> Option<LineRange> {
    let mut standfirst = None;
    let mut directly_below = true;
    for element in below {
        let line = element.text.as_str();
        if element.shape != Shape::Line || element.repeated || boilerplate::is_caption(line) {
            directly_below = false;
        } else if let Some(name) = boilerplate::author(line) {
            document.meta.author.get_or_insert_with(|| name.to_owned());
            element.drop_from(document, "author");
            continue;
        } else if boilerplate::is_date(line) {
            document.meta.date.get_or_insert_with(|| line.to_owned());
            element.drop_from(document, "date");
            continue;
        } else {
            let is_sentence = ends_sentence(line) || words(&element) >= MIN_STANDFIRST_WORDS;
            if directly_below && is_sentence {
                standfirst = Some(element.lines);
            }
            directly_below = false;
        }
        kept.push(element);
    }
    standfirst
}

/// Moves the publisher's name from the end of a page to the metadata.
pub(super) fn read_tail(elements: &mut Vec<Element>, document: &mut ParsedDocument, is_page: bool) {
    let is_publisher = elements.last().is_some_and(is_name);
    if is_page
        && is_publisher
        && elements.len() > 3
        && let Some(element) = elements.pop()
    {
        let publisher = &mut document.meta.publisher;
        publisher.get_or_insert_with(|| element.text.clone());
        element.drop_from(document, "publisher");
    }
}

/// Whether a line consists of a few capitalised words, and particles between them.
fn is_name(element: &Element) -> bool {
    const PARTICLES: [&str; 11] = [
        "the", "of", "and", "de", "la", "le", "der", "die", "das", "des", "&",
    ];
    let mut words = element.text.split_whitespace();
    element.shape == Shape::Line
        && words.all(|word| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word))
        && self::words(element) <= MAX_NAME_WORDS
        && !ends_sentence(&element.text)
}

fn words(element: &Element) -> usize {
    element.text.split_whitespace().count()
}
