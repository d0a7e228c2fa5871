//! `pullquote model`: which sentence models there are, and which of them is used.
//!
//! - `add.rs`: installs a model; `progress.rs`: how far its download is
//! - `list.rs`: the installed models and those that can be added

#[cfg(feature = "model")]
mod add;
mod list;
#[cfg(feature = "model")]
mod progress;

use crate::config::{self, environment::variable};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
#[cfg(feature = "model")]
use pullquote_model::catalogue::{self, CatalogueModel};
use pullquote_model::{BUILT_IN, Description, ModelStore, SUPPORTED, UNSUPPORTED};
use std::io::Write;
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
    pub(super) fn run(&self) -> Result<ExitCode> {
        let store = config::model_store(&variable);
        let mut out = anstream::stdout().lock();
        match &self.action {
            Action::List => list::print(&store, self.addable()?, &mut out)?,
            Action::Add { name, from } => self.add(&store, name, from.as_deref(), &mut out)?,
            Action::Use { name } => {
                ensure!(SUPPORTED || name == BUILT_IN, UNSUPPORTED);
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
        if let Some(setting) = config::model_setting(&variable) {
            writeln!(
                out,
                "The setting MODEL is `{setting}`, which takes precedence: unset it to use the model chosen here."
            )?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(feature = "model")]
impl Model {
    fn add(
        &self,
        store: &ModelStore,
        name: &str,
        from: Option<&str>,
        out: &mut impl Write,
    ) -> Result<()> {
        add::add(store, &self.catalogue()?, name, from, out)
    }

    /// The models that can be added, with their size in megabytes.
    fn addable(&self) -> Result<Vec<(Description, u64)>> {
        let models = self.catalogue()?.into_iter();
        let models = models.map(|model| (model.description.clone(), model.megabytes()));
        Ok(models.collect())
    }

    fn catalogue(&self) -> Result<Vec<CatalogueModel>> {
        let Some(path) = &self.catalogue else {
            return Ok(catalogue::built_in()?);
        };
        let cannot = || format!("cannot use `{}`", path.display());
        let json = std::fs::read_to_string(path).with_context(cannot)?;
        catalogue::parse(&json).with_context(cannot)
    }
}

/// This program runs the built-in model only.
#[cfg(not(feature = "model"))]
#[expect(
    clippy::unused_self,
    clippy::unnecessary_wraps,
    reason = "the same as with other models"
)]
impl Model {
    fn add(&self, _: &ModelStore, _: &str, _: Option<&str>, _: &mut impl Write) -> Result<()> {
        bail!(UNSUPPORTED)
    }

    fn addable(&self) -> Result<Vec<(Description, u64)>> {
        Ok(Vec::new())
    }
}
