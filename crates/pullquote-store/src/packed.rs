//! Files as they are kept: compressed, and named by the hash of their content.

use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use sha2::{Digest, Sha256};
use std::io::{self, Read};

/// Bytes to which a document may unpack.
const MAX_DOCUMENT: usize = 64 << 20;

/// The SHA-256 of a content and of the end of its file's name, which says how to read it.
pub(crate) fn hash(path: &str, content: &[u8]) -> Vec<u8> {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let hash = Sha256::new().chain_update(extension).chain_update([0]);
    hash.chain_update(content).finalize().to_vec()
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
    Err(io::Error::other("the file is not as it was kept"))
}

/// Unpacks a document. `None` if it is damaged.
pub(crate) fn unpack_document(packed: &[u8]) -> Option<Vec<u8>> {
    let mut document = Vec::new();
    let limit = MAX_DOCUMENT as u64 + 1;
    let mut read = DeflateDecoder::new(packed).take(limit);
    read.read_to_end(&mut document).ok()?;
    (document.len() <= MAX_DOCUMENT).then_some(document)
}

#[cfg(test)]
mod tests {
    use super::{hash, pack, unpack, unpack_document};

    #[test]
    fn a_content_comes_back() {
        for content in [&b""[..], b"The ferry leaves.", &[7; 10_000]] {
            let packed = pack(content).unwrap();
            assert_eq!(unpack(&packed, content.len()).unwrap(), content);
            assert!(unpack(&packed, content.len() + 1).is_err());
        }
        assert!(unpack(&pack(&[7; 100]).unwrap(), 99).is_err());
        assert!(unpack(b"noise", 5).is_err());
        assert_eq!(unpack_document(&pack(b"{}").unwrap()).unwrap(), b"{}");
        assert_eq!(unpack_document(b"noise"), None);
    }

    #[test]
    fn a_file_is_its_content_read_in_one_way() {
        assert_eq!(hash("a.md", b"# A"), hash("b/c.md", b"# A"));
        assert_ne!(hash("a.md", b"# A"), hash("a.txt", b"# A"));
        assert_ne!(hash("a.md", b"# A"), hash("a.md", b"# B"));
    }
}
