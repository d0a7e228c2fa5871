//! The key of the page, and the cookie that stands for it.
//!
//! The cookie is a message authentication code of the day under the key. So nothing has to be remembered about visitors, a
//! new key ends all visits, and a stolen cookie is of no use after two days.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt::{self, Write as _};

/// Name of the cookie.
pub(crate) const COOKIE: &str = "pullquote";
/// Seconds that a browser keeps it: the day that it is of, and the next.
const MAX_AGE: u32 = 172_800;

/// A key. Its text is not kept.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key")
    }
}

impl Key {
    /// The key of a text.
    pub fn new(text: &str) -> Self {
        // HMAC takes keys of every length.
        Self(Hmac::new_from_slice(text.as_bytes()).unwrap_or_else(|_| Hmac::new(&[0; 64].into())))
    }

    /// Whether a text is that of this key. Takes equally long for every wrong text of a length.
    pub(super) fn is(&self, offered: &str) -> bool {
        let tag = Self::new(offered).code("key");
        let mine = self.0.clone().chain_update("key");
        mine.verify_slice(&tag).is_ok()
    }

    /// Whether a cookie is of today. `None` if it is neither of today nor of yesterday.
    pub(super) fn reads(&self, value: &str, day: i64) -> Option<bool> {
        let tag = bytes(value)?;
        let is_of = |day: i64| {
            let mine = self.0.clone().chain_update(message(day));
            mine.verify_slice(&tag).is_ok()
        };
        [day, day - 1]
            .into_iter()
            .position(is_of)
            .map(|age| age == 0)
    }

    /// `Set-Cookie` for a visit that begins on a day.
    pub(super) fn cookie(&self, day: i64) -> String {
        let tag = self.code(&message(day));
        let mut value = String::new();
        for byte in tag {
            // Writing to a string cannot fail.
            let _ = write!(value, "{byte:02x}");
        }
        format!("{COOKIE}={value}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Strict")
    }

    fn code(&self, message: &str) -> Vec<u8> {
        let code = self.0.clone().chain_update(message).finalize();
        code.into_bytes().to_vec()
    }
}

/// Different from what a key is compared by.
fn message(day: i64) -> String {
    format!("day {day}")
}

/// The bytes of a hexadecimal number.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.map(byte).collect()
}
