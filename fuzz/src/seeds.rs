//! Writes the first inputs of each target to `corpus/TARGET`, where cargo-fuzz looks for them.

use std::fs;
use std::io;
use std::path::Path;

/// Bytes of a hostile file that are a seed: the rest repeats them.
const START: usize = 200;

fn main() -> io::Result<()> {
    let readers = pullquote_hostile_files::small_texts().map(|file| {
        let choice = u8::from(file.name.ends_with(".md"));
        let start = file.bytes.into_iter().take(START);
        std::iter::once(choice).chain(start).collect()
    });
    write("readers", readers)?;
    let questions = [
        "When does the ferry leave?",
        "wat does teh bycicle cost",
        "\"two euros\" -dogs",
        "How much is a ticket in £?",
        "¿Cuándo sale el ferry?",
        "渡し船はいつ出ますか",
    ];
    write("questions", questions.map(Into::into).into_iter())?;
    let ids = [
        "more:0123456789abcdef.3:10:20",
        "others:all:2:new",
        "share:all",
        "articles:7",
        "search:all:1",
    ];
    write("custom_ids", ids.map(Into::into).into_iter())
}

fn write(target: &str, inputs: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    fs::create_dir_all(&folder)?;
    for (number, input) in inputs.enumerate() {
        fs::write(folder.join(format!("seed-{number}")), input)?;
    }
    Ok(())
}
