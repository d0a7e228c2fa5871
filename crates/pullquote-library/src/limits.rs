//! Limits on what is read from the knowledge folder.

/// Limits on what is read. A file beyond a limit is reported and not used; too many files are an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of one file, in bytes.
    pub file_bytes: u64,
    /// Number of files in the folder.
    pub files: usize,
    /// Length of all articles' text together, in bytes.
    pub total_bytes: u64,
    /// Nesting of folders.
    pub depth: usize,
}

impl Default for Limits {
    /// Files of 20 MB, 50,000 of them, 1 GB in total, 32 folders deep.
    fn default() -> Self {
        Self {
            file_bytes: 20 << 20,
            files: 50_000,
            total_bytes: 1 << 30,
            depth: 32,
        }
    }
}
