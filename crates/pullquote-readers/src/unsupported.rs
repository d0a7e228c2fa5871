//! What helps with files that cannot be read.

/// Extensions, and what to do about such a file.
const HELP: &[(&[&str], &str)] = &[
    (
        &[
            "doc", "dot", "wps", "wpd", "pages", "ott", "fodt", "sxw", "gdoc",
        ],
        "open it in an office program and save it as .docx or .odt",
    ),
    (
        &["xls", "xlsb", "ods", "numbers", "gsheet"],
        "open it in an office program and save it as .xlsx or .csv",
    ),
    (
        &["ppt", "pptx", "odp", "key", "gslides"],
        "open it in an office program and export it as .pdf",
    ),
    (
        &["mobi", "azw", "azw3", "fb2", "djvu"],
        "convert it to .epub",
    ),
    (
        &["zip", "7z", "rar", "gz", "tar", "tgz", "xz", "bz2", "zst"],
        "unpack it into the folder",
    ),
    (
        &[
            "png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "tif", "tiff", "ico", "heic", "avif",
        ],
        "a picture has no text; run text recognition (OCR) on it if it shows some",
    ),
    (
        &[
            "mp3", "m4a", "ogg", "wav", "flac", "mp4", "mov", "mkv", "webm", "avi",
        ],
        "a recording has no text; put a transcript there",
    ),
    (
        &["eml", "msg", "mbox"],
        "save the text of the message as .txt",
    ),
    (&["mht", "mhtml", "webarchive"], "save the page as .html"),
    (
        &["one", "onetoc2", "enex"],
        "export the notes as .docx or .pdf",
    ),
    (
        &["textile", "org", "tex", "typ", "ipynb"],
        "convert it to Markdown, for example with pandoc, and save it as .md",
    ),
];

/// What helps with a file whose format is not supported; `None` if nothing in particular does.
pub fn help(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    let row = HELP
        .iter()
        .find(|(names, _)| names.contains(&extension.as_str()));
    row.map(|(_, help)| *help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    #[test]
    fn help_is_for_unsupported_files_only() {
        assert!(help("old/rules.DOC").unwrap().contains(".docx"));
        assert_eq!(help("rules.xyz"), None);
        assert_eq!(help("rules"), None);
        for (names, _) in HELP {
            for name in *names {
                assert!(Format::of_path(&format!("a.{name}")).is_none(), "{name}");
            }
        }
    }
}
