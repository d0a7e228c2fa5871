//! Lists of attributes in braces, such as `{#id .class width=500}`, which several dialects put behind a heading, an
//! image or a link, or on a line of their own.

/// Length of the attribute list with which a text begins, in bytes.
pub(super) fn length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('{').filter(|it| !it.starts_with('%'))?;
    let end = super::start(inner).find('}')?;
    let list = inner.get(..end)?.trim_start_matches(':').trim();
    let is_attribute = |word: &str| {
        let name = word.split('=').next().unwrap_or_default();
        let name = name.trim_start_matches(['#', '.']);
        let marked = word.starts_with(['#', '.']) || word.contains('=');
        let letter = |letter: char| letter.is_alphanumeric() || "-_:".contains(letter);
        marked && !name.is_empty() && name.chars().all(letter)
    };
    let in_quotes = list.contains(['"', '\'']);
    let marked = inner.starts_with(':')
        || list
            .split_whitespace()
            .all(|word| is_attribute(word) || in_quotes);
    (marked && list.starts_with(['#', '.', ':']) || inner.starts_with(':') || list.contains('='))
        .then_some(end + 2)
        .filter(|_| marked && !list.is_empty() && !list.contains('{'))
}

/// Length of an id alone in braces, such as `{the-fares}`, that ends a text, in bytes. Some tools put it behind a heading.
pub(super) fn id_length(text: &str) -> Option<usize> {
    let id = text.trim_end().strip_prefix('{')?.strip_suffix('}')?;
    let is_id =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (!id.is_empty() && id.chars().all(is_id)).then_some(id.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn attribute_lists() {
        let check = |text: &str, expected| assert_eq!(length(text), expected, "{text}");
        check("{#id}", Some(5));
        check("{ width=500 } x", Some(13));
        check("{: .note}", Some(9));
        check("{:toc}", Some(6));
        check("{.a title=\"b c\"}", Some(16));
        check("{name}", None);
        check("{}", None);
        check("{a, b}", None);
        check("{#open", None);
    }
}
