//! What a message shows: an embed, its controls, a file. Whatever is put into a card, it stays within
//! Discord's limits: what does not fit is cut behind a sentence or left out.
//!
//! Fill it from the top: what is put in first has the first claim on the 6,000 characters.

use super::controls::{Button, Press, Row, Select};
use super::limits::{self, cut_plain, length};
use super::locale::{Locale, Value};
use super::markdown;
use super::rich::{Block, Run};

/// A message of the bot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    tone: Tone,
    asked: Option<String>,
    title: Option<String>,
    body: Vec<Block>,
    /// The body in Discord's notation, and its length.
    written: String,
    length: usize,
    fields: Vec<Field>,
    rows: Vec<Row>,
    file: Option<File>,
}

/// The colour of the bar at a card's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither here nor there.
    #[default]
    Plain,
    /// An answer.
    Sure,
    /// Near misses.
    Unsure,
}

/// A name and what it stands for, as in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    name: String,
    value: String,
}

/// A text file that comes with the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    text: String,
}

impl Card {
    /// An empty card.
    pub fn new(tone: Tone) -> Self {
        Self {
            tone,
            ..Self::default()
        }
    }

    /// Shows the question that the card answers. Its buttons get it back from there, see
    /// [`Self::author`].
    #[must_use]
    pub fn asked(mut self, question: &str) -> Self {
        let line = cut_plain(question, limits::FOOTER.min(self.room()));
        self.asked = (!line.is_empty()).then_some(line);
        self
    }

    /// Sets the title.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        let limit = limits::TITLE.min(self.room());
        let line = limits::one_line(title);
        self.title = Block::Paragraph(Run::new(&line))
            .cut(limit)
            .map(|block| block.run().text())
            .filter(|title| !title.is_empty());
        self
    }

    /// Adds a block to the body.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        if block.run().text().trim().is_empty() {
            return self;
        }
        let last = self.body.last();
        let separator = last.map_or("", |last| markdown::separator(last, &block));
        let room = limits::BODY
            .saturating_sub(self.length)
            .min(self.room())
            .saturating_sub(length(separator));
        if let Some(block) = block.cut(room) {
            let written = markdown::block(&block);
            self.length += length(separator) + length(&written);
            self.written.push_str(separator);
            self.written.push_str(&written);
            self.body.push(block);
        }
        self
    }

    /// Adds several blocks.
    #[must_use]
    pub fn with_all(self, blocks: impl IntoIterator<Item = Block>) -> Self {
        blocks.into_iter().fold(self, Self::with)
    }

    /// Adds words of the bot.
    #[must_use]
    pub fn paragraph(self, text: &str) -> Self {
        self.with(Block::Paragraph(Run::new(text)))
    }

    /// Adds a quiet line.
    #[must_use]
    pub fn small(self, text: &str) -> Self {
        self.with(Block::Small(Run::new(text)))
    }

    /// Adds a quiet line on a permission that the bot lacks.
    #[must_use]
    pub fn lacking_embeds(self, locale: Locale) -> Self {
        let permission = Value::from(locale.text("permission-embed"));
        self.small(&locale.text_with("missing-permission", &[("permission", permission)]))
    }

    /// Adds a field; without room for it, nothing.
    #[must_use]
    pub fn field(mut self, name: &str, value: &str) -> Self {
        let name = cut_plain(name, limits::TITLE);
        let value = cut_plain(value, limits::FIELD);
        let shown = length(&markdown::escape(&name)) + length(&markdown::escape(&value));
        let sound = !name.is_empty()
            && !value.is_empty()
            && length(&markdown::escape(&name)) <= limits::TITLE
            && length(&markdown::escape(&value)) <= limits::FIELD;
        if sound && shown <= self.room() && self.fields.len() < limits::FIELDS {
            self.fields.push(Field { name, value });
        }
        self
    }

    /// Adds buttons in rows of five. Those of an id that is there already, and those beyond the fifth
    /// row, are left out.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let mut row: Vec<Button> = Vec::new();
        for button in buttons {
            let id = match button.press() {
                Press::Ask { id, .. } => Some(id.to_string()),
                Press::Open(_) => None,
            };
            let twice = id.is_some_and(|id| {
                self.ids().any(|other| other == id)
                    || row.iter().any(|other| matches!(other.press(), Press::Ask { id: other, .. } if other.to_string() == id))
            });
            if !twice {
                row.push(button);
            }
            if row.len() == limits::BUTTONS {
                self.push_row(Row::Buttons(std::mem::take(&mut row)));
            }
        }
        if !row.is_empty() {
            self.push_row(Row::Buttons(row));
        }
        self
    }

    /// Adds a menu.
    #[must_use]
    pub fn select(mut self, select: Option<Select>) -> Self {
        let Some(select) = select else {
            return self;
        };
        let id = select.id().to_string();
        if !self.ids().any(|other| other == id) {
            self.push_row(Row::Select(select));
        }
        self
    }

    /// Adds a text file of this name (letters, digits, `-` and `_` stay); one that is too large for
    /// Discord is left out.
    #[must_use]
    pub fn file(mut self, name: &str, text: &str) -> Self {
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() || "-_".contains(letter) {
                letter
            } else {
                '_'
            }
        };
        let stem: String = name.chars().take(limits::CHOICE).map(plain).collect();
        if text.len() <= limits::FILE {
            self.file = Some(File {
                name: format!("{stem}.txt"),
                text: text.to_owned(),
            });
        }
        self
    }

    fn push_row(&mut self, row: Row) {
        if self.rows.len() < limits::ROWS {
            self.rows.push(row);
        }
    }

    /// Every `custom_id`.
    fn ids(&self) -> impl Iterator<Item = String> {
        self.rows.iter().flat_map(|row| match row {
            Row::Buttons(buttons) => buttons
                .iter()
                .filter_map(|button| match button.press() {
                    Press::Ask { id, .. } => Some(id.to_string()),
                    Press::Open(_) => None,
                })
                .collect::<Vec<_>>(),
            Row::Select(select) => vec![select.id().to_string()],
        })
    }

    /// What is left of the 6,000 characters.
    fn room(&self) -> usize {
        let field = |field: &Field| length(&field.name()) + length(&field.value());
        let used = self.asked.as_deref().map_or(0, length)
            + self.title().as_deref().map_or(0, length)
            + self.length
            + self.fields.iter().map(field).sum::<usize>();
        limits::TOTAL.saturating_sub(used)
    }
}

/// What the edge sends. All texts are in Discord's notation where Discord reads it, and plain where it
/// does not.
impl Card {
    /// Colour of the bar at the side.
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// Embed author: the question, where it is short enough. Plain text.
    pub fn author(&self) -> Option<&str> {
        let asked = self.asked.as_deref()?;
        (length(asked) <= limits::TITLE).then_some(asked)
    }

    /// Embed footer: a question that is too long for the author's line. Plain text. Buttons get the
    /// question back from the message that they stand on
    /// ([`Action::Component`](super::Action::Component)): a `custom_id` is too short for most questions. Where the bot
    /// must not embed, [`Self::asked_in`] finds it.
    pub fn footer(&self) -> Option<&str> {
        let asked = self.asked.as_deref()?;
        (length(asked) > limits::TITLE).then_some(asked)
    }

    /// The question that is shown, wherever.
    pub fn question(&self) -> Option<&str> {
        self.asked.as_deref()
    }

    /// Embed title.
    pub fn title(&self) -> Option<String> {
        self.title.as_deref().map(markdown::escape)
    }

    /// The title as it reads.
    pub fn plain_title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Embed description.
    pub fn body(&self) -> &str {
        &self.written
    }

    /// What the body is made of.
    pub fn blocks(&self) -> &[Block] {
        &self.body
    }

    /// Embed fields; each may stand beside others.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Rows of controls.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The file that comes along.
    pub fn attachment(&self) -> Option<&File> {
        self.file.as_ref()
    }

    /// The card as a plain message of at most 2,000 characters, for a channel where the bot must not
    /// embed. The question is its heading.
    pub fn content(&self) -> String {
        let asked = self.asked.as_deref().map(Run::new).map(Block::Paragraph);
        let asked = asked.and_then(|asked| asked.cut(limits::CONTENT / 2));
        let head = asked.map_or(String::new(), |asked| {
            format!("{ASKED}{}\n", markdown::block(&asked))
        });
        let mut kept: Vec<Block> = Vec::new();
        let title = self
            .title
            .as_deref()
            .map(|title| Block::Paragraph(Run::default().bold(title)));
        let field = |field: &Field| {
            let name = Run::default().bold(&field.name);
            Block::Item(name.and(" ").and(&field.value))
        };
        let fields: Vec<Block> = self.fields.iter().map(field).collect();
        for block in title.iter().chain(&self.body).chain(&fields) {
            let separator = kept
                .last()
                .map_or("", |last| markdown::separator(last, block));
            let used = length(&head) + length(&markdown::blocks(&kept)) + length(separator);
            match block.clone().cut(limits::CONTENT.saturating_sub(used)) {
                Some(block) => kept.push(block),
                None => break,
            }
        }
        head + &markdown::blocks(&kept)
    }

    /// The question that a plain message shows, if it shows one.
    pub fn asked_in(content: &str) -> Option<String> {
        let head = content.lines().next()?.strip_prefix(ASKED)?;
        Some(markdown::unescape(head))
    }
}

/// Begins the line of a plain message that shows the question; no block begins so.
const ASKED: &str = "### ";

impl Field {
    /// Its name, in Discord's notation.
    pub fn name(&self) -> String {
        markdown::escape(&self.name)
    }

    /// Its value, in Discord's notation.
    pub fn value(&self) -> String {
        markdown::escape(&self.value)
    }

    /// Name and value as they read.
    pub fn plain(&self) -> (&str, &str) {
        (&self.name, &self.value)
    }
}

impl File {
    /// File name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl Tone {
    /// As Discord takes it: 0xRRGGBB.
    pub fn colour(self) -> u32 {
        match self {
            Self::Plain => 0x4F_54_5C,
            Self::Sure => 0x2E_8B_57,
            Self::Unsure => 0xC9_8A_1B,
        }
    }
}
