//! What the shape of a single line says about it.

/// Whether the line ends as a sentence does, quotation marks and brackets aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '।', '؟'])
}

/// Words in front of the number of a step, in several languages.
const STEP: &[&str] = &["step", "schritt", "étape", "etape", "paso", "passo"];

/// Whether the line is a list item: `- item`, `• item`, `3. item`, `b) item` or `Step 3: item`.
pub(crate) fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '–', '·', '‣', '▪', '○', '●'])
    {
        return rest.starts_with(char::is_whitespace);
    }
    let marker: String = line
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let rest = line.get(marker.len()..).unwrap_or_default();
    let numbered = marker.bytes().all(|byte| byte.is_ascii_digit()) || marker.len() == 1;
    (1..=3).contains(&marker.len())
        && numbered
        && (rest.starts_with(". ") || rest.starts_with(") "))
        || is_step(line)
}

/// Whether a line begins with the number of a step: `Step 3: `.
fn is_step(line: &str) -> bool {
    let Some((word, rest)) = line.split_once(' ') else {
        return false;
    };
    let text = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let is_numbered = text.len() < rest.len() && text.starts_with([':', '.', ')']);
    is_numbered && STEP.contains(&word.to_lowercase().as_str())
}

/// Bytes of spaces and tabs in front of the line.
pub(crate) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Whether the line underlines the one above: three or more of one of `=-~*_`.
pub(crate) fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && ["=", "-", "~", "*", "_"]
            .iter()
            .any(|mark| line.replace(mark, "").is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends() {
        let check = |line, expected| assert_eq!(ends_sentence(line), expected, "{line}");
        check("The ferry leaves at seven.", true);
        check("“Does it leave at seven?” ", true);
        check("(It does!)", true);
        check("渡轮七点开。", true);
        check("These are the stops:", true);
        check("Timetable", false);
        check("By Jane Doe,", false);
    }

    #[test]
    fn list_items() {
        let check = |line, expected| assert_eq!(is_item(line), expected, "{line}");
        check("- item", true);
        check("  • item", true);
        check("12. item", true);
        check("b) item", true);
        check("STEP 12: item", true);
        check("Step 3 is last", false);
        check("-5 degrees", false);
        check("1986. A good year.", false);
        check("ab. c", false);
        check("3.5 km", false);
    }

    #[test]
    fn underlines() {
        let check = |line, expected| assert_eq!(is_underline(line), expected, "{line}");
        check("=====", true);
        check(" --- ", true);
        check("==", false);
        check("=-=", false);
    }
}
