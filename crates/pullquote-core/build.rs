//! Packs word lists into the program.
//!
//! The lists in `src/text/real_words` become finite-state sets, which the program searches in place. The readable lists
//! are the only source: no compiled file is committed, so none can be out of date. A list is added by adding a file
//! `xx.txt`, where `xx` is the code of a language; more words of that language may be in `xx_names.txt`.
//!
//! The stop words of each language become one text. As the arrays of the crate that they come from, each word would
//! take 40 bytes beside its letters.

use std::collections::BTreeMap;
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

/// Writes the sets, and `real_words.rs`: a slice of language codes and sets. A frequent word keeps the star behind it:
/// `new*` is an entry.
fn real_words(out: &Path) -> io::Result<()> {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in fs::read_dir(LISTS)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let code = name.strip_suffix("_names").unwrap_or(&name);
            let text = fs::read_to_string(&path)?;
            let words = text.lines().map(String::from);
            lists.entry(code.to_owned()).or_default().extend(words);
        }
    }
    for (code, words) in &mut lists {
        words.sort_unstable();
        let set = fst::Set::from_iter(words).map_err(io::Error::other)?;
        fs::write(out.join(format!("{code}.fst")), set.as_fst().as_bytes())?;
    }
    let row = |code| {
        format!("({code:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{code}.fst\"))),\n")
    };
    let rows: String = lists.keys().map(row).collect();
    fs::write(out.join("real_words.rs"), format!("&[\n{rows}]\n"))
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
