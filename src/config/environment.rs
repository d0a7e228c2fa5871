//! The process environment, and the file `.env` that is loaded into it at startup.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

/// The file with settings, in the current directory or one of its parents.
pub const ENV_FILE: &str = ".env";

/// Why `.env` cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum EnvFileError {
    /// A line does not set a variable. Its text is withheld, because it may contain the token.
    #[error(
        "cannot read `.env`: {} is not of the form NAME=value. Put a value with spaces into 'quotation marks'",
        .line.map_or_else(|| "a line".to_owned(), |line| format!("line {line}"))
    )]
    Line {
        /// Number of the line, from 1, where it is known.
        line: Option<usize>,
    },
    /// It is not text.
    #[error("cannot read `.env`: it contains bytes that are not UTF-8. Save it as UTF-8")]
    Encoding,
    /// The file cannot be read.
    #[error("cannot read `.env`: {0}")]
    Read(io::Error),
}

/// Loads `.env` into the environment. Variables that are already set keep their values; a missing file is no error.
///
/// # Errors
///
/// When the file cannot be read, or at its first line that is not of the form `NAME=value`.
pub fn load() -> Result<(), EnvFileError> {
    match dotenvy::dotenv() {
        Err(dotenvy::Error::LineParse(part, _)) => {
            let text = fs::read_to_string(ENV_FILE).unwrap_or_default();
            let line = line_of(&text, &part);
            Err(EnvFileError::Line { line })
        }
        Err(dotenvy::Error::Io(error)) => match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            io::ErrorKind::InvalidData => Err(EnvFileError::Encoding),
            _ => Err(EnvFileError::Read(error)),
        },
        _ => Ok(()),
    }
}

/// Whether there is a folder in the place of `.env`, as Docker makes one for a missing file that is mounted. It is ignored,
/// because some other programs keep something else in a folder of this name.
pub fn is_folder() -> bool {
    Path::new(ENV_FILE).is_dir()
}

/// Number of the first line, from 1, at which parsing fails with `part`. The same text may occur in lines that are
/// fine, such as comments; and `part` spans several lines where a quotation mark is not closed.
fn line_of(text: &str, part: &str) -> Option<usize> {
    let fails = |line: &str| {
        let mut read = dotenvy::from_read_iter(line.as_bytes());
        read.any(|result| {
            matches!(result, Err(dotenvy::Error::LineParse(at, _)) if part.starts_with(at.trim_end()))
        })
    };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.position(fails).map(|at| at + 1)
}

/// The value of an environment variable. Bytes that are not UTF-8 are replaced, and `~/` by the home folder.
pub fn variable(name: &str) -> Option<String> {
    let value = with_home(env::var_os(name)?);
    Some(value.to_string_lossy().into_owned())
}

/// A value or path whose `~/` is the user's home folder, as a shell reads it. Nothing replaces it in `.env`, behind the `=` of an
/// option, or in an answer to a question of this program.
pub fn with_home(value: OsString) -> OsString {
    let below = value.to_str().and_then(|value| value.strip_prefix("~/"));
    match (below, env::home_dir()) {
        (Some(below), Some(home)) => home.join(below).into(),
        _ => value,
    }
}

/// The names of all environment variables, including those of `.env`.
pub fn names() -> impl Iterator<Item = String> {
    env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned())
}
