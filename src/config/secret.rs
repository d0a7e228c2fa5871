//! The bot's token and the key of the host's page, which no log, error or debug output shows.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Text whose `Debug` output hides it. Clones share one copy, which is wiped at its end. The default is empty.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// Parses the bot's token. Surrounding whitespace, quotation marks and the prefix `Bot ` are removed.
    ///
    /// # Errors
    ///
    /// When the text cannot be a token. The message names what else it is, such as the client secret, but does not
    /// contain it.
    pub fn token(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        let text = text.strip_prefix("Bot ").unwrap_or(text).trim();
        let all = |fits: fn(char) -> bool| text.chars().all(fits);
        let word = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if text.is_empty() {
            return Err("is empty");
        }
        if !all(|letter| letter.is_ascii_graphic()) {
            return Err("contains characters that no token has");
        }
        if all(|letter| letter.is_ascii_digit()) && (15..=20).contains(&text.len()) {
            return Err("is the application's id, not the bot's token");
        }
        if all(|letter| letter.is_ascii_hexdigit()) && text.len() == 64 {
            return Err("is the application's public key, not the bot's token");
        }
        if text.chars().all(word) && text.len() == 32 {
            return Err("is the OAuth2 client secret, not the bot's token");
        }
        if text.split('.').filter(|part| !part.is_empty()).count() != 3 {
            return Err("is not the bot's token, which has three parts separated by dots");
        }
        Ok(Self(Arc::new(Zeroizing::new(text.to_owned()))))
    }

    /// Parses the key of the host's page. Surrounding whitespace is removed.
    ///
    /// # Errors
    ///
    /// When it would be easy to guess, or cannot stand in an address.
    pub fn key(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if !text.chars().all(|letter| letter.is_ascii_graphic()) {
            return Err("contains characters other than ASCII letters, digits and signs");
        }
        if text.len() < MIN_KEY {
            return Err("is shorter than 16 characters");
        }
        Ok(Self(Arc::new(Zeroizing::new(text.to_owned()))))
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

/// Characters of a key, at least.
const MIN_KEY: usize = 16;
/// Bytes read of a secret's file, at most: far more than any secret has.
const MAX_FILE: u64 = 4_096;

/// Reads the file that contains a secret.
pub(super) fn read_file(path: &Path) -> io::Result<Zeroizing<String>> {
    // Its full length from the start: growing it would leave copies.
    let mut text = Zeroizing::new(String::with_capacity(MAX_FILE as usize));
    File::open(path)?.take(MAX_FILE).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn clones_share_one_copy() {
        let secret = Secret::token("a.b.c").unwrap();
        assert_eq!(secret.expose().as_ptr(), secret.clone().expose().as_ptr());
    }
}
