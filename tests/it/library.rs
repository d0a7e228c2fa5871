//! The knowledge folder on disk: files that are read, files that are ignored, and reports.

use pullquote_core::article::{Article, BlockKind, ParagraphKind, ParsedDocument, Severity};
use pullquote_library::{
    FileReader, FileReport, InProcess, Library, Limits, LoadError, load, load_with,
};
use pullquote_readers::read;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const TEXT: &str =
    "The old bridge was built of stone, and it has stood over the river for three hundred years.\n";

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

fn loaded(dir: &TempDir) -> Library {
    load(dir.path(), &Limits::default()).unwrap()
}

fn report<'a>(library: &'a Library, path: &str) -> &'a FileReport {
    library
        .reports
        .iter()
        .find(|report| report.path == path)
        .unwrap_or_else(|| panic!("no report on {path}"))
}

/// Checks the only problem of a file.
fn check(library: &Library, path: &str, severity: Severity, part: &str) {
    let report = report(library, path);
    let [problem] = report.problems.as_slice() else {
        panic!("{report:?}");
    };
    assert_eq!(problem.severity, severity, "{report:?}");
    assert!(problem.message.contains(part), "{}", problem.message);
    assert_eq!(
        report.article.is_none(),
        severity == Severity::Error || ["unsupported", "a link"].iter().any(|it| part.contains(it)),
        "{report:?}"
    );
}

#[test]
fn articles_are_sorted_by_path_and_other_files_ignored() {
    let dir = folder(&[
        ("z.md", TEXT.as_bytes()),
        ("a/deep/er.txt", TEXT.as_bytes()),
        (
            "a/b.html",
            format!("<html><body><p>{TEXT}</p></body></html>").as_bytes(),
        ),
        ("README.md", b"not an article"),
        ("a/readme.txt", b"not an article"),
        (".hidden.md", b"hidden"),
        (".git/config.txt", b"hidden"),
        ("noending", TEXT.as_bytes()),
    ]);
    let library = loaded(&dir);
    let paths: Vec<&str> = library
        .articles
        .iter()
        .map(|article| article.path.as_str())
        .collect();
    assert_eq!(paths, ["a/b.html", "a/deep/er.txt", "noending", "z.md"]);
    // The READMEs are named.
    assert_eq!(library.reports.len(), 6);
}

#[test]
fn one_bad_file_never_stops_the_rest() {
    let dir = folder(&[
        ("good.md", TEXT.as_bytes()),
        (
            "sub/good.txt",
            b"The same name in another folder, with words of its own.",
        ),
        (
            "sub/twin.txt",
            b"The same name in another folder, with words of its own.",
        ),
        ("heads.md", b"# A title\n\n## A heading\n"),
        ("empty.md", b""),
        ("blank.txt", b" \n\n \n"),
        ("binary.txt", b"\x7fELF\0\0\0\x01\x02"),
        ("photo.jpg", b"\xff\xd8\xff"),
        ("no.pdf", b"hello"),
        ("broken.pdf", b"%PDF-1.7\nnothing more"),
        ("front.md", b"---\ntitel: Bridge\n---\nThe bridge is old."),
    ]);
    let library = loaded(&dir);
    check(
        &library,
        "sub/good.txt",
        Severity::Warning,
        "same name as `good.md`, so its article is called `sub/good`",
    );
    check(&library, "sub/twin.txt", Severity::Warning, "same text as");
    check(
        &library,
        "heads.md",
        Severity::Error,
        "no paragraph of text",
    );
    check(&library, "empty.md", Severity::Error, "the file is empty");
    check(&library, "blank.txt", Severity::Error, "the file is empty");
    check(&library, "binary.txt", Severity::Error, "not a text file");
    check(
        &library,
        "photo.jpg",
        Severity::Warning,
        "unsupported file format",
    );
    check(&library, "no.pdf", Severity::Error, "not a PDF file");
    check(&library, "broken.pdf", Severity::Error, "save");
    check(
        &library,
        "front.md",
        Severity::Warning,
        "did you mean `title`?",
    );
    let names: Vec<&str> = library
        .articles
        .iter()
        .map(|article| article.name.as_str())
        .collect();
    assert_eq!(names, ["front", "good", "sub/good", "twin"]);
    assert!(library.has_errors());
}

/// Counts the files that are parsed.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl FileReader for Counting {
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
        self.0.fetch_add(1, Ordering::Relaxed);
        InProcess.read(path, bytes)
    }
}

#[test]
fn files_beyond_the_limit_on_all_text_are_not_parsed() {
    let dir = TempDir::new().unwrap();
    for number in 0..200 {
        let path = dir.path().join(format!("{number:03}.txt"));
        fs::write(path, format!("{number} {TEXT}")).unwrap();
    }
    let limits = Limits {
        total_bytes: 1_000,
        ..Limits::default()
    };
    let reader = Counting::default();
    let library = load_with(dir.path(), &limits, &reader).unwrap();
    let used: usize = library
        .articles
        .iter()
        .map(|article| article.text.len())
        .sum();
    assert!(used <= 1_000 && library.articles.len() == 1_000 / (TEXT.len() + 3));
    // Threads that have begun a file finish it.
    assert!(reader.0.into_inner() < 50);
    let last = report(&library, "199.txt").error().unwrap();
    assert!(last.message.starts_with("all articles together"));
}

#[test]
fn limits_are_reported() {
    let dir = folder(&[
        ("a.txt", &[b'a'; 3000]),
        ("b.txt", TEXT.as_bytes()),
        ("c.txt", TEXT.as_bytes()),
    ]);
    let small = Limits {
        file_bytes: 2_000,
        ..Limits::default()
    };
    check(
        &load(dir.path(), &small).unwrap(),
        "a.txt",
        Severity::Error,
        "larger than",
    );
    let little = Limits {
        total_bytes: 3_050,
        ..Limits::default()
    };
    check(
        &load(dir.path(), &little).unwrap(),
        "b.txt",
        Severity::Error,
        "all articles together",
    );
    let short = Limits {
        blocks: 1,
        ..Limits::default()
    };
    let two = folder(&[("a.md", b"One paragraph.\n\nAnother one.\n")]);
    check(
        &load(two.path(), &short).unwrap(),
        "a.md",
        Severity::Error,
        "contains more than 1 paragraphs",
    );
    let few = Limits {
        files: 2,
        ..Limits::default()
    };
    assert!(matches!(
        load(dir.path(), &few),
        Err(LoadError::TooManyFiles { limit: 2, .. })
    ));
    let deep = folder(&[("1/2/3/x.txt", TEXT.as_bytes())]);
    let shallow = Limits {
        depth: 2,
        ..Limits::default()
    };
    check(
        &load(deep.path(), &shallow).unwrap(),
        "1/2/3/",
        Severity::Error,
        "nested",
    );
}

#[test]
fn an_invalid_folder_is_an_error() {
    let dir = folder(&[("file", b"x")]);
    let at = |path: &Path| load(path, &Limits::default()).unwrap_err().to_string();
    assert!(at(&dir.path().join("nowhere")).contains("there is no knowledge folder"));
    assert!(at(&dir.path().join("file")).contains("is not a folder"));
    assert_eq!(
        load(folder(&[]).path(), &Limits::default())
            .unwrap()
            .articles
            .len(),
        0
    );
}

#[cfg(unix)]
#[test]
fn links_and_special_files_are_ignored() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.txt", TEXT.as_bytes())]);
    let dir = folder(&[("in/real.txt", TEXT.as_bytes())]);
    symlink(
        outside.path().join("secret.txt"),
        dir.path().join("leak.txt"),
    )
    .unwrap();
    symlink(outside.path(), dir.path().join("leaks")).unwrap();
    symlink(dir.path().join("in/real.txt"), dir.path().join("alias.txt")).unwrap();
    symlink(dir.path(), dir.path().join("in/circle")).unwrap();
    symlink("nowhere", dir.path().join("dangling.md")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket.txt")).unwrap();
    let library = loaded(&dir);
    let names: Vec<&str> = library
        .articles
        .iter()
        .map(|article| article.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["alias"],
        "links inside the folder are followed, each file once; links outside are not"
    );
    for link in ["leak.txt", "leaks/"] {
        let message = "a link out of the folder, so it is not followed: put a copy in its place";
        check(&library, link, Severity::Warning, message);
    }
    check(&library, "dangling.md", Severity::Error, "broken link");
    check(
        &library,
        "socket.txt",
        Severity::Error,
        "not a regular file",
    );
}

#[test]
fn a_file_being_written_is_read_whole_or_reported() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let dir = folder(&[("busy.txt", TEXT.as_bytes()), ("calm.txt", TEXT.as_bytes())]);
    let path = dir.path().join("busy.txt");
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut length = 0;
            while !stop.load(Ordering::Relaxed) {
                length = (length + 1) % 4_000;
                fs::write(&path, TEXT.repeat(length + 1)).unwrap();
            }
        });
        for _ in 0..200 {
            let library = loaded(&dir);
            assert!(
                library
                    .articles
                    .iter()
                    .any(|article| article.name == "calm")
            );
            let busy = report(&library, "busy.txt");
            for problem in &busy.problems {
                let known = ["changed while", "is empty"];
                assert!(
                    known.iter().any(|part| problem.message.contains(part)),
                    "{}",
                    problem.message
                );
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
}

/// Blocks (kind and beginning), metadata and dropped text of a page.
fn page(text: &str) -> (Vec<String>, pullquote_core::article::Metadata, Vec<String>) {
    let document = read("page.txt", text.as_bytes());
    let kinds = kinds(&document);
    let dropped = document
        .dropped
        .iter()
        .map(|dropped| dropped.text.clone())
        .collect();
    (kinds, document.meta, dropped)
}

/// Kind and beginning of each block.
fn kinds(document: &ParsedDocument) -> Vec<String> {
    let is_aside = |kind| matches!(kind, BlockKind::AsideStart | BlockKind::AsideEnd);
    let blocks = document.blocks.iter();
    let blocks = blocks.filter(|block| !is_aside(block.kind));
    let blocks = blocks.map(|block| {
        let kind = match block.kind {
            BlockKind::Title => "title",
            BlockKind::Heading(_) => "heading",
            BlockKind::Paragraph(ParagraphKind::Body) => "body",
            BlockKind::Paragraph(ParagraphKind::Standfirst) => "standfirst",
            BlockKind::Paragraph(ParagraphKind::Caption) => "caption",
            BlockKind::Paragraph(ParagraphKind::List) => "list",
            BlockKind::Paragraph(ParagraphKind::Question) => "question",
            BlockKind::Paragraph(_) => "other",
            BlockKind::AsideStart => "start",
            BlockKind::AsideEnd => "end",
        };
        let text: String = block.text.chars().take(20).collect();
        format!("{kind}: {text}")
    });
    blocks.collect()
}

#[test]
fn boilerplate_of_a_pasted_news_page_is_removed() {
    let body = "The council voted on Tuesday to close the old bridge to lorries, after engineers found cracks in two of its nine piers last spring.";
    let second = "Residents had asked for the ban for years, and many of them came to the town hall to watch the vote, which was not close at all.";
    let text = format!(
        "Daily Example\n\nTown closes its old bridge to lorries\n\nEngineers had found cracks in two of its piers.\n\nBy Jane Doe\n\n3 March 2021, 10:15 GMT\n\nThe bridge at dawn. Picture: Example Photos\nThe bridge at dawn. Picture: Example Photos\n\n{body}\n\nAdvertisement\n\nA long wait\n\n{second}\n\nShare\n\nThe Example Times\n\nRead related topics:Bridges\n\nAdd your comment to this story\n\nOriginal URL: https://example.org/bridge\n"
    );
    let (blocks, meta, dropped) = page(&text);
    assert_eq!(
        blocks,
        [
            "title: Town closes its old ",
            "standfirst: Engineers had found ",
            "caption: The bridge at dawn. ",
            "body: The council voted on",
            "heading: A long wait",
            "body: Residents had asked ",
        ]
    );
    assert_eq!(meta.source.as_deref(), Some("https://example.org/bridge"));
    assert_eq!(meta.publisher.as_deref(), Some("The Example Times"));
    assert_eq!(meta.author.as_deref(), Some("Jane Doe"));
    assert_eq!(meta.date.as_deref(), Some("3 March 2021, 10:15 GMT"));
    for text in [
        "Daily Example",
        "Advertisement",
        "Share",
        "Read related topics:Bridges",
    ] {
        assert!(
            dropped.iter().any(|dropped| dropped == text),
            "{text} in {dropped:?}"
        );
    }
}

#[test]
fn plain_files_are_kept_whole() {
    let wrapped = "Rules of the club\n\nMembers pay their fees in January. Whoever pays late is reminded once\nand then loses the vote until the fee is paid, which the treasurer\nwrites down in the book.\n\n- be kind\n- be on time\n\nSearch\n\nWhoever looks for the key finds it below the mat. That is all.\n";
    let (blocks, meta, dropped) = page(wrapped);
    assert_eq!(
        blocks,
        [
            "title: Rules of the club",
            "body: Members pay their fe",
            "list: - be kind\n- be on ti",
            "body: Search",
            "body: Whoever looks for th",
        ]
    );
    assert_eq!(
        (meta.source, meta.publisher, dropped.len()),
        (None, None, 0)
    );
    let (blocks, ..) = page("Just one line that says something.");
    assert_eq!(blocks, ["body: Just one line that s"]);
    let (blocks, ..) = page(
        "Erste Zeile ist der Titel\n=========================\n\nDann kommt der Text, der etwas sagt.\n",
    );
    assert_eq!(
        blocks,
        ["title: Erste Zeile ist der ", "body: Dann kommt der Text,"]
    );
}

#[test]
fn questions_are_separated_from_their_answers() {
    let expect = [
        "title: Pool rules",
        "question: Q: When does it open",
        "body: At seven.",
        "question: Q: May I bring food?",
        "body: Only to the lawn beh",
    ];
    let (blocks, ..) = page(
        "Pool rules\n\nQ: When does it open?\nA: At seven.\n\nQ: May I bring food?\n\nA: Only to the lawn behind the showers.\n",
    );
    assert_eq!(blocks, expect);
    let marked = "# Pool rules\n\n**Q: When does it open?**\nA: At seven.\n\n**Q: May I bring food?**\n\nA: Only to the lawn behind the showers.\n";
    assert_eq!(kinds(&read("pool.md", marked.as_bytes())), expect);
    let html = "<title>Pool rules</title><h1>Pool rules</h1><dl><dt>Q: When does it open?</dt><dd>A: At seven.</dd><dt>Q: May I bring food?</dt><dd>A: Only to the lawn behind the showers.</dd></dl>";
    let html = format!("<html><body>{html}</body></html>");
    let headings = expect.map(|line| line.replace("question: ", "heading: "));
    assert_eq!(
        kinds(&read("pool.html", html.as_bytes()))[..],
        headings[1..]
    );
    // Wrapped answers, and questions inside running text.
    let (blocks, ..) = page(
        "How do I reset it?\nHold the button on the back for ten seconds, until the light blinks, then\nwait for the sound.\n\nWho would have thought it? Nobody. It works every time, says the maker.\n\nIs that all?\n",
    );
    assert_eq!(
        blocks,
        [
            "title: How do I reset it?",
            "body: Hold the button on t",
            "body: Who would have thoug",
            "body: Is that all?",
        ]
    );
}

/// In each shape, the question is the heading of the answer, and no passage consists of it.
#[test]
fn questions_are_never_their_own_answers() {
    let shapes = [
        (
            "a.txt",
            "Pool rules\n\nQ: Is it free?\nA: On Sundays.\nQ: Is it far?\nA: Two miles.\n",
        ),
        (
            "a.md",
            "Q: Is it free?\nA: On Sundays.\nQ: Is it far?\nA: Two miles.\n",
        ),
        (
            "b.md",
            "**Is it free?** On Sundays.\n\n**Is it far?**\n\nTwo miles.\n",
        ),
        (
            "c.md",
            "- Is it free?\n  - On Sundays.\n- Is it far?\n  Two miles.\n",
        ),
        (
            "d.md",
            "1. **Is it free?** On Sundays.\n2. **Is it far?** Two miles.\n",
        ),
        (
            "e.md",
            "- Is it free?\n\n    On Sundays.\n- Is it far?\n\n    Two miles.\n",
        ),
        (
            "f.md",
            "| Question | Answer |\n|---|---|\n| Is it free? | On Sundays. |\n| Is it far? | Two miles. |\n",
        ),
        (
            "g.md",
            "<details>\n<summary>Is it free?</summary>\n\nOn Sundays.\n</details>\n??? question \"Is it far?\"\n    Two miles.\n",
        ),
        (
            "h.md",
            "Is it free?\n: On Sundays.\n\nIs it far?\n: Two miles.\n",
        ),
        (
            "i.md",
            "> [!faq]- Is it free?\n> On Sundays.\n\n### Is it far?\n\nTwo miles.\n",
        ),
        (
            "a.html",
            "<title>Pool</title><p><b>Is it free?</b><br>On Sundays.</p><p><b>Is it far?</b></p><p>Two miles.</p>",
        ),
        (
            "b.html",
            "<title>Pool</title><table><tr><th>Question</th><th>Answer</th></tr><tr><td>Is it free?</td><td>On Sundays.</td></tr><tr><td>Is it far?</td><td>Two miles.</td></tr></table>",
        ),
        (
            "c.html",
            "<title>Pool</title><ul><li><b>Is it free?</b> On Sundays.</li><li><b>Is it far?</b> Two miles.</li></ul>",
        ),
    ];
    for (path, text) in shapes {
        let article = Article::new(path, read(path, text.as_bytes())).unwrap();
        let answers = article.paragraphs.iter();
        let answers: Vec<(String, String)> = answers
            .filter(|paragraph| paragraph.kind != ParagraphKind::Question)
            .map(|paragraph| {
                let above = article.heading_of(paragraph).unwrap_or_default();
                let answer = paragraph.span.of(&article.text);
                let above = above.trim_start_matches("Q: ").to_owned();
                (above, answer.to_owned())
            })
            .collect();
        let expected = [("Is it free?", "On Sundays."), ("Is it far?", "Two miles.")];
        let expected = expected.map(|(above, answer)| (above.to_owned(), answer.to_owned()));
        assert_eq!(answers, expected, "{path}: {text}");
    }
}

#[test]
fn doubtful_lines_are_kept() {
    let (blocks, meta, dropped) = page(
        "HANDBOOK\n\nSign in to the portal with your staff number.\n\nhttps://portal.example/login\n\nPrivacy policy\n\nAsk your manager before you share any of it.\n\nTerms of use\n\nAsk your manager before you share any of it.\n\nShare\n\nA part of the company.\n\nLive\n\nNot recorded before.\n\nhttps://other.example/\n",
    );
    assert_eq!(dropped, [""; 0]);
    assert_eq!((blocks.len(), meta.source), (12, None));
    // Buttons in a row are boilerplate, and so is repeated text.
    let (blocks, _, dropped) = page(
        "Town closes its bridge\n\nShare\nPrint\nFacebook\n\nThe council has voted on it.\n\nLorries go round by the motorway now.\n\nThe council has voted on it.\n",
    );
    assert_eq!(blocks.len(), 3, "{blocks:?}");
    assert_eq!(dropped.len(), 4, "{dropped:?}");
}

/// `part` repeated, with `#` replaced by a number.
fn numbered(times: usize, part: &str) -> String {
    let parts: Vec<String> = (0..times)
        .map(|number| part.replace('#', &number.to_string()))
        .collect();
    parts.concat()
}

/// Pages that would cost quadratic time or overflow the stack in a naive reader.
#[test]
fn hostile_pages_are_refused_or_read() {
    let deep = [
        "<div></x>".repeat(100_000),
        format!("<svg>{}", "<td>".repeat(120_000)),
        "<div><b></div>".repeat(60_000),
        format!("<svg>{}", "<div/>".repeat(60_000)),
        "<math><p>".repeat(60_000),
        numbered(60_000, "<p><b id=#>x"),
        format!("<p>{}{}", numbered(300, "<b id=#>"), "<p>x".repeat(60_000)),
    ];
    for body in deep {
        let start: String = body.chars().take(40).collect();
        let page = read("page.html", format!("<html><body>{body}").as_bytes());
        assert!(page.problems[0].message.contains("nested"), "{start}");
        let page = read(
            "page.md",
            format!("# Title\n\n<div>{body}\n\nText\n").as_bytes(),
        );
        assert_eq!(page.blocks.last().unwrap().text, "Text", "{start}");
    }
    let wide = format!("<p>{TEXT}</p>\n").repeat(5_000)
        + &"<p>&#84;he f&#101;rry l&#101;aves at s&#101;v&#101;n, as always</p>\n".repeat(20_000)
        + &"<li>unclosed".repeat(20_000)
        + &"<a name=x>anchored ".repeat(2_000);
    let page = read("page.html", format!("<html><body>{wide}").as_bytes());
    assert!(page.blocks.len() > 25_000, "{:?}", page.problems);
}

#[test]
fn text_that_only_resembles_front_matter_is_kept() {
    let count = |text: &str| read("a.md", text.as_bytes()).blocks.len();
    assert_eq!(count("---\n\nAbove the rule.\n\n---\n\nBelow it.\n"), 2);
    assert_eq!(count("---\ntitle: Never closed\n\nThe text stays.\n"), 1);
}

#[test]
fn an_invalid_byte_affects_only_its_place() {
    let mut bytes = "Das Café öffnet früh und schließt spät, außer sonntags."
        .as_bytes()
        .to_vec();
    bytes.push(0xff);
    let document = read("a.txt", &bytes);
    assert!(document.blocks[0].text.starts_with("Das Café öffnet früh"));
    assert!(document.problems[0].message.contains("UTF-8"));
    let rich = read("a.txt", br"{\rtf1\ansi The text.}");
    assert_eq!(rich.blocks[0].text, "The text.");
}

/// The newspaper page for which the rules were first written. Its text is under copyright, so the test checks only the
/// structure.
#[test]
fn the_newspaper_page_has_its_known_structure() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/article/detente-north-korea.txt");
    let Ok(text) = fs::read_to_string(path) else {
        return;
    };
    let (blocks, meta, dropped) = page(&text);
    let count = |kind: &str| {
        blocks
            .iter()
            .filter(|block| block.starts_with(kind))
            .count()
    };
    assert_eq!(
        (count("title"), count("standfirst"), count("heading")),
        (1, 1, 1),
        "{blocks:?}"
    );
    assert_eq!((count("caption"), count("body")), (2, 10), "{blocks:?}");
    assert_eq!(meta.publisher.as_deref(), Some("The Wall Street Journal"));
    assert!(
        meta.source
            .is_some_and(|source| source.starts_with("https://www.theaustralian.com.au/"))
    );
    assert_eq!(dropped.len(), 9, "{dropped:?}");
}
