//! `pullquote model add`: installs a model and uses it from now on.

use super::progress::Progress;
use crate::download::{self, Download};
use anyhow::{Context, Result, anyhow};
use pullquote_model::catalogue::{CatalogueFile, CatalogueModel, Packed};
use pullquote_model::install::Installation;
use pullquote_model::{ModelStore, SentenceEncoder};
use std::io::Write;
use std::path::Path;

pub(super) fn add(
    store: &ModelStore,
    models: &[CatalogueModel],
    name: &str,
    from: Option<&str>,
    out: &mut impl Write,
) -> Result<()> {
    let model = models.iter().find(|model| model.description.name == name);
    let model = model.ok_or_else(|| unknown(name, models))?;
    let description = &model.description;
    writeln!(
        out,
        "{name}: {}, {} MB, licence {}\n{}",
        description.title,
        model.megabytes(),
        description.licence,
        description.page
    )?;
    out.flush()?;
    let installation = Installation::begin(store, model)?;
    for file in &model.files {
        if installation.has(file) {
            continue;
        }
        match from {
            Some(folder) if !folder.contains("://") => {
                installation.copy(file, Path::new(folder))?;
            }
            Some(base) => download(&installation, &mirrored(file, base))?,
            None => download(&installation, file)?,
        }
    }
    let folder = installation.finish()?;
    // Loading runs it once. The vectors are not read.
    let loaded = SentenceEncoder::load(&store.find(Some(name)));
    loaded.with_context(|| {
        format!(
            "`{name}` was installed, but this program cannot run it, so nothing else changes. `pullquote model remove \
             {name}` deletes it"
        )
    })?;
    store.choose(name).context("cannot save the choice")?;
    writeln!(
        out,
        "Installed in `{}`. It is used from the next start.",
        folder.display()
    )?;
    Ok(())
}

/// The file as a mirror has it: by its name, and not packed.
fn mirrored(file: &CatalogueFile, base: &str) -> CatalogueFile {
    CatalogueFile {
        url: format!("{}/{}", base.trim_end_matches('/'), file.name),
        packed: None,
        ..file.clone()
    }
}

fn download(installation: &Installation<'_>, file: &CatalogueFile) -> Result<()> {
    let (offset, bytes) = match file.packed {
        Some(Packed { offset, bytes }) => (offset, bytes),
        None => (0, file.bytes),
    };
    let download = Download {
        url: file.url.clone(),
        offset,
        bytes,
    };
    let mut part = installation.part(file)?;
    let mut progress = Progress::new(&file.name, bytes);
    let fetched = download::fetch(&download, &mut part, |done| progress.print(done));
    drop(progress);
    fetched.with_context(|| {
        format!(
            "cannot download `{}`; nothing was changed. Run the command again to continue, or see `--from`",
            file.name
        )
    })?;
    drop(part);
    Ok(installation.unpack(file)?)
}

fn unknown(name: &str, models: &[CatalogueModel]) -> anyhow::Error {
    let names = models.iter().map(|model| &model.description.name);
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    anyhow!(
        "no model named `{name}` can be added, only {}. Other models: set MODEL to a folder with `model.onnx` and `tokenizer.json`",
        names.join(", ")
    )
}
