//! Judges what `pullquote doctor` found: every check is ok, a warning or an error, with a fix.
//!
//! Nothing here does I/O. `cli/doctor.rs` and `machine/` collect what `local.rs` judges, and `bot/application/inspect.rs` what `discord.rs`,
//! `endpoint.rs`, `helpers.rs` and `shards.rs` judge (`inspection.rs`). `store.rs` judges what the store says of itself.

mod auto_answer;
mod discord;
mod endpoint;
mod helpers;
mod inspection;
mod local;
mod needed;
mod shards;
mod store;

pub use discord::discord;
pub use endpoint::HttpSettings;
pub use helpers::helpers;
pub use inspection::{BotAccount, Inspection, Reach, Server, ServerDetails};
pub use local::{
    broken_env_file, disk, env_file, env_folder, knowledge, misspelt, model, no_model, question,
    reload, settings, sources, unused, unwritable_data,
};
pub use shards::{connection, shards};
pub use store::{FileDetails, store};

pub use pullquote_page::{Finding, FindingStatus};
