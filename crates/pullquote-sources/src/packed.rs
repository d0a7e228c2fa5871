//! Packed texts.

use flate2::read::GzDecoder;
use std::io::Read;

/// Bytes to which a list of pages may unpack: what the protocol of sitemaps allows.
const MAX_UNPACKED: u64 = 50 << 20;

/// A text that may be packed with gzip.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Whether it could be unpacked to its end.
    pub(crate) complete: bool,
}

impl Text {
    /// Unpacks bytes that are packed. What is damaged or unpacks to too much is cut off.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return Self {
                text: String::from_utf8_lossy(bytes).into_owned(),
                complete: true,
            };
        }
        let mut unpacked = Vec::new();
        let read = GzDecoder::new(bytes)
            .take(MAX_UNPACKED + 1)
            .read_to_end(&mut unpacked);
        let complete = read.is_ok() && unpacked.len() as u64 <= MAX_UNPACKED;
        unpacked.truncate(MAX_UNPACKED as usize);
        Self {
            text: String::from_utf8_lossy(&unpacked).into_owned(),
            complete,
        }
    }
}
