//! The content of a message: an embed, components, an attachment.
//!
//! Every method keeps the card within Discord's limits: content that does not fit is cut behind a sentence or
//! left out. Add the most important content first, because it has first claim on the embed's 6,000 characters.

use super::card_parts::{Attachment, Field, Tone};
use super::components::{ActionRow, Button, ChannelMenu, SelectMenu};
use super::limits::{self, cut_plain, length};
use super::locale::{FluentValue, Locale};
use super::markdown;
use super::rich::{Block, Run};

/// The content of a message.
///
/// ```
/// use pullquote_cards::{Card, Tone};
///
/// let card = Card::new(Tone::Plain).titled("Ferry").paragraph("It leaves at seven.");
/// assert_eq!(card.body(), "It leaves at seven.");
///
/// // What members write appears as typed.
/// let card = Card::new(Tone::Plain).paragraph("*not italic*");
/// assert_eq!(card.body(), r"\*not italic\*");
/// ```
///
/// Everything that a card can contain:
///
/// ```
/// use pullquote_cards::{
///     Block, Button, ButtonStyle, Card, ComponentId, Locale, Run, SelectMenu, SelectOption, Tone,
/// };
///
/// let page = ComponentId::Articles { page: 1 };
/// let quay = SelectOption::new("The quay", "where boats land", "quay");
/// let card = Card::new(Tone::Sure)
///     .with_question("When does the *ferry* leave?")
///     .titled("The ferry: times")
///     .with(Block::Quote(Run::new("It leaves at ").bold("seven")))
///     .with_all([Block::Item(Run::new("not on Sundays"))])
///     .small("2 of 7")
///     .field("Fare", "two euros")
///     .buttons([Button::new("Next", ButtonStyle::Primary, page)])
///     .select(SelectMenu::new(ComponentId::PickArticle, "Articles", quay.into_iter().collect()))
///     .file("times", "7:00, 9:00")
///     .without_embed_permission(Locale::English);
///
/// assert_eq!(card.tone(), Tone::Sure);
/// assert_eq!(card.question(), Some("When does the *ferry* leave?"));
/// // A short question is the author of the embed, a long one its footer.
/// assert_eq!((card.author(), card.footer()), (card.question(), None));
/// // Where Discord reads Markdown, the text is escaped.
/// assert_eq!(card.plain_title(), Some("The ferry: times"));
/// assert!(card.title().is_some() && card.body().contains("**seven**"));
/// assert_eq!(card.blocks().len(), 4);
/// assert_eq!(card.fields()[0].plain(), ("Fare", "two euros"));
/// assert_eq!(card.rows().len(), 2);
/// let file = card.attachment().unwrap();
/// assert_eq!((file.name(), file.bytes()), ("times.txt", "7:00, 9:00".as_bytes()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    tone: Tone,
    pub(super) question: Option<String>,
    pub(super) title: Option<String>,
    body: Vec<Block>,
    /// `body` in Markdown, and its length.
    markdown: String,
    markdown_length: usize,
    fields: Vec<Field>,
    rows: Vec<ActionRow>,
    attachment: Option<Attachment>,
}

/// Adding content.
impl Card {
    /// An empty card.
    pub fn new(tone: Tone) -> Self {
        Self {
            tone,
            ..Self::default()
        }
    }

    /// Shows the question that the card answers. Components get it back from the message that they belong to
    /// ([`Action::Component`](super::Action::Component)), because a `custom_id` is too short for most questions.
    #[must_use]
    pub fn with_question(mut self, question: &str) -> Self {
        let line = cut_plain(question, limits::FOOTER.min(self.room()));
        self.question = (!line.is_empty()).then_some(line);
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
        let room = limits::DESCRIPTION
            .saturating_sub(self.markdown_length)
            .min(self.room())
            .saturating_sub(length(separator));
        if let Some((block, written)) = block.cut_and_written(room) {
            self.markdown_length += length(separator) + length(&written);
            self.markdown.push_str(separator);
            self.markdown.push_str(&written);
            self.body.push(block);
        }
        self
    }

    /// Adds several blocks.
    #[must_use]
    pub fn with_all(self, blocks: impl IntoIterator<Item = Block>) -> Self {
        blocks.into_iter().fold(self, Self::with)
    }

    /// Adds a paragraph of the bot's own words.
    #[must_use]
    pub fn paragraph(self, text: &str) -> Self {
        self.with(Block::Paragraph(Run::new(text)))
    }

    /// Adds a line of small print.
    #[must_use]
    pub fn small(self, text: &str) -> Self {
        self.with(Block::Small(Run::new(text)))
    }

    /// Adds a note that the bot lacks the permission "Embed Links", or perhaps "Attach Files" if the card has a file.
    #[must_use]
    pub fn without_embed_permission(self, locale: Locale) -> Self {
        let needed = match self.attachment {
            Some(_) => "permission-embed-or-attach",
            None => "permission-embed",
        };
        let permission = FluentValue::from(locale.text(needed));
        self.small(&locale.text_with("missing-permission", &[("permission", permission)]))
    }

    /// Adds a field, or nothing if it does not fit.
    #[must_use]
    pub fn field(mut self, name: &str, value: &str) -> Self {
        if let Some(field) = Field::new(name, value)
            && field.length() <= self.room()
            && self.fields.len() < limits::FIELDS
        {
            self.fields.push(field);
        }
        self
    }

    /// Adds rows of five buttons. Leaves out a button whose `custom_id` the card already has, and rows beyond
    /// the fifth.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        let mut row: Vec<Button> = Vec::new();
        for button in buttons {
            let duplicate = button.id().is_some_and(|id| {
                self.has_id(id) || row.iter().any(|other| other.id() == Some(id))
            });
            if !duplicate {
                row.push(button);
            }
            if row.len() == limits::BUTTONS {
                self.push_row(ActionRow::Buttons(std::mem::take(&mut row)));
            }
        }
        if !row.is_empty() {
            self.push_row(ActionRow::Buttons(row));
        }
        self
    }

    /// Adds a button at the end of the last row of buttons, if that has room.
    #[must_use]
    pub(crate) fn last_button(mut self, button: Button) -> Self {
        if button.id().is_some_and(|id| self.has_id(id)) {
            return self;
        }
        match self.rows.last_mut() {
            Some(ActionRow::Buttons(row)) if row.len() < limits::BUTTONS => row.push(button),
            _ => self.push_row(ActionRow::Buttons(vec![button])),
        }
        self
    }

    /// Replaces the buttons for which `change` returns another one.
    pub(super) fn replace_buttons(&mut self, change: impl Fn(&Button) -> Option<Button>) {
        for row in &mut self.rows {
            let ActionRow::Buttons(buttons) = row else {
                continue;
            };
            for button in buttons {
                if let Some(other) = change(button) {
                    *button = other;
                }
            }
        }
    }

    /// Adds a select menu, unless the card already has its `custom_id`.
    #[must_use]
    pub fn select(mut self, menu: Option<SelectMenu>) -> Self {
        if let Some(menu) = menu
            && !self.has_id(menu.id())
        {
            self.push_row(ActionRow::Select(menu));
        }
        self
    }

    /// Adds a select menu of channels, unless the card already has its `custom_id`.
    #[must_use]
    pub fn channels(mut self, menu: ChannelMenu) -> Self {
        if !self.has_id(menu.id()) {
            self.push_row(ActionRow::Channels(menu));
        }
        self
    }

    /// Attaches `text` as `NAME.txt`, or nothing if it is larger than Discord accepts. Characters of the name
    /// other than ASCII letters, digits, `-` and `_` become `_`.
    #[must_use]
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.attachment = Attachment::new(name, text).or(self.attachment);
        self
    }

    /// Like [`Card::file`], with another ending than `txt`.
    #[must_use]
    pub(super) fn file_as(mut self, name: &str, ending: &'static str, text: &str) -> Self {
        let file = Attachment::new(name, text);
        self.attachment = file.map(|file| file.ending(ending)).or(self.attachment);
        self
    }

    /// Attaches a PNG as `NAME.png`, with what it shows in words. Discord shows it above the embed: a picture in an embed is
    /// smaller and has no description for screen readers.
    #[must_use]
    pub(super) fn picture(mut self, name: &str, png: &[u8], description: &str) -> Self {
        self.attachment = Attachment::picture(name, png, description).or(self.attachment);
        self
    }

    fn push_row(&mut self, row: ActionRow) {
        if self.rows.len() < limits::ROWS {
            self.rows.push(row);
        }
    }

    pub(super) fn has_id(&self, id: super::ComponentId) -> bool {
        self.rows.iter().any(|row| match row {
            ActionRow::Buttons(buttons) => buttons.iter().any(|button| button.id() == Some(id)),
            ActionRow::Select(menu) => menu.id() == id,
            ActionRow::Channels(menu) => menu.id() == id,
        })
    }

    /// How many of the embed's 6,000 characters are left.
    fn room(&self) -> usize {
        let used = self.question.as_deref().map_or(0, length)
            + self.title().as_deref().map_or(0, length)
            + self.markdown_length
            + self.fields.iter().map(Field::length).sum::<usize>();
        limits::EMBED_TOTAL.saturating_sub(used)
    }
}

/// Reading the content. Texts are escaped Markdown where Discord renders Markdown, and plain elsewhere.
impl Card {
    /// Colour of the embed.
    pub fn tone(&self) -> Tone {
        self.tone
    }

    /// Author of the embed: the question, if it has at most 256 characters. Plain text.
    pub fn author(&self) -> Option<&str> {
        let question = self.question.as_deref()?;
        (length(question) <= limits::TITLE).then_some(question)
    }

    /// Footer of the embed: the question, if it has more than 256 characters. Plain text.
    pub fn footer(&self) -> Option<&str> {
        let question = self.question.as_deref()?;
        (length(question) > limits::TITLE).then_some(question)
    }

    /// The question that the card shows. Plain text.
    pub fn question(&self) -> Option<&str> {
        self.question.as_deref()
    }

    /// Title of the embed. Markdown.
    pub fn title(&self) -> Option<String> {
        self.title.as_deref().map(markdown::escape)
    }

    /// Title as plain text.
    pub fn plain_title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Description of the embed. Markdown.
    pub fn body(&self) -> &str {
        &self.markdown
    }

    /// The blocks of the body.
    pub fn blocks(&self) -> &[Block] {
        &self.body
    }

    /// Fields of the embed.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// Rows of components.
    pub fn rows(&self) -> &[ActionRow] {
        &self.rows
    }

    /// The attached file.
    pub fn attachment(&self) -> Option<&Attachment> {
        self.attachment.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::{Card, Tone};
    use crate::{ActionRow, Button, ButtonStyle, ComponentId};

    fn button(page: u16) -> Button {
        let id = ComponentId::Articles { page };
        Button::new("Page", ButtonStyle::Secondary, id)
    }

    #[test]
    fn the_embed_has_at_most_6000_characters() {
        let card = Card::new(Tone::Plain)
            .titled(&"t".repeat(300))
            .with_question(&"q".repeat(3_000))
            .paragraph(&"A short sentence. ".repeat(500))
            .field("name", &"v".repeat(100));
        let title = card.title().unwrap().chars().count();
        let footer = card.footer().unwrap().chars().count();
        let body = card.body().chars().count();
        assert_eq!((title, footer), (256, 2_048));
        assert!(title + footer + body <= 6_000, "{body}");
        assert!(body > 3_600, "{body}");
        assert!(card.fields().is_empty(), "no room is left for a field");
    }

    #[test]
    fn a_short_question_is_the_author_and_a_long_one_the_footer() {
        let short = Card::new(Tone::Sure).with_question("Why?");
        assert_eq!((short.author(), short.footer()), (Some("Why?"), None));
        let question = "why ".repeat(100);
        let long = Card::new(Tone::Sure).with_question(&question);
        assert_eq!(
            (long.author(), long.footer()),
            (None, Some(question.trim()))
        );
    }

    #[test]
    fn buttons_come_in_five_rows_of_five_without_duplicates() {
        let card = Card::new(Tone::Plain).buttons((0..40).map(|n| button(n / 2 * 2)));
        let rows: Vec<usize> = card
            .rows()
            .iter()
            .map(|row| match row {
                ActionRow::Buttons(buttons) => buttons.len(),
                ActionRow::Select(_) | ActionRow::Channels(_) => 1,
            })
            .collect();
        assert_eq!(rows, [5, 5, 5, 5]);
        let card = Card::new(Tone::Plain)
            .buttons((0..40).map(button))
            .buttons([button(0), button(41)]);
        assert_eq!(card.rows().len(), 5);
    }
}
