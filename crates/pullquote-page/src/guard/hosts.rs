//! The names under which the pages are served.
//!
//! A web page that someone opens on this machine may not read pages of another name, unless its own name is made to
//! point here (DNS rebinding). Its requests then carry that name in the header `Host`. An address in that header cannot be
//! such a name, so only names have to be known.

use core::net::IpAddr;
use http::HeaderMap;
use http::header::HOST;
use http::uri::Authority;
use std::collections::BTreeSet;

/// The names in `HTTP_HOSTS`, in lower case.
#[derive(Debug)]
pub struct Hosts(BTreeSet<String>);

impl Hosts {
    /// Serves these names, besides addresses and `localhost`.
    pub fn new(names: BTreeSet<String>) -> Self {
        Self(names)
    }

    /// Whether a request is addressed to an address, to `localhost`, or to a known name. Browsers always name a host;
    /// requests that do not are allowed.
    pub fn allow(&self, headers: &HeaderMap) -> bool {
        headers.get_all(HOST).iter().all(|host| {
            let authority = Authority::try_from(host.as_bytes());
            authority.is_ok_and(|authority| self.contains(authority.host()))
        })
    }

    fn contains(&self, host: &str) -> bool {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        let name = host.to_lowercase();
        address.is_ok() || name == "localhost" || self.0.contains(&name)
    }
}

#[cfg(test)]
mod tests {
    use super::Hosts;
    use http::HeaderMap;
    use http::header::{HOST, HeaderValue};
    use std::collections::BTreeSet;

    fn allowed(host: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.append(HOST, HeaderValue::from_static(host));
        Hosts::new(BTreeSet::from(["bot.example".to_owned()])).allow(&headers)
    }

    #[test]
    fn addresses_and_known_names_are_allowed() {
        for host in [
            "127.0.0.1:9090",
            "10.1.2.3",
            "[::1]:9090",
            "localhost:80",
            "LocalHost",
            "bot.example:9090",
            "Bot.Example",
        ] {
            assert!(allowed(host), "{host}");
        }
        assert!(Hosts::new(BTreeSet::new()).allow(&HeaderMap::new()));
    }

    #[test]
    fn other_names_are_not() {
        for host in [
            "evil.example",
            "evil.example:9090",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "xbot.example",
            "",
            "a b",
        ] {
            assert!(!allowed(host), "{host}");
        }
    }

    #[test]
    fn a_second_host_must_be_allowed_too() {
        let mut headers = HeaderMap::new();
        headers.append(HOST, HeaderValue::from_static("localhost"));
        headers.append(HOST, HeaderValue::from_static("evil.example"));
        assert!(!Hosts::new(BTreeSet::new()).allow(&headers));
    }
}
