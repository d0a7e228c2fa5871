//! A file `.env` with one setting changed, and everything else in it as it was.

/// The text with `name` set to `value`: in the place where it is set or waits to be (`#NAME=`), or else at the end.
pub fn with(text: &str, name: &str, value: &str) -> String {
    let line = format!("{name}={}", quoted(value));
    let sets = |line: &str| names(line) == Some(name);
    let waits = |line: &str| {
        let line = line.trim_start().strip_prefix('#').unwrap_or_default();
        line.trim().strip_suffix('=') == Some(name)
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let place = lines.iter().position(|line| sets(line));
    let place = place.or_else(|| lines.iter().position(|line| waits(line)));
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

/// The setting that a line sets.
fn names(line: &str) -> Option<&str> {
    let (name, _) = line.split_once('=')?;
    let name = name.trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

/// A value as `.env` takes it.
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
    fn a_setting_takes_its_place_and_the_rest_stays() {
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
        fn what_is_written_is_read_back(value in "[ -~äß]{0,20}", before in "(A=1\n|# x\n){0,3}") {
            let text = with(&before, "NAME", &value);
            let read = dotenvy::from_read_iter(text.as_bytes());
            let read: Vec<_> = read.map(Result::unwrap).filter(|(name, _)| name == "NAME").collect();
            prop_assert_eq!(read, vec![("NAME".to_owned(), value)]);
        }
    }
}
