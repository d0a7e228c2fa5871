//! The second step: links become Markdown, and templates become what a reader can be shown of them without the wiki that
//! they come from.

use super::escape::{BREAK, SKIPPED, literal, raw, skipped};
use crate::line::ends_sentence;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

/// Templates and links inside each other, at most. Deeper ones are left out.
const MAX_DEPTH: usize = 24;
/// Longest external link, in bytes.
const MAX_LINK: usize = 600;
/// What is left out at the beginning of a line, at most, in bytes.
const MARGIN: usize = 400;
/// A parameter of a template with at least this many words that ends as a sentence does is prose.
const PROSE_WORDS: usize = 5;
/// Rows from which on a template's parameters are a table.
const MIN_ROWS: usize = 2;

/// Namespaces of pictures and sounds, in lower case.
const FILES: &[&str] = &[
    "file",
    "image",
    "media",
    "datei",
    "bild",
    "medium",
    "fichier",
    "archivo",
    "imagen",
    "ficheiro",
    "arquivo",
    "imagem",
    "plik",
    "grafika",
    "immagine",
    "bestand",
    "afbeelding",
    "файл",
    "изображение",
    "ファイル",
    "画像",
    "文件",
    "图像",
    "파일",
    "dosya",
    "resim",
    "tập tin",
    "tệp tin",
    "चित्र",
    "ไฟล์",
    "fil",
    "fișier",
    "soubor",
    "kép",
];
/// Namespaces of categories, in lower case.
const CATEGORIES: &[&str] = &[
    "category",
    "kategorie",
    "catégorie",
    "categoría",
    "categoria",
    "kategoria",
    "категория",
    "категорія",
    "カテゴリ",
    "分类",
    "分類",
    "분류",
    "kategori",
    "thể loại",
    "श्रेणी",
    "หมวดหมู่",
    "categorie",
];
/// Templates that mark a place or a doubt, and show no text of the page.
const MARKS: &[&str] = &[
    "anchor",
    "ref",
    "rp",
    "sfn",
    "efn",
    "cn",
    "fact",
    "citation needed",
    "clarify",
    "clear",
    "refn",
    "when",
    "who",
];
/// Templates whose text is code, keys or a path.
const CODE: &[&str] = &[
    "c",
    "cd",
    "cmd",
    "code",
    "codeline",
    "command",
    "console",
    "ic",
    "inline code",
    "kbd",
    "key",
    "keypress",
    "mono",
    "path",
    "pre",
    "samp",
    "tt",
    "var",
];
/// Names of parameters that contain the name of what a template describes.
const NAMES: &[&str] = &[
    "name",
    "title",
    "titel",
    "nom",
    "nombre",
    "nome",
    "nazwa",
    "название",
    "名前",
    "名称",
];
/// Parts of the names of parameters that say how something looks.
const LOOKS: &[&str] = &[
    "image", "picture", "icon", "logo", "width", "height", "size", "style", "class", "color",
    "colour", "align", "bild", "caption",
];
/// Ends of the names of pictures and sounds.
const MEDIA: &[&str] = &[
    ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ogg", ".webm", ".mp4",
];

/// A page without templates and wiki links.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    /// The title that the page is shown with; empty if it says none.
    pub(super) title: String,
    pub(super) categories: Vec<String>,
}

/// Resolves the templates and links of the page of this title, which may be unknown.
pub(super) fn expand(text: &str, title: &str) -> Page {
    let mut expander = Expander {
        text,
        ends: ends(text),
        page: Page {
            title: title.to_owned(),
            ..Page::default()
        },
    };
    let mut out = String::with_capacity(text.len());
    expander.write(0..text.len(), 0, &mut out);
    expander.page.text = out;
    expander.page
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Template,
    Parameter,
    Link,
}

impl Kind {
    /// Length of its marks in bytes.
    fn width(self) -> usize {
        if self == Self::Parameter { 3 } else { 2 }
    }
}

/// Where templates, their parameters and wiki links begin, and where their closing marks are. An opening without an end
/// is text.
fn ends(text: &str) -> HashMap<usize, (usize, Kind)> {
    let mut ends = HashMap::new();
    let mut open: Vec<(usize, Kind)> = Vec::new();
    let mut counts = [0_usize; 3];
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let kind = match rest {
            [b'{', b'{', b'{', next, ..] if *next != b'{' => Some(Kind::Parameter),
            [b'{', b'{', ..] => Some(Kind::Template),
            [b'[', b'[', ..] => Some(Kind::Link),
            _ => None,
        };
        if let Some(kind) = kind {
            open.push((at, kind));
            counts[kind as usize] += 1;
            at += kind.width();
            continue;
        }
        let is_last = |kind| open.last().is_some_and(|(_, last)| *last == kind);
        let kind = match rest {
            [b'}', b'}', b'}', ..] if is_last(Kind::Parameter) => Kind::Parameter,
            [b'}', b'}', ..] => Kind::Template,
            [b']', b']', ..] => Kind::Link,
            _ => {
                at += 1;
                continue;
            }
        };
        if counts[kind as usize] > 0 {
            while let Some((start, opened)) = open.pop() {
                counts[opened as usize] -= 1;
                if opened == kind {
                    ends.insert(start, (at, kind));
                    break;
                }
            }
        }
        at += kind.width();
    }
    ends
}

struct Expander<'a> {
    text: &'a str,
    ends: HashMap<usize, (usize, Kind)>,
    page: Page,
}

impl<'a> Expander<'a> {
    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Writes a part of the page.
    fn write(&mut self, range: Range<usize>, depth: usize, out: &mut String) {
        let mut at = range.start;
        while at < range.end {
            let part = self.slice(at..range.end);
            let next = part.find(['{', '[']).map_or(range.end, |found| at + found);
            out.push_str(self.slice(at..next));
            if next == range.end {
                break;
            }
            let after = match self.ends.get(&next).copied() {
                Some((end, kind)) if end < range.end => {
                    let inner = next + kind.width()..end;
                    let after = end + kind.width();
                    if depth < MAX_DEPTH {
                        self.construct(kind, inner, after, depth + 1, out)
                    } else {
                        out.push_str(&skipped(self.slice(inner)));
                        after
                    }
                }
                _ => self.external_link(next, range.end, depth, out),
            };
            at = after;
        }
    }

    /// The text of a part of the page.
    fn written(&mut self, range: Range<usize>, depth: usize) -> String {
        let mut out = String::new();
        self.write(range, depth, &mut out);
        out
    }

    /// Writes a template, a parameter or a link. Returns where the text goes on.
    fn construct(
        &mut self,
        kind: Kind,
        inner: Range<usize>,
        after: usize,
        depth: usize,
        out: &mut String,
    ) -> usize {
        match kind {
            Kind::Link => return self.link(inner, after, depth, out),
            Kind::Template => self.template(inner, after, depth, out),
            Kind::Parameter => {
                let parts = self.parts(inner);
                if let Some(default) = parts.get(1) {
                    self.write(default.clone(), depth, out);
                }
            }
        }
        after
    }

    /// The parts between bars.
    fn parts(&self, inner: Range<usize>) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = inner.start;
        let mut at = inner.start;
        while at < inner.end {
            match self.ends.get(&at) {
                Some((end, kind)) if *end < inner.end => {
                    at = end + kind.width();
                    continue;
                }
                _ => {}
            }
            if self.text.as_bytes().get(at) == Some(&b'|') {
                parts.push(start..at);
                start = at + 1;
            }
            at += 1;
        }
        parts.push(start..inner.end);
        parts
    }

    /// Whether nothing but line ends is between a place and the line ends around it.
    fn begins_line(out: &str) -> bool {
        let start = out.floor_char_boundary(out.len().saturating_sub(MARGIN));
        let before = out.get(start..).unwrap_or(out);
        let before = before.trim_end_matches([' ', SKIPPED]);
        before.is_empty() || before.ends_with(['\n', BREAK])
    }

    fn ends_line(&self, at: usize) -> bool {
        let rest = self
            .text
            .get(at..)
            .unwrap_or_default()
            .trim_start_matches([' ', SKIPPED]);
        rest.is_empty() || rest.starts_with(['\n', BREAK])
    }

    fn template(&mut self, inner: Range<usize>, after: usize, depth: usize, out: &mut String) {
        let parts = self.parts(inner.clone());
        let (name, arguments) = parts
            .split_first()
            .map_or((0..0, &[][..]), |(name, rest)| (name.clone(), rest));
        let name = self.written(name, depth);
        let name = name
            .replace('_', " ")
            .trim_matches(|it: char| it.is_whitespace() || it == SKIPPED)
            .to_lowercase();
        let starts = Self::begins_line(out);
        let shown = match name.as_str() {
            "!" => "|".to_owned(),
            "=" => "=".to_owned(),
            "pagename" | "fullpagename" | "basepagename" => literal(&self.page.title),
            "convert" | "cvt" => {
                let parts = arguments.iter().take(2);
                let parts: Vec<&str> = parts.map(|part| self.slice(part.clone()).trim()).collect();
                parts.join(" ")
            }
            _ if name.starts_with("displaytitle:") => {
                let (_, title) = self
                    .slice(inner.clone())
                    .split_once(':')
                    .unwrap_or_default();
                title.trim().clone_into(&mut self.page.title);
                String::new()
            }
            _ if MARKS.contains(&name.as_str()) => String::new(),
            // Wikis of several languages name their templates `en/code`.
            _ if CODE.contains(&name.rsplit('/').next().unwrap_or(&name)) => {
                let shown = self.inline(&name, arguments, depth);
                let shown = shown.trim_matches(SKIPPED).trim();
                if shown.is_empty() {
                    String::new()
                } else {
                    [&raw("<code>"), shown, &raw("</code>")].concat()
                }
            }
            // One inside another belongs to its line.
            _ if starts && depth == 1 => {
                let is_alone = self.ends_line(after);
                let written = out.len();
                out.push_str(&skipped(self.slice(parts.first().cloned().unwrap_or(0..0))));
                self.block(&name, arguments, is_alone, depth, out);
                let kept = skipped(out.get(written..).unwrap_or_default()).len();
                let all = skipped(self.slice(inner));
                out.push_str(all.get(kept..).unwrap_or_default());
                return;
            }
            _ => self.inline(&name, arguments, depth),
        };
        out.push_str(&shown);
        out.push_str(&skipped(self.slice(inner)));
    }

    /// What a template within a line shows: of its parameters without a name, the longest one.
    fn inline(&mut self, name: &str, arguments: &[Range<usize>], depth: usize) -> String {
        let mut shown = String::new();
        for argument in arguments {
            if self.named(argument).is_none() {
                let text = self
                    .written(argument.clone(), depth)
                    .replace(['\n', SKIPPED, BREAK], " ");
                let text = text.trim();
                if text.chars().count() > shown.chars().count() {
                    text.clone_into(&mut shown);
                }
            }
        }
        let is_function = name.starts_with('#') || name.contains(':');
        if is_function && !is_prose(&shown) {
            String::new()
        } else {
            shown
        }
    }

    /// A template that begins a line: a table of its parameters, as of an infobox, or those that are prose.
    fn block(
        &mut self,
        name: &str,
        arguments: &[Range<usize>],
        is_alone: bool,
        depth: usize,
        out: &mut String,
    ) {
        let mut rows = Vec::new();
        for argument in arguments {
            let (name, value) = self.named(argument).unwrap_or(("", argument.clone()));
            let value = self.written(value, depth);
            rows.push((name, value));
        }
        let shown = |(name, value): &&(&str, String)| !name.is_empty() && is_shown(name, value);
        let count = rows.iter().filter(shown).count();
        let prose = rows.iter().filter(|(_, value)| is_prose(value)).count();
        if count >= MIN_ROWS && prose * 2 < count {
            table(&rows, out);
        } else if prose > 0 {
            for (_, value) in rows {
                if is_prose(&value) {
                    out.extend([BREAK, BREAK]);
                    out.push_str(&value);
                    out.extend([BREAK, BREAK]);
                } else {
                    out.push_str(&skipped(&value));
                }
            }
        } else {
            if !is_alone {
                let shown = self.inline(name, arguments, depth);
                out.push_str(&shown);
            }
            let ends: String = rows.iter().map(|(_, value)| skipped(value)).collect();
            out.push_str(&ends);
        }
    }

    /// Name and value of a parameter that has a name; `1=` is as good as none.
    fn named(&self, argument: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
        let text = self.slice(argument.clone());
        let (name, _) = text.split_once('=')?;
        let value = argument.start + name.len() + 1..argument.end;
        let name = name.trim_matches(|it: char| it.is_whitespace() || it == SKIPPED);
        let is_name = !name.is_empty()
            && name.len() <= 60
            && name
                .chars()
                .all(|it| it.is_alphanumeric() || " _-().'/".contains(it));
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        is_name.then_some((if is_number { "" } else { name }, value))
    }

    /// A wiki link. Returns where the text goes on.
    fn link(&mut self, inner: Range<usize>, after: usize, depth: usize, out: &mut String) -> usize {
        let parts = self.parts(inner.clone());
        let target = self.slice(parts.first().cloned().unwrap_or(0..0)).trim();
        let is_plain = target.starts_with(':');
        let target = target.trim_start_matches(':');
        let namespace = target
            .split_once(':')
            .map(|(name, _)| name.trim().to_lowercase());
        let namespace = namespace
            .as_deref()
            .filter(|_| !is_plain)
            .unwrap_or_default();
        if CATEGORIES.contains(&namespace) {
            let category = target.split_once(':').map_or("", |(_, name)| name.trim());
            self.page.categories.push(category.replace('_', " "));
        }
        // `[[de:Seite]]` on a line of its own leads to the page in another language.
        let is_steering = parts.len() == 1
            && !namespace.is_empty()
            && !target.contains(": ")
            && Self::begins_line(out)
            && self.ends_line(after);
        if is_steering || CATEGORIES.contains(&namespace) || FILES.contains(&namespace) {
            out.push_str(&skipped(self.slice(inner)));
            return after;
        }
        let label = parts.last().cloned().filter(|_| parts.len() > 1);
        let label = label
            .map(|label| self.written(label, depth))
            .filter(|label| !label.trim().is_empty());
        let label = label.unwrap_or_else(|| own_label(target, parts.len() > 1).replace('_', " "));
        // `[[ferry|ferries]]` is also written `[[ferry]]s`.
        let rest = self.text.get(after..).unwrap_or_default();
        let trail = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        let trail = trail * usize::from(trail < 20);
        let (page, section) = target
            .split_once('#')
            .map_or((target, None), |(page, section)| (page, Some(section)));
        let mut address = encoded(page.trim());
        if let Some(section) = section {
            address.push('#');
            address.push_str(&encoded(section.trim()));
        }
        let trail = self.slice(after..after + trail);
        out.push_str(&linked(&format!("{label}{trail}"), &address));
        after + trail.len()
    }

    /// An external link that begins at `at`, or only the mark. Returns where the text goes on.
    fn external_link(&mut self, at: usize, end: usize, depth: usize, out: &mut String) -> usize {
        let rest = self.slice(at..end);
        let is_link = ["[http://", "[https://", "[//"]
            .iter()
            .any(|start| rest.starts_with(start));
        let near = rest
            .get(..rest.floor_char_boundary(MAX_LINK))
            .unwrap_or(rest);
        let close = near
            .find([']', '\n'])
            .filter(|close| is_link && near.get(*close..).is_some_and(|it| it.starts_with(']')));
        let Some(close) = close else {
            out.push_str(rest.get(..1).unwrap_or_default());
            return at + 1;
        };
        let inner = near.get(1..close).unwrap_or_default();
        let (address, label) = inner.split_once(' ').unwrap_or((inner, ""));
        if label.trim().is_empty() {
            out.push_str(address);
        } else {
            let label = self.written(at + 1 + address.len()..at + close, depth + 1);
            out.push_str(&linked(label.trim(), address));
        }
        at + close + 1
    }
}

/// What a link to a page shows. The pipe trick (`[[Ferry (boat)|]]`) leaves out namespace and parentheses; of a page
/// several levels below another one, the last name is enough.
fn own_label(target: &str, tricked: bool) -> &str {
    if tricked {
        let name = target.split_once(':').map_or(target, |(_, name)| name);
        return name.split_once(" (").map_or(name, |(name, _)| name);
    }
    let target = target.trim_start_matches('#').trim_end_matches('/');
    match target.rsplit_once('/') {
        Some((above, name)) if above.contains('/') || above.is_empty() => name,
        _ => target,
    }
}

/// The name of a page as it is in addresses.
pub(super) fn encoded(name: &str) -> String {
    let mut address = String::new();
    for letter in name.chars() {
        match letter {
            ' ' => address.push('_'),
            '<' | '>' | '"' | '%' | '?' | '\\' => {
                let _ = write!(address, "%{:02X}", u32::from(letter));
            }
            _ if super::escape::is_private(letter) || letter.is_control() => {}
            _ => address.push(letter),
        }
    }
    // `Help:Fares` is the name of a page, not an address with the scheme `Help`.
    if address
        .split(['/', '#'])
        .next()
        .is_some_and(|first| first.contains(':'))
    {
        address.insert_str(0, "./");
    }
    address
}

fn linked(label: &str, address: &str) -> String {
    format!("{}{label}{}", raw("["), raw(&format!("](<{address}>)")))
}

/// Writes parameters as rows of a table, that with the name of the thing first.
fn table(rows: &[(&str, String)], out: &mut String) {
    let is_name = |(name, value): &&(&str, String)| {
        NAMES.contains(&name.to_lowercase().as_str()) && is_shown(name, value)
    };
    let first = rows.iter().position(|row| is_name(&row));
    out.extend([BREAK, '{', '|', BREAK]);
    if let Some((name, value)) = first.and_then(|at| rows.get(at)) {
        row(name, &value.replace(['\n', SKIPPED], " "), out);
    }
    for (at, (name, value)) in rows.iter().enumerate() {
        if first == Some(at) || name.is_empty() || !is_shown(name, value) {
            out.push_str(&skipped(value));
        } else {
            row(name, value, out);
        }
    }
    out.extend([BREAK, '|', '}', BREAK, BREAK]);
}

fn row(name: &str, value: &str, out: &mut String) {
    let value = value.replace('|', &literal("|"));
    let inner = value.trim_start_matches(|it: char| it.is_whitespace() || it == SKIPPED);
    out.push_str(&skipped(
        value.get(..value.len() - inner.len()).unwrap_or_default(),
    ));
    let kept = inner.trim_end_matches(|it: char| it.is_whitespace() || it == SKIPPED);
    let line = format!("{BREAK}|-{BREAK}| {} || {kept}", name.replace('_', " "));
    out.push_str(&line);
    out.push_str(&skipped(inner.get(kept.len()..).unwrap_or_default()));
}

/// Whether a parameter is text, and not a picture or a measure of the box.
fn is_shown(name: &str, value: &str) -> bool {
    let (name, value) = (name.to_lowercase(), value.trim().to_lowercase());
    value.contains(char::is_alphanumeric)
        && !LOOKS.iter().any(|look| name.contains(look))
        && !MEDIA.iter().any(|end| value.ends_with(end))
}

fn is_prose(text: &str) -> bool {
    let text = text.trim_matches(|it: char| it.is_whitespace() || it == SKIPPED || it == BREAK);
    text.split_whitespace().nth(PROSE_WORDS - 1).is_some()
        && ends_sentence(text.trim_end_matches('\''))
}
