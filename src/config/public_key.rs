//! The public key of an application: with the other half, Discord signs what it sends over HTTP.

use std::fmt;

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Reads 64 hexadecimal digits, as the developer portal shows them. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        hex(text.as_bytes()).map(Self)
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// Reads twice `N` hexadecimal digits. `None` for anything else.
pub fn hex<const N: usize>(text: &[u8]) -> Option<[u8; N]> {
    let (pairs, []) = text.as_chunks::<2>() else {
        return None;
    };
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let byte = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? << 4 | digit(*low)?).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::{PublicKey, hex};

    #[test]
    fn only_64_hexadecimal_digits_are_a_key() {
        let digits = "0123456789abcdefABCDEF0011223344556677889900aabbccddeeff01020304";
        assert_eq!(
            format!("{:?}", PublicKey::parse(digits).unwrap()),
            digits.to_lowercase()
        );
        for wrong in [
            "",
            "12",
            "0",
            &format!("{digits}00"),
            &"g".repeat(64),
            &"ä".repeat(32),
        ] {
            assert_eq!(PublicKey::parse(wrong), None, "{wrong}");
        }
        assert_eq!(hex(b"00fF"), Some([0, 255]));
        assert_eq!(hex::<2>(b"+0+0"), None);
    }
}
