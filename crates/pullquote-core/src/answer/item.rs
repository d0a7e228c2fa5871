//! The item of a list that a question names, or the row of a table: of paths on ten systems, that on the system that was asked
//! for.

use super::MAX_QUOTE_BYTES;
use crate::article::{Article, MarkKind, ParagraphKind};
use crate::text::Span;

/// Longest label of an item, in bytes.
const MAX_LABEL: usize = 80;
/// A list of fewer items is quoted whole.
const MIN_ITEMS: usize = 3;
/// A shorter list is quoted whole, in bytes; so is a table shorter than [`MAX_QUOTE_BYTES`].
const MIN_BYTES: usize = 300;
/// Longest list of which an item is looked for, and longest paragraph that announces one, in bytes: they are read for each
/// passage that may answer, and some files are one list of a hundred thousand items.
pub(super) const MAX_BYTES: usize = 16_000;
/// What is between the cells of a row.
const CELL_END: &str = " | ";
/// What is between the label of an item and its text.
const LABEL_ENDS: &[&str] = &[": ", "：", " – ", " — ", " - "];

/// An item with the items below it, or a row.
struct Item {
    span: Span,
    /// What the item is about: `Debian packages` of `- Debian packages: /var/lib/quay`.
    label: Option<Span>,
}

/// Whether a paragraph is a list or table of which one item or row may be asked for.
pub(super) fn is_choice(article: &Article, list: usize) -> bool {
    let items = items(article, list);
    let labelled = items.iter().filter(|item| item.label.is_some()).count();
    items.len() >= MIN_ITEMS && 2 * labelled >= items.len()
}

/// The item of a list, or the row of a table, whose label contains more of the question than any other. `matches` are the words of the list that
/// match a term of the question, in reading order and with the number of that term, and `known` the terms that the list is
/// about anyway.
pub(super) fn named(
    article: &Article,
    list: usize,
    matches: &[(Span, usize)],
    known: &[usize],
) -> Option<Span> {
    let items = items(article, list);
    let named = |item: &Item| {
        let label = item.label.unwrap_or_default();
        let first = matches.partition_point(|(word, _)| word.end <= label.start);
        let inside = matches[first..].iter();
        let inside = inside.take_while(|(word, _)| label.overlaps(*word));
        let mut terms: Vec<usize> = inside.map(|(_, term)| *term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.retain(|term| !known.contains(term));
        terms.len()
    };
    let mut counts: Vec<(usize, Span)> = items.iter().map(|it| (named(it), it.span)).collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts[..] {
        [(first, span), (second, _), ..] if first > second => Some(span),
        _ => None,
    }
}

/// The items of a long list with bullets, or the rows of a long table; none of other paragraphs.
fn items(article: &Article, number: usize) -> Vec<Item> {
    let Some(paragraph) = article.paragraphs.get(number) else {
        return Vec::new();
    };
    let length = paragraph.span.len();
    match paragraph.kind {
        ParagraphKind::List if (MIN_BYTES..=MAX_BYTES).contains(&length) => {
            list_items(article, paragraph.span)
        }
        ParagraphKind::Table if (MAX_QUOTE_BYTES..=MAX_BYTES).contains(&length) => {
            let rows = article.sentences_of(number..number + 1).iter();
            // The first one has the names of the columns.
            rows.skip(1)
                .map(|row| table_row(&article.text, *row))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A row, which its first cell names.
fn table_row(text: &str, row: Span) -> Item {
    let cell = row.of(text).find(CELL_END);
    Item {
        span: row,
        label: cell.map(|length| Span::new(row.start as usize, row.start as usize + length)),
    }
}

/// The items of a list. Of one with numbers only if all have a label in bold type, as rules have: steps are done one after the
/// other.
fn list_items(article: &Article, list: Span) -> Vec<Item> {
    let bold = bold_parts(article, list);
    let mut items: Vec<Item> = Vec::new();
    let mut at = list.start as usize;
    for line in list.of(&article.text).split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        let Some((marker, is_number)) = marker(line) else {
            if let Some(last) = items.last_mut() {
                last.span.end = end as u32;
            }
            continue;
        };
        let begins = start + marker;
        let text = Span::new(begins, end).of(&article.text);
        let at_start = bold.binary_search_by_key(&(begins as u32), |part| part.start);
        let part = at_start.ok().map(|at| bold[at]);
        let label = match part.filter(|part| is_label(&article.text, *part)) {
            Some(part) => Some(part),
            None if is_number => return Vec::new(),
            None => label(text).map(|length| Span::new(begins, begins + length)),
        };
        let span = Span::new(start, end);
        items.push(Item { span, label });
    }
    items
}

/// The length of the marker of an item, and whether it is a number. Those below another one are indented.
fn marker(line: &str) -> Option<(usize, bool)> {
    let digits = line.len()
        - line
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let rest = line.get(digits..)?;
    match digits {
        0 => rest.starts_with("- ").then_some((2, false)),
        _ => [". ", ") "]
            .iter()
            .any(|end| rest.starts_with(end))
            .then_some((digits + 2, true)),
    }
}

/// The parts of a list in bold type.
fn bold_parts(article: &Article, list: Span) -> Vec<Span> {
    let marks = &article.marks;
    let first = marks.partition_point(|mark| mark.span.start < list.start);
    let inside = marks[first..]
        .iter()
        .take_while(|mark| mark.span.start < list.end);
    let bold = inside.filter(|mark| mark.kind == MarkKind::Bold);
    bold.map(|mark| mark.span).collect()
}

/// Whether a part in bold type at the beginning of an item is its label: `Swearing.` in `1. **Swearing.** Not here.`
fn is_label(text: &str, part: Span) -> bool {
    let behind = text.get(part.end as usize..).unwrap_or_default();
    let is_followed = || LABEL_ENDS.iter().any(|end| behind.starts_with(end));
    part.len() <= MAX_LABEL && (part.of(text).ends_with(['.', ':', '!', '?']) || is_followed())
}

/// Length of the label with which an item begins.
fn label(text: &str) -> Option<usize> {
    let ends = LABEL_ENDS.iter().filter_map(|end| text.find(end));
    let last = text.strip_suffix(':').map(str::len);
    ends.chain(last)
        .min()
        .filter(|length| (1..=MAX_LABEL).contains(length))
}

#[cfg(test)]
mod tests {
    use crate::answer::Quote;
    use crate::answer::tests::first_quote;
    use crate::article::{
        Article, Block, BlockKind, Corpus, LineRange, Mark, MarkKind, ParagraphKind,
        ParsedDocument, article_of,
    };
    use crate::text::Span;

    const ANNOUNCEMENT: &str =
        "The office keeps a copy of everything. The folder of the backups is, by default:";
    const PATHS: &str = "- Debian and Ubuntu packages: /var/lib/quay/backups, which belongs to the user quay.\n\
        - Windows: C:\\ProgramData\\Quay\\backups, unless the program was installed for one user only.\n\
        - Portable installs:\n  - Linux: ~/.local/share/quay/backups, a folder in which the data is stored.\n  - Others: the folder of the program.\n\
        - Docker: the volume that was named in the file docker-compose.yml for the backups.";

    /// The corpus of a list below its announcement, and the first quote.
    fn quoted(list: &str, question: &str) -> (Corpus, Quote) {
        let blocks = [
            (BlockKind::Heading(2), "Backups"),
            (BlockKind::Paragraph(ParagraphKind::Body), ANNOUNCEMENT),
            (BlockKind::Paragraph(ParagraphKind::List), list),
        ];
        let corpus = Corpus::new(vec![article_of("quay.md", &blocks).unwrap()]);
        let first = first_quote(&corpus, question);
        (corpus, first)
    }

    /// Checks the answer, and what is shown above it.
    #[track_caller]
    fn check(list: &str, question: &str, above: Option<&str>, expected: &str) {
        let (corpus, first) = quoted(list, question);
        let text = &corpus.article(first.article).text;
        assert_eq!(first.span.of(text), expected, "{question}");
        let (span, best) = (first.span, first.best);
        assert!(
            span.start <= best.start && best.end <= span.end,
            "{question}"
        );
        let found = first.lead(first.span).map(|lead| lead.of(text));
        assert_eq!(found, above, "{question}");
    }

    #[test]
    fn the_item_that_is_named_is_quoted_below_its_introduction() {
        let above = Some("The folder of the backups is, by default:");
        let items: Vec<&str> = PATHS.split("\n- ").collect();
        check(PATHS, "where are the backups on debian", above, items[0]);
        let portable = format!("- {}", items[2]);
        let question = "folder of backups with portable installs";
        check(PATHS, question, above, &portable);
    }

    #[test]
    fn a_list_of_which_no_item_is_named_is_quoted_whole() {
        let whole = |list: &str| format!("{ANNOUNCEMENT}\n\n{list}");
        for question in [
            "where is the folder of the backups",
            "where are the backups on debian and on windows",
        ] {
            check(PATHS, question, None, &whole(PATHS));
        }
        // Steps are not chosen from.
        let steps = PATHS
            .replace("- Debian", "1. Debian")
            .replace("- Windows", "2. Windows");
        let question = "where are the backups on debian";
        check(&steps, question, None, &whole(&steps));
    }

    #[test]
    fn the_row_that_is_named_is_quoted_below_the_heads() {
        let rows: Vec<String> = ["Gull", "Heron", "Tern", "Auk", "Rail", "Kite"]
            .iter()
            .map(|bird| {
                format!(
                    "{bird} | {} | a {bird} that waits on the pier",
                    "fish, ".repeat(15)
                )
            })
            .collect();
        let table = format!("Bird | Food | Notes\n{}", rows.join("\n"));
        let blocks = [(BlockKind::Paragraph(ParagraphKind::Table), table.as_str())];
        let check = |question: &str, above: Option<&str>, expected: &str| {
            let corpus = Corpus::new(vec![article_of("birds.md", &blocks).unwrap()]);
            let first = first_quote(&corpus, question);
            let text = &corpus.article(first.article).text;
            assert_eq!(first.span.of(text), expected, "{question}");
            let found = first.lead(first.span).map(|lead| lead.of(text));
            assert_eq!(found, above, "{question}");
        };
        check(
            "what does a tern eat",
            Some("Bird | Food | Notes"),
            &rows[2],
        );
        check("which birds wait on the pier", None, &table);
    }

    #[test]
    fn the_rule_that_is_named_is_quoted() {
        let labels = ["Swearing.", "Age.", "Bots", "Names."];
        let texts = [
            "Fine on the quay, but not on board, where children and guests of the office may hear it.",
            "Sailors are at least sixteen years old, and those below eighteen bring a letter of a parent.",
            ": They stay below deck while a pilot is on board, unless the captain says otherwise.",
            "Each sailor has one name, and it is the one that the office of the port has in its book.",
        ];
        let rules: Vec<String> = labels
            .iter()
            .zip(texts)
            .enumerate()
            .map(|(at, (label, text))| {
                let space = if text.starts_with(':') { "" } else { " " };
                format!("{}. {label}{space}{text}", at + 1)
            })
            .collect();
        let list = rules.join("\n");
        let mut block = Block::new(
            BlockKind::Paragraph(ParagraphKind::List),
            list.clone(),
            LineRange { first: 1, last: 4 },
        );
        block.marks = labels
            .iter()
            .map(|label| {
                let start = list.find(label).unwrap();
                Mark {
                    span: Span::new(start, start + label.len()),
                    kind: MarkKind::Bold,
                }
            })
            .collect();
        let document = ParsedDocument {
            blocks: vec![block],
            ..ParsedDocument::default()
        };
        let corpus = Corpus::new(vec![Article::new("rules.md", document).unwrap()]);
        for (question, expected) in [
            ("is swearing ok", &rules[0]),
            ("what are the rules on bots", &rules[2]),
            ("what does the office of the port say", &list),
        ] {
            let first = first_quote(&corpus, question);
            assert_eq!(
                first.span.of(&corpus.article(first.article).text),
                expected,
                "{question}"
            );
        }
    }

    #[test]
    fn no_item_is_looked_for_in_a_list_of_hundreds() {
        let question = "where are the backups on debian";
        let (_, first) = quoted(PATHS, question);
        assert!(first.introduction.is_some());
        let more = "\n- Lighthouse: a copy on paper, which the keeper has.".repeat(400);
        let (_, first) = quoted(&format!("{PATHS}{more}"), question);
        assert!(first.introduction.is_none());
    }
}
