//! Which lines of a pasted page are the article: title, standfirst, captions, headings and paragraphs,
//! and which are the page's own.
//!
//! Decided by general signs only: what repeats, how long a line is and how it ends, where it stands, and
//! the phrases of [`furniture`](super::furniture). A line in doubt is kept.

use super::furniture::{self, Address, Furniture};
use super::plain::ends_sentence;
use pullquote_core::article::{
    Block, BlockKind, Dropped, LineRange, ParagraphKind, ParsedDocument,
};
use std::collections::HashMap;

/// A piece of a page, before it is known what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) text: String,
    pub(super) lines: LineRange,
    pub(super) shape: Shape,
}

/// How a piece looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Several lines that were wrapped.
    Paragraph,
    /// Items, one a line.
    List,
    /// A line of its own.
    Line,
    /// A line with dashes under it.
    Heading,
}

/// From this many characters on, a line is running text.
const RUNNING: usize = 120;
/// Longest title, in characters.
const MAX_TITLE: usize = 160;
/// Longest heading, in characters and words.
const MAX_HEADING: (usize, usize) = (80, 12);
/// Longest name of a site or publisher, in words.
const MAX_NAME: usize = 5;
/// A line that repeats is one text shown twice from this many characters on; shorter ones (a name in a
/// dialogue, a refrain) may repeat.
const MIN_REPEAT: usize = 25;
/// So many phrases one after the other are a page's buttons.
const ROW: usize = 3;
/// A page's address stands among so many lines from its beginning or end.
const EDGE: usize = 3;

/// Makes the reading of a page from its elements.
pub(super) fn sort_out(elements: Vec<Element>) -> ParsedDocument {
    let mut reading = ParsedDocument::default();
    let (elements, is_page) = drop_furniture(elements, &mut reading);
    let mut elements = drop_repeats(elements, &mut reading, is_page);
    let head = read_head(&mut elements, &mut reading, is_page);
    read_tail(&mut elements, &mut reading, is_page);
    let following: Vec<bool> = (0..elements.len())
        .map(|at| {
            elements
                .get(at + 1)
                .is_some_and(|(_, next)| is_running(next))
        })
        .collect();
    for ((captioned, element), before_text) in elements.into_iter().zip(following) {
        let standfirst = head.standfirst == Some(element.lines);
        let kind = match element.shape {
            _ if head.title == Some(element.lines) => BlockKind::Title,
            Shape::Heading => BlockKind::Heading(2),
            _ if standfirst => BlockKind::Paragraph(ParagraphKind::Standfirst),
            Shape::List => BlockKind::Paragraph(ParagraphKind::List),
            Shape::Line if captioned || furniture::is_caption(&element.text) => {
                BlockKind::Paragraph(ParagraphKind::Caption)
            }
            Shape::Line if before_text && is_heading(&element.text) => BlockKind::Heading(2),
            _ => BlockKind::Paragraph(ParagraphKind::Body),
        };
        reading.blocks.push(Block {
            kind,
            text: element.text,
            lines: element.lines,
        });
    }
    reading.dropped.sort_by_key(|dropped| dropped.lines.first);
    reading
}

/// Elements with whether each was shown twice in a row, as pages do with the words of a picture.
type Marked = Vec<(bool, Element)>;

/// Drops what a page shows twice; elsewhere only what stands twice in a row.
fn drop_repeats(elements: Vec<Element>, reading: &mut ParsedDocument, is_page: bool) -> Marked {
    let mut seen: HashMap<String, (usize, LineRange)> = HashMap::new();
    let mut kept: Marked = Vec::with_capacity(elements.len());
    for element in elements {
        let long = element.text.chars().count() >= MIN_REPEAT;
        if long && let Some(&(at, first)) = seen.get(&element.text) {
            let in_a_row = at + 1 == kept.len();
            if in_a_row && element.shape == Shape::Line {
                kept[at].0 = true;
            }
            if in_a_row || is_page {
                drop_element(element, &format!("repeats line {}", first.first), reading);
                continue;
            }
        }
        if long {
            seen.insert(element.text.clone(), (kept.len(), element.lines));
        }
        kept.push((false, element));
    }
    kept
}

/// Drops the page's own phrases and takes its address; tells whether there were any phrases: whether
/// this is a page, and no file that somebody wrote.
fn drop_furniture(elements: Vec<Element>, reading: &mut ParsedDocument) -> (Vec<Element>, bool) {
    let judged: Vec<Option<Furniture>> = elements
        .iter()
        .map(|element| match element.shape {
            Shape::Line => furniture::judge(&element.text),
            _ => None,
        })
        .collect();
    let certain = judged.contains(&Some(Furniture::Certain));
    // Where nothing is certain, words such as `Share` and `Print` count in a row: a page's buttons.
    let mut drops = vec![false; elements.len()];
    let mut at = 0;
    for row in judged.chunk_by(|a, b| a.is_some() && b.is_some()) {
        let drop = row[0].is_some() && (certain || row.len() >= ROW);
        drops[at..at + row.len()].fill(drop);
        at += row.len();
    }
    let is_page = drops.contains(&true);
    let address = own_address(&elements);
    let mut kept = Vec::with_capacity(elements.len());
    for (at, (element, drop)) in elements.into_iter().zip(drops).enumerate() {
        if drop {
            drop_element(element, "a phrase of the page, not of the article", reading);
        } else if let Some((_, source)) = address.as_ref().filter(|(own, _)| *own == at) {
            reading.meta.source = Some(source.clone());
            drop_element(element, "the page's address", reading);
        } else {
            kept.push(element);
        }
    }
    (kept, is_page)
}

/// Which line is the page's own address: one that says so, or the only one, above or below the text.
fn own_address(elements: &[Element]) -> Option<(usize, String)> {
    let mut bare = None;
    let mut count = 0;
    let lines = elements.iter().enumerate();
    for (at, element) in lines.filter(|(_, element)| element.shape == Shape::Line) {
        match furniture::address(&element.text) {
            Some(Address::Named(address)) => return Some((at, address.to_owned())),
            Some(Address::Bare(address)) => {
                count += 1;
                bare = Some((at, address.to_owned()));
            }
            None => {}
        }
    }
    let at_an_end = |at: usize| at < EDGE || at + EDGE >= elements.len();
    bare.filter(|(at, _)| count == 1 && at_an_end(*at))
}

/// What stands above the text.
#[derive(Debug, Default)]
struct Head {
    title: Option<LineRange>,
    standfirst: Option<LineRange>,
}

/// Finds title and standfirst among the lines above the first running text; drops a site's label above
/// the title and takes author and date below it.
fn read_head(elements: &mut Marked, reading: &mut ParsedDocument, is_page: bool) -> Head {
    let mut head = Head::default();
    let text = elements
        .iter()
        .position(|(captioned, element)| is_running(element) && !*captioned);
    let mut end = text.unwrap_or(elements.len());
    // A last sentence-like line above the text belongs to it, where there is no title yet.
    let titles = |element: &Element| {
        let letters = element.text.chars().count();
        matches!(element.shape, Shape::Line | Shape::Heading)
            && letters <= MAX_TITLE
            && !element.text.trim_end().ends_with(['.', ',', ';', ':'])
            && !furniture::is_caption(&element.text)
            && !furniture::is_date(&element.text)
            && furniture::author(&element.text).is_none()
    };
    let lines: Vec<usize> = (0..end.min(4))
        .filter(|&at| titles(&elements[at].1))
        .collect();
    let words = |at: usize| elements[at].1.text.split_whitespace().count();
    // On a page a site's or a section's name may stand above the title.
    let long_enough = |at: &&usize| is_page && words(**at) >= 4;
    let Some(&(mut title)) = lines.iter().find(long_enough).or(lines.first()) else {
        return head;
    };
    if text.is_none() && elements.len() < 2 {
        return head;
    }
    head.title = Some(elements[title].1.lines);
    while title > 0 {
        let (_, above) = &elements[title - 1];
        if !(above.text.split_whitespace().count() <= 3 && titles(above) && title <= 2) {
            break;
        }
        let (_, label) = elements.remove(title - 1);
        drop_element(label, "a label above the title", reading);
        (title, end) = (title - 1, end - 1);
    }
    let text_follows = is_page || text.is_some();
    let mut at_title = true;
    let text: Marked = elements.split_off(end);
    let below = elements.split_off(title + 1);
    for (captioned, element) in below {
        let line = element.text.as_str();
        if element.shape != Shape::Line || captioned || furniture::is_caption(line) {
            at_title = false;
        } else if let Some(name) = furniture::author(line) {
            reading.meta.author.get_or_insert_with(|| name.to_owned());
            drop_element(element, "the author's name", reading);
            continue;
        } else if furniture::is_date(line) {
            reading.meta.date.get_or_insert_with(|| line.to_owned());
            drop_element(element, "the date", reading);
            continue;
        } else {
            let sentence = ends_sentence(line) || line.split_whitespace().count() >= 6;
            if at_title && sentence && text_follows {
                head.standfirst = Some(element.lines);
            }
            at_title = false;
        }
        elements.push((captioned, element));
    }
    elements.extend(text);
    head
}

/// Takes the publisher's name from the end of a page.
fn read_tail(elements: &mut Marked, reading: &mut ParsedDocument, is_page: bool) {
    let Some((_, last)) = elements.last() else {
        return;
    };
    let words: Vec<&str> = last.text.split_whitespace().collect();
    let small = [
        "the", "of", "and", "de", "la", "le", "der", "die", "das", "des", "&",
    ];
    let name = words
        .iter()
        .all(|word| word.starts_with(char::is_uppercase) || small.contains(word));
    let named =
        last.shape == Shape::Line && name && words.len() <= MAX_NAME && !ends_sentence(&last.text);
    if is_page
        && named
        && elements.len() > 3
        && let Some((_, element)) = elements.pop()
    {
        reading
            .meta
            .publisher
            .get_or_insert_with(|| element.text.clone());
        drop_element(element, "the publisher's name", reading);
    }
}

fn is_running(element: &Element) -> bool {
    let long = element.text.chars().count() >= RUNNING;
    match element.shape {
        Shape::Paragraph | Shape::List => true,
        Shape::Line => (long || wide(&element.text)) && !furniture::is_caption(&element.text),
        Shape::Heading => false,
    }
}

/// Chinese, Japanese and Thai say in forty characters what others say in a hundred and twenty.
fn wide(text: &str) -> bool {
    let letters = text.chars().count();
    letters >= RUNNING / 3
        && text
            .chars()
            .filter(|&c| pullquote_core::text::is_spaceless(c))
            .count()
            * 2
            > letters
}

fn is_heading(line: &str) -> bool {
    let (letters, words) = MAX_HEADING;
    let begins = line.chars().find(|letter| letter.is_alphanumeric());
    line.chars().count() <= letters
        && line.split_whitespace().count() <= words
        && begins.is_some_and(|letter| !letter.is_lowercase())
        && !line
            .trim_end()
            .ends_with(['.', '!', ',', ';', '…', '。', '"', '”'])
}

fn drop_element(element: Element, reason: &str, reading: &mut ParsedDocument) {
    reading.dropped.push(Dropped {
        lines: element.lines,
        text: element.text,
        reason: reason.to_owned(),
    });
}
