//! Forms that are filled in line by line.

use super::super::show::safe;
use crate::config::environment::with_home;
use pullquote_cards::commands::{ADDRESS_FIELD, FILES_FIELD};
use pullquote_cards::{Form, FormField, FormInput, FormValue, FormValues, Lines, UploadedFile};
use std::fs;
use std::path::Path;

/// The line that ends a text of several lines.
const END: &str = ".";

/// Asks for each field. A field that stays empty keeps the text that it has. The error says which file cannot be read.
pub(super) fn form(
    form: &Form,
    ask: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<FormValues, String> {
    let mut fields = form.fields().iter();
    fields.try_fold(FormValues::default(), |values, field| {
        Ok(values.with(field.id(), value(field, ask)?))
    })
}

fn value(
    field: &FormField,
    ask: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<FormValue, String> {
    let label = safe(field.label());
    let mut line = |hint: &str| ask(&format!("{label}{hint}: ")).unwrap_or_default();
    Ok(match field.input() {
        FormInput::Text { lines, value, .. } => {
            let typed = match lines {
                Lines::One => line(""),
                Lines::Several => several(&label, ask),
            };
            let is_empty = typed.trim().is_empty();
            FormValue::Text(if is_empty { value.clone() } else { typed })
        }
        FormInput::Role { .. } | FormInput::Channel { .. } => {
            let ids = words(&line(" (ids)"));
            FormValue::Ids(ids.iter().filter_map(|id| id.parse().ok()).collect())
        }
        FormInput::File { .. } => {
            let path = line(" (a path)");
            let file = Some(path.trim()).filter(|path| !path.is_empty());
            FormValue::Files(file.map(uploaded).transpose()?.into_iter().collect())
        }
    })
}

/// Lines until one that says that the text ends.
fn several(label: &str, ask: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut text = String::new();
    let mut prompt = format!("{label} (a line with only {END} ends it): ");
    while let Some(line) = ask(&prompt).filter(|line| line.trim() != END) {
        text.push_str(&line);
        text.push('\n');
        "… ".clone_into(&mut prompt);
    }
    text
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// What `/knowledge add` adds: a file, or the page at an address.
pub(super) fn addition(added: &str) -> Result<FormValues, String> {
    let is_address = ["https://", "http://"]
        .iter()
        .any(|it| added.starts_with(it));
    let values = FormValues::default();
    if is_address {
        return Ok(values.with(ADDRESS_FIELD, FormValue::Text(added.to_owned())));
    }
    Ok(values.with(FILES_FIELD, FormValue::Files(vec![uploaded(added)?])))
}

/// A file of this machine, as one that was uploaded. The error says why it cannot be read.
fn uploaded(path: &str) -> Result<UploadedFile, String> {
    let path = with_home(path.into()).to_string_lossy().into_owned();
    let details =
        fs::metadata(&path).map_err(|error| format!("cannot read `{}`: {error}", safe(&path)))?;
    let name = Path::new(&path).file_name().unwrap_or_default();
    Ok(UploadedFile {
        name: name.to_string_lossy().into_owned(),
        size: details.len(),
        url: path,
    })
}
