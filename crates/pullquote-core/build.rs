//! Compiles the word lists in `src/text/real_words` into finite-state sets, which the program searches in place.
//!
//! The readable lists are the only source: no compiled file is committed, so none can be out of date. A list is added by
//! adding a file `xx.txt`, where `xx` is the code of a language.

use std::path::Path;
use std::{env, fs, io};

const LISTS: &str = "src/text/real_words";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={LISTS}");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut codes = Vec::new();
    for entry in fs::read_dir(LISTS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let code = path.file_stem().unwrap_or_default().to_string_lossy();
            compile(&path, &Path::new(&out).join(format!("{code}.fst")))?;
            codes.push(code.into_owned());
        }
    }
    codes.sort();
    let row = |code| {
        format!("({code:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{code}.fst\"))),\n")
    };
    let rows: String = codes.iter().map(row).collect();
    fs::write(
        Path::new(&out).join("real_words.rs"),
        format!("&[\n{rows}]\n"),
    )
}

/// Writes the set of a list's lines. A frequent word keeps the star behind it: `new*` is an entry.
fn compile(list: &Path, set: &Path) -> io::Result<()> {
    let text = fs::read_to_string(list)?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    let compiled = fst::Set::from_iter(lines).map_err(io::Error::other)?;
    fs::write(set, compiled.as_fst().as_bytes())
}
