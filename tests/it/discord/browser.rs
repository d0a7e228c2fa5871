//! The host's page in a real browser, where Chromium is installed: nothing comes from elsewhere, nothing is wrong in the console,
//! nothing is wider than the window, and axe finds nothing that shuts somebody out.
//!
//! `PICTURES=FOLDER` keeps the screenshots. `AXE=FILE` names axe-core's `axe.min.js`, which `.ci/run` gets from npm.

use crate::discord::QUESTION;
use crate::discord::host_page::{PAGES, get_with, start};
use crate::support::discord::BOB;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long the browser may take for anything.
const PATIENCE: Duration = Duration::from_mins(1);
const WIDTHS: [u32; 3] = [360, 768, 1_280];

/// A browser with one window. It ends with this value.
struct Browser {
    child: Child,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    session: String,
    next: u64,
    /// What the browser has told so far: requests, messages of the console, errors.
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The browser's program, if it is installed.
fn chromium() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let programs =
        std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name)));
    programs.into_iter().find(|program| program.is_file())
}

impl Browser {
    /// `None`, with a word why, where there is no browser.
    async fn start() -> Option<Self> {
        let Some(program) = chromium() else {
            println!("LEFT OUT: Chromium is not installed (apt-get install chromium)");
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new(program)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
            ])
            .args([
                "--no-first-run",
                "--disable-background-networking",
                "--disable-dev-shm-usage",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.ok()?;
            Some(line.strip_prefix("DevTools listening on ")?.to_owned())
        });
        // The rest must be read, or the browser would wait.
        std::thread::spawn(move || lines.for_each(drop));
        let (socket, _) = connect_async(address.expect("the browser's address"))
            .await
            .unwrap();
        let mut browser = Self {
            child,
            socket,
            session: String::new(),
            next: 0,
            events: Vec::new(),
            _profile: profile,
        };
        let target = browser
            .call("Target.createTarget", json!({"url": "about:blank"}))
            .await;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", attach).await;
        attached["sessionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut browser.session);
        for domain in ["Page", "Network", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({})).await;
        }
        Some(browser)
    }

    async fn receive(&mut self) -> Value {
        let message = timeout(PATIENCE, self.socket.next())
            .await
            .expect("the browser answers");
        let text = message.unwrap().unwrap();
        serde_json::from_str(text.to_text().unwrap()).unwrap()
    }

    async fn call(&mut self, method: &str, parameters: Value) -> Value {
        let answer = self.call_or_error(method, parameters).await;
        assert!(answer["code"].is_null(), "{method}: {answer}");
        answer
    }

    /// Like [`call`](Self::call), and returns the browser's error if there is one.
    async fn call_or_error(&mut self, method: &str, parameters: Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({"id": id, "method": method, "params": parameters});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.socket
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
        loop {
            let received = self.receive().await;
            if received["id"] == id {
                let error = &received["error"];
                return if error.is_null() {
                    &received["result"]
                } else {
                    error
                }
                .clone();
            }
            self.events.push(received);
        }
    }

    /// Opens an address and waits until it is loaded.
    async fn open(&mut self, address: &str) {
        let loaded = |event: &Value| event["method"] == "Page.loadEventFired";
        self.events.retain(|event| !loaded(event));
        self.call("Page.navigate", json!({"url": address})).await;
        while !self.events.iter().any(loaded) {
            let event = self.receive().await;
            self.events.push(event);
        }
    }

    /// The value of an expression on the page.
    async fn value(&mut self, expression: &str) -> Value {
        let parameters =
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let result = self.call("Runtime.evaluate", parameters).await;
        assert!(
            result["exceptionDetails"].is_null(),
            "{expression}: {result}"
        );
        result["result"]["value"].clone()
    }

    /// Sets the width of the window and the colours that its user prefers.
    async fn look(&mut self, width: u32, scheme: &str) {
        let size =
            json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500});
        self.call("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"features": features}))
            .await;
    }

    /// A picture of the whole page.
    async fn picture(&mut self) -> Vec<u8> {
        let shot = self
            .call(
                "Page.captureScreenshot",
                json!({"format": "png", "captureBeyondViewport": true}),
            )
            .await;
        base64(shot["data"].as_str().unwrap())
    }

    /// Fails if anything was requested from elsewhere, or the console has a word to say.
    fn check_events(&self, origin: &str) {
        for event in &self.events {
            let request = event["params"]["request"]["url"].as_str();
            if event["method"] == "Network.requestWillBeSent" {
                let url = request.unwrap();
                assert!(
                    url.starts_with(origin) || url.starts_with("data:") || url == "about:blank",
                    "{url}"
                );
            }
            let method = event["method"].as_str().unwrap_or_default();
            let bad = [
                "Runtime.exceptionThrown",
                "Runtime.consoleAPICalled",
                "Log.entryAdded",
            ];
            assert!(!bad.contains(&method), "{event}");
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text
        .bytes()
        .filter_map(|byte| digits.iter().position(|digit| *digit == byte));
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_usize, 0);
    for value in values {
        bits = (bits << 6 | value) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    out
}

/// Every page looks right at every width and in both colour schemes.
async fn look_at_everything(browser: &mut Browser, origin: &str, pages: &[(&str, String)]) {
    let pictures = std::env::var_os("PICTURES").map(PathBuf::from);
    let axe =
        std::env::var_os("AXE").map(|file| fs::read_to_string(file).expect("AXE names a file"));
    if axe.is_none() {
        println!("LEFT OUT: axe-core's rules (AXE is not set)");
    }
    for (name, path) in pages {
        for width in WIDTHS {
            for scheme in ["light", "dark"] {
                browser.look(width, scheme).await;
                browser.open(&format!("{origin}{path}")).await;
                let wide =
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth";
                let over = browser.value(wide).await;
                if let Some(folder) = &pictures {
                    fs::create_dir_all(folder).unwrap();
                    let file = folder.join(format!("{name}-{width}-{scheme}.png"));
                    fs::write(file, browser.picture().await).unwrap();
                }
                assert!(
                    over.as_i64().unwrap() <= 0,
                    "{path} at {width}: {over} pixels too wide"
                );
                if let Some(axe) = &axe {
                    browser.value(&format!("{axe}; 0")).await;
                    let rules = "axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(
                        found.violations.map(it => [it.id, it.help, it.nodes.map(node => node.html.slice(0, 200))])))";
                    let found = browser.value(rules).await;
                    assert_eq!(found, "[]", "{path} at {width}, {scheme}");
                }
            }
        }
    }
}

#[test]
fn every_page_looks_right_in_a_browser() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(mut browser) = runtime.block_on(Browser::start()) else {
        return;
    };
    let (knowledge, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    furnish(knowledge.path());
    let (discord, _bot, address) = start(knowledge.path(), data.path(), |_| {});
    let bob = discord.member(BOB);
    for question in [
        QUESTION,
        "When does the harbour 7 open?",
        "Who repairs bicycles?",
        "How do I reset the password of the sauna?",
        "Who waxes </textarea><b>skis</b> \u{202e}?",
    ] {
        bob.slash("ask", json!({"question": question})).answer();
    }
    get_with(&address, "/", "5 questions from ");
    let mut pages: Vec<(&str, String)> = ["overview", "articles", "try", "unanswered"]
        .into_iter()
        .zip(PAGES.map(str::to_owned))
        .collect();
    pages.extend([
        ("editor", "/edit?path=korea.md".to_owned()),
        (
            "editor-new",
            "/edit?question=Who+repairs+bicycles%3F".to_owned(),
        ),
        (
            "articles-problems",
            "/articles?sort=problems&page=1".to_owned(),
        ),
        ("article", "/article?path=korea.md".to_owned()),
        (
            "article-hostile",
            "/article?path=%3Cscript%3Ealert(1)%3C%26script%3E.md".to_owned(),
        ),
        ("article-broken", "/article?path=broken.pdf".to_owned()),
        ("tried", "/try?question=wat+does+jusche+mean".to_owned()),
        (
            "tried-nothing",
            "/try?question=Who+repairs+bicycles%3F&locale=de".to_owned(),
        ),
    ]);
    let origin = format!("http://{address}");
    runtime.block_on(async {
        look_at_everything(&mut browser, &origin, &pages).await;
        write_an_article(&mut browser, &origin).await;
        browser.check_events(&origin);
    });
    let written = fs::read_to_string(knowledge.path().join("skis.md")).unwrap();
    assert_eq!(written, "# Skis\n\nThe workshop waxes skis on Mondays.\n");
}

/// Writes an article with the keyboard, sees the preview follow, saves it and takes nothing back.
async fn write_an_article(browser: &mut Browser, origin: &str) {
    browser.look(1_280, "light").await;
    browser.open(&format!("{origin}/edit")).await;
    browser
        .value("document.getElementById('text').focus()")
        .await;
    let text = "# Skis\n\nThe workshop waxes skis on Mondays.\n";
    browser
        .call("Input.insertText", json!({"text": text}))
        .await;
    let preview = "new Promise(resolve => {
        const look = () => {
            const text = document.getElementById('preview').textContent;
            if (text.includes('on Mondays')) resolve(text); else setTimeout(look, 50);
        };
        look();
    })";
    let shown = browser.value(preview).await;
    assert!(shown.as_str().unwrap().contains("As it is read"), "{shown}");
    // Tab leads to the button, and the space bar presses it.
    for (key, code) in [("Tab", 9), (" ", 32)] {
        for kind in ["keyDown", "keyUp"] {
            let text = if key == " " { " " } else { "" };
            let press = json!({"type": kind, "key": key, "code": if key == " " { "Space" } else { "Tab" },
                "windowsVirtualKeyCode": code, "text": text});
            browser.call("Input.dispatchKeyEvent", press).await;
        }
    }
    let loaded = "new Promise(resolve => {
        const look = () => document.body.textContent.includes('It answers questions now') ? resolve(true) : setTimeout(look, 50);
        look();
    })";
    loop {
        // The page may change while the question is on its way.
        let parameters = json!({"expression": loaded, "returnByValue": true, "awaitPromise": true});
        if browser.call_or_error("Runtime.evaluate", parameters).await["result"]["value"] == true {
            break;
        }
    }
}

/// Articles of many kinds.
fn furnish(knowledge: &Path) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge/north-korea-detente.md");
    fs::copy(repository, knowledge.join("korea.md")).unwrap();
    fs::write(knowledge.join("broken.pdf"), "no PDF").unwrap();
    let hostile = "# <script>alert(2)</script> \u{202e}drawkcab\n\nThe sauna is warm. <img src=x onerror=alert(3)>\n";
    fs::write(knowledge.join("<script>alert(1)<&script>.md"), hostile).unwrap();
    for at in 0..120 {
        let text = format!("# Harbour {at}\n\nThe harbour number {at} opens at seven.\n");
        fs::write(knowledge.join(format!("harbour-{at:03}.md")), text).unwrap();
    }
    let long = format!(
        "# {}\n\nA word.\n",
        "Averylongtitlewithoutanyspace".repeat(12)
    );
    fs::write(
        knowledge.join(format!("{}.md", "a-very-long-name-".repeat(12))),
        long,
    )
    .unwrap();
}
