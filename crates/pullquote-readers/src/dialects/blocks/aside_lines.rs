//! Lines that begin or end an aside: boxes, tabs, template tags, and terms above their definition.

use super::Splitter;
use super::asides::Aside;
use super::text::MAX_TAG_LINES;
use crate::dialects::admonitions::{self, Form, Opening};
use crate::dialects::templates::{self, TemplateTag};
use crate::line::{indent, is_item, is_underline};

impl Splitter<'_> {
    /// Reads a line that begins or ends an aside, or that is one element. Whether it was one.
    pub(super) fn aside_line(&mut self, line: &str) -> bool {
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
        self.template_lines(start) || self.html_line(line) || self.definition(line)
    }

    /// Reads a template tag that has its lines for itself. Whether there is one.
    fn template_lines(&mut self, start: &str) -> bool {
        let joined = self.up_to_end_of_tag(start);
        let text = joined.as_deref().map_or(start, str::trim_end);
        let Some(tag) = templates::parse_long(text).filter(|tag| tag.length == text.len()) else {
            return false;
        };
        let last = self.at + text.matches('\n').count();
        match tag.content() {
            Some(content) => self.included_box(tag, content),
            None => self.template_tag(text, tag),
        }
        self.at = last + 1;
        true
    }

    /// The line and the following ones up to the end of a template tag that does not end on it.
    fn up_to_end_of_tag(&self, start: &str) -> Option<String> {
        if !templates::opens(start) || templates::parse_long(start).is_some() {
            return None;
        }
        let mut joined = start.to_owned();
        for line in self.lines.iter().skip(self.at + 1).take(MAX_TAG_LINES) {
            joined.push('\n');
            joined.push_str(line);
            if line.contains('}') && templates::parse_long(&joined).is_some() {
                return Some(joined);
            }
        }
        None
    }

    /// The box that an include makes of a text.
    fn included_box(&mut self, tag: TemplateTag<'_>, content: &str) {
        let aside = Aside::Template(tag.name.to_owned());
        self.begin(aside, None, tag.included().and_then(admonitions::label));
        for line in content.lines() {
            self.push_text(line);
        }
        self.close_last(|aside| matches!(aside, Aside::Template(name) if name == tag.name));
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

    /// A template tag that begins or ends an aside, or is left out.
    fn template_tag(&mut self, text: &str, tag: TemplateTag<'_>) {
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
            self.drop(text, "template tag");
        }
    }

    /// `Term` above `: Definition`: the term is the heading of its definition. A definition may also stand below a heading.
    fn definition(&mut self, line: &str) -> bool {
        let is_definition = |line: &str| {
            let text = line.trim_start().strip_prefix(':');
            text.is_some_and(|text| text.starts_with([' ', '\t']) && !text.trim().is_empty())
        };
        let goes_on = self.asides.last() == Some(&Aside::Definition);
        if is_definition(line) && (goes_on || self.open.is_none()) {
            let text = line.trim_start().trim_start_matches(':').trim().to_owned();
            self.end_piece();
            if !goes_on {
                self.begin(Aside::Definition, None, None);
            }
            self.push_text(&text);
            self.at += 1;
            return true;
        }
        let next = self.lines.get(self.at + 1).copied().unwrap_or_default();
        let after = self.lines.get(self.at + 2).copied().unwrap_or_default();
        let defines = is_definition(next) || next.trim().is_empty() && is_definition(after);
        let is_term = self.open.is_none()
            && !line.trim_start().starts_with(['#', '|', '>'])
            && !is_item(line)
            && !is_underline(line);
        if !defines || !is_term {
            return false;
        }
        self.begin(Aside::Definition, Some(line.trim()), None);
        self.at += 1;
        true
    }
}
