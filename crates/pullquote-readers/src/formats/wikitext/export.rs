//! The XML that *Special:Export* makes of pages. As a file, it is one article: the page, or several with a heading each.
//! Redirects are other names of the page that they lead to. Talk pages, templates and others that are no articles are left out.

use super::expand::encoded;
use super::page::{self, redirect};
use super::sniff;
use crate::numbering;
use crate::xml::{self, Xml};
use pullquote_core::article::{Block, BlockKind, LineRange, MarkKind, ParsedDocument, Problem};
use std::collections::HashMap;
use url::Url;

/// The namespaces of articles, and of the pages that explain a wiki: *Project* and *Help*.
const ARTICLES: &[&str] = &["", "0", "4", "12"];

/// An export of `MediaWiki`, as *Special:Export* makes it.
///
/// ```
/// use pullquote_readers::wiki::Export;
///
/// let page = |title: &str, text: &str| format!("<page><title>{title}</title><ns>0</ns><text>{text}</text></page>");
/// let pages = [page("Ferry", "It sails at ''seven''."), page("Boat", "#REDIRECT [[Ferry]]")].concat();
/// let base = "<base>https://isle.example/wiki/Main_Page</base>";
/// let export = Export::read(&format!("<mediawiki>{base}{pages}</mediawiki>")).unwrap();
/// let [ferry] = export.pages.as_slice() else { panic!() };
/// assert_eq!((ferry.title.as_str(), ferry.text.as_str()), ("Ferry", "It sails at ''seven''."));
/// assert_eq!(ferry.names, ["Boat"]);
/// assert_eq!(ferry.address.as_deref(), Some("https://isle.example/wiki/Ferry"));
/// assert!(Export::read("<html></html>").is_none());
/// ```
#[derive(Debug, Default)]
pub struct Export {
    /// Name of the wiki; may be empty.
    pub site: String,
    /// The articles, in the order of the export.
    pub pages: Vec<Page>,
    /// Whether the export has an end; if not, it was cut off, and pages may be missing.
    pub is_whole: bool,
    /// The wiki's main page.
    base: Option<Url>,
}

/// A page of a wiki.
#[derive(Debug, Default)]
pub struct Page {
    /// Its title, with the folders of a subpage: `Fares/Dogs`.
    pub title: String,
    /// The titles of redirects to it.
    pub names: Vec<String>,
    /// Its address, if the export tells that of the wiki.
    pub address: Option<String>,
    /// Its newest version, in wikitext.
    pub text: String,
}

/// What has been read of an export.
#[derive(Debug, Default)]
struct Reader {
    site: String,
    base: String,
    pages: Vec<Page>,
    page: Page,
    namespace: String,
    open: String,
    has_end: bool,
}

impl Reader {
    fn take(&mut self, piece: Xml) {
        match piece {
            Xml::Start(name, _) => {
                match name.as_str() {
                    "page" => {
                        self.page = Page::default();
                        self.namespace.clear();
                    }
                    // The newest version is the last one.
                    "text" => self.page.text.clear(),
                    _ => {}
                }
                self.open = name;
            }
            Xml::End(name) => {
                if name == "page" && ARTICLES.contains(&self.namespace.trim()) {
                    let page = std::mem::take(&mut self.page);
                    let title = page.title.trim().to_owned();
                    self.pages.push(Page { title, ..page });
                }
                self.has_end |= name == "mediawiki";
                self.open.clear();
            }
            Xml::Text(text) => {
                let field = match self.open.as_str() {
                    "sitename" => &mut self.site,
                    "base" => &mut self.base,
                    "title" => &mut self.page.title,
                    "ns" => &mut self.namespace,
                    "text" => &mut self.page.text,
                    _ => return,
                };
                field.push_str(&text);
            }
        }
    }
}

impl Export {
    /// Reads an export; `None` if the text is something else.
    pub fn read(text: &str) -> Option<Self> {
        if !sniff(text) {
            return None;
        }
        let mut reader = Reader::default();
        xml::read(text, |piece| reader.take(piece));
        let pages = reader.pages.into_iter();
        let (redirects, mut pages): (Vec<Page>, Vec<Page>) =
            pages.partition(|page| redirect(&page.text).is_some());
        let mut names: HashMap<String, Vec<String>> = HashMap::new();
        for Page { title, text, .. } in redirects {
            let target = redirect(&text).unwrap_or_default();
            names.entry(target.to_owned()).or_default().push(title);
        }
        let base = Url::parse(reader.base.trim()).ok();
        for page in &mut pages {
            page.names = names.remove(&page.title).unwrap_or_default();
            let address = base.as_ref().map(|base| base.join(&encoded(&page.title)));
            page.address = address.and_then(Result::ok).map(String::from);
        }
        Some(Self {
            site: reader.site.trim().to_owned(),
            pages,
            is_whole: reader.has_end,
            base,
        })
    }
}

/// Reads an export as one article.
pub(super) fn read(export: Export) -> ParsedDocument {
    let Export {
        site,
        pages,
        is_whole,
        base,
    } = export;
    let mut document = ParsedDocument::default();
    match pages.as_slice() {
        [] => {
            return ParsedDocument::failed(
                "the export contains no page with text, or is cut off: download it again from Special:Export",
            );
        }
        [page] => {
            document = page::read(&page.text, &page.title, 1);
            document.meta.aliases.clone_from(&page.names);
            document.meta.source.clone_from(&page.address);
        }
        pages => {
            for page in pages {
                append(page, &mut document);
            }
            document.meta.title.clone_from(&site);
        }
    }
    document.meta.publisher = Some(site).filter(|site| !site.is_empty());
    if let Some(base) = base {
        complete_links(&mut document, &base);
    }
    if !is_whole {
        let message =
            "the export is damaged, so pages may be missing: download it again from Special:Export";
        document.problems.push(Problem::warning(None, message));
    }
    numbering::count_paragraphs(&mut document);
    document
}

/// Makes the addresses of links to other pages whole. Those of all pages are relative to the main page.
pub(super) fn complete_links(document: &mut ParsedDocument, base: &Url) {
    let marks = document
        .blocks
        .iter_mut()
        .flat_map(|block| &mut block.marks);
    for mark in marks {
        if let MarkKind::Link(address) = &mut mark.kind
            && let Ok(whole) = base.join(address)
        {
            *address = whole.into();
        }
    }
}

/// Adds a page below a heading, its title and other names.
fn append(page: &Page, document: &mut ParsedDocument) {
    let read = page::read(&page.text, &page.title, 1);
    let lines = LineRange { first: 1, last: 1 };
    let title = match page.names.as_slice() {
        [] => read.meta.title.clone(),
        names => format!("{} ({})", read.meta.title, names.join(", ")),
    };
    document
        .blocks
        .push(Block::new(BlockKind::Heading(1), title, lines));
    for mut block in read.blocks {
        match block.kind {
            BlockKind::Title => block.kind = BlockKind::Heading(2),
            BlockKind::Heading(level) => block.kind = BlockKind::Heading(level.max(2)),
            _ => {}
        }
        document.blocks.push(block);
    }
    document.dropped.extend(read.dropped);
}
