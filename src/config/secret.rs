//! A value that is never shown.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A text that no log, error or debug output shows.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// The bot's token, without `Bot ` and quotation marks around it. What is known to be no token is refused,
    /// with what it is.
    ///
    /// # Errors
    ///
    /// With what is wrong, without the text itself.
    pub fn token(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        let text = text.strip_prefix("Bot ").unwrap_or(text).trim();
        let all = |fits: fn(char) -> bool| text.chars().all(fits);
        let word = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if text.is_empty() {
            return Err("is empty");
        }
        if !all(|letter| letter.is_ascii_graphic()) {
            return Err("holds characters that no token has");
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
            return Err("is not the bot's token, which has three parts with dots between them");
        }
        Ok(Self(text.to_owned()))
    }

    /// The text, for those who need it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

/// Bytes of a file with a token that are read: far more than any token has.
const FILE: u64 = 4_096;

/// The text of a file with a secret.
pub(super) fn read_file(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(FILE).read_to_string(&mut text)?;
    Ok(text)
}
