//! Removes boilerplate and repetitions from a page.

use super::element::{Element, Shape};
use crate::boilerplate::{self, Address, Boilerplate};
use pullquote_core::article::{LineRange, ParsedDocument};
use std::collections::HashMap;

/// A repeated text of at least this many characters is one text shown twice. Shorter ones, such as a name in a dialogue
/// or a refrain, may repeat.
const MIN_REPEAT: usize = 25;
/// This many likely boilerplate lines in a row are the buttons of a page.
const ROW: usize = 3;
/// The address of a page is among this many elements at its start or end.
const EDGE: usize = 3;

/// Removes boilerplate and takes the page's address from it. Also returns whether there was any boilerplate: that the
/// text was copied from a web page rather than written for the knowledge folder.
pub(super) fn drop_boilerplate(
    elements: Vec<Element>,
    document: &mut ParsedDocument,
) -> (Vec<Element>, bool) {
    let classes: Vec<Option<Boilerplate>> = elements
        .iter()
        .map(|element| match element.shape {
            Shape::Line => boilerplate::classify(&element.text),
            _ => None,
        })
        .collect();
    let certain = classes.contains(&Some(Boilerplate::Certain));
    let mut drops = Vec::with_capacity(elements.len());
    for row in classes.chunk_by(|a, b| a.is_some() && b.is_some()) {
        let drop = row[0].is_some() && (certain || row.len() >= ROW);
        drops.resize(drops.len() + row.len(), drop);
    }
    let is_page = drops.contains(&true);
    let address = own_address(&elements);
    let mut kept = Vec::with_capacity(elements.len());
    for (at, (element, drop)) in elements.into_iter().zip(drops).enumerate() {
        if drop {
            element.drop_from(document, "boilerplate");
        } else if let Some((_, source)) = address.as_ref().filter(|(own, _)| *own == at) {
            document.meta.source = Some(source.clone());
            element.drop_from(document, "address of the page");
        } else {
            kept.push(element);
        }
    }
    (kept, is_page)
}

/// The index and text of the page's own address: one that is labelled so, else the only one, near the start or end.
fn own_address(elements: &[Element]) -> Option<(usize, String)> {
    let mut bare = None;
    let mut count = 0;
    let lines = elements.iter().enumerate();
    for (at, element) in lines.filter(|(_, element)| element.shape == Shape::Line) {
        match boilerplate::address(&element.text) {
            Some(Address::Labelled(address)) => return Some((at, address.to_owned())),
            Some(Address::Bare(address)) => {
                count += 1;
                bare = Some((at, address.to_owned()));
            }
            None => {}
        }
    }
    let at_an_edge = |at: usize| at < EDGE || at + EDGE >= elements.len();
    bare.filter(|(at, _)| count == 1 && at_an_edge(*at))
}

/// Removes texts that a page shows twice. In a file that is not a page, only those that are repeated at once.
pub(super) fn drop_repeats(
    elements: Vec<Element>,
    document: &mut ParsedDocument,
    is_page: bool,
) -> Vec<Element> {
    let mut seen: HashMap<String, (usize, LineRange)> = HashMap::new();
    let mut kept: Vec<Element> = Vec::with_capacity(elements.len());
    for element in elements {
        let long = element.text.chars().count() >= MIN_REPEAT;
        if long && let Some(&(at, first)) = seen.get(&element.text) {
            let in_a_row = at + 1 == kept.len();
            if in_a_row && element.shape == Shape::Line {
                kept[at].repeated = true;
            }
            if in_a_row || is_page {
                element.drop_from(document, format!("repeats line {}", first.first));
                continue;
            }
        }
        if long {
            seen.insert(element.text.clone(), (kept.len(), element.lines));
        }
        kept.push(element);
    }
    kept
}
