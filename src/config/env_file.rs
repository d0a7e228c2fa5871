//! Changes one setting in a file `.env` and leaves the rest of the file as it is.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Sets a variable in the file at `path`, which may not exist yet. A symbolic link is followed.
///
/// The text goes into a temporary file that replaces the old one, so `.env` is never half written, and no other user
/// can read it (on Unix) at any time.
///
/// # Errors
///
/// When the file cannot be read or written.
pub fn set(path: &Path, name: &str, value: &str) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or(path.to_owned());
    let old = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read?,
    };
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let mut file =
        tempfile::NamedTempFile::new_in(folder.map_or(PathBuf::from("."), Path::to_owned))?;
    file.write_all(with(&old, name, value).as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// `text` with `name` set to `value`: where it is set, or else where it is commented out (`#NAME=`), or else at the end.
fn with(text: &str, name: &str, value: &str) -> String {
    let line = format!("{name}={}", quoted(value));
    let sets = |line: &str| names(line) == Some(name);
    let is_commented_out = |line: &str| {
        let line = line.trim_start().strip_prefix('#').unwrap_or_default();
        line.trim().strip_suffix('=') == Some(name)
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let place = lines.iter().position(|line| sets(line));
    let place = place.or_else(|| lines.iter().position(|line| is_commented_out(line)));
    let mut out = String::new();
    for (at, old) in lines.iter().enumerate() {
        if Some(at) == place {
            out.push_str(&line);
            out.push_str(if old.ends_with("\r\n") { "\r\n" } else { "\n" });
        } else if !sets(old) {
            out.push_str(old);
        }
    }
    if place.is_none() {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// The variable that a line sets.
fn names(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

/// A value as it is written in `.env`, in quotation marks where needed.
fn quoted(value: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:@%+,".contains(letter);
    if value.chars().all(plain) {
        return value.to_owned();
    }
    if !value.contains(['\'', '\\']) {
        return format!("'{value}'");
    }
    let mut out = String::from('"');
    for letter in value.chars() {
        if "\\\"$".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::with;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn sets_one_variable_and_keeps_the_rest() {
        let example = "# a comment\n#DISCORD_TOKEN=\nA=1\n";
        assert_eq!(
            with(example, "DISCORD_TOKEN", "x.y"),
            "# a comment\nDISCORD_TOKEN=x.y\nA=1\n"
        );
        let set = "#DISCORD_TOKEN=\r\nexport DISCORD_TOKEN = old\r\nDISCORD_TOKEN=older\r\nB=2";
        assert_eq!(
            with(set, "DISCORD_TOKEN", "new"),
            "#DISCORD_TOKEN=\r\nDISCORD_TOKEN=new\r\nB=2"
        );
        assert_eq!(with("A=1", "B", "2"), "A=1\nB=2\n");
        assert_eq!(with("", "B", "2"), "B=2\n");
    }

    proptest! {
        #[test]
        fn values_survive_a_round_trip(value in "[ -~äß]{0,20}", before in "(A=1\n|# x\n){0,3}") {
            let text = with(&before, "NAME", &value);
            let read = dotenvy::from_read_iter(text.as_bytes());
            let read: Vec<_> = read.map(Result::unwrap).filter(|(name, _)| name == "NAME").collect();
            prop_assert_eq!(read, vec![("NAME".to_owned(), value)]);
        }
    }
}
