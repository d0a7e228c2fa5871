//! Makes files that are expensive or dangerous to read, for tests. Each one once stopped the program, or one like it.
//!
//! ```
//! use pullquote_hostile_files::{Expect, HostileFile, small_texts};
//!
//! // Each file says what must happen when it is read.
//! let file: HostileFile = small_texts().next().unwrap();
//! assert!(file.bytes.len() <= 256 << 10);
//! let name = match file.expect {
//!     Expect::Used => format!("{}, an article", file.name),
//!     Expect::Refused => format!("{}, refused", file.name),
//!     Expect::Any => file.name.into_owned(),
//! };
//! assert!(!name.is_empty());
//! ```
//!
//! `cargo run -p pullquote-hostile-files -- FOLDER` writes them all to a folder, to try them by hand.

mod archive;
mod html;
mod pdf;
mod text;

use std::borrow::Cow;

/// A file and what must happen when it is read.
#[derive(Debug)]
pub struct HostileFile {
    /// File name, unique among all.
    pub name: Cow<'static, str>,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// What must happen.
    pub expect: Expect,
}

/// What must happen when a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// It becomes an article.
    Used,
    /// It is refused with a reason.
    Refused,
    /// Either: it depends on the limits and on the library that reads the format.
    Any,
}

impl HostileFile {
    fn new(name: impl Into<Cow<'static, str>>, bytes: Vec<u8>, expect: Expect) -> Self {
        Self {
            name: name.into(),
            bytes,
            expect,
        }
    }
}

/// PDFs. They are made when they are asked for: some take a second.
pub fn pdfs() -> impl Iterator<Item = HostileFile> {
    pdf::all()
}

/// Web pages of up to 4 MB.
pub fn pages() -> impl Iterator<Item = HostileFile> {
    html::all()
}

/// Text, Markdown and other formats that are text, in files of 20 MB.
pub fn large_texts() -> impl Iterator<Item = HostileFile> {
    text::all(20 << 20)
}

/// The same, and Markdown with HTML, in files of 256 KB at most: of this size, text and Markdown are read in the program
/// itself.
pub fn small_texts() -> impl Iterator<Item = HostileFile> {
    const SIZE: usize = 256 << 10;
    text::all(SIZE).chain(html::in_markdown(SIZE - 200))
}

/// Office documents and books. They are made when they are asked for: some take a second.
pub fn archives() -> impl Iterator<Item = HostileFile> {
    archive::all()
}
