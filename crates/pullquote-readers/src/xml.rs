//! XML as a sequence of tags and text. Names are without their prefixes. There are no entities but the predefined ones, and no
//! document types.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A piece of an XML file.
#[derive(Debug, PartialEq, Eq)]
pub enum Xml {
    /// An element begins.
    Start(String, Attributes),
    /// An element ends.
    End(String),
    /// Text, or a part of it.
    Text(String),
}

/// Attributes of an element.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// The value of the attribute of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Elements inside each other, at most. No document that people read comes near, and readers keep those that are open.
const MAX_DEPTH: usize = 1_000;

/// Passes the pieces of a text to `each`, up to the first mistake in it, which too many elements inside each other are. An
/// element without content has a start and an end. Returns whether there is no mistake; the text may end within an element.
///
/// ```
/// use pullquote_readers::xml::{Xml, read};
///
/// let mut found = String::new();
/// let mut each = |piece| {
///     if let Xml::Text(text) = piece {
///         found.push_str(&text);
///     }
/// };
/// assert!(read("<a>1 &lt; <b>2</b></a>", &mut each));
/// assert!(!read("<a>3</b>", each));
/// assert_eq!(found, "1 < 23");
/// ```
pub fn read(text: &str, mut each: impl FnMut(Xml)) -> bool {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) if depth == MAX_DEPTH => return false,
            Ok(Event::Start(tag)) => {
                depth += 1;
                each(start(&tag));
            }
            Ok(Event::Empty(tag)) => {
                each(start(&tag));
                each(Xml::End(tag.local_name().as_ref().to_owned()));
            }
            Ok(Event::End(tag)) => {
                depth = depth.saturating_sub(1);
                each(Xml::End(tag.local_name().as_ref().to_owned()));
            }
            Ok(Event::Text(text)) => each(Xml::Text(text.to_string())),
            Ok(Event::CData(text)) => each(Xml::Text(text.to_string())),
            Ok(Event::GeneralRef(entity)) => {
                let letter = entity.resolve_char_ref().ok().flatten();
                let name = resolve_predefined_entity(&entity);
                let text = letter.map(String::from).or(name.map(str::to_owned));
                each(Xml::Text(text.unwrap_or_default()));
            }
            Ok(Event::Eof) => return true,
            Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn start(tag: &BytesStart<'_>) -> Xml {
    let attributes = tag.attributes().flatten().map(|attribute| {
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .unwrap_or_default();
        let name = attribute.key.local_name().as_ref().to_owned();
        (name, value.into_owned())
    });
    let attributes = Attributes(attributes.collect());
    Xml::Start(tag.local_name().as_ref().to_owned(), attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_inside_each_other_are_bounded() {
        let nested = |depth: usize| "<a>x".repeat(depth);
        let mut texts = 0;
        assert!(read(&nested(MAX_DEPTH), |piece| texts +=
            usize::from(matches!(piece, Xml::Text(_)))));
        assert_eq!(texts, MAX_DEPTH);
        assert!(!read(&nested(MAX_DEPTH + 1), |_| {}));
        assert!(read(&"<a></a>".repeat(MAX_DEPTH + 1), |_| {}));
    }

    #[test]
    fn pieces_of_xml() {
        let mut found = Vec::new();
        read(
            "<a:b c:d=\"1 &amp; 2\">x &lt;&#65;<![CDATA[y]]><e/></a:b><f",
            |piece| {
                found.push(match piece {
                    Xml::Start(name, attributes) => {
                        format!("<{name} {}", attributes.get("d").unwrap_or_default())
                    }
                    Xml::End(name) => format!("/{name}"),
                    Xml::Text(text) => text,
                });
            },
        );
        assert_eq!(found, ["<b 1 & 2", "x ", "<", "A", "y", "<e ", "/e", "/b"]);
    }
}
