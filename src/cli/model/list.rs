//! `pullquote model list`: the installed models and those that can be added.

use anyhow::Result;
use pullquote_model::{BUILT_IN, Description, ModelStore, SUPPORTED, UNSUPPORTED};
use std::collections::BTreeMap;
use std::io::Write;

/// So many languages are named; of more, their number is shown.
const FEW_LANGUAGES: usize = 3;

/// A line of the list.
struct Row {
    description: Description,
    state: String,
}

/// Prints the models that there are, and those that can be added, with their size in megabytes.
pub(super) fn print(
    store: &ModelStore,
    addable: Vec<(Description, u64)>,
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
    for (description, megabytes) in addable {
        let state = format!("can be added, {megabytes} MB");
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
    if SUPPORTED {
        writeln!(
            out,
            "\nAny other sentence model in ONNX format: set MODEL to its folder, or put the folder into `{}`.",
            store.models().display()
        )?;
    } else {
        writeln!(out, "\nNo other model can be run ({UNSUPPORTED}).")?;
    }
    Ok(())
}
