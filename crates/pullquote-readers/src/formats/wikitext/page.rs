//! A page, from its text to its blocks.

use super::{blocks, expand, strip};
use crate::formats::markdown::read_escaped;
use pullquote_core::article::{Metadata, ParsedDocument};

/// Reads the text of the page of this title, which may be unknown. `first` is the number of its first line.
pub(super) fn read(text: &str, title: &str, first: u32) -> ParsedDocument {
    if let Some(target) = redirect(text) {
        let message = format!(
            "the page only redirects to `{target}`: delete the file, or add its name to the aliases of that page"
        );
        return ParsedDocument::failed(message);
    }
    let page = expand::expand(&strip::strip(text), title);
    let mut document = blocks::rewrite(&page.text, first).read(read_escaped);
    document.meta = Metadata {
        title: page.title,
        tags: page.categories,
        ..document.meta
    };
    document
}

/// The page that a redirect leads to: `#REDIRECT [[page]]`, or the same in another language.
pub(super) fn redirect(text: &str) -> Option<&str> {
    let rest = text.trim_start().strip_prefix('#')?;
    let (word, link) = rest.split_once("[[")?;
    let word = word.trim_end().trim_end_matches(':').trim_end();
    let (target, _) = link.split_once("]]")?;
    let is_word = word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
    let is_redirect =
        is_word && (word == word.to_uppercase() || word.eq_ignore_ascii_case("redirect"));
    is_redirect.then(|| target.split(['|', '#']).next().unwrap_or(target).trim())
}
