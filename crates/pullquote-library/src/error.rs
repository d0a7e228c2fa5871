//! Errors that concern the knowledge folder, not single files in it.

use pullquote_readers::suggested_extensions;
use std::io;
use std::path::PathBuf;

/// Why a knowledge folder cannot be read. The paths are as the caller gave them.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder does not exist.
    #[error(
        "there is no knowledge folder at `{}`: create it and put articles in it, or name another with --knowledge DIR",
        .0.display()
    )]
    Missing(PathBuf),
    /// The path is that of a file.
    #[error("`{}` is not a folder: name the folder that contains the articles with --knowledge DIR", .0.display())]
    NotAFolder(PathBuf),
    /// The operating system refuses.
    #[error("cannot read the knowledge folder `{}`: {}", path.display(), reason(error))]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// The operating system's error.
        error: io::Error,
    },
    /// The folder contains more files than [`Limits::files`](crate::Limits::files).
    #[error("`{}` contains more than {limit} files: check that it is the right folder", path.display())]
    TooManyFiles {
        /// The folder.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
}

/// Why a knowledge folder cannot be opened or reloaded.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The folder contains no articles.
    #[error(
        "no articles in `{}`: put {} files there (`pullquote check` lists the files that were rejected)",
        .0.display(),
        suggested_extensions()
    )]
    Empty(PathBuf),
    /// Another reload has been under way for seconds.
    #[error("another reload is still under way: see the log, and try again later")]
    Busy,
}

/// Why a folder cannot be read, and where it is known, what to do about it.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied. Give the user that runs the bot read access to it".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_what_to_do() {
        let check = |error: &OpenError, part: &str| {
            let message = error.to_string();
            assert!(message.contains(part), "{message}");
        };
        let path = PathBuf::from("knowledge");
        check(
            &LoadError::Missing(path.clone()).into(),
            "no knowledge folder at `knowledge`: create it",
        );
        let unreadable = |error: io::Error| {
            let path = path.clone();
            LoadError::Unreadable { path, error }.into()
        };
        check(
            &unreadable(io::ErrorKind::PermissionDenied.into()),
            "permission denied. Give the user that runs the bot read access",
        );
        // Linux's number for too many open files.
        let error: OpenError = unreadable(io::Error::from_raw_os_error(24));
        check(&error, "cannot read the knowledge folder `knowledge`: ");
        assert!(!error.to_string().contains("access"), "{error}");
        check(
            &OpenError::Empty(path),
            "no articles in `knowledge`: put .txt, .md, .html, .pdf, .docx,",
        );
    }
}
