//! Articles that change while questions are asked.
//!
//! - Every answer comes from one state of the folder, and states never go back.
//! - If a file or folder cannot be read, its previous articles keep answering.
//! - Every kind of change is detected: writing in place, renaming, removing and restoring.

use pullquote_core::answer::Options;
use pullquote_core::article::ParsedDocument;
use pullquote_core::engine::Engine;
use pullquote_library::Watch;
use pullquote_library::{EngineHandle, FileReader, InProcess, Limits, LoadError, OpenError, watch};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const TOWNS: [&str; 3] = ["Harrow", "Whitby", "Dunmore"];
const PATIENCE: Duration = Duration::from_secs(20);

fn text(town: &str, ships: usize) -> String {
    format!("The lighthouse keeper of {town} counted {ships} ships in that winter.\n")
}

/// The number of ships in the engine's answer about a town; `None` if no article is about the town.
fn ships(engine: &Engine, town: &str) -> Option<usize> {
    let question = format!("How many ships did the lighthouse keeper of {town} count?");
    let answer = engine.ask(&question, &Options::default());
    let quote = answer.quotes.first()?;
    let said = quote.span.of(&engine.corpus().article(quote.article).text);
    let words: Vec<&str> = said.split(' ').collect();
    if words.get(4) != Some(&town) {
        return None;
    }
    let number = words.get(6)?.parse().ok()?;
    assert_eq!(said, text(town, number).trim());
    Some(number)
}

fn write_all(dir: &Path, ships: usize) {
    for town in TOWNS {
        fs::write(dir.join(format!("{town}.md")), text(town, ships)).unwrap();
    }
}

fn folder() -> (TempDir, Arc<EngineHandle>) {
    let dir = TempDir::new().unwrap();
    write_all(dir.path(), 1);
    let (handle, reports) = EngineHandle::open(dir.path(), Limits::default()).unwrap();
    assert_eq!(reports.len(), TOWNS.len());
    (dir, Arc::new(handle))
}

/// Waits until the answer about a town is `number`.
fn wait_for(handle: &EngineHandle, town: &str, number: Option<usize>) {
    let end = Instant::now() + PATIENCE;
    while ships(&handle.engine(), town) != number {
        assert!(Instant::now() < end, "{town} never became {number:?}");
        thread::yield_now();
    }
}

#[test]
fn questions_asked_during_reloads_get_consistent_answers() {
    let (dir, handle) = folder();
    let over = AtomicBool::new(false);
    let asked = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                while !over.load(Ordering::Relaxed) {
                    let engine = handle.engine();
                    let said = TOWNS.map(|town| ships(&engine, town).expect("an answer"));
                    assert!(said.iter().all(|number| *number == said[0]), "{said:?}");
                    assert!(said[0] >= last, "{said:?} after {last}");
                    last = said[0];
                    asked.fetch_add(said.len(), Ordering::Relaxed);
                }
            });
        }
        let end = Instant::now() + PATIENCE;
        let mut state = 1;
        while state < 400 || asked.load(Ordering::Relaxed) < 5_000 && Instant::now() < end {
            state += 1;
            write_all(dir.path(), state);
            let changes = handle.reload().unwrap();
            assert_eq!(changes.changed.len(), TOWNS.len(), "{changes}");
            assert_eq!(ships(&handle.engine(), "Whitby"), Some(state));
        }
        over.store(true, Ordering::Relaxed);
    });
    assert!(asked.into_inner() >= 5_000, "too few questions");
}

#[test]
fn a_reload_reports_the_changes() {
    let (dir, handle) = folder();
    assert!(handle.reload().unwrap().is_none());
    fs::write(dir.path().join("Harrow.md"), text("Harrow", 7)).unwrap();
    fs::write(dir.path().join("Ely.md"), text("Ely", 3)).unwrap();
    fs::remove_file(dir.path().join("Dunmore.md")).unwrap();
    let changes = handle.reload().unwrap();
    assert_eq!(
        changes.to_string(),
        "1 added (Ely.md), 1 changed (Harrow.md), 1 removed (Dunmore.md)"
    );
    let engine = handle.engine();
    assert_eq!(ships(&engine, "Ely"), Some(3));
    assert_eq!(engine.corpus().article_count(), 3);
}

#[test]
fn unchanged_files_are_not_read_again() {
    let (dir, handle) = folder();
    let old = std::time::SystemTime::now() - Duration::from_mins(5);
    for town in TOWNS {
        let path = dir.path().join(format!("{town}.md"));
        let file = fs::File::options().append(true).open(path).unwrap();
        file.set_modified(old).unwrap();
    }
    // The first reload records their time stamps.
    assert!(handle.reload().unwrap().is_none());
    let before = handle.engine();
    assert!(handle.reload().unwrap().is_none());
    assert!(Arc::ptr_eq(&before, &handle.engine()), "nothing was built");
    fs::write(dir.path().join("Whitby.md"), text("Whitby", 2)).unwrap();
    assert_eq!(handle.reload().unwrap().changed, ["Whitby.md"]);
    let all = TOWNS.map(|town| ships(&handle.engine(), town));
    assert_eq!(all, [Some(1), Some(2), Some(1)]);
}

/// Needs longer for each file than a load may take.
#[derive(Debug)]
struct Slow;

const LOAD_TIME: Duration = Duration::from_millis(20);

impl FileReader for Slow {
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
        let start = Instant::now();
        while start.elapsed() <= LOAD_TIME {
            thread::yield_now();
        }
        InProcess.read(path, bytes)
    }
}

#[test]
fn a_load_that_takes_too_long_goes_on_with_the_next_one() {
    let dir = TempDir::new().unwrap();
    let old = std::time::SystemTime::now() - Duration::from_mins(5);
    for number in 0..20 {
        let path = dir.path().join(format!("{number}.md"));
        fs::write(&path, text("Harrow", number)).unwrap();
        let file = fs::File::options().append(true).open(path).unwrap();
        file.set_modified(old).unwrap();
    }
    let limits = Limits {
        time: Some(LOAD_TIME),
        ..Limits::default()
    };
    let open = || EngineHandle::open_with(dir.path(), limits, Arc::new(Slow)).ok();
    // A busy machine may not have read a single file in time.
    let (handle, reports) = std::iter::repeat_with(open)
        .find_map(|opened| opened)
        .unwrap();
    let unread = reports.iter().filter_map(|report| report.error());
    assert!(
        unread
            .clone()
            .all(|error| error.message.starts_with("not read yet"))
    );
    // Each thread has read one file, and there are at most eight.
    assert!(unread.count() >= 12 && handle.is_incomplete());
    while handle.is_incomplete() {
        handle.reload().unwrap();
    }
    assert_eq!(handle.engine().corpus().article_count(), 20);
}

#[test]
fn a_half_written_file_keeps_its_previous_article() {
    let (dir, handle) = folder();
    let path = dir.path().join("Harrow.md");
    fs::write(&path, "").unwrap();
    for _ in 0..2 {
        let changes = handle.reload().unwrap();
        assert!(changes.is_none() && changes.failed == ["Harrow.md"]);
        assert_eq!(ships(&handle.engine(), "Harrow"), Some(1));
    }
    fs::write(&path, text("Harrow", 2)).unwrap();
    let changes = handle.reload().unwrap();
    assert_eq!(changes.to_string(), "1 changed (Harrow.md)");
    assert_eq!(ships(&handle.engine(), "Harrow"), Some(2));
}

#[test]
fn two_files_of_one_name_can_be_swapped() {
    let (dir, handle) = folder();
    fs::create_dir(dir.path().join("A")).unwrap();
    let first = dir.path().join("A/Harrow.md");
    fs::write(&first, text("Harrow", 9)).unwrap();
    let changes = handle.reload().unwrap();
    assert!(changes.failed.is_empty());
    assert_eq!(ships(&handle.engine(), "Harrow"), Some(9));
    let engine = handle.engine();
    let mut articles = engine.corpus().articles();
    assert!(articles.any(|article| article.name == "Harrow.md"));
    fs::remove_file(first).unwrap();
    assert!(handle.reload().unwrap().failed.is_empty());
    assert_eq!(ships(&handle.engine(), "Harrow"), Some(1));
}

#[test]
fn a_missing_or_empty_folder_keeps_the_previous_articles() {
    let (dir, handle) = folder();
    let aside = dir.path().with_extension("aside");
    fs::rename(dir.path(), &aside).unwrap();
    let missing = handle.reload().unwrap_err();
    assert!(matches!(missing, OpenError::Load(LoadError::Missing(_))));
    fs::write(dir.path(), "no folder").unwrap();
    let file = handle.reload().unwrap_err();
    assert!(matches!(file, OpenError::Load(LoadError::NotAFolder(_))));
    fs::remove_file(dir.path()).unwrap();
    fs::create_dir(dir.path()).unwrap();
    assert!(matches!(handle.reload(), Err(OpenError::Empty(_))));
    assert_eq!(ships(&handle.engine(), "Harrow"), Some(1));
    fs::remove_dir(dir.path()).unwrap();
    fs::rename(&aside, dir.path()).unwrap();
    assert!(handle.reload().unwrap().is_none());
}

/// Checks that every kind of change is detected.
fn check_watched(how: Watch) {
    let (dir, handle) = folder();
    watch(Arc::clone(&handle), how).unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::write(at("Harrow.md"), text("Harrow", 2)).unwrap();
    wait_for(&handle, "Harrow", Some(2));
    // Most editors write a new file and rename it.
    fs::write(at(".Harrow.md.swp"), text("Harrow", 3)).unwrap();
    fs::rename(at(".Harrow.md.swp"), at("Harrow.md")).unwrap();
    wait_for(&handle, "Harrow", Some(3));
    fs::create_dir(at("north")).unwrap();
    fs::write(at("north/Ely.md"), text("Ely", 4)).unwrap();
    wait_for(&handle, "Ely", Some(4));
    fs::write(at("north/Ely.md"), text("Ely", 5)).unwrap();
    wait_for(&handle, "Ely", Some(5));
    fs::remove_dir_all(dir.path()).unwrap();
    fs::create_dir(dir.path()).unwrap();
    write_all(dir.path(), 6);
    wait_for(&handle, "Whitby", Some(6));
    fs::write(at("Whitby.md"), text("Whitby", 7)).unwrap();
    wait_for(&handle, "Whitby", Some(7));
}

#[test]
fn changes_are_detected_by_events() {
    check_watched(Watch::Auto);
}

#[test]
fn changes_are_detected_by_polling() {
    check_watched(Watch::Poll);
}
