//! What articles come from and is looked at again.
//!
//! - `shared_sources.rs`: the sources of the host
//! - `server_sources.rs`: those of a server, for its managers; `new_sources.rs`: shown first, then confirmed; `due_sources.rs`: looked
//!   at again; `source_looks.rs`: how; `kept_sources.rs`: what is kept of them; `signals.rs`: what they wait for
//! - `forum.rs`: the answers in a forum; `forum_events.rs`: which of its posts have changed; `forum_posts.rs`: reads these;
//!   `gate_events.rs`: who can see it may have changed; `forum_gates.rs`: asks who can
//! - `pace.rs`: how often a site is asked, where several processes do

pub(super) mod due_sources;
pub(super) mod forum;
pub(super) mod forum_events;
pub(super) mod forum_gates;
pub(super) mod forum_posts;
pub(super) mod gate_events;
pub(super) mod kept_sources;
mod new_sources;
pub(super) mod pace;
mod server_sources;
pub(super) mod shared_sources;
pub(super) mod signals;
mod source_looks;
