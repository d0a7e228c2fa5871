//! Which content a page has.

use flate2::Crc;
use serde::{Deserialize, Serialize};

/// The version of a page: the length of its content and a checksum. It tells changes apart, and proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    length: u64,
    pub(crate) checksum: u32,
}

impl Version {
    /// The version of a content.
    ///
    /// ```
    /// use pullquote_sources::Version;
    ///
    /// assert_eq!(Version::of(b"seven"), Version::of(b"seven"));
    /// assert_ne!(Version::of(b"seven"), Version::of(b"eight"));
    /// ```
    pub fn of(content: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(content);
        Self {
            length: content.len() as u64,
            checksum: crc.sum(),
        }
    }

    /// Bytes of the content.
    pub fn length(self) -> u64 {
        self.length
    }
}
