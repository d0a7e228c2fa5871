//! Numbers on the command line, with messages that say what to type.

use std::num::NonZeroU64;

/// How many of something, at least one.
pub(super) fn count(text: &str) -> Result<usize, &'static str> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or("use a whole number, 1 or more")
}

/// The id of a server.
pub(super) fn server(text: &str) -> Result<NonZeroU64, &'static str> {
    text.parse().map_err(|_| {
        "not a server id: in Discord, turn on User Settings > Advanced > Developer Mode, right-click the server and choose \
         Copy Server ID"
    })
}

/// A port, or 0 for one that is free.
pub(super) fn port(text: &str) -> Result<u16, &'static str> {
    text.parse()
        .map_err(|_| "use a port from 1 to 65535, such as 8080")
}

#[cfg(test)]
mod tests {
    use super::{count, port, server};

    #[test]
    fn numbers_out_of_range_are_refused() {
        assert_eq!((count("2"), port("8080")), (Ok(2), Ok(8080)));
        assert!(server("7").is_ok_and(|id| id.get() == 7));
        for text in ["0", "-1", "abc", "1.5", ""] {
            assert!(count(text).is_err() && server(text).is_err(), "{text:?}");
        }
        assert!(port("65536").is_err());
    }
}
