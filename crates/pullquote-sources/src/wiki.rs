//! The pages in an export of `MediaWiki`.

use crate::export::ExportedPage;
use crate::paths::{free_path, safe_path};
use pullquote_readers::wiki;
use serde_json::json;
use std::collections::HashSet;

/// The pages in the XML that *Special:Export* makes. What the export says of a page becomes the front matter of its copy.
#[derive(Debug, PartialEq, Eq)]
pub struct WikiExport {
    /// The articles. Their ids are their titles, of which each is there once.
    pub pages: Vec<ExportedPage>,
    /// Whether the export has an end; if not, pages may be missing.
    pub is_whole: bool,
}

impl WikiExport {
    /// Reads an export; `None` if the file is something else.
    ///
    /// ```
    /// use pullquote_sources::WikiExport;
    ///
    /// let page = "<page><title>Fares/Dogs</title><ns>0</ns><text>Dogs are free.</text></page>";
    /// let base = "<base>https://isle.example/wiki/Main_Page</base>";
    /// let export = WikiExport::read(format!("<mediawiki>{base}{page}</mediawiki>").as_bytes()).unwrap();
    /// assert_eq!(export.pages[0].file, "Fares/Dogs.wiki");
    /// assert_eq!(export.pages[0].address.as_deref(), Some("https://isle.example/wiki/Fares/Dogs"));
    /// assert!(export.pages[0].bytes.ends_with(b"---\nDogs are free."));
    /// ```
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let export = wiki::Export::read(text.trim_start_matches('\u{feff}'))?;
        let (mut titles, mut taken) = (HashSet::new(), HashSet::new());
        let pages = export.pages.into_iter();
        let pages = pages
            .filter(|page| !page.title.is_empty() && titles.insert(page.title.clone()))
            .map(|page| ExportedPage {
                file: free_path(safe_path(&format!("{}.wiki", page.title)), &mut taken),
                bytes: with_front_matter(&page, &export.site).into_bytes(),
                id: page.title,
                address: page.address,
            });
        Some(Self {
            pages: pages.collect(),
            is_whole: export.is_whole,
        })
    }
}

/// Values in JSON are values in YAML.
fn with_front_matter(page: &wiki::Page, site: &str) -> String {
    let wiki::Page {
        title,
        names,
        address,
        text,
    } = page;
    let mut front = vec![format!("title: {}\n", json!(title))];
    if !names.is_empty() {
        front.push(format!("aliases: {}\n", json!(names)));
    }
    if !site.is_empty() {
        front.push(format!("publisher: {}\n", json!(site)));
    }
    if let Some(address) = address {
        front.push(format!("source: {}\n", json!(address)));
    }
    format!("---\n{}---\n{text}", front.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_what_its_copy_says() {
        let page = |title: &str, text: &str| {
            format!("<page><title>{title}</title><ns>0</ns><text>{text}</text></page>")
        };
        let pages = [
            page("\"Gull\": the ferry", "It sails to [[Port/Old quay]]."),
            page("Port/Old quay", "It is near [[Port]]."),
            page("PORT/old quay", "{{PAGENAME}} is loud."),
            page("Boat", "#REDIRECT [[\"Gull\": the ferry]]"),
            page("Port/Old quay", "Again."),
            page("", "Nameless."),
        ];
        let site = "<siteinfo><sitename>Isle: the wiki</sitename><base>https://isle.example/wiki/Main</base></siteinfo>";
        let export = format!("\u{feff}<mediawiki>{site}{}</mediawiki>", pages.concat());
        let export = WikiExport::read(export.as_bytes()).unwrap();
        assert!(export.is_whole);
        let files: Vec<&str> = export.pages.iter().map(|page| page.file.as_str()).collect();
        assert_eq!(
            files,
            [
                "Gull-- the ferry.wiki",
                "Port/Old quay.wiki",
                "PORT/old quay-2.wiki"
            ]
        );
        let read = |at: usize| {
            let page: &ExportedPage = &export.pages[at];
            let document = pullquote_readers::read(&page.file, &page.bytes);
            assert_eq!(document.problems, []);
            assert_eq!(document.meta.title, page.id);
            assert_eq!(document.meta.source, page.address);
            assert_eq!(document.meta.publisher.as_deref(), Some("Isle: the wiki"));
            document
        };
        let gull = read(0);
        assert_eq!(gull.meta.aliases, ["Boat"]);
        assert_eq!(gull.blocks[0].text, "It sails to Port/Old quay.");
        let old = "https://isle.example/wiki/Port/Old_quay";
        assert!(format!("{:?}", gull.blocks[0].marks).contains(old));
        let port = "\"https://isle.example/wiki/Port\"";
        assert!(format!("{:?}", read(1).blocks[0].marks).contains(port));
        assert_eq!(read(2).blocks[0].text, "PORT/old quay is loud.");
        assert!(WikiExport::read(b"<mediawiki><page><title>Cut").is_some_and(|cut| !cut.is_whole));
    }
}
