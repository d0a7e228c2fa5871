//! RTF: text, headings by their outline level, lists, tables, links and notes. Everything that is not the document's text, such as
//! fonts and pictures, is in groups that begin with a known word or a star, and left out.

use crate::office::{Item, Kind, Paragraphs};
use encoding_rs::{Encoding, WINDOWS_1252};
use pullquote_core::article::ParsedDocument;

/// Words whose group is not text.
const SKIPPED: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "listtext",
    "pntext",
    "annotation",
    "xe",
    "tc",
    "nonshppict",
    "template",
    "revtbl",
];

/// Longest instruction of a field that is read, in bytes.
const MAX_INSTRUCTION: usize = 2_000;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    let mut reader = Reader {
        rest: bytes,
        encoding: WINDOWS_1252,
        groups: vec![Group::default()],
        pending: Vec::new(),
        instruction: Vec::new(),
        paragraphs: Paragraphs::default(),
        kind: Kind::Text,
        row: Row::Outside,
        in_note: false,
    };
    reader.paragraphs.start(Kind::Text);
    reader.run();
    let document = reader.paragraphs.finish();
    if document.blocks.is_empty() {
        return ParsedDocument::failed(
            "the rich text (RTF) contains no text: save the article as .txt",
        );
    }
    document
}

/// What holds up to the end of a group.
#[derive(Debug, Clone, Copy)]
struct Group {
    is_skipped: bool,
    /// Whether it is the instruction of a field, such as a link.
    is_instruction: bool,
    /// What ends with the group.
    content: Content,
    /// Characters behind a Unicode character that stand for it in old programs.
    fallback: usize,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            is_skipped: false,
            is_instruction: false,
            content: Content::Text,
            fallback: 1,
        }
    }
}

/// What a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Text,
    /// The text of a link.
    Link,
    /// A footnote or endnote.
    Note,
}

/// Where the paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Outside,
    Inside,
    /// Behind a table, which ends with the next paragraph.
    Behind,
}

struct Reader<'a> {
    rest: &'a [u8],
    encoding: &'static Encoding,
    groups: Vec<Group>,
    /// Text that is not decoded yet.
    pending: Vec<u8>,
    /// The instruction of the last field.
    instruction: Vec<u8>,
    paragraphs: Paragraphs,
    /// Kind of the open paragraph.
    kind: Kind,
    row: Row,
    /// Whether a note is open: its text is one paragraph.
    in_note: bool,
}

impl Reader<'_> {
    fn run(&mut self) {
        while let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'{' => {
                    let group = Group {
                        content: Content::Text,
                        ..self.group()
                    };
                    self.groups.push(group);
                }
                b'}' => {
                    if let Some(group) = self.groups.pop() {
                        self.end(group.content);
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ => self.byte(byte),
            }
        }
        if self.in_note {
            self.end(Content::Note);
        }
        self.end_paragraph();
        if self.row != Row::Outside {
            self.paragraphs.end_table();
        }
    }

    /// Ends what a group was.
    fn end(&mut self, content: Content) {
        match content {
            Content::Text => {}
            Content::Link => {
                self.flush();
                self.paragraphs.end_link();
            }
            Content::Note => {
                self.flush();
                let note = self.paragraphs.take();
                self.paragraphs.note(&note);
                self.in_note = false;
            }
        }
    }

    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or_default()
    }

    fn skip_group(&mut self) {
        if let Some(group) = self.groups.last_mut() {
            group.is_skipped = true;
        }
    }

    fn byte(&mut self, byte: u8) {
        let group = self.group();
        if group.is_instruction && self.instruction.len() < MAX_INSTRUCTION {
            self.instruction.push(byte);
        } else if !group.is_skipped {
            self.pending.push(byte);
        }
    }

    fn text(&mut self, text: &str) {
        if !self.group().is_skipped {
            self.flush();
            self.paragraphs.text(text);
        }
    }

    /// Decodes the pending text.
    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let (text, _) = self.encoding.decode_without_bom_handling(&self.pending);
            self.paragraphs.text(&text);
            self.pending.clear();
        }
    }

    /// Reads what follows a backslash.
    fn control(&mut self) {
        let letters = self
            .rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphabetic());
        let length = letters.count();
        let (word, rest) = self.rest.split_at(length);
        if length == 0 {
            return self.symbol();
        }
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest
            .iter()
            .skip(sign)
            .take_while(|byte| byte.is_ascii_digit());
        let digits = sign + digits.count();
        let (number, rest) = rest.split_at(digits);
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let word = str::from_utf8(word).unwrap_or_default();
        let number = str::from_utf8(number).unwrap_or_default().parse().ok();
        self.word(word, number);
    }

    /// A control symbol, such as `\~` or `\'e4`.
    fn symbol(&mut self) {
        let Some((&symbol, rest)) = self.rest.split_first() else {
            return;
        };
        self.rest = rest;
        match symbol {
            b'\'' => {
                let (code, rest) = rest.split_at(rest.len().min(2));
                self.rest = rest;
                let code = str::from_utf8(code).unwrap_or_default();
                if let Ok(byte) = u8::from_str_radix(code, 16) {
                    self.byte(byte);
                }
            }
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'*' => self.skip_group(),
            b'\n' | b'\r' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            _ => {}
        }
    }

    /// Begins the text of a field. It is a link if its instruction says so.
    fn start_field(&mut self) {
        let instruction = std::mem::take(&mut self.instruction);
        let instruction = String::from_utf8_lossy(&instruction);
        let address = instruction.trim_start().strip_prefix("HYPERLINK ");
        let address =
            address.and_then(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
        if let Some(group) = self.groups.last_mut()
            && address.is_some()
        {
            group.content = Content::Link;
            self.flush();
            self.paragraphs.start_link(address);
        }
    }

    /// Begins a note, also in a group with a star: old programs, for which the star is, cannot show notes.
    fn start_note(&mut self) {
        let [.., around, group] = self.groups.as_mut_slice() else {
            return;
        };
        if around.is_skipped || self.in_note {
            group.is_skipped = true;
            return;
        }
        group.is_skipped = false;
        group.content = Content::Note;
        self.in_note = true;
        self.flush();
        self.paragraphs.start(Kind::Text);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word == "fldinst"
            && let Some(group) = self.groups.last_mut()
        {
            group.is_instruction = true;
            self.instruction.clear();
        }
        if SKIPPED.contains(&word) {
            return self.skip_group();
        }
        if word == "footnote" {
            return self.start_note();
        }
        if word == "bin" {
            let length = number.map_or(0, |length| length.max(0) as usize);
            self.rest = self.rest.get(length..).unwrap_or_default();
            return;
        }
        if self.group().is_skipped {
            return;
        }
        match word {
            "par" | "sect" | "page" if self.in_note => self.text(" "),
            // Their paragraph is that of the document.
            "pard" | "outlinelevel" | "ls" | "trowd" | "intbl" | "cell" | "row" if self.in_note => {
            }
            "ansicpg" => {
                let label = number.map(|number| format!("windows-{number}"));
                let known = label.and_then(|label| Encoding::for_label(label.as_bytes()));
                self.encoding = known.unwrap_or(self.encoding);
            }
            "fldrslt" => self.start_field(),
            "uc" => {
                if let Some(group) = self.groups.last_mut() {
                    group.fallback = number.map_or(1, |count| count.clamp(0, 10) as usize);
                }
            }
            "u" => self.unicode(number.unwrap_or(i32::from(b' '))),
            "par" | "sect" | "page" => self.end_paragraph(),
            "line" => {
                self.flush();
                self.paragraphs.line_break();
            }
            "pard" => {
                self.kind = Kind::Text;
                if self.row == Row::Inside {
                    self.row = Row::Behind;
                }
            }
            "outlinelevel" => {
                let level = number.filter(|level| (0..9).contains(level));
                self.kind = level.map_or(self.kind, |level| Kind::Heading(level as u8 + 1));
            }
            "ls" if self.kind == Kind::Text => self.kind = Kind::Item(Item::default()),
            "trowd" | "intbl" | "cell" | "row" => self.table(word),
            _ => {
                if let Some(character) = character(word) {
                    self.text(character);
                }
            }
        }
    }

    /// A Unicode character. What stands for it in old programs is left out.
    fn unicode(&mut self, code: i32) {
        // Codes above 32,767 are written as negative numbers.
        let code = if code < 0 { code + 0x1_0000 } else { code };
        let letter = u32::try_from(code).ok().and_then(char::from_u32);
        self.text(&letter.map_or_else(String::new, String::from));
        for _ in 0..self.group().fallback {
            match self.rest {
                [b'\\', b'\'', _, _, rest @ ..] => self.rest = rest,
                [b'\\' | b'{' | b'}', ..] | [] => return,
                [_, rest @ ..] => self.rest = rest,
            }
        }
    }

    fn table(&mut self, word: &str) {
        match word {
            "trowd" if self.row == Row::Outside => {
                self.paragraphs.start_table();
                self.new_row();
            }
            "trowd" if self.row == Row::Behind => self.new_row(),
            "intbl" if self.row == Row::Behind => self.row = Row::Inside,
            "cell" if self.row != Row::Outside => {
                self.row = Row::Inside;
                self.end_paragraph();
                self.paragraphs.start_cell();
            }
            "row" if self.row != Row::Outside => {
                self.paragraphs.end_row();
                self.row = Row::Behind;
            }
            _ => {}
        }
    }

    fn new_row(&mut self) {
        self.row = Row::Inside;
        self.paragraphs.start_row();
        self.paragraphs.start_cell();
    }

    fn end_paragraph(&mut self) {
        if self.group().is_skipped {
            return;
        }
        if self.row == Row::Behind {
            self.paragraphs.end_table();
            self.row = Row::Outside;
        }
        self.flush();
        self.paragraphs.set_kind(self.kind);
        self.paragraphs.end();
        self.paragraphs.start(Kind::Text);
    }
}

/// The character that a word stands for.
fn character(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" | "emspace" | "enspace" => " ",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_headings_lists_and_tables() {
        let text =
            br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}{\info{\title no}}
\pard\outlinelevel0 House rules\par
\pard Caf\'e9 \{open\} \u8364?5 \endash  or {\b free}.\par
\pard\ls1{\listtext\'b7}no music\par
\pard\ls1{\listtext\'b7}no drums\par
\trowd\intbl Day\cell Until\cell\row\trowd\pard\intbl Friday\cell eleven\cell\row
\pard The end.{\pict\bin3 }}{1}}";
        let document = crate::read("a.doc", text);
        assert_eq!(document.problems, []);
        let found: Vec<_> = document
            .blocks
            .iter()
            .map(|it| (format!("{:?}", it.kind), it.text.as_str()))
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(kind, text)| (kind.as_str(), *text))
            .collect();
        let expected = [
            ("Title", "House rules"),
            ("Paragraph(Body)", "Café {open} €5 – or free."),
            ("Paragraph(List)", "- no music\n- no drums"),
            ("Paragraph(Table)", "Day | Until\nFriday | eleven"),
            ("Paragraph(Body)", "The end."),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn links_of_fields() {
        let text = br#"{\rtf1 Ask {\field{\*\fldinst{HYPERLINK "https://a.example/b" }}{\fldrslt{\ul the office}}} on page {\field{\*\fldinst PAGE}{\fldrslt 3}}.\par }"#;
        let document = crate::read("a.rtf", text);
        crate::formats::check_blocks(
            &document,
            &[(1, "Paragraph(Body)", "Ask the office on page 3.")],
        );
        crate::formats::check_links(&document, &[("the office", "https://a.example/b")]);
    }

    #[test]
    fn notes() {
        let text = br"{\rtf1 \pard\outlinelevel0 The ferry{\super\chftn}{\footnote\pard\plain {\super\chftn} Not on\par Mondays.}\par
\pard It leaves at ten{\super\chftn{\*\footnote\ftnalt\pard\ls1 Bring {\b coins}{\*\x no}.}}, daily.{\*\ftnsep {\footnote no}}\par
{\*\generator a{\footnote no}}\trowd Day\cell Until{\footnote summer}\cell\row\pard The end{\footnote open";
        let document = crate::read("a.rtf", text);
        let expected = [
            (1, "Title", "The ferry (Not on Mondays)"),
            (
                2,
                "Paragraph(Body)",
                "It leaves at ten (Bring coins), daily.",
            ),
            (3, "Paragraph(Table)", "Day | Until (summer)"),
            (5, "Paragraph(Body)", "The end (open)"),
        ];
        crate::formats::check_blocks(&document, &expected);
        let long = "A note of many words. ".repeat(20);
        let text = format!("{{\\rtf1 One.{{\\footnote {long}}}\\par Two.\\par }}");
        let document = crate::read("a.rtf", text.as_bytes());
        let expected = [
            (1, "Paragraph(Body)", "One."),
            (2, "Paragraph(Body)", "Two."),
            (3, "Paragraph(Body)", long.trim()),
        ];
        crate::formats::check_blocks(&document, &expected);
    }

    #[test]
    fn damaged_files_are_read_as_far_as_they_go() {
        for (bytes, count) in [
            (&br"{\rtf1 Some words"[..], 1),
            (br"{\rtf1 }}}} Some \'", 1),
            (br"{\rtf1\u-", 0),
            (br"{\rtf1\bin99999999999 x", 1),
            (b"{\\rtf", 0),
        ] {
            let document = crate::read("a.rtf", bytes);
            assert_eq!(document.blocks.len(), count, "{bytes:?}");
        }
    }
}
