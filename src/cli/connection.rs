//! The settings of commands that talk to Discord.

use crate::config::{Config, ConfigError, environment};
use clap::Args;

/// How a command reaches Discord.
#[derive(Debug, Default, Args)]
pub(super) struct Connection {
    /// Use this URL on this machine instead of Discord's, for tests
    #[arg(long, value_name = "URL", hide_short_help = true)]
    api_base: Option<String>,
}

impl Connection {
    /// The settings from the environment.
    pub(super) fn config(&self) -> Result<Config, ConfigError> {
        self.config_from(&environment::variable)
    }

    /// The settings, with the values of variables from `variable`.
    pub(super) fn config_from(
        &self,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Config, ConfigError> {
        Config::read(variable, self.api_base.as_deref())
    }
}
