//! Formulas in LaTeX, which are kept as they were written: `CommonMark` would drop their backslashes and read `_` and `*`
//! in them as marks.

/// Lines of a formula that has its lines to itself, at most.
const MAX_LINES: usize = 100;

/// Length of the formula inside a line with which a text begins: `$a_1$`, `$$a_1$$` or `\(a_1\)`. Two amounts of money,
/// as in `$5 and $6`, are not a formula.
pub(super) fn length(text: &str) -> Option<usize> {
    let delimiters = [("$$", "$$"), ("$", "$"), ("\\(", "\\)")];
    let (open, close) = delimiters
        .into_iter()
        .find(|(open, _)| text.starts_with(open))?;
    let inner = text.get(open.len()..)?;
    let end = super::start(inner).find(close)?;
    let formula = inner.get(..end)?;
    let length = open.len() + end + close.len();
    let spaced = formula.trim() != formula;
    let digit_follows = text
        .get(length..)
        .is_some_and(|it| it.starts_with(|letter: char| letter.is_ascii_digit()));
    let is_money = open == "$" && (spaced || digit_follows);
    (!is_money && is_formula(formula)).then_some(length)
}

/// The formula that begins on the first of these lines and has its lines to itself: the number of lines, and the
/// formula without its delimiters, which may begin and end on lines of their own.
pub(super) fn block(lines: &[&str]) -> Option<(usize, Vec<String>)> {
    let first = lines.first()?.trim_start();
    let environment = first
        .strip_prefix("\\begin{")
        .and_then(|rest| rest.split_once('}'));
    let (open, close) = match environment {
        // Its delimiters are part of the formula.
        Some((name, _)) => ("", format!("\\end{{{name}}}")),
        None if first.starts_with("$$") => ("$$", "$$".to_owned()),
        None if first.starts_with("\\[") => ("\\[", "\\]".to_owned()),
        None => return None,
    };
    let mut formula = Vec::new();
    for (at, line) in lines.iter().take(MAX_LINES).enumerate() {
        let line = if at == 0 {
            first.get(open.len()..)?
        } else {
            line
        };
        if let Some(end) = line.find(close.as_str()) {
            let behind = line.get(end + close.len()..)?;
            let kept = if open.is_empty() {
                Some(line)
            } else {
                line.get(..end)
            };
            formula.push(kept?.trim_end().to_owned());
            let text = formula.concat();
            let found = behind.trim().is_empty() && !text.trim().is_empty();
            // `\[edit\]` is text in brackets.
            return (found && (open == "$$" || is_formula(&text))).then_some((at + 1, formula));
        }
        if at > 0 && line.trim().is_empty() {
            return None;
        }
        formula.push(line.trim_end().to_owned());
    }
    None
}

/// A formula as Markdown that shows it as it was written.
pub(super) fn escaped(formula: &str) -> String {
    let mut escaped = String::with_capacity(2 * formula.len());
    for letter in formula.chars() {
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Whether a text contains what only formulas contain, and what Markdown would change.
fn is_formula(text: &str) -> bool {
    text.contains(['\\', '^', '_', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_inside_lines() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(length(text).and_then(|it| text.get(..it)), expected);
        };
        check("$a_1$ is", Some("$a_1$"));
        check("$$\\frac{1}{2}$$.", Some("$$\\frac{1}{2}$$"));
        check("\\(x^2\\) x", Some("\\(x^2\\)"));
        check("$5 and $6", None);
        check("$5_ and _$6", None);
        check("$HOME/$PATH", None);
        check("\\(see above\\)", None);
        check("$a_1", None);
        check("$$", None);
        check("$", None);
    }

    #[test]
    fn formulas_on_lines_of_their_own() {
        let check = |text: &str, expected: Option<(usize, &str)>| {
            let lines: Vec<&str> = text.lines().collect();
            let found = block(&lines).map(|(count, formula)| (count, formula.join("/")));
            let expected = expected.map(|(count, formula)| (count, formula.to_owned()));
            assert_eq!(found, expected, "{text}");
        };
        check("$$\nx = 1 \\\\\ny\n$$\nafter", Some((4, "/x = 1 \\\\/y/")));
        check("$$ x^2 $$", Some((1, " x^2")));
        check("$$x\n= 1$$", Some((2, "x/= 1")));
        check("\\[\n x_1\n\\]", Some((3, "/ x_1/")));
        check(
            "\\begin{align}\na &= b\n\\end{align}",
            Some((3, "\\begin{align}/a &= b/\\end{align}")),
        );
        check("\\[edit\\]", None);
        check("$$ x $$ is it", None);
        check("$$\nx\n\n$$", None);
        check("$$", None);
        check("$$$$", None);
        check("text", None);
    }
}
