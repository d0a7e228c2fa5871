//! Whether Discord has signed a request: Ed25519 over the time and the body, as the documentation of interactions says.

use crate::config::{PublicKey, hex};
use hyper::HeaderMap;
use ring::signature::{ED25519, UnparsedPublicKey};
use std::time::Duration;

/// How far the time of a signature may be from this machine's. An older request may be somebody's copy.
const MAX_SKEW: Duration = Duration::from_mins(5);
/// Digits of a time in seconds since 1970, at most.
const MAX_DIGITS: usize = 19;

/// What a request says about its signature.
#[derive(Debug)]
pub(super) struct Signed {
    timestamp: Vec<u8>,
    signature: [u8; 64],
}

impl Signed {
    /// Reads the headers. `None` if one is missing, occurs twice or is malformed, or if the time is too far from `now`, which is
    /// the time since 1970.
    pub(super) fn read(headers: &HeaderMap, now: Duration) -> Option<Self> {
        let timestamp = only(headers, "x-signature-timestamp")?;
        let is_number = timestamp.iter().all(u8::is_ascii_digit);
        if !is_number || timestamp.len() > MAX_DIGITS {
            return None;
        }
        let seconds = str::from_utf8(timestamp).ok()?.parse().ok()?;
        if now.abs_diff(Duration::from_secs(seconds)) > MAX_SKEW {
            return None;
        }
        Some(Self {
            timestamp: timestamp.to_owned(),
            signature: hex(only(headers, "x-signature-ed25519")?)?,
        })
    }

    /// Whether the signature is that of a body.
    pub(super) fn is_of(&self, body: &[u8], key: &PublicKey) -> bool {
        let signed = [self.timestamp.as_slice(), body].concat();
        UnparsedPublicKey::new(&ED25519, key.bytes())
            .verify(&signed, &self.signature)
            .is_ok()
    }
}

/// The value of a header that occurs once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then(|| value.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Signed;
    use crate::config::PublicKey;
    use hyper::HeaderMap;
    use ring::signature::{Ed25519KeyPair, KeyPair};
    use std::fmt::Write;
    use std::time::Duration;

    const NOW: Duration = Duration::from_hours(500_000);

    fn digits(bytes: &[u8]) -> String {
        let mut text = String::new();
        for byte in bytes {
            write!(text, "{byte:02x}").unwrap();
        }
        text
    }

    fn headers(timestamp: &str, signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-signature-timestamp", timestamp.parse().unwrap());
        headers.insert("x-signature-ed25519", signature.parse().unwrap());
        headers
    }

    /// Headers for a body that is signed at a time.
    fn signed(timestamp: &str, body: &str) -> (HeaderMap, PublicKey) {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let signature = pair.sign(format!("{timestamp}{body}").as_bytes());
        let key = PublicKey::parse(&digits(pair.public_key().as_ref())).unwrap();
        (headers(timestamp, &digits(signature.as_ref())), key)
    }

    #[test]
    fn the_signature_covers_the_time_and_the_body() {
        let (headers, key) = signed("1800000000", "{}");
        let read = Signed::read(&headers, NOW).unwrap();
        assert!(read.is_of(b"{}", &key));
        for other in [&b""[..], b"{ }", b"{}\n"] {
            assert!(!read.is_of(other, &key));
        }
        let mut later = headers.clone();
        later.insert("x-signature-timestamp", "1800000001".parse().unwrap());
        assert!(!Signed::read(&later, NOW).unwrap().is_of(b"{}", &key));
        // A digit may not move from the time to the body.
        let (moved, key) = signed("180000000", "0{}");
        let now = Duration::from_hours(50_000);
        assert!(!Signed::read(&moved, now).unwrap().is_of(b"{}", &key));
    }

    #[test]
    fn old_and_malformed_headers_are_refused() {
        let five_minutes = Duration::from_mins(5);
        let (good, _) = signed("1800000000", "");
        for (now, fits) in [
            (NOW.abs_diff(five_minutes), true),
            (NOW + five_minutes, true),
            (NOW.abs_diff(five_minutes + Duration::from_nanos(1)), false),
            (NOW + five_minutes + Duration::from_nanos(1), false),
        ] {
            assert_eq!(Signed::read(&good, now).is_some(), fits, "{now:?}");
        }
        let signature = "0".repeat(128);
        for (timestamp, signature) in [
            ("", signature.as_str()),
            ("+1800000000", &signature),
            ("99999999999999999999", &signature),
            ("1800000000", ""),
            ("1800000000", "00"),
            ("1800000000", &"x".repeat(128)),
        ] {
            assert!(Signed::read(&headers(timestamp, signature), NOW).is_none());
        }
        for name in ["x-signature-timestamp", "x-signature-ed25519"] {
            let mut twice = good.clone();
            twice.append(name, good[name].clone());
            assert!(Signed::read(&twice, NOW).is_none());
            let mut without = good.clone();
            without.remove(name);
            assert!(Signed::read(&without, NOW).is_none());
        }
    }
}
