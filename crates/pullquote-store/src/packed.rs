//! Sources as they are kept: compressed, and named by the hash of their content.

use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// The SHA-256 of a content.
pub(crate) fn hash(content: &[u8]) -> Vec<u8> {
    Sha256::digest(content).to_vec()
}

pub(crate) fn pack(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    DeflateEncoder::new(content, Compression::default()).read_to_end(&mut packed)?;
    Ok(packed)
}

/// Unpacks a content of `size` bytes. A larger one is an error, as is a damaged one.
pub(crate) fn unpack(packed: &[u8], size: usize) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let limit = size as u64 + 1;
    DeflateDecoder::new(packed)
        .take(limit)
        .read_to_end(&mut content)?;
    if content.len() == size {
        return Ok(content);
    }
    Err(io::Error::other("the source is not as it was kept"))
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn a_content_comes_back() {
        for content in [&b""[..], b"The ferry leaves.", &[7; 10_000]] {
            let packed = pack(content).unwrap();
            assert_eq!(unpack(&packed, content.len()).unwrap(), content);
            assert!(unpack(&packed, content.len() + 1).is_err());
        }
        assert!(unpack(&pack(&[7; 100]).unwrap(), 99).is_err());
        assert!(unpack(b"noise", 5).is_err());
    }
}
