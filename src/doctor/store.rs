//! Checks of the database that keeps the articles of servers.

use super::Finding;
use pullquote_store::{Inspection, StoreError};
use std::time::Duration;

const SUBJECT: &str = "store";
/// Free bytes below which the disk of the database gets a warning: 100 MB.
const LOW_DISK: u64 = 100 << 20;
/// The age of the last backup from which something is wrong with them: the bot makes one a day.
const OLD_BACKUP: Duration = Duration::from_hours(48);
/// The oldest `PostgreSQL` that is tested and still maintained.
const MIN_POSTGRES: u32 = 13;

/// What there is to know of a `SQLite` file and its folder.
#[derive(Debug, Clone, Default)]
pub struct FileDetails {
    /// The folder.
    pub folder: String,
    /// Permission bits of the file; `None` on systems without them.
    pub mode: Option<u32>,
    /// Free bytes of the disk.
    pub free: Option<u64>,
    /// The kind of network file system that the folder is on.
    pub network: Option<&'static str>,
    /// How long ago the last backup was made; `None` without any.
    pub backup: Option<Duration>,
}

/// Judges a database by what an inspection of it found: `None` if nothing is kept yet. `name` is what to call it, `file` is there
/// for one of `SQLite`, and `is_local` says whether a server is on this machine.
pub fn store(
    name: &str,
    inspected: &Result<Option<Inspection>, StoreError>,
    file: Option<&FileDetails>,
    is_local: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    match inspected {
        Ok(None) => findings.push(Finding::ok(SUBJECT, "servers have added nothing yet")),
        Ok(Some(found)) => findings.extend(sound(name, found, is_local)),
        Err(error) => findings.push(unusable(error)),
    }
    if let Some(file) = file {
        findings.extend(of_file(name, file, matches!(inspected, Ok(Some(_)))));
    }
    findings
}

/// A database that can be used.
fn sound(name: &str, found: &Inspection, is_local: bool) -> Vec<Finding> {
    let articles = match found.articles {
        1 => "1 article of servers".to_owned(),
        count => format!("{count} articles of servers"),
    };
    let mut findings = vec![Finding::ok(SUBJECT, format!("{articles} in {name}"))];
    if found.is_earlier {
        let message =
            format!("an earlier version of the bot made {name}: its next start updates it");
        findings.push(Finding::ok(SUBJECT, message));
    }
    let Some(server) = found.server else {
        return findings;
    };
    match server.processes {
        0 => {}
        1 => findings.push(Finding::ok(
            SUBJECT,
            "1 process runs the shards (SHARDS=shared)",
        )),
        many => {
            let message = format!("{many} processes share the shards");
            findings.push(Finding::ok(SUBJECT, message));
        }
    }
    if server.version < MIN_POSTGRES {
        findings.push(Finding::warning(
            SUBJECT,
            format!("PostgreSQL {} is too old", server.version),
            format!("use PostgreSQL {MIN_POSTGRES} or later"),
        ));
    }
    if !server.is_encrypted && !is_local {
        findings.push(Finding::warning(
            SUBJECT,
            "the connection to PostgreSQL is not encrypted",
            "switch on TLS in PostgreSQL, and add `?sslmode=verify-full` to DATABASE_URL",
        ));
    }
    findings
}

/// A database that the bot could not use.
fn unusable(error: &StoreError) -> Finding {
    let remedy = match error {
        StoreError::Unavailable { .. } | StoreError::Silent { .. } => {
            "check that the database runs and that DATABASE_URL or DATA_DIR is right; until then, answers come from the shared \
             articles only"
        }
        StoreError::Io { .. } => "check the permissions of DATA_DIR",
        // These say what to do.
        _ => "the guide to backing up and moving is in the documentation, under Hosting",
    };
    Finding::error(SUBJECT, error.to_string(), remedy)
}

/// The file and its folder. Some things matter only once there is a file.
fn of_file(name: &str, file: &FileDetails, is_there: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(mode) = file.mode.filter(|mode| mode & 0o077 != 0) {
        findings.push(Finding::warning(
            SUBJECT,
            format!(
                "other users of this machine can access {name} (mode {:o})",
                mode & 0o777
            ),
            format!("run `chmod 600 {name}`"),
        ));
    }
    if let Some(kind) = file.network {
        findings.push(Finding::warning(
            SUBJECT,
            format!("`{}` is on a network file system ({kind})", file.folder),
            "SQLite may be damaged there: set DATA_DIR to a folder on this machine's disk, or use PostgreSQL (DATABASE_URL)",
        ));
    }
    if let Some(free) = file.free.filter(|free| *free < LOW_DISK) {
        findings.push(Finding::warning(
            SUBJECT,
            format!("{} MB free in `{}`", free >> 20, file.folder),
            "free some space there, or servers can add nothing",
        ));
    }
    if is_there {
        findings.push(backup(file.backup));
    }
    findings
}

fn backup(age: Option<Duration>) -> Finding {
    let Some(age) = age else {
        return Finding::ok(SUBJECT, "no backup yet: the bot makes one a day");
    };
    let hours = age.as_secs() / 3_600;
    let message = match hours {
        0 => "the last backup was made within the last hour".to_owned(),
        1 => "the last backup is 1 hour old".to_owned(),
        2..48 => format!("the last backup is {hours} hours old"),
        _ => format!("the last backup is {} days old", hours / 24),
    };
    if age < OLD_BACKUP {
        return Finding::ok(SUBJECT, message);
    }
    Finding::warning(
        SUBJECT,
        message,
        "the bot makes one a day while it runs; its log says what fails",
    )
}

#[cfg(test)]
mod tests {
    use super::{FileDetails, store};
    use crate::doctor::FindingStatus;
    use pullquote_store::{Inspection, ServerInspection, StoreError};
    use std::time::Duration;

    const FILE: Inspection = Inspection {
        articles: 2,
        is_earlier: false,
        server: None,
    };

    fn details() -> FileDetails {
        FileDetails {
            folder: "data".to_owned(),
            mode: Some(0o100_600),
            free: Some(1 << 30),
            network: None,
            backup: Some(Duration::from_hours(3)),
        }
    }

    /// Checks the worst status of the findings, and that a message or a remedy contains `part`.
    #[track_caller]
    fn check(
        inspected: &Result<Option<Inspection>, StoreError>,
        file: Option<&FileDetails>,
        status: FindingStatus,
        part: &str,
    ) {
        let findings = store("data/pullquote.db", inspected, file, false);
        let worst = findings.iter().map(|finding| finding.status).max();
        assert_eq!(worst, Some(status), "{findings:?}");
        let mut all = findings.iter().map(|finding| {
            let remedy = finding.remedy.as_deref().unwrap_or_default();
            format!("{} {remedy}", finding.message)
        });
        assert!(all.any(|text| text.contains(part)), "{findings:?}");
    }

    #[test]
    fn a_file_is_judged_by_who_reads_it_where_it_is_and_its_backups() {
        use FindingStatus::{Ok as Fine, Warning};
        let check =
            |file: FileDetails, status, part| check(&Ok(Some(FILE)), Some(&file), status, part);
        check(
            details(),
            Fine,
            "2 articles of servers in data/pullquote.db",
        );
        check(details(), Fine, "the last backup is 3 hours old");
        let open = FileDetails {
            mode: Some(0o100_644),
            ..details()
        };
        check(open, Warning, "chmod 600 data/pullquote.db");
        let full = FileDetails {
            free: Some(5 << 20),
            ..details()
        };
        check(full, Warning, "5 MB free in `data`");
        let far = FileDetails {
            network: Some("NFS"),
            ..details()
        };
        check(far, Warning, "network file system (NFS)");
        let old = FileDetails {
            backup: Some(Duration::from_hours(24 * 9)),
            ..details()
        };
        check(old, Warning, "the last backup is 9 days old");
        let none = FileDetails {
            backup: None,
            ..details()
        };
        check(none, Fine, "no backup yet");
    }

    #[test]
    fn a_server_is_judged_by_its_version_and_encryption() {
        use FindingStatus::{Ok as Fine, Warning};
        let server = |version, is_encrypted| {
            let server = ServerInspection {
                version,
                is_encrypted,
                processes: 3,
            };
            Ok(Some(Inspection {
                server: Some(server),
                ..FILE
            }))
        };
        check(&server(15, true), None, Fine, "2 articles of servers");
        check(
            &server(15, true),
            None,
            Fine,
            "3 processes share the shards",
        );
        check(&server(12, true), None, Warning, "PostgreSQL 12 is too old");
        check(&server(15, false), None, Warning, "sslmode=verify-full");
        let local = store("x", &server(15, false), None, true);
        assert!(local.iter().all(|finding| finding.status == Fine));
    }

    #[test]
    fn a_database_that_cannot_be_used_is_an_error() {
        let silent = StoreError::Silent {
            database: "x".to_owned(),
        };
        check(&Err(silent), None, FindingStatus::Error, "does not respond");
        let newer = StoreError::Newer {
            database: "x".to_owned(),
        };
        check(&Err(newer), None, FindingStatus::Error, "newer version");
        check(&Ok(None), None, FindingStatus::Ok, "nothing yet");
    }
}
