//! Packs word lists into the program.
//!
//! The lists in `src/text/real_words` become finite-state sets, which the program searches in place. The readable lists
//! are the only source: no compiled file is committed, so none can be out of date. A list is added by adding a file
//! `xx.txt`, where `xx` is the code of a language.
//!
//! The stop words of each language become one text. As the arrays of the crate that they come from, each word would
//! take 40 bytes beside its letters.

use std::path::Path;
use std::{env, fs, io};

const LISTS: &str = "src/text/real_words";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={LISTS}");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    real_words(out)?;
    stop_words(out)
}

/// Writes the sets, and `real_words.rs`: a slice of language codes and sets.
fn real_words(out: &Path) -> io::Result<()> {
    let mut codes = Vec::new();
    for entry in fs::read_dir(LISTS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let code = path.file_stem().unwrap_or_default().to_string_lossy();
            compile(&path, &out.join(format!("{code}.fst")))?;
            codes.push(code.into_owned());
        }
    }
    codes.sort();
    let row = |code| {
        format!("({code:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{code}.fst\"))),\n")
    };
    let rows: String = codes.iter().map(row).collect();
    fs::write(out.join("real_words.rs"), format!("&[\n{rows}]\n"))
}

/// Writes the set of a list's lines. A frequent word keeps the star behind it: `new*` is an entry.
fn compile(list: &Path, set: &Path) -> io::Result<()> {
    let text = fs::read_to_string(list)?;
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    let compiled = fst::Set::from_iter(lines).map_err(io::Error::other)?;
    fs::write(set, compiled.as_fst().as_bytes())
}

/// Writes `stop_words.rs`: a slice of language codes and their stop words, one a line.
fn stop_words(out: &Path) -> io::Result<()> {
    let row = |code: &&str| {
        let words = stop_words::lookup(code).unwrap_or_default().join("\n");
        // Escaped, because some lists are not in Unicode's composed form, which Clippy wants of source code.
        format!("({code:?}, \"{}\"),\n", words.escape_default())
    };
    let rows: String = stop_words::available_languages().iter().map(row).collect();
    fs::write(out.join("stop_words.rs"), format!("&[\n{rows}]\n"))
}
