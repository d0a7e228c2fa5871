//! JSON: lists of questions and answers in several shapes, and exports of Discord channels.

use crate::{numbering, questions};
use pullquote_core::article::{
    Block, BlockKind, LineRange, ParagraphKind, ParsedDocument, Problem,
};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Key of a message's text.
const CONTENT: &str = "content";
/// Nesting of the lists in which questions or messages are, at most.
const MAX_DEPTH: usize = 8;

/// Reads a file of questions and answers, or of messages.
pub(super) fn read(text: &str) -> ParsedDocument {
    let Ok(root) = serde_json::from_str::<&RawValue>(text) else {
        return ParsedDocument::failed(
            "the file is not valid JSON: export it again, or save its text as .txt",
        );
    };
    let mut reader = Reader {
        text,
        line: 1,
        at: 0,
        left_out: 0,
        document: ParsedDocument::default(),
    };
    reader.value(root, 0);
    if reader.document.blocks.is_empty() {
        return ParsedDocument::failed(
            "the JSON is neither a list of questions and answers nor an export of a Discord channel: save its text as .txt or .md",
        );
    }
    let entries = match reader.left_out {
        0 => None,
        1 => Some("1 entry is".to_owned()),
        count => Some(format!("{count} entries are")),
    };
    reader.document.problems.extend(entries.map(|entries| {
        let message =
            format!("{entries} left out: neither a question with an answer nor a message");
        Problem::warning(None, message)
    }));
    numbering::count_if_crowded(&mut reader.document);
    reader.document
}

struct Reader<'a> {
    text: &'a str,
    /// Line of the last entry, and its byte offset.
    line: u32,
    at: usize,
    /// Objects in lists that contain nothing to read.
    left_out: usize,
    document: ParsedDocument,
}

impl<'a> Reader<'a> {
    /// Reads a value. Whether it was an entry itself.
    fn value(&mut self, value: &'a RawValue, depth: usize) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
            for item in items {
                let (blocks, known) = (self.document.blocks.len(), self.left_out);
                let is_read = self.value(item, depth + 1);
                let is_nothing = self.document.blocks.len() == blocks && self.left_out == known;
                let is_object = item.get().starts_with('{');
                self.left_out += usize::from(is_object && is_nothing && !is_read);
            }
            return false;
        }
        let Ok(fields) = serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get()) else {
            return false;
        };
        if self.entry(&fields, value) {
            return true;
        }
        self.channel_name(&fields);
        let mut fields: Vec<(&String, &&RawValue)> = fields.iter().collect();
        fields.sort_by_key(|(_, value)| value.get().as_ptr());
        for (name, value) in fields {
            match value.get().as_bytes().first() {
                // `{"Is it free?": "Yes."}`
                Some(b'"') if questions::is_question(name) => {
                    let line = self.line_of(value);
                    let answer = serde_json::from_str::<String>(value.get());
                    self.answer(name, &answer.unwrap_or_default(), line);
                }
                Some(b'[' | b'{') => {
                    self.value(value, depth + 1);
                }
                _ => {}
            }
        }
        false
    }

    /// Reads an object that is a question with its answer, or a message. Whether it was one.
    fn entry(&mut self, fields: &BTreeMap<String, &'a RawValue>, value: &'a RawValue) -> bool {
        let line = self.line_of(value);
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        if let Some((question, answer)) = questions::columns(names.iter().copied()) {
            let text = |at: usize| names.get(at).and_then(|name| string(fields, name));
            if let (Some(question), Some(answer)) = (text(question), text(answer)) {
                self.answer(&question, &answer, line);
                return true;
            }
        }
        let is_message = ["author", "timestamp"]
            .iter()
            .all(|key| fields.contains_key(*key));
        if is_message && let Some(content) = string(fields, CONTENT) {
            self.push(ParagraphKind::Body, &content, line);
        }
        is_message
    }

    /// The name of an exported channel is the title.
    fn channel_name(&mut self, fields: &BTreeMap<String, &'a RawValue>) {
        let channel = fields
            .get("channel")
            .filter(|_| fields.contains_key("messages"));
        let channel = channel.and_then(|it| serde_json::from_str::<Value>(it.get()).ok());
        let name = channel.as_ref().and_then(|it| it.get("name")?.as_str());
        if let Some(name) = name {
            name.clone_into(&mut self.document.meta.title);
        }
    }

    fn answer(&mut self, question: &str, answer: &str, line: u32) {
        self.push(ParagraphKind::Question, question, line);
        self.push(ParagraphKind::Body, answer, line);
    }

    fn push(&mut self, kind: ParagraphKind, text: &str, line: u32) {
        let lines = LineRange {
            first: line,
            last: line,
        };
        for part in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
            let separates = |letter: char| letter.is_whitespace() || letter.is_control();
            let words = part.split(separates).filter(|word| !word.is_empty());
            let text = words.collect::<Vec<_>>().join(" ");
            let block = Block::new(BlockKind::Paragraph(kind), text, lines);
            self.document.blocks.push(block);
        }
    }

    /// The line on which a value begins. Values must come in their order.
    fn line_of(&mut self, value: &RawValue) -> u32 {
        let offset = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if let Some(passed) = self.text.get(self.at..offset) {
            self.line += passed.matches('\n').count() as u32;
            self.at = offset;
        }
        self.line
    }
}

fn string(fields: &BTreeMap<String, &RawValue>, name: &str) -> Option<String> {
    let text: String = serde_json::from_str(fields.get(name)?.get()).ok()?;
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expected: &[(u32, &str)]) {
        let document = crate::read("a.json", text.as_bytes());
        let blocks = document.blocks.iter();
        let found: Vec<_> = blocks
            .map(|it| (it.lines.first, it.text.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(document.problems.is_empty(), !expected.is_empty());
    }

    #[test]
    fn questions_in_several_shapes() {
        let expected = [
            (2, "Is it free?"),
            (2, "Yes."),
            (3, "Is it far?"),
            (3, "No."),
        ];
        check(
            "[\n{\"question\": \"Is it free?\", \"answer\": \"Yes.\"},\n{\"question\": \"Is it far?\", \"answer\": \"No.\", \"id\": 2}]",
            &expected,
        );
        check(
            "{\"faqs\": {\"ferry\": [\n{\"q\": \"Is it free?\", \"a\": \"Yes.\"},\n{\"a\": \"No.\", \"q\": \"Is it far?\"}]}}",
            &expected,
        );
        check(
            "{\n\"Is it free?\": \"Yes.\",\n\"Is it far?\": \"No.\"}",
            &expected,
        );
        check("{\"name\": \"x\", \"scripts\": {\"test\": \"run\"}}", &[]);
        check("[1, 2", &[]);
        check(&"[".repeat(5_000), &[]);
    }

    #[test]
    fn what_is_left_out_is_told() {
        let text = "[{\"q\": \"Is it free?\", \"a\": \"Yes.\"}, {\"title\": \"x\", \"list\": [{\"y\": 1}]}, {\"q\": \"Why?\"}]";
        let document = crate::read("a.json", text.as_bytes());
        let expected = "2 entries are left out: neither a question with an answer nor a message";
        assert_eq!(document.problems[0].message, expected);
    }

    #[test]
    fn exports_of_discord_channels() {
        let text = "{\"guild\": {\"name\": \"Club\"},\n\"channel\": {\"name\": \"rules\", \"topic\": null},\n\"messages\": [\n{\"timestamp\": \"2024\", \"content\": \"Be kind.\\n\\nBe on time.\", \"author\": {\"name\": \"x\"}},\n{\"timestamp\": \"2024\", \"content\": \"\", \"author\": {}}]}";
        check(text, &[(4, "Be kind."), (4, "Be on time.")]);
        assert_eq!(crate::read("a.json", text.as_bytes()).meta.title, "rules");
    }
}
