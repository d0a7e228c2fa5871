//! `pullquote model list`: the installed models and those that can be added.

use anyhow::Result;
use pullquote_model::catalogue::CatalogueModel;
use pullquote_model::{Description, ModelStore};
use std::collections::BTreeMap;
use std::io::Write;

/// So many languages are named; of more, their number is shown.
const FEW_LANGUAGES: usize = 3;

/// A line of the list.
struct Row {
    description: Description,
    state: String,
}

pub(super) fn print(
    store: &ModelStore,
    models: &[CatalogueModel],
    out: &mut impl Write,
) -> Result<()> {
    let used = store.find(None).map(|model| model.folder);
    let mut rows = BTreeMap::new();
    for model in models {
        let description = model.description.clone();
        let state = format!("can be added, {} MB", model.megabytes());
        rows.insert(description.name.clone(), Row { description, state });
    }
    let installed = store
        .installed()
        .into_iter()
        .filter_map(|name| Some((store.folder(&name)?, Some(name))));
    let bundled = store.bundled().map(|folder| (folder.to_owned(), None));
    // A model that is installed hides the one of the same name that came with the program.
    for (folder, name) in bundled.into_iter().chain(installed) {
        let description = Description::read(&folder).unwrap_or_default();
        let own = name.is_none();
        let name = name.unwrap_or_else(|| description.name.clone());
        let state = match (used.as_ref() == Some(&folder), own) {
            (true, _) => "in use",
            (false, true) => "came with the program",
            (false, false) => "installed",
        };
        let state = state.to_owned();
        rows.insert(name, Row { description, state });
    }
    for (name, Row { description, state }) in &rows {
        let Description {
            title,
            licence,
            languages,
            ..
        } = description;
        let languages = match languages.len() {
            0..=FEW_LANGUAGES => languages.join(", "),
            many => format!("{many} languages"),
        };
        let line = format!("{name:<14}{state:<23}{languages:<14}{licence:<13}{title}");
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(
        out,
        "\nAny other sentence model in ONNX format: set MODEL to its folder, or put the folder into `{}`.",
        store.models().display()
    )?;
    Ok(())
}
