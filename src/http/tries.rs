//! How many keys visitors may try.

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

/// Keys that one visitor may try in a minute.
const OF_ONE: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Keys that all visitors together may try in a minute. Many times more than one, so that it takes many addresses to keep the
/// host out.
const OF_ALL: NonZeroU32 = NonZeroU32::new(1_000).unwrap();

/// Counts the keys that visitors try.
#[derive(Debug)]
pub(super) struct Tries {
    of_one: DefaultKeyedRateLimiter<IpAddr>,
    of_all: DefaultDirectRateLimiter,
}

impl Tries {
    pub(super) fn new() -> Self {
        Self {
            of_one: RateLimiter::keyed(Quota::per_minute(OF_ONE)),
            of_all: RateLimiter::direct(Quota::per_minute(OF_ALL)),
        }
    }

    /// Counts a key that is tried from an address, and says whether it may be.
    pub(super) fn take(&self, address: IpAddr) -> bool {
        self.of_one.retain_recent();
        // What one visitor tries in vain takes nothing from the others.
        self.of_one.check_key(&visitor(address)).is_ok() && self.of_all.check().is_ok()
    }
}

/// The address that stands for a visitor: of IPv6 the network, because a visitor has all addresses in it.
fn visitor(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::{OF_ALL, OF_ONE, Tries};
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn each_visitor_has_ten_tries() {
        let rows = [
            ("10.0.0.1", "10.0.0.2", true),
            ("10.0.0.1", "::ffff:10.0.0.1", false),
            ("2001:db8::1", "2001:db8::ffff:2", false),
            ("2001:db8::1", "2001:db8:0:1::1", true),
        ];
        for (stranger, host, may) in rows {
            let tries = Tries::new();
            let stranger: IpAddr = stranger.parse().unwrap();
            assert!((0..OF_ONE.get()).all(|_| tries.take(stranger)));
            // However often they go on.
            assert!(
                (0..2 * OF_ALL.get())
                    .filter(|_| tries.take(stranger))
                    .count()
                    < 10
            );
            assert_eq!(tries.take(host.parse().unwrap()), may, "{stranger} {host}");
        }
    }

    #[test]
    fn all_together_have_more() {
        let tries = Tries::new();
        let addresses = (0..2_000).map(|number| Ipv4Addr::from(number).into());
        let taken = addresses.filter(|address| tries.take(*address)).count();
        assert!((1_000..1_900).contains(&taken), "{taken}");
    }
}
