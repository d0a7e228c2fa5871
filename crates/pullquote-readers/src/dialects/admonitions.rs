//! The lines with which boxes, tabs and sections begin and end.

use crate::line::is_item;

/// The line that begins an aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    /// Heading of the aside, or label of the tab; `None` if it only says what kind of box it is.
    pub(super) title: Option<String>,
    /// What a page shows above the text of a box without a title: `Warning`.
    pub(super) label: Option<String>,
    pub(super) form: Form,
    pub(super) is_tab: bool,
}

/// How an aside ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Before the next line that is not indented: `!!! note`, `??? note`, `=== "Tab"` of `MkDocs`.
    Indented,
    /// With as many colons: `:::note`.
    Colons(usize),
    /// With the quotation: `> [!NOTE]`.
    Quote,
}

/// Titles that say what a page contains, and that a member who reads a quote of it does not miss.
const SECTIONS: &[&str] = &["details", "see details", "more"];

/// What a box may be. Its text is quoted with this in front, because it says how to take the text.
const KINDS: &[&str] = &[
    "note",
    "notes",
    "info",
    "information",
    "seealso",
    "see also",
    "tip",
    "tips",
    "hint",
    "important",
    "warning",
    "caution",
    "danger",
    "attention",
    "example",
    "success",
    "failure",
    "error",
    "bug",
    "quote",
    "question",
    "abstract",
    "summary",
    "todo",
    "remember",
    "hinweis",
    "hinweise",
    "tipp",
    "tipps",
    "wichtig",
    "achtung",
    "warnung",
    "vorsicht",
    "gefahr",
    "beispiel",
    "remarque",
    "astuce",
    "conseil",
    "avertissement",
    "important !",
    "exemple",
    "nota",
    "consejo",
    "importante",
    "advertencia",
    "aviso",
    "precaución",
    "peligro",
    "ejemplo",
];

/// The title, unless it says nothing of the content.
pub(super) fn telling(title: &str) -> Option<String> {
    let title = title.trim();
    let name = name(title).to_lowercase();
    let is_kind = KINDS.contains(&name.as_str()) || SECTIONS.contains(&name.as_str());
    (name.contains(char::is_alphanumeric) && !is_kind).then(|| title.to_owned())
}

/// Whether a component, tag or box of this name is a tab: one of several alternatives, below its label.
pub(crate) fn is_tab(name: &str) -> bool {
    const NAMES: &[&str] = &["tab", "tabitem", "tabpane", "tabpanel", "grouptab"];
    NAMES.contains(&joined(name).as_str())
}

/// Whether a component, tag or box of this name contains tabs.
pub(crate) fn is_tab_set(name: &str) -> bool {
    ["tabs", "tabset", "tabgroup"].contains(&joined(name).as_str())
}

/// A name in lowercase, without hyphens: `tabitem` of `TabItem` and `tab-item`.
fn joined(name: &str) -> String {
    name.replace(['-', '_'], "").to_ascii_lowercase()
}

/// What a page shows above a box of this kind, such as `Warning` of `warning` or `WARNING:`; `None` if it is no kind of box.
pub(crate) fn label(kind: &str) -> Option<String> {
    let name = name(kind).to_lowercase();
    if !KINDS.contains(&name.as_str()) {
        return None;
    }
    let name = name.replace("seealso", "see also");
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// A title without the marks around it.
fn name(title: &str) -> &str {
    title.trim_matches(['*', '_', ':', '!', ' '])
}

/// A line of text with the label of its box in front, behind the marks of a quotation. `None` if the line does not begin a
/// paragraph.
pub(super) fn labelled(label: &str, line: &str) -> Option<String> {
    let text = line.trim_start_matches(['>', ' ', '\t']);
    let (marks, _) = line.split_at(line.len() - text.len());
    let is_heading = text.starts_with('#') && text.trim_start_matches('#').starts_with(' ');
    let begins_other =
        is_heading || text.starts_with(['|', '<', '!']) || text.starts_with("```") || is_item(text);
    (!text.is_empty() && !begins_other).then(|| format!("{marks}**{label}:** {text}"))
}

/// The opening of an aside on a line without its indentation.
pub(super) fn opening(line: &str) -> Option<Opening> {
    let (kind, title, form) = mkdocs(line)
        .or_else(|| colons(line))
        .or_else(|| callout(line))?;
    if is_tab(kind) {
        return Some(Opening {
            title,
            label: None,
            form,
            is_tab: true,
        });
    }
    let label = title
        .as_deref()
        .and_then(label)
        .or_else(|| label(kind.trim_start_matches(['.', '#'])));
    let title = title.as_deref().and_then(telling);
    Some(Opening {
        title,
        label,
        form,
        is_tab: false,
    })
}

/// `!!! note "Title"`, `??? note`, `???+ note`, `=== "Tab"`.
fn mkdocs(line: &str) -> Option<(&str, Option<String>, Form)> {
    let tab = line.strip_prefix("===");
    let rest = tab
        .or_else(|| line.strip_prefix("!!!"))
        .or_else(|| line.strip_prefix("???"))?;
    let rest = rest.trim_start_matches(['+', '!']);
    let rest = rest.strip_prefix(' ')?.trim();
    let quoted = rest.find('"').and_then(|start| {
        let title = rest.get(start + 1..)?.strip_suffix('"')?;
        Some((rest.get(..start)?.trim(), title.to_owned()))
    });
    let is_word = |word: &str| word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    match quoted {
        Some(("", title)) if tab.is_some() => Some(("tab", Some(title), Form::Indented)),
        Some((kind, title)) if tab.is_none() && (kind.is_empty() || is_word(kind)) => {
            Some((first_word(kind), Some(title), Form::Indented))
        }
        None if tab.is_none() && is_word(rest) && rest.split(' ').count() <= 3 => {
            Some((first_word(rest), None, Form::Indented))
        }
        _ => None,
    }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

/// `:::note`, `:::tip Title`, `:::note[Title]`, `::: {.callout-tip}`, `:::{note} Title`, `::: details Title`.
fn colons(line: &str) -> Option<(&str, Option<String>, Form)> {
    let rest = line.trim_start_matches(':');
    let form = Form::Colons(line.len() - rest.len());
    let rest = rest.trim();
    if line.len() - line.trim_start_matches(':').len() < 3 || rest.is_empty() {
        return None;
    }
    if let Some(attributes) = rest.strip_prefix('{') {
        let (attributes, title) = attributes.split_once('}')?;
        let title = super::tags::attribute(attributes, "title").unwrap_or(title);
        let kind = first_word(attributes.trim()).trim_start_matches(".callout-");
        return Some((kind, Some(title.to_owned()), form));
    }
    let end = rest.find(|letter: char| !(letter.is_alphanumeric() || "-_".contains(letter)));
    let (kind, rest) = rest.split_at(end.unwrap_or(rest.len()));
    if kind.is_empty() {
        return None;
    }
    let rest = rest.trim();
    let in_brackets = rest.strip_prefix('[').and_then(|it| it.rsplit_once(']'));
    let title = match in_brackets {
        Some((title, _)) => title,
        None if rest.starts_with('{') => super::tags::attribute(rest, "title").unwrap_or_default(),
        None => rest.trim_matches('"'),
    };
    Some((kind, Some(title.to_owned()), form))
}

/// `> [!NOTE]`, `> [!faq]- Title`.
fn callout(line: &str) -> Option<(&str, Option<String>, Form)> {
    let rest = line.strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let (kind, title) = rest.split_once(']')?;
    let letter = |letter: char| letter.is_alphanumeric() || "-_|".contains(letter);
    let title = title.trim_start_matches(['-', '+']).trim();
    let is_kind = !kind.is_empty() && kind.chars().all(letter);
    is_kind.then(|| (kind, Some(title.to_owned()), Form::Quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        let check = |line: &str, form, title: Option<&str>| {
            let title = title.map(str::to_owned);
            let found = opening(line).map(|it| (it.title, it.form));
            assert_eq!(found, Some((title, form)), "{line}");
        };
        check("!!! note", Form::Indented, None);
        check(
            "!!! note \"Good to know\"",
            Form::Indented,
            Some("Good to know"),
        );
        check("!!! info inline end", Form::Indented, None);
        check(
            "??? question \"Is it free?\"",
            Form::Indented,
            Some("Is it free?"),
        );
        check("???+ tip", Form::Indented, None);
        check("=== \"Linux\"", Form::Indented, Some("Linux"));
        check(":::tip", Form::Colons(3), None);
        check("::::tip Two ways", Form::Colons(4), Some("Two ways"));
        check(":::note[Hinweis]", Form::Colons(3), None);
        check(
            ":::caution[Lights off]{#x}",
            Form::Colons(3),
            Some("Lights off"),
        );
        check(
            "::: details More on it",
            Form::Colons(3),
            Some("More on it"),
        );
        check(
            "::: {.callout-tip title=\"Two ways\"}",
            Form::Colons(3),
            Some("Two ways"),
        );
        check(":::{warning} Two ways", Form::Colons(3), Some("Two ways"));
        check("> [!NOTE]", Form::Quote, None);
        check("> [!faq]- Is it free?", Form::Quote, Some("Is it free?"));
        for line in [
            "===",
            "=== text",
            "!!!",
            "!!! This is a long exclamation",
            "::: ",
            "::",
            ":::",
            "> [link]",
            "> [!]",
            "??? ?",
        ] {
            assert_eq!(opening(line), None, "{line}");
        }
    }

    #[test]
    fn labels() {
        let check = |line: &str, expected: Option<&str>| {
            let label = opening(line).and_then(|it| it.label);
            assert_eq!(label.as_deref(), expected, "{line}");
        };
        check("!!! danger inline", Some("Danger"));
        check("!!! note \"Achtung!\"", Some("Achtung"));
        check(":::seealso", Some("See also"));
        check("::: {.callout-warning}", Some("Warning"));
        check("> [!CAUTION]", Some("Caution"));
        check("::: details", None);
        check("::: code-group", None);
        check("=== \"Linux\"", None);
    }
}
