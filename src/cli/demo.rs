//! `pullquote demo`: the box of the host's page that shows the cards, in the browser, without Discord.

use super::{init, knowledge, numbers};
use crate::bot::{self, MADE_UP, RunError};
use crate::config::{self, Config, HttpServer, environment};
use anyhow::{Context, Result};
use clap::Args;
use pullquote_core::engine::Engine;
use pullquote_model::EmbeddingModel;
use pullquote_page::try_address;
use std::collections::BTreeSet;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tempfile::TempDir;

/// The setting that chooses the port, as error messages name it.
const PORT: &str = "--port";

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Port of this machine that the page is on [default: one that is free]
    #[arg(long, value_name = "PORT", value_parser = numbers::port)]
    port: Option<u16>,
    /// Print the address without opening it
    #[arg(long)]
    no_open: bool,
}

impl Demo {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let kept = TempDir::with_prefix("pullquote-demo-").context("cannot make a folder")?;
        let (dir, is_sample) = articles(dir, kept.path())?;
        let handle = Arc::new(knowledge::open(&dir)?);
        let engine = handle.engine();
        let config = self.config(kept.path())?;
        let shown = |at: SocketAddr| {
            let question = pullquote_cards::example(&engine).unwrap_or_default();
            let address = format!("http://{at}{}", try_address(&question));
            let folder = (!is_sample).then_some(dir.as_path());
            // A closed pipe is no reason to stop.
            let _ = print(&engine, folder, &address);
            if !self.no_open && io::stdout().is_terminal() && has_browser() {
                open(&address);
            }
        };
        match bot::demo(Arc::clone(&handle), &config, PORT, shown) {
            Err(RunError::Port(error)) => Err(error.into()),
            ended => ended.map(|()| ExitCode::SUCCESS).map_err(Into::into),
        }
    }

    /// The settings: those of a fresh start, so that nothing of a bot that runs here is touched.
    fn config(&self, kept: &Path) -> Result<Config> {
        let data = kept.join("data");
        let variable = |name: &str| match name {
            "DATA_DIR" => Some(data.to_string_lossy().into_owned()),
            "KNOWLEDGE_WATCH" => environment::variable(name),
            _ => None,
        };
        let model = config::embedding(&environment::variable);
        let port = self.port.unwrap_or_default();
        Ok(Config {
            http: Some(HttpServer {
                address: (Ipv4Addr::LOCALHOST, port).into(),
                hosts: BTreeSet::new(),
                key: None,
            }),
            embedding: model.map(|model| EmbeddingModel {
                vectors: data.join("vectors"),
                ..model
            }),
            ..Config::without_token(&variable)?
        })
    }
}

/// The knowledge folder if it is there, or else a sample article in a folder of its own; and whether it is that.
fn articles(dir: &Path, kept: &Path) -> Result<(PathBuf, bool)> {
    if dir.exists() {
        return Ok((dir.to_owned(), false));
    }
    let sample = kept.join("knowledge");
    init::write_sample(&sample)?;
    Ok((sample, true))
}

fn print(engine: &Engine, folder: Option<&Path>, address: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let count = engine.corpus().article_count();
    let articles = super::show::counted(count, "article");
    match folder {
        Some(folder) => writeln!(out, "Answers come from `{}`: {articles}.", folder.display())?,
        None => writeln!(
            out,
            "Answers come from a sample article. Write your own on the page: they are deleted when the demo ends."
        )?,
    }
    writeln!(
        out,
        "\nSee in your browser what members see on Discord:\n  {address}\n"
    )?;
    let (server, role) = (MADE_UP.server, MADE_UP.role);
    writeln!(
        out,
        "The demo also has a server, {server}, with an article for members with the role {role}: the page lets you ask as either. To teach\n\
         the bot as a manager does, with /knowledge, run `pullquote chat --server {server}`: it keeps that in your data folder.\n"
    )?;
    writeln!(
        out,
        "Press Ctrl+C to stop. `pullquote chat` does the same in the terminal, and `pullquote init` sets up the bot."
    )?;
    out.flush()
}

/// Whether there may be a browser that can be opened. Over SSH, it would open on the wrong machine.
fn has_browser() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_screen = cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"]
            .iter()
            .any(|name| is_set(name));
    is_set("BROWSER") || has_screen && !is_set("SSH_CONNECTION")
}

/// Opens the browser. What it prints or why it fails is of no use: the address is on the screen.
fn open(address: &str) {
    let address = address.to_owned();
    std::thread::spawn(move || opener::open_browser(address));
}
