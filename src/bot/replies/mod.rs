//! How a response reaches the member.
//!
//! - `delivery.rs`: by requests; `first_response.rs`: as the response to Discord's own request
//! - `solved.rs`: the tag of a forum post that is answered

pub(super) mod delivery;
pub(super) mod first_response;
pub(super) mod solved;
