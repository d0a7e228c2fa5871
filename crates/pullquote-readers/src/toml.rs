//! TOML, as the values of YAML: what is read from front matter does not depend on how it is written.

use serde_norway::{Mapping, Value};
use toml_edit::{DocumentMut, Item, TableLike};

/// Tables inside each other, at most; deeper ones are empty. Nothing that is read lies as deep.
const MAX_DEPTH: usize = 4;

/// Why a text is not TOML.
#[derive(Debug)]
pub(crate) struct Error {
    /// The line of the text, from 1.
    pub(crate) line: u32,
    pub(crate) message: String,
}

pub(crate) fn parse(text: &str) -> Result<Value, Error> {
    let document = text.parse::<DocumentMut>().map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        Error {
            line: before.map_or(0, |it| it.matches('\n').count()) as u32 + 1,
            message: error.message().to_owned(),
        }
    })?;
    Ok(table(document.as_table(), 0))
}

fn table(table: &dyn TableLike, depth: usize) -> Value {
    let entries = table.iter().filter(|_| depth < MAX_DEPTH);
    let entries = entries.map(|(key, item)| (Value::from(key), value(item, depth + 1)));
    Value::Mapping(entries.collect::<Mapping>())
}

fn value(item: &Item, depth: usize) -> Value {
    if let Some(inner) = item.as_table_like() {
        return table(inner, depth);
    }
    match item {
        Item::Value(toml_edit::Value::Array(items)) => {
            let items = items.iter().filter(|_| depth < MAX_DEPTH);
            let items = items.map(|it| value(&Item::Value(it.clone()), depth + 1));
            Value::Sequence(items.collect())
        }
        Item::ArrayOfTables(tables) => {
            Value::Sequence(tables.iter().map(|it| table(it, depth)).collect())
        }
        Item::Value(toml_edit::Value::String(text)) => Value::from(text.value().as_str()),
        Item::Value(toml_edit::Value::Integer(number)) => Value::from(*number.value()),
        Item::Value(toml_edit::Value::Float(number)) => Value::from(*number.value()),
        Item::Value(toml_edit::Value::Boolean(truth)) => Value::from(*truth.value()),
        Item::Value(toml_edit::Value::Datetime(time)) => Value::from(time.value().to_string()),
        _ => Value::Null,
    }
}
