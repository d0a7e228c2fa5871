//! `pullquote model list`: the installed models and those that can be added.

use anyhow::Result;
use pullquote_model::catalogue::CatalogueModel;
use pullquote_model::{BUILT_IN, Description, ModelStore};
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
    let used = store.find(None).folder;
    let mut rows = BTreeMap::new();
    let state = if used.is_none() {
        "in use"
    } else {
        "part of the program"
    };
    let (name, state) = (BUILT_IN.to_owned(), state.to_owned());
    rows.insert(
        name,
        Row {
            description: Description::built_in(),
            state,
        },
    );
    for model in models {
        let description = model.description.clone();
        let state = format!("can be added, {} MB", model.megabytes());
        rows.insert(description.name.clone(), Row { description, state });
    }
    for name in store.installed() {
        let Some(folder) = store.folder(&name) else {
            continue;
        };
        let description = Description::read(&folder).unwrap_or_default();
        let is_used = used.as_ref() == Some(&folder);
        let state = if is_used { "in use" } else { "installed" };
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
