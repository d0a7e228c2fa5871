//! Articles are written, changed and uploaded here. The preview shows how the text is read before it is saved.

use crate::layout::{cut, encoded, exact_page, page, prose};
use crate::reading::{Reading, reading};
use maud::{Markup, html};
use pullquote_core::text::safe;

/// Refreshes the preview while somebody types. Without it, a button does.
pub const SCRIPT: &str = include_str!("page.js");

/// What is in the editor.
#[derive(Debug, Clone, Copy, Default)]
pub struct Edited<'a> {
    /// The file that is changed; `None` for a new one.
    pub path: Option<&'a str>,
    /// The name that a new one shall have.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// What the file contained when it was opened; `None` for a new one.
    pub version: Option<u64>,
    /// Why it was not saved.
    pub problem: Option<&'a str>,
}

/// What came of a change, and how to take it back.
#[derive(Debug, Clone, Copy)]
pub struct Notice<'a> {
    /// A sentence.
    pub text: &'a str,
    /// Names the change, if it can be undone.
    pub undo: Option<u64>,
}

/// The editor, with a preview if there is something to show.
pub fn editor(edited: &Edited<'_>, preview: Option<&Reading<'_>>) -> String {
    let content = html! {
        @if let Some(problem) = edited.problem {
            p.verdict.error role="alert" { (prose(problem)) }
        }
        form method="post" action="/edit" data-preview="/preview" {
            @match edited.path {
                Some(path) => {
                    p { code { bdi { (path) } } " · " a href=(format!("/article?path={}", encoded(path))) { "As it is now" } }
                    input type="hidden" name="path" value=(path);
                }
                None => {
                    label for="name" { "Name of the file" }
                    input #name name="name" value=(edited.name) maxlength="100" aria-describedby="name-help" autocomplete="off";
                    p.note #name-help { "Such as " code { "opening-hours.md" } ". Leave it empty to use the first line." }
                }
            }
            @if let Some(version) = edited.version {
                input type="hidden" name="version" value=(format!("{version:016x}"));
            }
            label for="text" { "Text, in Markdown" }
            textarea #text name="text" rows="20" required spellcheck="true" { "\n" (edited.text) }
            button type="submit" name="action" value="save" { "Save" }
            button.quiet type="submit" name="action" value="preview" { "Preview" }
        }
        div #preview {
            @if let Some(preview) = preview { (reading(preview)) }
        }
        script src="/page.js" defer {}
    };
    let title = match edited.path {
        Some(path) => format!("Edit {}", cut(path, 100)),
        None => "New article".to_owned(),
    };
    exact_page(&title, "/articles", &content)
}

/// The preview alone, for the script.
pub fn preview(reading: &Reading<'_>) -> String {
    safe(&self::reading(reading).into_string())
}

/// The page for a change that was not made.
pub fn not_changed(reason: &str, path: Option<&str>) -> String {
    let content = html! {
        p.verdict.error role="alert" { (prose(reason)) }
        p {
            @if let Some(path) = path {
                a href=(format!("/article?path={}", encoded(path))) { "Look at the file" }
                " · "
            }
            a href="/articles" { "All articles" }
        }
    };
    page("Not changed", "/articles", &content)
}

/// What came of a change, with a button that takes it back.
pub(crate) fn notice(notice: Option<Notice<'_>>) -> Markup {
    html! {
        @if let Some(notice) = notice {
            div.verdict.ok role="status" {
                (prose(notice.text))
                @if let Some(undo) = notice.undo {
                    form.inline method="post" action="/undo" {
                        input type="hidden" name="change" value=(undo);
                        button type="submit" { "Undo" }
                    }
                }
            }
        }
    }
}

/// A form that uploads a file: a new one, or in place of one that contains what `version` says.
pub(crate) fn upload(instead: Option<(&str, u64)>) -> Markup {
    let name = if instead.is_some() {
        "Replace it with a file"
    } else {
        "Upload a file"
    };
    html! {
        form.upload method="post" action="/upload" enctype="multipart/form-data" {
            @if let Some((path, version)) = instead {
                input type="hidden" name="path" value=(path);
                input type="hidden" name="version" value=(format!("{version:016x}"));
            }
            label for="file" { (name) }
            input #file type="file" name="file" required;
            button type="submit" { "Upload" }
        }
    }
}

/// A form that deletes a file that contains what `version` says. It opens first, so that no slip deletes anything.
pub(crate) fn delete(path: &str, version: u64) -> Markup {
    html! {
        details {
            summary { "Delete it" }
            form method="post" action="/delete" {
                input type="hidden" name="path" value=(path);
                input type="hidden" name="version" value=(format!("{version:016x}"));
                p { "The file is removed from the knowledge folder, and no longer answers. It can be brought back until the bot stops." }
                button.danger type="submit" { "Delete" }
            }
        }
    }
}
