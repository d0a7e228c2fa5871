//! A file that a member uploaded.

/// A file that a member uploaded. Its bytes are at Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its name; anything that a file can be called.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Where to download it.
    pub url: String,
}
