//! The lines with which boxes, tabs and sections begin and end.

/// The line that begins an aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    /// Heading of the aside; `None` if it only says what kind of box it is.
    pub(super) title: Option<String>,
    pub(super) form: Form,
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

/// Titles that say what kind of box it is, and nothing of its content.
const KINDS: &[&str] = &[
    "note",
    "notes",
    "info",
    "information",
    "tip",
    "tips",
    "hint",
    "important",
    "warning",
    "caution",
    "danger",
    "attention",
    "example",
    "details",
    "see details",
    "more",
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
    let name = title.trim_matches(['*', '_', ':', '!', ' ']).to_lowercase();
    (name.contains(char::is_alphanumeric) && !KINDS.contains(&name.as_str()))
        .then(|| title.to_owned())
}

/// The opening of an aside on a line without its indentation.
pub(super) fn opening(line: &str) -> Option<Opening> {
    let (title, form) = mkdocs(line)
        .or_else(|| colons(line))
        .or_else(|| callout(line))?;
    let title = title.as_deref().and_then(telling);
    Some(Opening { title, form })
}

/// `!!! note "Title"`, `??? note`, `???+ note`, `=== "Tab"`.
fn mkdocs(line: &str) -> Option<(Option<String>, Form)> {
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
        Some(("", title)) if tab.is_some() => Some((Some(title), Form::Indented)),
        Some((kind, title)) if tab.is_none() && (kind.is_empty() || is_word(kind)) => {
            Some((Some(title), Form::Indented))
        }
        None if tab.is_none() && is_word(rest) && rest.split(' ').count() <= 3 => {
            Some((None, Form::Indented))
        }
        _ => None,
    }
}

/// `:::note`, `:::tip Title`, `:::note[Title]`, `::: {.callout-tip}`, `:::{note} Title`, `::: details Title`.
fn colons(line: &str) -> Option<(Option<String>, Form)> {
    let rest = line.trim_start_matches(':');
    let form = Form::Colons(line.len() - rest.len());
    let rest = rest.trim();
    if line.len() - line.trim_start_matches(':').len() < 3 || rest.is_empty() {
        return None;
    }
    if let Some(attributes) = rest.strip_prefix('{') {
        let (attributes, title) = attributes.split_once('}')?;
        let title = super::tags::attribute(attributes, "title").unwrap_or(title);
        return Some((Some(title.to_owned()), form));
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
    Some((Some(title.to_owned()), form))
}

/// `> [!NOTE]`, `> [!faq]- Title`.
fn callout(line: &str) -> Option<(Option<String>, Form)> {
    let rest = line.strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let (kind, title) = rest.split_once(']')?;
    let letter = |letter: char| letter.is_alphanumeric() || "-_|".contains(letter);
    let title = title.trim_start_matches(['-', '+']).trim();
    (!kind.is_empty() && kind.chars().all(letter)).then(|| (Some(title.to_owned()), Form::Quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        let check = |line: &str, form, title: Option<&str>| {
            let title = title.map(str::to_owned);
            assert_eq!(opening(line), Some(Opening { title, form }), "{line}");
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
}
