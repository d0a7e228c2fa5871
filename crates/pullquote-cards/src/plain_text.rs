//! A card as a message without an embed, for channels where the bot lacks the permission "Embed Links".

use super::card::Card;
use super::card_parts::Field;
use super::limits::{CONTENT, length};
use super::markdown;
use super::rich::{Block, Run};

/// Starts the line that shows the question. No block starts with it.
const QUESTION_MARK: &str = "### ";

impl Card {
    /// The content of a message without an embed, at most 2,000 characters of Markdown. Its heading is the
    /// question.
    pub fn content(&self) -> String {
        let question = self.question().map(Run::new).map(Block::Paragraph);
        let question = question.and_then(|question| question.cut(CONTENT / 2));
        let heading = question.map_or(String::new(), |question| {
            format!("{QUESTION_MARK}{}\n", markdown::block(&question))
        });
        let title = self
            .plain_title()
            .map(|title| Block::Paragraph(Run::default().bold(title)));
        let fields: Vec<Block> = self.fields().iter().map(item).collect();
        let mut kept: Vec<Block> = Vec::new();
        let mut all = title.iter().chain(self.blocks()).chain(&fields).peekable();
        while let Some(block) = all.next() {
            let last = kept.last();
            let separator = last.map_or("", |last| markdown::separator(last, block));
            // A quote leaves room for its source.
            let source = all.peek().filter(|next| matches!(next, Block::Source(_)));
            let source = source.map_or(0, |source| length(&markdown::block(source)) + 1);
            let used = length(&heading)
                + length(&markdown::blocks(&kept))
                + length(separator)
                + source.min(CONTENT / 4);
            match block.clone().cut(CONTENT.saturating_sub(used)) {
                Some(block) => kept.push(block),
                None => break,
            }
        }
        heading + &markdown::blocks(&kept)
    }

    /// Finds the question in the content of a message; `None` if [`Self::content`] did not write one.
    pub fn question_in(content: &str) -> Option<String> {
        let heading = content.lines().next()?.strip_prefix(QUESTION_MARK)?;
        Some(markdown::unescape(heading))
    }
}

fn item(field: &Field) -> Block {
    let (name, value) = field.plain();
    Block::Item(Run::default().bold(name).and(" ").and(value))
}

#[cfg(test)]
mod tests {
    use super::{CONTENT, length};
    use crate::{Block, Card, Run, Tone};

    #[test]
    fn the_content_gives_the_question_back() {
        let card = Card::new(Tone::Sure)
            .with_question("Why *now*?")
            .titled("Title")
            .paragraph("Because.")
            .field("Name", "value");
        let content = card.content();
        assert_eq!(
            content,
            "### Why \\*now\\*?\n**Title**\n\nBecause.\n\n- **Name** value"
        );
        assert_eq!(Card::question_in(&content).as_deref(), Some("Why *now*?"));
        assert_eq!(Card::question_in("Why?\nBecause."), None);
    }

    #[test]
    fn a_long_quote_leaves_room_for_its_source() {
        let card = Card::new(Tone::Sure)
            .with(Block::Quote(Run::new(&"It goes on and on. ".repeat(150))))
            .with(Block::Source(Run::new("The tale")));
        let content = card.content();
        assert!(content.ends_with("and on. …\n— The tale"), "{content}");
        assert!(length(&content) <= CONTENT);
    }
}
