//! A card as text for a terminal, with numbered controls.

use super::show::{self, BOLD, DIM, safe, styled, wrapped};
use pullquote_cards::markdown::separator;
use pullquote_cards::{ActionRow, Block, ButtonKind, Card, Inline, Run};
use std::fmt::Write as _;

/// A button, or an option of a menu, that can be used by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    /// `custom_id` of the button or menu.
    pub(super) custom_id: String,
    /// The chosen value, for an option of a menu.
    pub(super) value: Option<String>,
}

/// The text of a card, and its controls in the order of their numbers, which start at 1.
pub(super) fn card(card: &Card) -> (String, Vec<Control>) {
    let mut out = String::new();
    if let Some(title) = card.plain_title() {
        let _ = writeln!(out, "{}", styled(&wrapped(&safe(title), ""), BOLD));
    }
    for (at, block) in card.blocks().iter().enumerate() {
        if at > 0 && separator(&card.blocks()[at - 1], block).len() > 1 {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", self::block(block));
    }
    for url in urls(card) {
        let _ = writeln!(out, "  {}", styled(&url, DIM));
    }
    for field in card.fields() {
        let (name, value) = field.plain();
        let _ = writeln!(out, "{} {}", styled(&format!("{name}:"), DIM), safe(value));
    }
    if let Some(file) = card.attachment() {
        let line = match file.description() {
            Some(description) => wrapped(&safe(&format!("[{}: {description}]", file.name())), ""),
            None => format!("[{}, {} bytes]", file.name(), file.bytes().len()),
        };
        let _ = writeln!(out, "{}", styled(&line, DIM));
    }
    let mut controls = Vec::new();
    for row in card.rows() {
        out.push_str(&self::row(row, &mut controls));
    }
    (out, controls)
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(run) => show::run(run, ""),
        Block::Quote(run) => show::run(run, "  "),
        Block::Source(run) => styled(&wrapped(&format!("— {}", self::run(run)), "  "), DIM),
        Block::Item(run) => wrapped(&format!("• {}", self::run(run)), "  "),
        Block::Small(run) => styled(&wrapped(&self::run(run), "  "), DIM),
    }
}

/// A run in one line, without the addresses of its links.
fn run(run: &Run) -> String {
    let part = |part: &Inline| match part {
        Inline::Member(_) => "you".to_owned(),
        Inline::Channel(id) => format!("#{id}"),
        Inline::Role(id) => format!("@{id}"),
        Inline::Command { name, .. } => format!("/{name}"),
        _ if part.is_bold() => styled(&safe(part.text().unwrap_or_default()), BOLD),
        _ => safe(part.text().unwrap_or_default()),
    };
    run.parts().iter().map(part).collect()
}

/// The URLs of links outside quotes and paragraphs, each once. They are printed below the text, because they are long.
fn urls(card: &Card) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let blocks = card.blocks().iter();
    let blocks = blocks.filter(|block| !matches!(block, Block::Quote(_) | Block::Paragraph(_)));
    for part in blocks.flat_map(|block| block.run().parts()) {
        if let Inline::Link { url, .. } = part {
            let url = shown(url);
            if !found.contains(&url) {
                found.push(url);
            }
        }
    }
    found
}

/// An address without the words that a browser scrolls to, which nobody reads.
fn shown(url: &str) -> String {
    let end = url.find(":~:text=").unwrap_or(url.len());
    safe(url.get(..end).unwrap_or(url).trim_end_matches('#'))
}

fn row(row: &ActionRow, controls: &mut Vec<Control>) -> String {
    let mut number = |custom_id: String, value: Option<&str>| {
        controls.push(Control {
            custom_id,
            value: value.map(str::to_owned),
        });
        controls.len()
    };
    match row {
        ActionRow::Buttons(buttons) => {
            let label = |button: &pullquote_cards::Button| match button.kind() {
                ButtonKind::Interactive { id, .. } => {
                    format!(
                        "[{}] {}",
                        number(id.to_string(), None),
                        safe(button.label())
                    )
                }
                ButtonKind::Link(url) => format!("{} <{}>", safe(button.label()), shown(url)),
            };
            let labels: Vec<String> = buttons.iter().map(label).collect();
            labels.join("   ") + "\n"
        }
        // A terminal has no channels to choose from.
        ActionRow::Channels(menu) => {
            let at = number(menu.id().to_string(), None);
            let label = styled(&format!("{}:", safe(menu.placeholder())), DIM);
            format!("{label} [{at}] and ids of channels\n")
        }
        ActionRow::Select(select) => {
            let mut out = styled(&format!("{}:", safe(select.placeholder())), DIM) + "\n";
            for option in select.options() {
                let at = number(select.id().to_string(), Some(option.value()));
                let _ = writeln!(out, "[{at}] {}", safe(option.label()));
                if let Some(description) = option.description() {
                    let _ = writeln!(out, "    {}", styled(&safe(description), DIM));
                }
            }
            out
        }
    }
}
