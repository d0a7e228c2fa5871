//! Zip archives, which office files and books are. What is unpacked is bounded, and stays in memory.

use pullquote_core::article::ParsedDocument;
use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;

#[cfg(test)]
pub(crate) use tests::packed;

/// Bytes to which the parts of an archive that are read may unpack together.
const MAX_UNPACKED: u64 = 50_000_000;
/// Bytes at the end of an archive in which the names of its parts are looked for, without opening it.
const NAMES: usize = 256 * 1024;

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// Whether the bytes are an archive with a part of this name.
pub(crate) fn contains(bytes: &[u8], name: &str) -> bool {
    let end = bytes
        .get(bytes.len().saturating_sub(NAMES)..)
        .unwrap_or(bytes);
    is_archive(bytes) && end.windows(name.len()).any(|part| part == name.as_bytes())
}

/// Whether the bytes are an archive whose first part is its type, as in ODT and EPUB.
pub(crate) fn is_of_type(bytes: &[u8], mark: &str) -> bool {
    const HEADER: usize = 30;
    let start = bytes.get(HEADER..HEADER + mark.len());
    is_archive(bytes) && start == Some(mark.as_bytes())
}

/// Whether the bytes begin like an archive.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Why a file cannot be unpacked.
pub(crate) fn damaged() -> ParsedDocument {
    ParsedDocument::failed(
        "the file is damaged, protected by a password, or unpacks to more than 50 MB: save its text as .txt or .md",
    )
}

impl<'a> Archive<'a> {
    /// `None` if the archive is damaged.
    pub(crate) fn open(bytes: &'a [u8]) -> Option<Self> {
        Self::within(bytes, MAX_UNPACKED)
    }

    fn within(bytes: &'a [u8], left: u64) -> Option<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        Some(Self { zip, left })
    }

    /// Unpacks a part; `None` if there is none, if it is damaged, or if it is too large.
    pub(crate) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        let file = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        file.take(self.left + 1).read_to_end(&mut bytes).ok()?;
        self.left = self.left.checked_sub(bytes.len() as u64)?;
        Some(bytes)
    }

    /// Unpacks a part that is text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.part(name)?;
        Some(crate::encoding::decode(&bytes).ok()?.text)
    }

    /// Whether all parts that are XML together stay within the bound.
    pub(crate) fn is_bounded(&mut self) -> bool {
        let names = self.zip.file_names().flatten();
        let names = names.filter(|name| name.ends_with(".xml") || name.ends_with(".rels"));
        let names: Vec<String> = names.map(std::borrow::Cow::into_owned).collect();
        names.iter().all(|name| self.part(name).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive with these parts, for tests.
    pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            let stored = *name == "mimetype";
            let method = if stored {
                zip::CompressionMethod::Stored
            } else {
                zip::CompressionMethod::Deflated
            };
            let options = zip::write::SimpleFileOptions::default().compression_method(method);
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_unpacked_within_the_bound() {
        let bytes = packed(&[("a.xml", "text"), ("b.xml", &" ".repeat(1_000_000))]);
        assert!(bytes.len() < 10_000);
        assert!(contains(&bytes, "a.xml") && !contains(&bytes, "c.xml"));
        let mut archive = Archive::within(&bytes, 1_000_000).unwrap();
        assert_eq!(archive.text("a.xml").as_deref(), Some("text"));
        assert_eq!(archive.part("c.xml"), None);
        assert_eq!(archive.part("b.xml"), None);
        assert!(!Archive::within(&bytes, 1_000_000).unwrap().is_bounded());
        assert!(Archive::open(&bytes).unwrap().is_bounded());
        assert!(Archive::open(bytes.get(..90).unwrap()).is_none());
    }
}
