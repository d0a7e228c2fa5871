//! The files in a zip archive that can be articles: an export of a wiki, or a folder of documentation.

use crate::passed_over;
use pullquote_readers::Format;
use std::collections::VecDeque;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes to which an archive may unpack.
pub const MAX_UNPACKED: u64 = 24 << 20;
/// Entries that are looked at.
const MAX_ENTRIES: usize = 5_000;

/// What an archive contains.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unpacked {
    /// Files that can be articles, in the order of their paths.
    pub files: Vec<PackedFile>,
    /// The paths of others, each with the reason. Files that no folder of articles is without are not among them, as hidden
    /// ones.
    pub left_out: Vec<(String, LeftOut)>,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFile {
    /// Its path in the archive, without the folder that contains everything. It is only a name.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a file of an archive is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// No reader reads files with such a name.
    Format,
    /// It is larger than a file may be.
    TooLarge,
    /// It is damaged, or protected by a password.
    Damaged,
    /// The archive has too many files, or unpacks to too much.
    TooMuch,
}

/// Whether a file is such an archive, by its name and its first bytes.
pub fn is_archive(name: &str, bytes: &[u8]) -> bool {
    let has_extension = name
        .rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case("zip"));
    has_extension && bytes.starts_with(b"PK")
}

/// Unpacks the files that can be articles, each of at most `file_bytes`. `None` if the archive is damaged.
///
/// Whatever the archive says, it unpacks to at most [`MAX_UNPACKED`]; paths are names, and nothing is written.
pub fn unpack(archive: &[u8], file_bytes: u64) -> Option<Unpacked> {
    let mut archive = Archive::open(archive, file_bytes, MAX_UNPACKED)?;
    let mut unpacked = Unpacked::default();
    while let Some((path, content)) = archive.next_file() {
        match content {
            Ok(bytes) => unpacked.files.push(PackedFile { path, bytes }),
            Err(reason) => unpacked.left_out.push((path, reason)),
        }
    }
    unpacked.left_out.append(&mut archive.left_out);
    unpacked.left_out.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Some(unpacked)
}

/// An open archive, whose files are unpacked one after the other.
#[derive(Debug)]
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The files that can be articles, in the order of their paths, and their numbers.
    files: VecDeque<(String, usize)>,
    /// The paths of others, each with the reason.
    pub left_out: Vec<(String, LeftOut)>,
    /// Bytes of a file.
    file_bytes: u64,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive of files of at most `file_bytes`, which unpacks to at most `bytes`. `None` if it is damaged.
    pub fn open(archive: &'a [u8], file_bytes: u64, bytes: u64) -> Option<Self> {
        let mut zip = ZipArchive::new(Cursor::new(archive)).ok()?;
        let mut entries: Vec<(String, usize)> = (0..zip.len().min(MAX_ENTRIES))
            .filter_map(|at| Some((name(&mut zip, at)?, at)))
            .collect();
        entries.sort_unstable();
        without_common_folder(&mut entries);
        let is_readable =
            |(path, _): &(String, usize)| path.contains('.') && Format::of_path(path).is_some();
        let (files, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_readable);
        let others = others.into_iter().map(|(path, _)| (path, LeftOut::Format));
        let mut left_out: Vec<(String, LeftOut)> = others.collect();
        if let Some(more @ 1..) = zip.len().checked_sub(MAX_ENTRIES) {
            left_out.push((format!("{more} files"), LeftOut::TooMuch));
        }
        Some(Self {
            zip,
            files: files.into(),
            left_out,
            file_bytes,
            left: bytes,
        })
    }

    /// The paths of the files that are still to be unpacked, in their order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// Unpacks the next file; `None` at the end.
    pub fn next_file(&mut self) -> Option<(String, Result<Vec<u8>, LeftOut>)> {
        let (path, at) = self.files.pop_front()?;
        let content = self.content(at);
        Some((path, content))
    }

    fn content(&mut self, at: usize) -> Result<Vec<u8>, LeftOut> {
        let entry = self.zip.by_index(at).map_err(|_| LeftOut::Damaged)?;
        let limit = self.file_bytes.min(self.left);
        let mut bytes = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        self.left = self.left.saturating_sub(length);
        match read {
            Err(_) => Err(LeftOut::Damaged),
            Ok(_) if length > self.file_bytes => Err(LeftOut::TooLarge),
            Ok(_) if length > limit => Err(LeftOut::TooMuch),
            Ok(_) => Ok(bytes),
        }
    }
}

/// The path of an entry that may be an article. It is only a name, so steps out of the archive are left out, as `unzip` does.
fn name(zip: &mut ZipArchive<Cursor<&[u8]>>, at: usize) -> Option<String> {
    let entry = zip.by_index_raw(at).ok()?;
    if entry.is_dir() || entry.is_symlink() {
        return None;
    }
    let path = entry.name().ok()?.replace('\\', "/");
    let parts = || {
        let parts = path.split('/');
        parts.filter(|part| !matches!(*part, "" | "." | ".."))
    };
    let file = parts().next_back()?;
    let is_article = !parts().any(passed_over::is_hidden) && passed_over::kind(file).is_none();
    is_article.then(|| parts().collect::<Vec<_>>().join("/"))
}

/// Cuts off the folder that everything is in, as archives of repositories have it.
fn without_common_folder(entries: &mut [(String, usize)]) {
    let folder = |path: &str| path.split_once('/').map(|(folder, _)| folder.to_owned());
    let Some(common) = entries.first().and_then(|(path, _)| folder(path)) else {
        return;
    };
    if entries
        .iter()
        .all(|(path, _)| folder(path).as_ref() == Some(&common))
    {
        for (path, _) in entries {
            path.drain(..=common.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LeftOut, MAX_UNPACKED, Unpacked, is_archive, unpack};
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn paths(unpacked: &Unpacked) -> Vec<&str> {
        unpacked.files.iter().map(|file| &*file.path).collect()
    }

    #[test]
    fn what_can_be_an_article_is_unpacked() {
        let archive = packed(&[
            ("wiki-main/docs/b.md", b"B"),
            ("wiki-main/a.html", b"<p>A"),
            ("wiki-main/.git/config.md", b"x"),
            ("wiki-main/LICENSE", b"x"),
            ("wiki-main/photo.jpg", b"x"),
            ("__MACOSX/wiki-main/a.md", b"x"),
        ]);
        assert!(is_archive("Wiki.ZIP", &archive) && !is_archive("a.docx", &archive));
        let unpacked = unpack(&archive, 100).unwrap();
        assert_eq!(paths(&unpacked), ["a.html", "docs/b.md"]);
        let photo = ("photo.jpg".to_owned(), LeftOut::Format);
        assert_eq!(unpacked.left_out, [photo]);
        assert_eq!(unpack(b"PK\x03\x04 noise", 100), None);
    }

    #[test]
    fn paths_are_names_only() {
        let archive = packed(&[("../../etc/a.md", b"A"), ("/b.md", b"B"), ("c\\d.md", b"C")]);
        let unpacked = unpack(&archive, 100).unwrap();
        assert_eq!(paths(&unpacked), ["b.md", "c/d.md", "etc/a.md"]);
    }

    #[test]
    fn an_archive_unpacks_to_a_bound() {
        let large = vec![b' '; 10 << 20];
        let names = ["a.md", "b.md", "c.md", "d.md"];
        let archive = packed(&names.map(|name| (name, &large[..])));
        assert!(archive.len() < 1 << 20);
        let unpacked = unpack(&archive, MAX_UNPACKED).unwrap();
        assert_eq!(paths(&unpacked), ["a.md", "b.md"]);
        let too_much = ["c.md", "d.md"].map(|path| (path.to_owned(), LeftOut::TooMuch));
        assert_eq!(unpacked.left_out, too_much);
        let small = unpack(&archive, 100).unwrap();
        assert_eq!(small.left_out[0].1, LeftOut::TooLarge);
        assert!(small.files.is_empty());
    }

    #[test]
    fn a_damaged_file_does_not_stop_the_others() {
        let mut archive = packed(&[("a.md", b"Ants."), ("b.md", &b"Bees. ".repeat(9))]);
        let at = archive
            .windows(5)
            .position(|part| part == b"Ants.")
            .unwrap_or(34);
        archive[at] ^= 0xff;
        let unpacked = unpack(&archive, 100).unwrap();
        assert_eq!(paths(&unpacked), ["b.md"]);
        assert_eq!(unpacked.left_out, [("a.md".to_owned(), LeftOut::Damaged)]);
    }
}
