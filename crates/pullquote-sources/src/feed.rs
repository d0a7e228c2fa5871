//! Feeds: RSS and Atom, as far as they say where pages are, or contain them.

use crate::packed::Text;
use pullquote_readers::xml::{self, Attributes, Xml};
use url::Url;

/// Entries that are read. Older ones stay as they are.
const MAX_ENTRIES: usize = 200;

/// A feed: the newest pages of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its entries, newest first, as feeds have them.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedEntry {
    /// The address of its page.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Its whole content as HTML, if the feed has it. Its page has it otherwise.
    pub content: Option<String>,
}

impl Feed {
    /// Reads the feed at `address`. `None` if it is none.
    ///
    /// ```
    /// use pullquote_sources::Feed;
    ///
    /// let text = "<rss><channel><item><title>News</title><link>/news</link></item></channel></rss>";
    /// let feed = Feed::read(text.as_bytes(), "https://a.example/feed.xml").unwrap();
    /// assert_eq!(feed.entries[0].address, "https://a.example/news");
    /// assert!(Feed::read(b"<html></html>", "https://a.example/").is_none());
    /// ```
    pub fn read(bytes: &[u8], address: &str) -> Option<Self> {
        let base = Url::parse(address).ok();
        let mut reading = Reading::default();
        xml::read(&Text::of(bytes).text, |piece| reading.piece(piece));
        let whole = |mut entry: FeedEntry| {
            entry.address = base.as_ref()?.join(&entry.address).ok()?.into();
            entry.title = entry.title.trim().to_owned();
            entry.content = entry.content.filter(|content| !content.trim().is_empty());
            Some(entry)
        };
        let entries = reading
            .entries
            .into_iter()
            .filter(|it| !it.address.is_empty());
        let entries = entries.filter_map(whole).take(MAX_ENTRIES).collect();
        reading.is_feed.then_some(Self { entries })
    }
}

impl FeedEntry {
    /// Its content as a web page; `None` if the feed does not have it.
    pub fn page(&self) -> Option<String> {
        let content = self.content.as_deref()?;
        let title = self.title.replace('&', "&amp;").replace('<', "&lt;");
        Some(format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article><h1>{title}</h1>\n\
             {content}\n</article></body></html>\n"
        ))
    }
}

/// A feed that is being read.
#[derive(Debug, Default)]
struct Reading {
    is_feed: bool,
    /// The elements that are open.
    open: Vec<String>,
    entries: Vec<FeedEntry>,
    entry: FeedEntry,
    /// Whether the content of the entry is escaped markup, which it is not if it contains elements.
    is_escaped: bool,
}

impl Reading {
    fn piece(&mut self, piece: Xml) {
        match piece {
            Xml::Start(name, attributes) => self.start(name, &attributes),
            Xml::Text(text) => self.text(&text),
            Xml::End(_) => {
                let closed = self.open.pop();
                if matches!(closed.as_deref(), Some("item" | "entry")) {
                    if !self.is_escaped {
                        self.entry.content = None;
                    }
                    self.entries.push(std::mem::take(&mut self.entry));
                }
            }
        }
    }

    fn start(&mut self, name: String, attributes: &Attributes) {
        if self.open.is_empty() {
            self.is_feed = matches!(name.as_str(), "rss" | "feed" | "RDF");
        }
        if matches!(name.as_str(), "item" | "entry") {
            self.entry = FeedEntry::default();
            self.is_escaped = true;
        }
        let parent = self.open.last().map(String::as_str);
        match (parent, name.as_str()) {
            (Some("entry"), "link") => {
                let relation = attributes.get("rel").unwrap_or("alternate");
                if relation == "alternate"
                    && let Some(address) = attributes.get("href")
                {
                    address.clone_into(&mut self.entry.address);
                }
            }
            (Some("entry"), "content") => {
                self.is_escaped = matches!(attributes.get("type"), Some("html" | "text/html"));
            }
            (Some("content" | "encoded"), _) => self.is_escaped = false,
            _ => {}
        }
        self.open.push(name);
    }

    fn text(&mut self, text: &str) {
        let mut open = self.open.iter().rev().map(String::as_str);
        let (name, parent) = (open.next(), open.next());
        match (parent, name) {
            (Some("item" | "entry"), Some("title")) => self.entry.title.push_str(text),
            (Some("item"), Some("link")) => self.entry.address.push_str(text.trim()),
            (Some("item"), Some("encoded")) | (Some("entry"), Some("content")) => {
                let content = self.entry.content.get_or_insert_default();
                content.push_str(text);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Feed, FeedEntry};

    fn read(text: &str) -> Vec<FeedEntry> {
        let feed = Feed::read(text.as_bytes(), "https://a.example/x/feed");
        feed.unwrap().entries
    }

    #[test]
    fn rss() {
        let entries = read(
            "<rss xmlns:content='c' xmlns:atom='a'><channel><title>Site</title><link>https://a.example/</link>\n\
             <atom:link rel='self' href='https://a.example/x/feed'/>\n\
             <item><title>One &amp; two</title><link>https://a.example/1</link><description>Short</description>\n\
             <content:encoded><![CDATA[<p>Seven.</p>]]></content:encoded></item>\n\
             <item><title>Two</title><link>2</link></item><item><title>No link</title></item></channel></rss>",
        );
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].title, "One & two");
        assert_eq!(entries[0].content.as_deref(), Some("<p>Seven.</p>"));
        let page = entries[0].page().unwrap();
        assert!(page.contains("<h1>One &amp; two</h1>") && page.contains("<p>Seven.</p>"));
        assert_eq!(entries[1].address, "https://a.example/x/2");
        assert_eq!(entries[1].page(), None);
    }

    #[test]
    fn atom() {
        let entries = read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Site</title><entry><title>One</title>\n\
             <link rel='edit' href='/edit'/><link href='/1'/><content type='html'>&lt;p&gt;Seven.&lt;/p&gt;</content></entry>\n\
             <entry><title>Two</title><link rel='alternate' href='/2'/>\n\
             <content type='xhtml'><div><p>Eight.</p></div></content></entry></feed>",
        );
        assert_eq!(entries[0].address, "https://a.example/1");
        assert_eq!(entries[0].content.as_deref(), Some("<p>Seven.</p>"));
        assert_eq!(entries[1].address, "https://a.example/2");
        // It is read from its page.
        assert_eq!(entries[1].content, None);
    }

    #[test]
    fn the_newest_entries_are_read() {
        let item = |number| format!("<item><link>https://a.example/{number}</link></item>");
        let items: Vec<String> = (0..300).map(item).collect();
        let items = items.concat();
        let entries = read(&format!("<rss><channel>{items}</channel></rss>"));
        assert_eq!(entries.len(), 200);
        assert_eq!(entries[199].address, "https://a.example/199");
    }
}
