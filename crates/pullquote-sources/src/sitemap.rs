//! Sitemaps: the lists of pages that sites keep for search engines.

use crate::packed::Text;
use pullquote_readers::xml::{self, Xml};

/// A sitemap, or an index of sitemaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// Its pages, in its order.
    pub pages: Vec<SitemapPage>,
    /// The sitemaps that it lists.
    pub maps: Vec<String>,
    /// Whether it came to its end.
    pub complete: bool,
}

/// A page of a sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapPage {
    /// Its address, as it is written.
    pub address: String,
    /// When it was changed. Many sites write here what they like: it says which page to ask for first, not which to leave
    /// out.
    pub modified: Option<String>,
}

impl Sitemap {
    /// Reads a sitemap, which may be packed. `None` if it is none.
    ///
    /// ```
    /// use pullquote_sources::Sitemap;
    ///
    /// let whole = "<urlset><url><loc>https://a.example/b</loc></url></urlset>";
    /// let sitemap = Sitemap::read(whole.as_bytes()).unwrap();
    /// assert_eq!(sitemap.pages[0].address, "https://a.example/b");
    /// assert!(sitemap.complete);
    ///
    /// let cut = Sitemap::read(&whole.as_bytes()[..50]).unwrap();
    /// assert!(cut.pages.len() == 1 && !cut.complete);
    /// assert!(Sitemap::read(b"<html></html>").is_none());
    /// ```
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let unpacked = Text::of(bytes);
        let mut sitemap = Self::default();
        let mut page = SitemapPage::default();
        // The elements that are open.
        let mut open: Vec<String> = Vec::new();
        let (mut is_sitemap, mut ended) = (false, false);
        let well_formed = xml::read(&unpacked.text, |piece| match piece {
            Xml::Start(name, _) => {
                is_sitemap |= open.is_empty() && matches!(&*name, "urlset" | "sitemapindex");
                open.push(name);
            }
            Xml::Text(text) => {
                let [_, entry, field] = open.as_slice() else {
                    return;
                };
                match (entry.as_str(), field.as_str()) {
                    ("url" | "sitemap", "loc") => page.address.push_str(text.trim()),
                    ("url", "lastmod") => {
                        page.modified.get_or_insert_default().push_str(text.trim());
                    }
                    _ => {}
                }
            }
            Xml::End(_) => {
                let closed = open.pop();
                let closed = closed.as_deref().filter(|_| !page.address.is_empty());
                match closed {
                    Some("url") => sitemap.pages.push(std::mem::take(&mut page)),
                    Some("sitemap") => sitemap.maps.push(std::mem::take(&mut page).address),
                    _ => {}
                }
                ended |= open.is_empty();
            }
        });
        sitemap.complete = well_formed && ended && unpacked.complete;
        is_sitemap.then_some(sitemap)
    }
}

#[cfg(test)]
mod tests {
    use super::Sitemap;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    const MAP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:image=\"x\">\n\
        <url><loc> https://a.example/?a=1&amp;b=2 </loc><lastmod>2026-01-02</lastmod>\n\
        <image:image><image:loc>https://a.example/b.png</image:loc></image:image></url>\n\
        <url><loc><![CDATA[https://a.example/c]]></loc></url></urlset>";

    fn addresses(sitemap: &Sitemap) -> Vec<&str> {
        sitemap.pages.iter().map(|it| &*it.address).collect()
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn pages_and_maps() {
        let sitemap = Sitemap::read(MAP.as_bytes()).unwrap();
        let expected = ["https://a.example/?a=1&b=2", "https://a.example/c"];
        assert_eq!(addresses(&sitemap), expected);
        assert_eq!(sitemap.pages[0].modified.as_deref(), Some("2026-01-02"));
        assert!(sitemap.complete);
        assert_eq!(Sitemap::read(&packed(MAP.as_bytes())).unwrap(), sitemap);
        let index = "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>x</lastmod></sitemap></sitemapindex>";
        let index = Sitemap::read(index.as_bytes()).unwrap();
        assert_eq!(index.maps, ["https://a.example/1.xml"]);
        assert!(index.pages.is_empty() && index.complete);
    }

    #[test]
    fn what_is_cut_off_is_not_complete() {
        let whole = MAP.len();
        for length in 0..whole {
            let cut = Sitemap::read(MAP.get(..length).unwrap_or_default().as_bytes());
            assert!(cut.is_none_or(|cut| !cut.complete), "{length}");
        }
        let packed = packed(MAP.as_bytes());
        let cut = Sitemap::read(packed.get(..packed.len() - 9).unwrap());
        assert!(cut.is_none_or(|cut| !cut.complete));
    }

    #[test]
    fn a_bomb_is_cut_off() {
        let mut text = b"<urlset>".to_vec();
        text.resize(60 << 20, b' ');
        text.extend(b"</urlset>");
        let sitemap = Sitemap::read(&packed(&text)).unwrap();
        assert!(!sitemap.complete);
    }
}
