//! The page of an article: how it was read, and what can be done with it.

use crate::articles::ArticleRow;
use crate::editor::{Notice, delete, notice, upload};
use crate::layout::{cut, encoded, grouped, page};
use crate::quotes::{last, times};
use crate::reading::{Reading, reading};
use maud::html;

/// What can be done with a file.
#[derive(Debug, Clone, Copy)]
pub struct Actions<'a> {
    /// What it contains now; `None` if it cannot be changed here.
    pub version: Option<u64>,
    /// Whether the editor takes it.
    pub is_text: bool,
    /// What came of the last change.
    pub notice: Option<Notice<'a>>,
}

/// The page of an article.
pub fn article(row: &ArticleRow, reading: &Reading<'_>, actions: &Actions<'_>) -> String {
    let content = html! {
        (notice(actions.notice))
        p {
            code { bdi { (row.path) } }
            @if actions.is_text { " · " a href=(format!("/edit?path={}", encoded(&row.path))) { "Edit" } }
        }
        @if row.is_used() {
            dl.numbers {
                div { dt { "Words" } dd { (grouped(row.words as u64)) } }
                div { dt { "Passages" } dd { (grouped(row.passages as u64)) } }
                div { dt { "Language" } dd { (row.language) } }
                div { dt { "Quoted" } dd { (times(reading.quoted)) } }
                @if let Some(day) = last(reading.quoted) { div { dt { "Last quoted" } dd { (day) } } }
            }
        }
        (self::reading(reading))
        @if let Some(version) = actions.version {
            (upload(Some((&row.path, version))))
            (delete(&row.path, version))
        }
    };
    let title = if row.is_used() { &row.title } else { &row.path };
    page(&cut(title, 200), "/articles", &content)
}
