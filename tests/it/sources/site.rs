//! A site: 127.0.0.2 plays a public host.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

/// A site on loopback. It answers until the test ends.
pub struct Site {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    pages: HashMap<String, Page>,
    asked: Vec<Asked>,
}

/// A request that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub path: String,
    /// Whether it names what is known of the page.
    pub conditional: bool,
}

/// What the site has at a path.
#[derive(Debug, Clone)]
pub struct Page {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
    /// Its `ETag`.
    etag: Option<String>,
    /// Whether its body never ends.
    endless: bool,
    /// How often it answers so, and as which page then.
    times: Option<(usize, Box<Page>)>,
}

impl Page {
    pub fn html(title: &str, text: &str) -> Self {
        let body = format!(
            "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><nav>Home</nav><main><h1>{title}</h1>\n{text}\n</main></body></html>"
        );
        Self::of("text/html; charset=utf-8", body)
    }

    pub fn of(kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status("200 OK")
            .header("content-type", kind)
            .body(body)
    }

    pub fn status(status: &'static str) -> Self {
        Self {
            status,
            headers: String::new(),
            body: Vec::new(),
            etag: None,
            endless: false,
            times: None,
        }
    }

    pub fn redirect(target: &str) -> Self {
        Self::status("302 Found").header("location", target)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push_str(&[name, ": ", value, "\r\n"].concat());
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// It is recognized by this.
    pub fn etag(mut self, etag: &str) -> Self {
        self.etag = Some(format!("\"{etag}\""));
        self
    }

    pub fn endless(mut self) -> Self {
        self.endless = true;
        self
    }

    /// It answers so a few times, and then as another page.
    pub fn times(mut self, times: usize, then: Self) -> Self {
        self.times = Some((times, Box::new(then)));
        self
    }
}

impl Site {
    pub fn start() -> Self {
        Self::on("127.0.0.2")
    }

    /// A private host, which must never be reached.
    pub fn private() -> Self {
        let site = Self::on("127.0.0.1");
        site.has(
            "/",
            Page::html("Secret", "<p>The secret number is seven.</p>"),
        );
        site
    }

    fn on(host: &str) -> Self {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let served = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&served);
                thread::spawn(move || drop(serve(stream, &state)));
            }
        });
        Self { port, state }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.2:{}{path}", self.port)
    }

    pub fn has(&self, path: &str, page: Page) {
        self.lock().pages.insert(path.to_owned(), page);
    }

    pub fn has_not(&self, path: &str) {
        self.lock().pages.remove(path);
    }

    /// The site lists these paths in its sitemap, each with when it was changed.
    pub fn lists<'a>(&self, paths: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let map = self.sitemap(paths);
        self.has("/sitemap.xml", Page::of("application/xml", map));
    }

    pub fn sitemap<'a>(&self, paths: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
        let urls = paths.into_iter().map(|(path, modified)| {
            let address = if path.contains("://") {
                path.to_owned()
            } else {
                self.address(path)
            };
            format!("<url><loc>{address}</loc><lastmod>{modified}</lastmod></url>\n")
        });
        let urls: String = urls.collect();
        format!(
            "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
        )
    }

    /// The requests since the last call.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.lock().asked)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut known, mut conditional) = (None, false);
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        let name = name.to_ascii_lowercase();
        conditional |= name.starts_with("if-");
        if name == "if-none-match" {
            known = Some(value.trim().to_owned());
        }
    }
    let page = {
        let mut state = state.lock().unwrap();
        state.asked.push(Asked {
            path: path.clone(),
            conditional,
        });
        let page = state.pages.get(&path).cloned();
        if let Some((left, then)) = state
            .pages
            .get_mut(&path)
            .and_then(|page| page.times.as_mut())
        {
            *left -= 1;
            if *left == 0 {
                let then = (**then).clone();
                state.pages.insert(path, then);
            }
        }
        page.unwrap_or_else(|| Page::status("404 Not Found"))
    };
    let is_same = page.etag.is_some() && page.etag == known;
    let (status, body) = if is_same {
        ("304 Not Modified", Vec::new())
    } else {
        (page.status, page.body)
    };
    let etag = page
        .etag
        .map(|etag| format!("etag: {etag}\r\n"))
        .unwrap_or_default();
    let length = if page.endless {
        String::new()
    } else {
        format!("content-length: {}\r\n", body.len())
    };
    let headers = page.headers;
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}{etag}{length}connection: close\r\n\r\n"
    )?;
    stream.write_all(&body)?;
    if page.endless {
        loop {
            stream.write_all(&[b'x'; 8 * 1024])?;
        }
    }
    Ok(())
}
