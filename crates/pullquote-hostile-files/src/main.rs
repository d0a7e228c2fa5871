//! Writes all hostile files to a folder.

use pullquote_hostile_files::{HostileFile, archives, large_texts, pages, pdfs, small_texts};
use std::fs;
use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("name the folder to write to"))?;
    let write = |kind: &str, files: &mut dyn Iterator<Item = HostileFile>| -> io::Result<()> {
        let folder = folder.join(kind);
        fs::create_dir_all(&folder)?;
        for file in files {
            fs::write(folder.join(&*file.name), file.bytes)?;
        }
        Ok(())
    };
    write("pdf", &mut pdfs())?;
    write("html", &mut pages())?;
    write("archives", &mut archives())?;
    write("small", &mut small_texts())?;
    write("large", &mut large_texts())
}
