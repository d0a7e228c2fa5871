//! Goes through a Markdown file line by line, and finds where pieces, code, HTML and asides begin and end.

use super::admonitions::{self, Form, Opening};
use super::footnotes::Footnotes;
use super::inline::{self, Context, LeftOut};
use super::marks::Marks;
use super::tags::{self, NoTag, Tag};
use super::templates::{self, TemplateTag};
use super::{Part, Piece, Split, attributes, formulas, line_range};
use pullquote_core::article::Dropped;
use std::collections::HashSet;

/// Elements whose lines belong together up to the end tag, blank lines included.
const REGIONS: &[&str] = &["table", "ul", "ol", "dl", "blockquote", "pre"];
/// Other block-level elements, converted from HTML up to the next blank line.
const ELEMENTS: &[&str] = &[
    "article",
    "center",
    "dd",
    "div",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "main",
    "p",
    "section",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];
/// Elements whose tags are ignored on a line without other text, so that Markdown between them is read.
const BOXES: &[&str] = &[
    "a", "article", "br", "center", "div", "figure", "font", "footer", "header", "main", "nav",
    "p", "picture", "section", "small", "source", "span", "sub", "sup",
];
/// Elements without text.
const SILENT: &[&str] = &[
    "script", "style", "template", "svg", "iframe", "video", "audio", "object",
];
/// Attributes of a component that title what is in it.
const TITLES: &[&str] = &["title", "label", "header", "heading", "summary", "question"];
/// Asides inside each other, at most. Deeper ones are read as if they were not there.
const MAX_DEPTH: usize = 32;
/// Longest heading that is repeated in the headings of boxes below it, in bytes.
const MAX_SECTION: usize = 120;
/// Lines over which a tag may extend.
const MAX_TAG_LINES: usize = 40;

pub(super) struct Splitter<'a> {
    /// All lines of the file.
    lines: Vec<&'a str>,
    /// Index of the next line.
    at: usize,
    context: Context<'a>,
    /// Names of the template tags that have an end tag.
    closed: HashSet<&'a str>,
    /// Ends of regions that do not occur in the rest of the file, so that they are searched for once only.
    unclosed: HashSet<String>,
    split: Split,
    /// The piece that the next line continues.
    open: Option<Piece>,
    /// The open asides, the innermost last.
    asides: Vec<Aside>,
    /// The last heading outside all asides, with its markup.
    heading: String,
    /// The summary of a section, from `<summary>` on.
    summary: Option<(u32, String)>,
    /// What is to stand in front of the first line of the innermost aside.
    label: Option<String>,
}

/// What an open aside was opened by, which says how it ends.
#[derive(Debug, PartialEq, Eq)]
enum Aside {
    /// Indentation of the opening, and of its content once it is known.
    Indented(usize, Option<usize>),
    /// Tabs of `MkDocs` behind each other, with this indentation.
    Tabs(usize),
    Colons(usize),
    Quote,
    /// Name of the element or component.
    Tag(String),
    /// Name of the template tag.
    Template(String),
    /// A definition below its term.
    Definition,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(text: &'a str, body: usize) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let skipped = text.get(..body);
        let notes = Footnotes::of(&lines);
        let context = Context {
            components: tags::components(text),
            notes,
            marks: Marks::of(text),
            has_formulas: true,
        };
        Self {
            at: skipped.map_or(0, |it| it.matches('\n').count()),
            lines,
            context,
            closed: templates::closed(text),
            unclosed: HashSet::new(),
            split: Split::default(),
            open: None,
            asides: Vec::new(),
            heading: String::new(),
            summary: None,
            label: None,
        }
    }

    pub(super) fn without_formulas(mut self) -> Self {
        self.context.has_formulas = false;
        self
    }

    pub(super) fn run(mut self) -> Split {
        while self.at < self.lines.len() {
            self.step();
        }
        self.end_summary();
        self.close(0);
        self.split
    }

    fn number(&self) -> u32 {
        self.at as u32 + 1
    }

    /// Reads one or more lines.
    fn step(&mut self) {
        let Some(&line) = self.lines.get(self.at) else {
            return;
        };
        if line.trim().is_empty() {
            self.end_piece();
            self.end_summary();
            self.close_where(|aside| *aside == Aside::Quote);
            self.at += 1;
            return;
        }
        self.close_left_asides(line);
        let line = self.without_indent(line);
        let start = line.trim_start();
        let number = self.number();
        if self.context.notes.contains(self.at) {
            self.at += 1;
        } else if self.context.marks.is_comment(number) {
            self.drop(start, "comment");
            self.at += 1;
        } else if is_fence(start) {
            self.code(line);
        } else if start.starts_with("{% highlight") && self.closed.contains("highlight") {
            self.highlighted(start);
        } else if !self.formula() && !self.skipped(start) && !self.aside_line(line) {
            if start.starts_with('#') && self.asides.is_empty() {
                line.clone_into(&mut self.heading);
            }
            self.text_line(line);
        }
    }

    /// Drops lines without text of the article: comments, scripts, imports, attributes. Whether it did.
    fn skipped(&mut self, start: &str) -> bool {
        let is_silent = |name: &&&str| {
            let rest = start
                .strip_prefix('<')
                .and_then(|it| it.strip_prefix(**name));
            rest.is_some_and(|rest| !rest.starts_with(|it: char| it.is_alphanumeric() || it == '-'))
        };
        if let Some(name) = SILENT.iter().find(is_silent) {
            return self.skip_to(&format!("</{name}"), "HTML inside Markdown");
        }
        for (open, close, reason) in [
            ("<!--", "-->", "HTML inside Markdown"),
            ("{/*", "*/}", "comment"),
            ("{% comment", "endcomment", "comment"),
            ("%%", "%%", "comment"),
        ] {
            if start.starts_with(open) {
                let alone = start.get(open.len()..).unwrap_or_default();
                // A comment on one line is cut out of it.
                let on_line = alone.find(close).map(|at| alone.get(at + close.len()..));
                let rest = on_line.flatten().unwrap_or_default().trim();
                if on_line.is_none() || open == "<!--" && rest.is_empty() {
                    return self.skip_to(close, reason);
                }
            }
        }
        if self.open.is_none() && is_esm(start) {
            let first = self.at;
            let is_blank = |line: &&&str| line.trim().is_empty();
            let rest = self.lines.get(first..).unwrap_or_default();
            let length = rest.iter().position(|line| is_blank(&line));
            self.at += length.unwrap_or(rest.len());
            self.drop_lines(first, "import or export of MDX");
            return true;
        }
        let attributes = attributes::length(start).is_some_and(|it| it == start.trim_end().len());
        let contents = ["[TOC]", "[[TOC]]", "[[toc]]", "[[_TOC_]]", "[toc]"];
        if attributes || contents.contains(&start.trim_end()) {
            self.end_piece();
            self.drop(start, "instruction of a documentation tool");
            self.at += 1;
            return true;
        }
        false
    }

    /// Drops lines up to the one that contains `end`. Whether there is one.
    fn skip_to(&mut self, end: &str, reason: &str) -> bool {
        let Some(last) = self.find(end) else {
            return false;
        };
        self.end_piece();
        let first = self.at;
        self.at = last + 1;
        self.drop_lines(first, reason);
        true
    }

    /// Index of the line that contains `end`: this one, behind its first two characters, or a later one.
    fn find(&mut self, end: &str) -> Option<usize> {
        if self.unclosed.contains(end) {
            return None;
        }
        let lines = self.lines.iter().enumerate().skip(self.at);
        let found = lines
            .map(|(at, line)| {
                (
                    at,
                    if at == self.at {
                        line.trim_start().get(2..).unwrap_or_default()
                    } else {
                        line
                    },
                )
            })
            .find(|(_, line)| line.contains(end));
        if found.is_none() {
            self.unclosed.insert(end.to_owned());
        }
        found.map(|(at, _)| at)
    }

    /// Reads a line that begins or ends an aside, or that is one element. Whether it was one.
    fn aside_line(&mut self, line: &str) -> bool {
        let start = line.trim();
        if let Some(opening) = admonitions::opening(start) {
            self.opening(opening);
            self.at += 1;
            return true;
        }
        if start.len() >= 3 && start.bytes().all(|byte| byte == b':') {
            self.end_piece();
            self.close_last(|aside| matches!(aside, Aside::Colons(count) if *count <= start.len()));
            self.at += 1;
            return true;
        }
        if let Some(tag) = templates::parse(start).filter(|tag| tag.length == start.len())
            && self.template_line(start, tag)
        {
            self.at += 1;
            return true;
        }
        self.html_line(line) || self.definition(line)
    }

    /// The line that begins an aside.
    fn opening(&mut self, opening: Opening) {
        let title = opening.title.as_deref();
        let indent = indent(self.lines[self.at]);
        let aside = match opening.form {
            Form::Indented => Aside::Indented(indent, None),
            Form::Colons(count) => Aside::Colons(count),
            Form::Quote => Aside::Quote,
        };
        if !opening.is_tab {
            return self.begin(aside, title, opening.label);
        }
        let tabs = Aside::Tabs(indent);
        if opening.form == Form::Indented && self.asides.last() != Some(&tabs) {
            self.begin(tabs, None, None);
        }
        self.begin_tab(aside, title);
    }

    /// A template tag on a line of its own.
    fn template_line(&mut self, start: &str, tag: TemplateTag<'_>) -> bool {
        if tag.content().is_some() {
            return false;
        }
        self.end_piece();
        if tag.closes {
            self.close_last(|aside| matches!(aside, Aside::Template(name) if name == tag.name));
        } else if self.closed.contains(tag.name) && !matches!(tag.name, "if" | "for" | "raw") {
            let aside = Aside::Template(tag.name.to_owned());
            if admonitions::is_tab(tag.name) {
                self.begin_tab(aside, tag.title());
            } else {
                // A set of tabs has a name that no reader sees.
                let title = tag.title().filter(|_| !admonitions::is_tab_set(tag.name));
                let title = title.and_then(admonitions::telling);
                let label = tag.kind().and_then(admonitions::label);
                self.begin(aside, title.as_deref(), label);
            }
        } else if tag.name != "raw" {
            self.drop(start, "template tag");
        }
        true
    }

    /// A line that begins with HTML which is not part of a sentence.
    fn html_line(&mut self, line: &str) -> bool {
        let start = line.trim_start();
        let Ok(tag) = tags::parse(start) else {
            return false;
        };
        let name = tag.name.to_ascii_lowercase();
        if is_only_boxes(start) {
            self.end_piece();
            self.at += 1;
            return true;
        }
        if name == "figcaption" && !tag.closes {
            let text = start.get(tag.length..).unwrap_or_default();
            let text = text.split("</").next().unwrap_or_default().trim();
            // Markdown has no captions but the text of an image.
            let image = (!text.is_empty()).then(|| format!("![{text}]()"));
            if let Some(image) = image {
                self.push(image);
            }
            self.at += 1;
            return true;
        }
        let is_region = REGIONS.contains(&name.as_str());
        if !is_region && !ELEMENTS.contains(&name.as_str()) {
            return false;
        }
        self.html(&name, is_region);
        true
    }

    /// Reads an HTML element.
    fn html(&mut self, name: &str, is_region: bool) {
        self.end_piece();
        self.end_label();
        let (opens, ends) = (format!("<{name}"), format!("</{name}"));
        let end = if is_region && self.find(&ends).is_some() {
            self.end_of_region(&opens, &ends)
        } else {
            None
        };
        let mut piece: Option<Piece> = None;
        while let Some(&line) = self.lines.get(self.at) {
            let inside = end.is_some_and(|end| self.at <= end);
            let leaves = line.trim().is_empty() || piece.is_some() && leaves_html(line);
            if leaves && !inside {
                break;
            }
            let number = self.number();
            match &mut piece {
                Some(piece) => piece.push(number, line.to_owned()),
                None => piece = Some(Piece::new(number, line.to_owned())),
            }
            self.at += 1;
        }
        self.split.parts.extend(piece.map(Part::Html));
    }

    /// Index of the line on which the element that begins on this line ends.
    fn end_of_region(&mut self, opens: &str, ends: &str) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, line) in self.lines.iter().enumerate().skip(self.at) {
            let line = line.to_ascii_lowercase();
            depth += line.matches(opens).count();
            depth = depth.saturating_sub(line.matches(ends).count());
            if depth == 0 {
                return Some(at);
            }
        }
        self.unclosed.insert(ends.to_owned());
        None
    }

    /// `Term` above `: Definition`: the term is the heading of its definition.
    fn definition(&mut self, line: &str) -> bool {
        let is_definition = |line: &str| {
            let text = line.trim_start().strip_prefix(':');
            text.is_some_and(|text| text.starts_with([' ', '\t']) && !text.trim().is_empty())
        };
        if self.asides.last() == Some(&Aside::Definition) && is_definition(line) {
            let text = line.trim_start().trim_start_matches(':').trim().to_owned();
            self.end_piece();
            self.push_text(&text);
            self.at += 1;
            return true;
        }
        let next = self.lines.get(self.at + 1).copied().unwrap_or_default();
        let after = self.lines.get(self.at + 2).copied().unwrap_or_default();
        let defines = is_definition(next) || next.trim().is_empty() && is_definition(after);
        let is_term =
            self.open.is_none() && !line.trim_start().starts_with(['#', '|', '-', '*', '>']);
        if !defines || !is_term || is_definition(line) {
            return false;
        }
        self.begin(Aside::Definition, Some(line.trim()), None);
        self.at += 1;
        true
    }

    /// A line of text, perhaps with tags that begin or end an aside.
    fn text_line(&mut self, line: &str) {
        let joined = self.with_the_rest_of_its_tag(line);
        let mut rest = joined.as_deref().unwrap_or(line);
        let mut shown = String::new();
        while let Some((before, tag, after)) = next_structural(rest, &self.context) {
            shown.push_str(before);
            self.push_shown(&mut shown);
            self.structural(tag);
            rest = after;
        }
        shown.push_str(rest);
        self.push_shown(&mut shown);
        self.at += 1;
    }

    /// The line and the following ones up to the end of a component's tag that begins on it.
    fn with_the_rest_of_its_tag(&mut self, line: &str) -> Option<String> {
        let at = line.rfind('<')?;
        let name = line.get(at + 1..)?;
        let name = name.split_whitespace().next().unwrap_or_default();
        let known = self.context.components.contains(name) || name == "details";
        if !known || tags::parse(line.get(at..)?) != Err(NoTag::Unclosed) {
            return None;
        }
        let mut joined = line.to_owned();
        for more in 1..MAX_TAG_LINES {
            let next = self.lines.get(self.at + more)?;
            joined.push('\n');
            joined.push_str(next);
            if tags::parse(joined.get(at..)?).is_ok() {
                self.at += more;
                return Some(joined);
            }
        }
        None
    }

    /// A tag that begins or ends an aside or its summary.
    fn structural(&mut self, tag: Tag<'_>) {
        match (tag.name, tag.closes) {
            ("summary", false) => {
                self.end_piece();
                self.summary = Some((self.number(), String::new()));
            }
            ("summary", true) => self.end_summary(),
            (name, false) => {
                let title = TITLES.iter().find_map(|title| tag.attribute(title));
                let aside = Aside::Tag(name.to_owned());
                if admonitions::is_tab(name) {
                    return self.begin_tab(aside, title.or_else(|| tag.attribute("value")));
                }
                let title = title.and_then(admonitions::telling);
                self.begin(aside, title.as_deref(), box_label(&tag));
            }
            (name, true) => {
                self.end_summary();
                self.end_piece();
                self.close_last(|aside| matches!(aside, Aside::Tag(open) if open == name));
            }
        }
    }

    fn push_shown(&mut self, shown: &mut String) {
        let text = std::mem::take(shown);
        if let Some((_, summary)) = &mut self.summary {
            summary.push(' ');
            summary.push_str(text.trim());
        } else {
            self.push_text(&text);
        }
    }

    /// Adds a line of Markdown, without marks of dialects.
    fn push_text(&mut self, text: &str) {
        let mut left_out = LeftOut::default();
        let text = inline::rewrite(text, &mut self.context, &mut left_out);
        for name in left_out.components {
            *self.split.components.entry(name).or_default() += 1;
        }
        for (text, reason) in left_out.other {
            self.drop(&text, reason);
        }
        if text.trim().is_empty() {
            self.end_piece();
        } else {
            self.push(text);
        }
    }

    fn push(&mut self, text: String) {
        let number = self.number();
        let text = self.labelled(text);
        match &mut self.open {
            Some(piece) => piece.push(number, text),
            None => self.open = Some(Piece::new(number, text)),
        }
    }

    /// A line, with the label of its box if it is the first one.
    fn labelled(&mut self, text: String) -> String {
        let label = self.label.as_deref();
        if let Some(labelled) = label.and_then(|label| admonitions::labelled(label, &text)) {
            self.label = None;
            return labelled;
        }
        if !text.trim_matches(['>', ' ']).is_empty() {
            self.end_label();
        }
        text
    }

    /// The label of a box that begins with something else than a paragraph becomes one of its own.
    fn end_label(&mut self) {
        if let Some(label) = self.label.take() {
            let number = self.number().min(self.lines.len() as u32);
            let piece = Piece::new(number, format!("**{label}:**"));
            self.split.parts.push(Part::Text(piece));
        }
    }

    fn end_piece(&mut self) {
        self.split.parts.extend(self.open.take().map(Part::Text));
    }

    /// The text of a summary becomes the heading of its section.
    fn end_summary(&mut self) {
        if let Some((number, text)) = self.summary.take()
            && let Some(title) = admonitions::telling(&text)
        {
            self.title(number, &title);
        }
    }

    fn begin(&mut self, aside: Aside, title: Option<&str>, label: Option<String>) {
        self.end_piece();
        self.end_label();
        if aside == Aside::Quote {
            self.close_where(|open| *open == Aside::Quote);
        }
        if self.asides.len() >= MAX_DEPTH {
            return;
        }
        let number = self.number();
        self.split.parts.push(Part::AsideStart(number));
        self.asides.push(aside);
        match title {
            Some(title) => self.title(number, title),
            None => self.label = label,
        }
    }

    /// Begins a tab. Its label is a paragraph of the section that it is in.
    fn begin_tab(&mut self, aside: Aside, label: Option<&str>) {
        self.begin(aside, None, None);
        let label = label.unwrap_or_default().trim_matches(['*', ' ']);
        if !label.is_empty() {
            self.push_text(&format!("**{label}**"));
            self.end_piece();
        }
    }

    /// Adds the heading of an aside. It names the section that the aside is in, unless it is a question.
    fn title(&mut self, number: u32, title: &str) {
        let section = self.heading.trim_start_matches('#').trim();
        let level = self.heading.len() - self.heading.trim_start_matches('#').len();
        let mut left_out = LeftOut::default();
        let title = inline::rewrite(title, &mut self.context, &mut left_out);
        // Many tabs below one heading must not repeat a long text.
        let alone =
            level < 2 || section.len() > MAX_SECTION || title.trim_end().ends_with(['?', '？']);
        let title = if alone {
            format!("#### {}", title.trim())
        } else {
            format!("#### {section} › {}", title.trim())
        };
        let heading = Piece::new(number, title);
        self.split.parts.push(Part::Text(heading));
    }

    /// Closes the asides from this one on.
    fn close(&mut self, from: usize) {
        self.end_piece();
        self.label = None;
        let last = self.at.max(1) as u32;
        for _ in self.asides.drain(from..) {
            self.split.parts.push(Part::AsideEnd(last));
        }
    }

    /// Closes the outermost aside of a kind, and all in it.
    fn close_where(&mut self, is_kind: impl Fn(&Aside) -> bool) {
        if let Some(from) = self.asides.iter().position(is_kind) {
            self.close(from);
        }
    }

    /// Closes the innermost aside of a kind, and all in it.
    fn close_last(&mut self, is_kind: impl Fn(&Aside) -> bool) {
        if let Some(from) = self.asides.iter().rposition(is_kind) {
            self.close(from);
        }
    }

    /// Closes the asides to which a line no longer belongs.
    fn close_left_asides(&mut self, line: &str) {
        let indent = indent(line);
        let begins_tab = || admonitions::opening(line.trim()).is_some_and(|it| it.is_tab);
        let continues_definition = indent > 0 || line.starts_with(':') || self.open.is_some();
        self.close_where(|aside| match aside {
            Aside::Indented(outside, _) => indent <= *outside,
            Aside::Tabs(outside) => indent < *outside || indent == *outside && !begins_tab(),
            Aside::Quote => !line.trim_start().starts_with('>'),
            Aside::Definition => !continues_definition,
            _ => false,
        });
    }

    /// The line without the indentation of the asides around it.
    fn without_indent(&mut self, line: &'a str) -> &'a str {
        let indented = self.asides.iter_mut().rev().find_map(|aside| match aside {
            Aside::Indented(_, inside) => Some(inside),
            _ => None,
        });
        let Some(inside) = indented else {
            return line;
        };
        let inside = *inside.get_or_insert_with(|| indent(line));
        unindented(line, inside)
    }

    /// Reads a code block from its opening fence on.
    fn code(&mut self, opening: &'a str) {
        self.end_piece();
        let first = self.at;
        let fence = opening.trim();
        let length = fence_length(fence);
        let language = fence.get(length..).unwrap_or_default().trim();
        let margin = indent(self.lines[self.at]);
        // `{.python}` is a language as Pandoc writes it.
        let is_directive = language.starts_with('{') && !language.starts_with("{.");
        let is_box = is_directive || language.starts_with("admonish");
        if is_box && !language.contains("code") {
            self.directive(language, length);
            return;
        }
        self.end_label();
        let mark = fence.chars().next().unwrap_or('`');
        let mut lines = Vec::new();
        self.at += 1;
        while let Some(&line) = self.lines.get(self.at) {
            let start = line.trim();
            let closes = fence_length(start) >= length && start.chars().all(|it| it == mark);
            let number = self.number();
            self.at += 1;
            if closes {
                break;
            }
            lines.push((number, unindented(line, margin).to_owned()));
        }
        let range = line_range(first as u32 + 1, self.at as u32);
        let code = Part::Code(Piece { lines, range }, code_language(language));
        self.split.parts.push(code);
    }

    /// Reads a formula that has its lines to itself. Whether there is one.
    fn formula(&mut self) -> bool {
        let lines = self.lines.get(self.at..).unwrap_or_default();
        let found = formulas::block(lines).filter(|_| self.context.has_formulas);
        let Some((count, formula)) = found else {
            return false;
        };
        self.end_piece();
        self.end_label();
        let first = self.number();
        let last = first + count as u32 - 1;
        let lines = (first..).zip(formula);
        let lines = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
        let range = line_range(first, last);
        let code = Part::Code(Piece { lines, range }, Some("latex".to_owned()));
        self.split.parts.push(code);
        self.at += count;
        true
    }

    /// Reads the code between `{% highlight %}` and its end.
    fn highlighted(&mut self, opening: &str) {
        let language = opening.trim_start_matches("{% highlight");
        self.end_piece();
        self.end_label();
        let first = self.number();
        let mut lines = Vec::new();
        self.at += 1;
        while let Some(&line) = self.lines.get(self.at) {
            let number = self.number();
            self.at += 1;
            if line.trim_start().starts_with("{% endhighlight") {
                break;
            }
            lines.push((number, line.to_owned()));
        }
        let range = line_range(first, self.at as u32);
        let code = Part::Code(Piece { lines, range }, code_language(language));
        self.split.parts.push(code);
    }

    /// A box in the form of a code block: ```` ```{note} Title ```` of `MyST`, ```` ```admonish tip title="Title" ```` of
    /// mdBook. Its end is a fence.
    fn directive(&mut self, language: &str, length: usize) {
        let named = tags::attribute(language, "title");
        let behind = language.split_once('}').map(|(_, title)| title);
        let title = named.or(behind).unwrap_or_default().trim();
        let kind = language
            .trim_start_matches("admonish")
            .trim_start_matches('{');
        let kind = kind.trim_start().split(['}', ' ']).next();
        let number = self.number();
        self.end_label();
        self.split.parts.push(Part::AsideStart(number));
        let mut label = kind.and_then(admonitions::label);
        if kind.is_some_and(admonitions::is_tab) && !title.is_empty() {
            let piece = Piece::new(number, format!("**{title}**"));
            self.split.parts.push(Part::Text(piece));
        } else if let Some(title) = admonitions::telling(title) {
            self.title(number, &title);
            label = None;
        }
        self.at += 1;
        let mut piece: Option<Piece> = None;
        while let Some(&line) = self.lines.get(self.at) {
            let start = line.trim();
            let closes = fence_length(start) >= length && start.trim_matches(['`', '~']).is_empty();
            let number = self.number();
            self.at += 1;
            if closes {
                break;
            }
            let is_option = piece.is_none() && start.starts_with(':');
            match &mut piece {
                _ if start.is_empty() => self.split.parts.extend(piece.take().map(Part::Text)),
                _ if is_option => {}
                Some(piece) => piece.push(number, start.to_owned()),
                None => {
                    self.label = label.take();
                    let text = self.labelled(start.to_owned());
                    piece = Some(Piece::new(number, text));
                }
            }
        }
        self.split.parts.extend(piece.map(Part::Text));
        self.split.parts.push(Part::AsideEnd(self.at as u32));
    }

    fn drop(&mut self, text: &str, reason: &str) {
        let number = self.number();
        self.split.dropped.push(Dropped {
            lines: line_range(number, number),
            text: text.trim().to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Reports the lines from an index on, up to the next line to read, as dropped.
    fn drop_lines(&mut self, first: usize, reason: &str) {
        let lines = self.lines.get(first..self.at).unwrap_or_default();
        self.split.dropped.push(Dropped {
            lines: line_range(first as u32 + 1, self.at as u32),
            text: lines.join("\n").trim().to_owned(),
            reason: reason.to_owned(),
        });
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The line without up to `count` characters of indentation.
fn unindented(line: &str, count: usize) -> &str {
    line.get(indent(line).min(count)..).unwrap_or(line)
}

/// The language of a code block: the first word behind its fence, or behind the box `{code-block}` of `MyST`. Some
/// tools write it in braces or with a dot before it, and options behind a comma.
fn code_language(behind: &str) -> Option<String> {
    let is_end = |letter: char| letter.is_whitespace() || "{},:".contains(letter);
    let mut words = behind.split(is_end).filter(|word| !word.is_empty());
    let word = words.find(|word| !word.starts_with("code"))?;
    let language = word.trim_start_matches('.');
    (!language.contains('=') && !language.is_empty()).then(|| language.to_owned())
}

fn is_fence(start: &str) -> bool {
    fence_length(start) > 0 && !start.trim_start_matches(['`', '~']).contains('`')
}

/// Number of marks with which a fence begins; 0 if it is not one.
fn fence_length(start: &str) -> usize {
    let length = ['`', '~']
        .map(|mark| start.len() - start.trim_start_matches(mark).len())
        .into_iter()
        .max()
        .unwrap_or(0);
    if length < 3 { 0 } else { length }
}

/// Whether a line is an import or export of MDX.
fn is_esm(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.trim_start();
        let quoted = rest.starts_with(['"', '\'']);
        let opens = rest.starts_with('{') && !rest.contains('}');
        return quoted
            || opens
            || rest
                .split(" from ")
                .nth(1)
                .is_some_and(|path| path.trim_start().starts_with(['"', '\'']));
    }
    line.strip_prefix("export ").is_some_and(|rest| {
        [
            "const ",
            "default ",
            "function ",
            "let ",
            "async ",
            "{",
            "*",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
    })
}

/// Whether a line consists of tags of boxes, which do not matter.
fn is_only_boxes(line: &str) -> bool {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let Ok(tag) = tags::parse(rest) else {
            return false;
        };
        if !BOXES.contains(&tag.name.to_ascii_lowercase().as_str()) {
            return false;
        }
        rest = rest.get(tag.length..).unwrap_or_default().trim_start();
    }
    true
}

/// Whether a line begins with a tag that ends a piece of HTML.
fn leaves_html(line: &str) -> bool {
    let tag = tags::parse(line.trim_start());
    let leaves = |tag: Tag<'_>| {
        matches!(tag.name, "details" | "summary" | "aside")
            || tag.name.starts_with(char::is_uppercase)
    };
    tag.is_ok_and(leaves) || line.trim_start().starts_with(":::")
}

/// The label of the box that a component begins: `<Warning>`, `<Callout type="warning">`.
fn box_label(tag: &Tag<'_>) -> Option<String> {
    const BOXES: &[&str] = &[
        "Admonition",
        "Alert",
        "Aside",
        "Banner",
        "Callout",
        "Hint",
        "Notice",
    ];
    let kind = BOXES
        .contains(&tag.name)
        .then(|| tag.attribute("type"))
        .flatten();
    admonitions::label(kind.unwrap_or(tag.name))
}

/// The next tag that begins or ends an aside, with the text before and behind it.
fn next_structural<'t>(
    text: &'t str,
    context: &Context<'_>,
) -> Option<(&'t str, Tag<'t>, &'t str)> {
    let mut from = 0;
    let mut in_code = false;
    loop {
        let found = text.get(from..)?.find(['<', '`'])?;
        let at = from + found;
        let rest = text.get(at..)?;
        from = at + 1;
        if rest.starts_with('`') {
            in_code = !in_code;
            continue;
        }
        if in_code {
            continue;
        }
        let tag = match tags::parse(rest) {
            Ok(tag) => tag,
            Err(NoTag::Other) => continue,
            // Every other tag on the line would be searched for its end again.
            Err(NoTag::Unclosed) => return None,
        };
        let titled = TITLES.iter().any(|title| tag.attribute(title).is_some());
        let component = context.components.contains(tag.name);
        let is_tabs = admonitions::is_tab(tag.name) || admonitions::is_tab_set(tag.name);
        let is_box = titled || is_tabs || box_label(&tag).is_some();
        let structural = matches!(tag.name, "details" | "summary" | "aside")
            || component && (tag.closes || is_box && !tag.is_empty);
        if structural {
            return Some((text.get(..at)?, tag, text.get(at + tag.length..)?));
        }
    }
}
