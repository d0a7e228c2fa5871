//! How much of an article is the answer: the section around the sentences that answer best, or of a long section what
//! belongs to them.

use super::quote::MAX_QUOTE_BYTES;
use crate::article::{Article, Paragraph};
use crate::text::{Span, points_back, points_forward};
use std::ops::Range;

/// Longest section that is quoted whole, in characters: half a screen of a phone. With 500 and 1,200, as many of 110
/// questions on four communities' pages were answered.
const SECTION: usize = 1_000;
/// Most characters before a paragraph that belong to it: `Yes.`, the step before.
const PREFACE: usize = 120;
/// A paragraph of fewer characters brings those after it, as far as they fit. So does code that answers: who asks about an error
/// needs what is written below it.
const SHORT: usize = 160;
/// Longer code is left out where what follows it answers, in characters.
const CODE: usize = 300;
/// Longest answer, in characters, unless one sentence is longer. A section whose heading is asked is quoted whole up to
/// here, and a longer one from its beginning.
const LONGEST: usize = 1_800;

/// Most bytes between two answers that are quoted as one.
const BETWEEN: usize = 300;

/// What a question asks for, besides the best sentence of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// The section, by its heading.
    pub(super) section: bool,
    /// The last sentence, which may announce what follows.
    pub(super) announcement: bool,
}

/// The answer around `best`, which is in paragraph `number`: the whole section if it is short, or longer but asked for.
/// Of other sections, the paragraph with what announces it and what it announces, from the beginning of the section if
/// that is near; with what follows, if it is short.
pub(super) fn around(article: &Article, number: usize, best: Span, asked: Asked) -> Span {
    let section_is_asked = asked.section;
    let section = article.section(number);
    let section = without_code_above(article, &section, number);
    let fits =
        |range: &Range<usize>, limit| is_within(article, article.span_of(range.clone()), limit);
    let limit = if section_is_asked { LONGEST } else { SECTION };
    if fits(&section, limit) {
        return article.span_of(section);
    }
    let alone = number..number + 1;
    if let Some(ahead) = ahead_of_list(article, number, best)
        && !asked.announcement
        && !(section_is_asked && fits(&section, LONGEST))
        && ahead.len() > SHORT
        && is_within(article, ahead, LONGEST)
    {
        return ahead;
    }
    let runs = runs(article, &section);
    let unit = [with_runs(&runs, alone.clone()), alone.clone()]
        .map(|paragraphs| announced(article, &section, paragraphs))
        .into_iter()
        .flat_map(|unit| [with_runs(&runs, unit.clone()), unit])
        .find(|unit| fits(unit, LONGEST))
        .unwrap_or_else(|| announced(article, &section, alone));
    let is_near = section_is_asked || fits(&(section.start..unit.start), PREFACE);
    let start = if is_near { section.start } else { unit.start };
    let is_whole = |range: &Range<usize>| {
        let inside = |run: &Range<usize>| run.start < range.end && range.end < run.end;
        range.end == section.end || !(leads_to(article, range.end - 1) || runs.iter().any(inside))
    };
    let ends = unit.end..=section.end;
    let longest = ends
        .map(|end| start..end)
        .take_while(|range| fits(range, limit))
        .filter(is_whole)
        .last();
    let paragraphs = match longest {
        Some(longest) if section_is_asked || article.is_code(number) || fits(&unit, SHORT) => {
            longest
        }
        _ if fits(&(start..unit.end), limit) => start..unit.end,
        _ => unit.clone(),
    };
    if fits(&paragraphs, LONGEST) {
        return article.span_of(paragraphs);
    }
    at_block_end(article, unit.clone(), window(article, unit, best), best)
}

/// Whether an answer around `best` may be quoted together with another one.
pub(super) fn is_near(other: Span, best: Span) -> bool {
    // A character has at most four bytes.
    other.start.abs_diff(best.start) as usize <= 4 * LONGEST
}

/// Two answers and what stands between them, with the heading above the first where the other is below another one; `None` if that
/// is too long, or too much stands between them.
pub(super) fn together(article: &Article, one: Span, other: Span) -> Option<Span> {
    let mut both = Span {
        start: one.start.min(other.start),
        end: one.end.max(other.end),
    };
    let paragraphs = article.paragraphs_in(both);
    let number = paragraphs.start;
    if let [first, .., last] = &article.paragraphs[paragraphs.clone()]
        && let Some(heading) = first.heading.filter(|it| last.heading != Some(*it))
        && first.span.start == both.start
        && article.section(number).start == number
    {
        let heading = article.headings[heading as usize].span;
        both.start = both.start.min(heading.start);
    }
    let between = both.len().saturating_sub(one.len() + other.len());
    let is_near = between <= BETWEEN && is_within(article, both, LONGEST);
    (is_near && are_close(article, paragraphs)).then_some(both)
}

/// Whether the first and the last of some paragraphs are not below different headings that have headings below them: notes on one
/// version do not go on with those on another.
fn are_close(article: &Article, paragraphs: Range<usize>) -> bool {
    let path = |paragraph: &Paragraph| -> Vec<u32> {
        let heading = paragraph.heading.into_iter();
        let mut path: Vec<u32> = heading.flat_map(|it| article.heading_path(it)).collect();
        path.reverse();
        path
    };
    let [first, .., last] = &article.paragraphs[paragraphs] else {
        return true;
    };
    let (first, last) = (path(first), path(last));
    let shared = first.iter().zip(&last).take_while(|(a, b)| a == b).count();
    shared + 1 >= first.len().min(last.len())
}

/// The headings below a quote, if it ends with a sentence that announces them: its section has nothing else behind it. None
/// if they are too many to be shown. Of one that also names the section around it, only the last part.
pub(super) fn announced_headings(article: &Article, quote: Span) -> Vec<Span> {
    let Some(last) = article.paragraphs_in(quote).last() else {
        return Vec::new();
    };
    let sentence = article
        .sentences_of(last..last + 1)
        .last()
        .copied()
        .unwrap_or_default();
    let announces = points_forward(sentence.of(&article.text), article.written_in());
    if sentence.end != quote.end || !announces || article.section(last).end != last + 1 {
        return Vec::new();
    }
    let above = article.paragraphs[last].heading;
    let level = above.map_or(0, |above| article.headings[above as usize].level);
    let first = above.map_or(0, |above| above as usize + 1);
    let below = article.headings.get(first..).unwrap_or_default();
    let below = below.iter().take_while(|heading| heading.level > level);
    let top = below.clone().map(|heading| heading.level).min();
    let shown: Vec<Span> = below
        .filter(|it| Some(it.level) == top)
        .map(|it| {
            let text = it.span.of(&article.text);
            let own = text.rfind(" › ").map_or(0, |at| at + " › ".len());
            Span::new(it.span.start as usize + own, it.span.end as usize)
        })
        .collect();
    let length: usize = shown.iter().map(|it| it.len()).sum();
    let is_list = shown.len() > 1 && length <= MAX_QUOTE_BYTES;
    if is_list { shown } else { Vec::new() }
}

/// The section from what follows its code on, if that answers without it: the code is long, and what follows does not refer
/// to it.
fn without_code_above(article: &Article, section: &Range<usize>, number: usize) -> Range<usize> {
    let is_long = |number: &usize| {
        article.is_code(*number) && !is_within(article, article.span_of(*number..number + 1), CODE)
    };
    let Some(code) = (section.start..number).rev().find(is_long) else {
        return section.clone();
    };
    let below = code + 1;
    let text = article.span_of(below..below + 1).of(&article.text);
    let is_list = article
        .paragraphs
        .get(below)
        .is_some_and(|it| it.kind.is_lines());
    let refers = is_list || points_back(text, article.written_in());
    let is_split = |run: &Range<usize>| run.start < below && below < run.end;
    if refers || runs(article, section).iter().any(is_split) {
        return section.clone();
    }
    below..section.end
}

/// The sentences of a paragraph before the one that announces what follows, if `best` is among them.
fn ahead_of_list(article: &Article, number: usize, best: Span) -> Option<Span> {
    let (announcement, before) = article.sentences_of(number..number + 1).split_last()?;
    let (first, last) = (before.first()?, before.last()?);
    let is_ahead = article.introduces(number) && best.end <= announcement.start;
    is_ahead.then(|| first.to(*last))
}

/// Paragraphs of a section that belong together: the steps of each procedure, and what is in a box.
fn runs(article: &Article, section: &Range<usize>) -> Vec<Range<usize>> {
    let boxes = article.boxes.iter();
    let boxes = boxes.map(|range| range.start as usize..range.end as usize);
    let inside = boxes.filter(|range| section.start <= range.start && range.end <= section.end);
    steps(article, section).into_iter().chain(inside).collect()
}

/// Numbered steps in a section that are paragraphs of their own, each from its first to its last one, with what stands
/// between them.
fn steps(article: &Article, section: &Range<usize>) -> Vec<Range<usize>> {
    // Each with the number that its next step has.
    let mut runs: Vec<(Range<usize>, u32)> = Vec::new();
    for number in section.clone() {
        let Some((first, last)) = article.step_numbers(number) else {
            continue;
        };
        match runs.last_mut() {
            Some((run, next)) if *next == first => {
                run.end = number + 1;
                *next = last.saturating_add(1);
            }
            _ => runs.push((number..number + 1, last.saturating_add(1))),
        }
    }
    let runs = runs.into_iter().map(|(run, _)| run);
    runs.filter(|run| run.len() > 1).collect()
}

/// Paragraphs with the rest of the runs that they are part of.
fn with_runs(runs: &[Range<usize>], paragraphs: Range<usize>) -> Range<usize> {
    let overlapping = runs
        .iter()
        .filter(|run| run.start < paragraphs.end && paragraphs.start < run.end);
    overlapping.fold(paragraphs.clone(), |all, run| {
        all.start.min(run.start)..all.end.max(run.end)
    })
}

/// Paragraphs with those before them that announce them and those after them that they announce.
fn announced(article: &Article, section: &Range<usize>, mut unit: Range<usize>) -> Range<usize> {
    while unit.start > section.start && leads_to(article, unit.start - 1) {
        unit.start -= 1;
    }
    while unit.end < section.end && leads_to(article, unit.end - 1) {
        unit.end += 1;
    }
    unit
}

/// Whether what follows a paragraph belongs to it: it ends with a colon, or code follows it, which says nothing alone.
fn leads_to(article: &Article, number: usize) -> bool {
    article.introduces(number) || (!article.is_code(number) && article.is_code(number + 1))
}

/// Part of some paragraphs, shortened to end with one of them, if it contains `best` then and at least half of itself.
fn at_block_end(article: &Article, paragraphs: Range<usize>, part: Span, best: Span) -> Span {
    let paragraphs = article.paragraphs.get(paragraphs).unwrap_or_default();
    let up_to = |paragraph: &Paragraph| Span {
        end: paragraph.span.end,
        ..part
    };
    let fits = |it: &Span| best.end <= it.end && it.end <= part.end && 2 * it.len() >= part.len();
    paragraphs.iter().map(up_to).rfind(fits).unwrap_or(part)
}

/// Of paragraphs that are too long, the sentences or lines from their beginning as far as they fit; if `best` is not
/// among these, from `best` on.
fn window(article: &Article, paragraphs: Range<usize>, best: Span) -> Span {
    let sentences = article.sentences_of(paragraphs);
    let from = |start: usize| {
        let mut window = sentences[start];
        for sentence in &sentences[start..] {
            let longer = window.to(*sentence);
            if !is_within(article, longer, LONGEST) {
                break;
            }
            window = longer;
        }
        window
    };
    let first = from(0);
    let at = sentences
        .iter()
        .position(|sentence| sentence.end > best.start);
    match at {
        Some(at) if first.end < best.end => {
            let window = from(at);
            Span::new(window.start as usize, window.end.max(best.end) as usize)
        }
        _ => first,
    }
}

/// Whether a text has at most `limit` characters. Of most texts, the number of bytes tells: a character has four at most.
fn is_within(article: &Article, span: Span, limit: usize) -> bool {
    let text = span.of(&article.text);
    let is_long = || text.len() > 4 * limit || text.chars().nth(limit).is_some();
    text.len() <= limit || !is_long()
}

#[cfg(test)]
mod tests {
    use super::{Asked, LONGEST, announced_headings, around, together};
    use crate::article::{BlockKind, ParagraphKind, article_of};
    use crate::text::Span;

    const BODY: BlockKind = BlockKind::Paragraph(ParagraphKind::Body);
    const LIST: BlockKind = BlockKind::Paragraph(ParagraphKind::List);
    const CODE: BlockKind = BlockKind::Paragraph(ParagraphKind::Code);

    const SECTION: Asked = Asked {
        section: true,
        announcement: false,
    };

    /// Checks the answer around the first occurrence of `best`; `~` stands for filler of 1,300 characters.
    #[track_caller]
    fn check(blocks: &[(BlockKind, &str)], best: &str, expected: &str) {
        let filler = "The tide comes in and goes out again. ".repeat(36);
        let texts = blocks
            .iter()
            .map(|(kind, text)| (*kind, text.replace('~', &filler)));
        let texts: Vec<(BlockKind, String)> = texts.collect();
        let blocks: Vec<(BlockKind, &str)> = texts
            .iter()
            .map(|(kind, text)| (*kind, text.as_str()))
            .collect();
        let article = article_of("pier.md", &blocks).unwrap();
        let start = article.text.find(best).unwrap();
        let span = crate::text::Span::new(start, start + best.len());
        let number = article
            .paragraphs
            .iter()
            .position(|one| one.span.overlaps(span))
            .unwrap();
        let answer = around(&article, number, span, Asked::default()).of(&article.text);
        assert_eq!(answer, expected);
    }

    #[test]
    fn what_follows_long_code_stands_without_it() {
        let code = "set the tide to low\n".repeat(20);
        let text = |below| [(BODY, "Set it so:"), (CODE, code.trim()), (BODY, below)];
        check(
            &text("Boats of wood are supported."),
            "Boats",
            "Boats of wood are supported.",
        );
        let whole = format!("Set it so:\n\n{}\n\nThis sets the tide.", code.trim());
        check(&text("This sets the tide."), "This sets", &whole);
        let short = [(CODE, "set low"), (BODY, "Boats of wood are supported.")];
        check(&short, "Boats", "set low\n\nBoats of wood are supported.");
    }

    #[test]
    fn headings_that_are_announced_belong_to_a_quote() {
        let heading = |level, text| (BlockKind::Heading(level), text);
        let blocks = |announcement| {
            [
                heading(2, "Boats"),
                (BODY, announcement),
                heading(3, "Sails"),
                (BODY, "White."),
                heading(4, "Masts"),
                (BODY, "Tall."),
                heading(3, "Boats › Oars"),
                (BODY, "Long."),
                heading(2, "Bikes"),
                (BODY, "Fast."),
            ]
        };
        let check = |announcement, paragraph: usize, expected: &[&str]| {
            let article = article_of("pier.md", &blocks(announcement)).unwrap();
            let found = announced_headings(&article, article.paragraphs[paragraph].span);
            let found: Vec<&str> = found.iter().map(|it| it.of(&article.text)).collect();
            assert_eq!(found, expected, "{announcement}");
        };
        check("Their parts are listed below.", 0, &["Sails", "Oars"]);
        check("They have these parts:", 0, &["Sails", "Oars"]);
        check("They are red.", 0, &[]);
        check("They have these parts:", 4, &[]);
    }

    #[test]
    fn a_sentence_ahead_of_a_list_does_not_bring_it() {
        let blocks = [
            (BODY, "~"),
            (
                BODY,
                "The office needs five metres of free quay for each of the boats. That is seldom enough in summer, when the \
                 guests of the island come and go at all hours of the day with theirs. The places are:",
            ),
            (LIST, "- the old pier\n- the new pier"),
            (BODY, "~"),
        ];
        let (ahead, _) = blocks[1].1.split_once(" The places").unwrap();
        check(
            &blocks,
            "The office needs five metres of free quay for each of the boats.",
            ahead,
        );
        let whole = format!("{}\n\n{}", blocks[1].1, blocks[2].1);
        check(&blocks, "The places are:", &whole);
        check(&blocks, "old pier", &whole);
    }

    #[test]
    fn what_is_in_a_box_is_quoted_as_a_whole() {
        let blocks = [
            (BODY, "~"),
            (BlockKind::AsideStart, ""),
            (BODY, "Warning: The quay is wet."),
            (BODY, "Wear boots."),
            (BlockKind::AsideEnd, ""),
            (BODY, "~"),
        ];
        let whole = "Warning: The quay is wet.\n\nWear boots.";
        check(&blocks, "The quay is wet.", whole);
        check(&blocks, "Wear boots.", whole);
    }

    #[test]
    fn answers_near_each_other_are_quoted_as_one() {
        let far = "The tide comes in and goes out again. ".repeat(9);
        let blocks = [
            (BODY, "The pier is open."),
            (BlockKind::Heading(2), "Boats"),
            (BODY, "Boats stay out."),
            (BODY, "In winter, too."),
            (BlockKind::Heading(2), "Bikes"),
            (BODY, "Bikes are welcome."),
            (BODY, far.trim()),
            (BODY, "So are dogs."),
        ];
        let article = article_of("pier.md", &blocks).unwrap();
        let check = |one: usize, other: usize, expected: Option<&str>| {
            let [one, other] = [one, other].map(|at| article.paragraphs[at].span);
            for (one, other) in [(one, other), (other, one)] {
                let found = together(&article, one, other);
                assert_eq!(found.map(|it| it.of(&article.text)), expected);
            }
        };
        check(1, 2, Some("Boats stay out.\n\nIn winter, too."));
        let both = "Boats stay out.\n\nIn winter, too.\n\nBikes\n\nBikes are welcome.";
        check(1, 3, Some(&format!("Boats\n\n{both}")));
        // Not from the beginning of its section.
        check(2, 3, Some("In winter, too.\n\nBikes\n\nBikes are welcome."));
        check(3, 5, None);
        let heading = |level, text| (BlockKind::Heading(level), text);
        let notes = [
            heading(2, "Version 2"),
            heading(3, "Fixes"),
            (BODY, "Sails no longer tear."),
            heading(2, "Version 1"),
            heading(3, "Fixes"),
            (BODY, "Masts no longer break."),
        ];
        let article = article_of("notes.md", &notes).unwrap();
        let [one, other] = [0, 1].map(|at| article.paragraphs[at].span);
        assert_eq!(together(&article, one, other), None);
        let name = article.section_name(other);
        assert_eq!(name.as_deref(), Some("Version 1 › Fixes"));
        let with_heading = Span::new(article.headings[3].span.start as usize, other.end as usize);
        let name = article.section_name(with_heading);
        assert_eq!(name.as_deref(), Some("Version 1"));
        let long = "The tide comes in and goes out again. ".repeat(24);
        let article = article_of("pier.md", &[(BODY, long.trim()), (BODY, long.trim())]).unwrap();
        let [one, other] = [0, 1].map(|at| article.paragraphs[at].span);
        assert_eq!(together(&article, one, other), None);
    }

    #[test]
    fn a_long_answer_ends_with_a_block() {
        let filler = "The tide comes in and goes out again. ".repeat(36);
        let code = "set the tide to low\n".repeat(60);
        let blocks = [(BODY, filler.trim()), (CODE, code.trim())];
        let article = article_of("pier.md", &blocks).unwrap();
        let [text, code] = [0, 1].map(|at| article.paragraphs[at].span);
        let quoted = |number, best| around(&article, number, best, Asked::default());
        assert_eq!(quoted(0, article.sentences[0]), text);
        assert_eq!(quoted(1, article.sentences_of(1..2)[59]).end, code.end);
    }

    #[test]
    fn a_section_that_is_asked_is_quoted_from_its_beginning() {
        let filler = "The tide comes in and goes out again. ".repeat(36);
        let blocks = [
            (BODY, "First."),
            (BODY, "Second."),
            (BODY, filler.trim()),
            (BODY, filler.trim()),
        ];
        let article = article_of("pier.md", &blocks).unwrap();
        let second = article.paragraphs[1].span;
        let quoted = |section| {
            let asked = Asked {
                section,
                ..Asked::default()
            };
            around(&article, 1, second, asked).of(&article.text)
        };
        assert_eq!(
            quoted(true),
            format!("First.\n\nSecond.\n\n{}", filler.trim())
        );
        assert_eq!(quoted(false), "First.\n\nSecond.");
    }

    #[test]
    fn a_short_section_is_quoted_whole() {
        let blocks = [
            (BlockKind::Heading(2), "Boats"),
            (BODY, "No."),
            (BODY, "Boats stay out."),
            (BlockKind::Heading(2), "Bikes"),
            (BODY, "Bikes are welcome."),
        ];
        check(&blocks, "Boats stay out.", "No.\n\nBoats stay out.");
        check(&blocks, "Bikes are", "Bikes are welcome.");
    }

    #[test]
    fn a_long_section_gives_the_paragraph_and_what_it_announces() {
        let blocks = [
            (BODY, "~"),
            (BODY, "You need:"),
            (LIST, "a rope\na hook"),
            (BODY, "~"),
            (BODY, "Pull it."),
            (CODE, "pull --hard"),
        ];
        check(&blocks, "hook", "You need:\n\na rope\na hook");
        check(&blocks, "You need", "You need:\n\na rope\na hook");
        check(&blocks, "Pull it", "Pull it.\n\npull --hard");
    }

    #[test]
    fn code_that_answers_brings_what_follows_it() {
        let blocks = [
            (BODY, "~"),
            (BODY, "You may see this:"),
            (CODE, "error: the rope is wet"),
            (BODY, "Dry the rope."),
            (BODY, "~"),
        ];
        let whole = "You may see this:\n\nerror: the rope is wet\n\nDry the rope.";
        check(&blocks, "error", whole);
    }

    #[test]
    fn steps_are_quoted_from_the_beginning_where_that_is_near() {
        let blocks = [
            (BODY, "Yes."),
            (BODY, "Tie it first."),
            (BODY, "Then pull."),
            (BODY, "~"),
        ];
        check(&blocks, "Then pull.", "Yes.\n\nTie it first.\n\nThen pull.");
    }

    #[test]
    fn numbered_steps_are_quoted_together() {
        let long = [(BODY, "~")];
        let steps = [
            (BODY, "Moor it so:"),
            (BODY, "1. Throw the rope."),
            (CODE, "throw"),
            (BODY, "Wait for it."),
            (LIST, "2. Pull.\n3. Tie it."),
            (BODY, "4. Go ashore."),
        ];
        let blocks = [&long[..], &steps, &long].concat();
        let whole = "Moor it so:\n\n1. Throw the rope.\n\nthrow\n\nWait for it.\n\n2. Pull.\n3. Tie it.\n\n4. Go ashore.";
        for best in ["Throw", "Wait", "Tie it", "Go ashore"] {
            check(&blocks, best, whole);
        }
        // A quote ends neither between steps nor behind what announces them.
        let first =
            "1. The tide comes in and goes out again. ".to_owned() + &"It waits. ".repeat(120);
        let blocks = [
            (BODY, "First."),
            (BODY, "Moor it so:"),
            (BODY, first.trim()),
            (BODY, "2. Pull."),
            (BODY, first.trim()),
        ];
        let article = article_of("pier.md", &blocks).unwrap();
        let best = article.paragraphs[0].span;
        let quote = around(&article, 0, best, SECTION).of(&article.text);
        assert!(
            quote.starts_with("First.") && quote.ends_with("2. Pull."),
            "{quote}"
        );
        let blocks = [&blocks[..3], &[(BODY, first.trim()), (BODY, "2. Pull.")]].concat();
        let article = article_of("pier.md", &blocks).unwrap();
        let quote = around(&article, 0, best, SECTION).of(&article.text);
        assert!(
            quote.starts_with("First.") && !quote.ends_with("so:"),
            "{quote}"
        );
        // These are no steps.
        let blocks = [&long[..], &[(BODY, "1. One."), (BODY, "7. Seven.")], &long].concat();
        check(&blocks, "Seven", "7. Seven.");
    }

    #[test]
    fn of_an_overlong_list_the_lines_around_the_best_are_quoted() {
        let lines: Vec<String> = (0..200).map(|at| format!("item number {at:03}")).collect();
        let list = lines.join("\n");
        let article = article_of("pier.md", &[(LIST, list.as_str())]).unwrap();
        let quoted = |best: &str| {
            let start = article.text.find(best).unwrap();
            let span = crate::text::Span::new(start, start + best.len());
            around(&article, 0, span, Asked::default()).of(&article.text)
        };
        assert!(quoted("item number 150").starts_with("item number 150\n"));
        assert!(quoted("item number 010").starts_with("item number 000\n"));
        assert!(quoted("item number 010").len() <= LONGEST);
    }
}
