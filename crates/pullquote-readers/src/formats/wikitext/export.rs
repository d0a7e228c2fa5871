//! The XML that *Special:Export* makes: a page, or several with a heading each. Redirects are other names of the page that
//! they lead to. Talk pages, templates and others that are no articles are left out.

use super::expand::encoded;
use super::page::{self, redirect};
use crate::numbering;
use crate::xml::{self, Xml};
use pullquote_core::article::{
    Block, BlockKind, LineRange, MarkKind, Metadata, ParsedDocument, Problem,
};
use std::collections::HashMap;
use url::Url;

/// The namespaces of articles, and of the pages that explain a wiki: *Project* and *Help*.
const ARTICLES: &[&str] = &["", "0", "4", "12"];

#[derive(Debug, Default)]
struct Export {
    site: String,
    base: String,
    pages: Vec<Page>,
    page: Page,
    open: String,
}

#[derive(Debug, Default)]
struct Page {
    title: String,
    namespace: String,
    text: String,
}

impl Export {
    fn take(&mut self, piece: Xml) {
        match piece {
            Xml::Start(name, _) => {
                match name.as_str() {
                    "page" => self.page = Page::default(),
                    // The newest version is the last one.
                    "text" => self.page.text.clear(),
                    _ => {}
                }
                self.open = name;
            }
            Xml::End(name) => {
                if name == "page" {
                    self.pages.push(std::mem::take(&mut self.page));
                }
                self.open.clear();
            }
            Xml::Text(text) => {
                let field = match self.open.as_str() {
                    "sitename" => &mut self.site,
                    "base" => &mut self.base,
                    "title" => &mut self.page.title,
                    "ns" => &mut self.page.namespace,
                    "text" => &mut self.page.text,
                    _ => return,
                };
                field.push_str(&text);
            }
        }
    }
}

pub(super) fn read(text: &str) -> ParsedDocument {
    let mut export = Export::default();
    let is_whole = xml::read(text, |piece| export.take(piece));
    let pages = std::mem::take(&mut export.pages);
    let is_article = |page: &Page| ARTICLES.contains(&page.namespace.trim());
    let (redirects, pages): (Vec<Page>, Vec<Page>) = pages
        .into_iter()
        .filter(is_article)
        .partition(|page| redirect(&page.text).is_some());
    let mut names: HashMap<&str, Vec<&str>> = HashMap::new();
    for page in &redirects {
        let target = redirect(&page.text).unwrap_or_default();
        names.entry(target).or_default().push(page.title.trim());
    }
    let mut document = ParsedDocument::default();
    match pages.as_slice() {
        [] => {
            return ParsedDocument::failed(
                "the export contains no page with text, or is cut off: download it again from Special:Export",
            );
        }
        [page] => {
            document = page::read(&page.text, page.title.trim(), 1);
            document.meta.aliases = names
                .remove(page.title.trim())
                .unwrap_or_default()
                .into_iter()
                .map(str::to_owned)
                .collect();
        }
        pages => {
            for page in pages {
                let names = names.remove(page.title.trim()).unwrap_or_default();
                append(page, &names, &mut document);
            }
            export.site.trim().clone_into(&mut document.meta.title);
        }
    }
    document.meta = Metadata {
        publisher: Some(export.site.trim().to_owned()).filter(|site| !site.is_empty()),
        ..document.meta
    };
    if let Ok(base) = Url::parse(export.base.trim()) {
        complete_links(&mut document, &base);
        if let [page] = pages.as_slice() {
            let address = base.join(&encoded(page.title.trim())).ok();
            document.meta.source = address.map(String::from);
        }
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
fn complete_links(document: &mut ParsedDocument, base: &Url) {
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
fn append(page: &Page, names: &[&str], document: &mut ParsedDocument) {
    let read = page::read(&page.text, page.title.trim(), 1);
    let lines = LineRange { first: 1, last: 1 };
    let title = match names {
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
