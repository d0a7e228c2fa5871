//! Packs the names of emoji into the program.
//!
//! Of the crate that they come from, only the names are used. As its tables, which also have groups, skin tones and
//! descriptions, they would take twenty times as much of the program.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let names = emojis::iter().flat_map(|emoji| emoji.shortcodes().map(move |name| (name, emoji)));
    let mut lines: Vec<String> = names
        .map(|(name, emoji)| format!("{name} {emoji}\n"))
        .collect();
    lines.sort_unstable();
    fs::write(Path::new(&out).join("emoji.txt"), lines.concat())
}
