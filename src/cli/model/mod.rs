//! `pullquote model`: which sentence models there are, and which of them is used.
//!
//! - `add.rs`: installs a model; `progress.rs`: how far its download is
//! - `list.rs`: the installed models and those that can be added

#[cfg(feature = "model")]
mod add;
#[cfg(feature = "model")]
mod list;
#[cfg(feature = "model")]
mod progress;

use anyhow::Result;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
A sentence model helps with questions that are worded differently from the article. It runs inside the program: questions
and articles stay on this machine. The built-in one knows English.

Examples:
  pullquote model add multilingual
  pullquote model list
  pullquote model use built-in"
)]
pub(super) struct Model {
    #[command(subcommand)]
    action: Action,
    /// Use this list of models instead of the program's own, for mirrors and tests
    #[arg(long, global = true, value_name = "FILE.json", hide_short_help = true)]
    catalogue: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the models: installed ones, and those that can be added
    List,
    /// Download a model, check it, and use it from now on
    Add {
        /// Name of the model, as `pullquote model list` prints it
        name: String,
        /// Take the files from this folder or address instead; they must be the same ones
        #[arg(long, value_name = "FOLDER|URL")]
        from: Option<String>,
    },
    /// Use an installed model
    Use {
        /// Name of the model
        name: String,
    },
    /// Delete an installed model
    Remove {
        /// Name of the model
        name: String,
    },
}

impl Model {
    #[cfg(not(feature = "model"))]
    #[expect(clippy::unused_self, reason = "the same as with sentence models")]
    pub(super) fn run(&self) -> Result<ExitCode> {
        anyhow::bail!(pullquote_model::UNSUPPORTED)
    }

    #[cfg(feature = "model")]
    pub(super) fn run(&self) -> Result<ExitCode> {
        use crate::config::{self, environment::variable};
        use anyhow::{Context, bail};
        use std::io::Write;

        let store = config::model_store(&variable);
        let models = self.models()?;
        let mut out = anstream::stdout().lock();
        match &self.action {
            Action::List => list::print(&store, &models, &mut out)?,
            Action::Add { name, from } => {
                add::add(&store, &models, name, from.as_deref(), &mut out)?;
            }
            Action::Use { name } => {
                let chosen = store.choose(name);
                if !chosen.context("cannot save the choice")? {
                    bail!(
                        "no model named `{name}` is installed: `pullquote model list` shows what there is"
                    );
                }
                writeln!(out, "`{name}` is used from the next start.")?;
            }
            Action::Remove { name } => {
                let removed = store.remove(name);
                if !removed.with_context(|| format!("cannot remove the model `{name}`"))? {
                    bail!("no model named `{name}` is installed");
                }
                writeln!(out, "Removed `{name}`.")?;
            }
        }
        if !matches!(self.action, Action::List)
            && let Some(setting) = config::model_setting(&variable)
        {
            writeln!(
                out,
                "The setting MODEL is `{setting}`, which takes precedence: unset it to use the model chosen here."
            )?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The list of models that can be added.
    #[cfg(feature = "model")]
    fn models(&self) -> Result<Vec<pullquote_model::catalogue::CatalogueModel>> {
        use anyhow::Context;
        use pullquote_model::catalogue;

        let Some(path) = &self.catalogue else {
            return Ok(catalogue::built_in()?);
        };
        let cannot = || format!("cannot use `{}`", path.display());
        let json = std::fs::read_to_string(path).with_context(cannot)?;
        catalogue::parse(&json).with_context(cannot)
    }
}
