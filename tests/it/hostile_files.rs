//! Files that were made to end or stall the program. The built program reads them in child processes, as the bot does.

use pullquote_core::article::ParsedDocument;
use pullquote_hostile_files::{
    Expect, HostileFile, archives, large_texts, pages, pdfs, small_texts,
};
use pullquote_library::{EngineHandle, FileReader, Library, Limits, load_with};
use pullquote_sandbox::{ChildLimits, ChildReader};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const FERRY: &str = "The ferry leaves the island at seven in the morning.\n";

/// Enough for a harmless file, also in unoptimised code, and little for all others.
const LIMITS: ChildLimits = ChildLimits {
    cpu_seconds: 1,
    memory: 300 << 20,
    deadline: Duration::from_mins(2),
};

fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_pullquote"))
}

fn folder(files: impl IntoIterator<Item = HostileFile>) -> (TempDir, Vec<(String, Expect)>) {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("ferry.md"), FERRY).unwrap();
    let mut expected = vec![("ferry.md".to_owned(), Expect::Used)];
    for file in files {
        fs::write(dir.path().join(&*file.name), &file.bytes).unwrap();
        expected.push((file.name.into_owned(), file.expect));
    }
    expected.sort_by(|a, b| a.0.cmp(&b.0));
    (dir, expected)
}

fn load(dir: &TempDir, reader: &dyn FileReader) -> Library {
    load_with(dir.path(), &Limits::default(), reader).unwrap()
}

/// Checks that every file is used or refused with a reason, and never anything else.
fn check(files: impl IntoIterator<Item = HostileFile>) {
    let (dir, expected) = folder(files);
    let library = load(&dir, &ChildReader::of(program(), LIMITS));
    assert_eq!(library.reports.len(), expected.len());
    for (report, (name, expect)) in library.reports.iter().zip(expected) {
        assert_eq!(report.path, name);
        let error = report.error().map(|problem| problem.message.as_str());
        assert_eq!(report.article.is_some(), error.is_none(), "{report:?}");
        match (expect, error) {
            (Expect::Used, Some(error)) => panic!("{name}: {error}"),
            (Expect::Refused, None) => panic!("{name} is used"),
            (_, error) => println!("{name}: {}", error.unwrap_or("used")),
        }
        let unavailable = error.is_some_and(|error| error.contains("cannot be started"));
        assert!(!unavailable, "{name}: {error:?}");
    }
}

/// A PDF of this name.
fn pdf(name: &str) -> HostileFile {
    pdfs().find(|file| file.name == name).unwrap()
}

#[test]
fn hostile_pdfs_end_only_their_reader() {
    check(pdfs());
}

#[test]
fn hostile_web_pages_end_only_their_reader() {
    check(pages());
}

#[test]
fn hostile_archives_end_only_their_reader() {
    check(archives());
}

#[test]
fn small_hostile_texts_are_cheap() {
    check(small_texts());
}

#[test]
fn large_hostile_texts_end_only_their_reader() {
    let expensive = [
        "carriage-returns.txt",
        "questions.txt",
        "brackets.md",
        "boxes.md",
    ];
    check(large_texts().filter(|file| expensive.contains(&&*file.name)));
}

#[test]
fn a_pdf_of_running_heads_says_why_nothing_can_be_asked() {
    let file = pdf("running-heads-only.pdf");
    let document = ChildReader::of(program(), LIMITS)
        .read(&file.name, &file.bytes)
        .unwrap();
    let message = &document.problems[0].message;
    assert!(message.contains("running head or foot"), "{message}");
    assert_eq!(document.dropped.len(), 4);
}

#[test]
fn check_names_a_hostile_file_and_why_it_is_refused() {
    let (dir, _) = folder([pdf("form-names-itself.pdf")]);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(program());
        command.arg("--knowledge").arg(dir.path()).args(arguments);
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, printed) = run(&["check"]);
    let line = "error form-names-itself.pdf: its contents are nested without end";
    assert!(printed.contains(line) && code == Some(1), "{printed}");
    let (code, printed) = run(&["ask", "When does the ferry leave the island?"]);
    assert!(printed.contains("at seven") && code == Some(0), "{printed}");
}

/// Checks the message for a PDF that takes long to read.
fn check_child(reader: &ChildReader, expected: Result<&str, &str>) {
    let file = pdf("million-states.pdf");
    let found = reader.read(&file.name, &file.bytes);
    let found = match &found {
        Ok(document) => Ok(document.problems[0].message.as_str()),
        Err(message) => Err(message.as_str()),
    };
    let (found, part) = match (found, expected) {
        (Ok(found), Ok(part)) | (Err(found), Err(part)) => (found, part),
        (found, _) => panic!("{found:?}"),
    };
    assert!(found.contains(part), "{found}");
}

#[test]
fn a_child_that_does_not_end_is_ended() {
    let limits = ChildLimits {
        cpu_seconds: 600,
        deadline: Duration::ZERO,
        ..LIMITS
    };
    check_child(
        &ChildReader::of(program(), limits),
        Ok("takes more than 0 s"),
    );
    let limits = ChildLimits {
        memory: 20 << 20,
        ..LIMITS
    };
    if cfg!(target_os = "linux") {
        check_child(&ChildReader::of(program(), limits), Ok("20 MB of memory"));
    }
}

/// `yes` writes without end, and `true` writes nothing.
#[cfg(unix)]
#[test]
fn a_child_may_write_what_it_likes() {
    check_child(
        &ChildReader::of("yes".into(), LIMITS),
        Ok("larger than 40 MB"),
    );
    check_child(
        &ChildReader::of("true".into(), LIMITS),
        Ok("the file is malformed"),
    );
}

/// Counts the files that are read.
#[derive(Debug)]
struct Counting {
    reader: ChildReader,
    count: Arc<AtomicUsize>,
}

impl FileReader for Counting {
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.reader.read(path, bytes)
    }
}

/// Checks how many files are read by the first load and by each of two reloads, after which the PDF changes.
fn check_attempts(program: PathBuf, expected: [usize; 4]) {
    let (dir, _) = folder([pdf("form-names-itself.pdf")]);
    let touch = |name: &str, minutes| {
        let file = fs::File::options()
            .append(true)
            .open(dir.path().join(name))
            .unwrap();
        let time = SystemTime::now() - Duration::from_mins(minutes);
        file.set_modified(time).unwrap();
    };
    touch("ferry.md", 9);
    touch("form-names-itself.pdf", 9);
    let count = Arc::new(AtomicUsize::new(0));
    let reader = Counting {
        reader: ChildReader::of(program, LIMITS),
        count: Arc::clone(&count),
    };
    let (handle, _) =
        EngineHandle::open_with(dir.path(), Limits::default(), Arc::new(reader)).unwrap();
    let mut counts = vec![count.load(Ordering::Relaxed)];
    for attempt in 0..3 {
        if attempt == 2 {
            touch("form-names-itself.pdf", 5);
        }
        let changes = handle.reload().unwrap();
        assert_eq!(changes.failed, ["form-names-itself.pdf"]);
        counts.push(count.load(Ordering::Relaxed));
    }
    assert_eq!(counts, expected);
}

#[test]
fn a_refused_file_is_not_tried_again_until_it_changes() {
    check_attempts(program(), [2, 2, 2, 3]);
}

#[test]
fn a_file_is_tried_again_if_no_child_could_be_started() {
    check_child(
        &ChildReader::of("/no/such/program".into(), LIMITS),
        Err("cannot be started"),
    );
    check_attempts("/no/such/program".into(), [2, 3, 4, 5]);
}

/// The process whose command line contains this argument.
#[cfg(target_os = "linux")]
fn process_with(argument: &str) -> Option<PathBuf> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let mut processes = processes.map(|entry| entry.path());
    processes.find(|process| {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0)
            .any(|part| part == argument.as_bytes())
    })
}

#[cfg(target_os = "linux")]
#[test]
fn a_child_has_no_secrets_and_no_rights() {
    const NAME: &str = "confined/exponential-forms.pdf";
    let limits = ChildLimits {
        cpu_seconds: 600,
        deadline: Duration::from_secs(20),
        ..LIMITS
    };
    let reader = ChildReader::of(program(), limits);
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| reader.read(NAME, &pdf("exponential-forms.pdf").bytes));
        let is_confined = |process: &PathBuf| {
            let read = |name: &str| fs::read_to_string(process.join(name)).unwrap_or_default();
            let (status, limits) = (read("status"), read("limits"));
            let limit = |name: &str, value: &str| {
                let line = limits.lines().find_map(|line| line.strip_prefix(name));
                line.is_some_and(|line| line.split_whitespace().next() == Some(value))
            };
            read("environ").is_empty()
                && status.contains("NoNewPrivs:\t1")
                && status.contains("Seccomp:\t2")
                && limit("Max data size", "314572800")
                && limit("Max cpu time", "600")
                && limit("Max open files", "0")
                && limit("Max file size", "0")
                && limit("Max core file size", "0")
        };
        let mut confined = None;
        while confined.is_none() && !reading.is_finished() {
            confined = process_with(NAME).filter(is_confined);
            std::thread::yield_now();
        }
        let process = confined.expect("a confined child");
        let id = process.file_name().unwrap();
        assert!(
            Command::new("kill")
                .arg("-KILL")
                .arg(id)
                .status()
                .unwrap()
                .success()
        );
        let document = reading.join().unwrap().unwrap();
        assert!(document.problems[0].message.contains("reading it fails"));
    });
}
