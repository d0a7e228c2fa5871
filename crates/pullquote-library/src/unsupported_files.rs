//! Files in formats that cannot be read: a report per extension, not per file, because a folder may contain thousands of
//! pictures.

use crate::report::FileReport;
use pullquote_core::article::Problem;
use pullquote_readers::{help, suggested_extensions};
use std::collections::BTreeMap;

/// Extensions that get a report of their own, at most.
const MAX_EXTENSIONS: usize = 20;

/// Counts files by extension.
#[derive(Debug, Default)]
pub(crate) struct UnsupportedFiles(BTreeMap<String, Group>);

#[derive(Debug)]
struct Group {
    /// Path of the first file.
    first: String,
    /// Number of the others.
    more: usize,
}

impl UnsupportedFiles {
    /// Adds the path of a file.
    pub(crate) fn add(&mut self, path: String) {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let mut extension = extension.to_lowercase();
        if self.0.len() >= MAX_EXTENSIONS && !self.0.contains_key(&extension) {
            // The rest share a report.
            extension.clear();
        }
        if let Some(group) = self.0.get_mut(&extension) {
            group.more += 1;
            return;
        }
        let group = Group {
            first: path,
            more: 0,
        };
        self.0.insert(extension, group);
    }

    /// A report on the first file of each extension.
    pub(crate) fn reports(self) -> impl Iterator<Item = FileReport> {
        let general = format!("save the article as {}", suggested_extensions());
        self.0.into_iter().map(move |(extension, group)| {
            let kind = match extension.as_str() {
                "" => String::new(),
                extension => format!(".{extension} "),
            };
            let also = match group.more {
                0 => String::new(),
                1 => format!(" (and 1 more {kind}file)"),
                more => format!(" (and {more} more {kind}files)"),
            };
            // The files without an extension here have any that is not among the first ones.
            let help = help(&group.first).filter(|_| !extension.is_empty());
            let help = help.unwrap_or(&general);
            let message = format!("unsupported file format{also}: {help}");
            FileReport::without_article(group.first, Problem::warning(None, message))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_per_extension() {
        let mut files = UnsupportedFiles::default();
        for number in 0..100_000 {
            files.add(format!("photos/{number}.jpg"));
        }
        files.add("a.doc".to_owned());
        files.add("photos/last.JPG".to_owned());
        let reports: Vec<FileReport> = files.reports().collect();
        let [document, photo] = reports.as_slice() else {
            panic!("{reports:?}");
        };
        assert_eq!(document.path, "a.doc");
        assert!(
            document.problems[0]
                .message
                .starts_with("unsupported file format: open it in an office program")
        );
        assert_eq!(photo.path, "photos/0.jpg");
        assert!(
            photo.problems[0]
                .message
                .contains("(and 100000 more .jpg files)")
        );
    }

    #[test]
    fn the_number_of_reports_is_bounded() {
        let mut files = UnsupportedFiles::default();
        for number in 0..1_000 {
            files.add(format!("a.{number}"));
        }
        let reports: Vec<FileReport> = files.reports().collect();
        assert_eq!(reports.len(), MAX_EXTENSIONS + 1);
        let rest = reports.iter().find(|report| report.path == "a.20").unwrap();
        assert!(rest.problems[0].message.contains("(and 979 more files)"));
    }
}
