//! A web server on the loopback interface that knows ranges, and breaks off when it is told to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A running server. It ends with the test process.
pub struct FileServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Vec<u8>>,
    /// Where the files are that have moved.
    moved: BTreeMap<String, String>,
    /// What happens to the next responses, first one first; the others are complete.
    faults: Vec<Fault>,
    /// Path and range of every request.
    requests: Vec<(String, String)>,
}

/// What is wrong with a response.
#[derive(Clone, Copy)]
pub enum Fault {
    /// The connection ends after this many bytes of the body.
    BreaksOff(usize),
    /// The status is 404.
    NotFound,
    /// The status is 200, and the file is sent from its beginning.
    IgnoresRange,
}

impl FileServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                // A client that has gone is no fault of the server's.
                let _ = serve(&socket, &shared);
            }
        });
        Self { address, state }
    }

    /// Serves a file from now on. Returns its address.
    pub fn put(&self, path: &str, contents: Vec<u8>) -> String {
        let mut state = self.state.lock().unwrap();
        state.files.insert(format!("/{path}"), contents);
        format!("{}/{path}", self.base())
    }

    /// Redirects requests for a file from now on. Returns the address that is redirected.
    pub fn redirect(&self, path: &str, to: &str) -> String {
        let mut state = self.state.lock().unwrap();
        state.moved.insert(format!("/{path}"), to.to_owned());
        format!("{}/{path}", self.base())
    }

    /// The address of the files' folder.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The faults of the next responses.
    pub fn fail(&self, faults: &[Fault]) {
        self.state.lock().unwrap().faults = faults.to_vec();
    }

    /// The requests since the last call: path and range.
    pub fn requests(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }
}

fn serve(mut socket: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(socket).lines();
    let request = lines.next().unwrap_or(Ok(String::new()))?;
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut range = String::new();
    for line in lines {
        let line = line?.to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("range: ") {
            value.clone_into(&mut range);
        }
    }
    let (file, fault, moved) = {
        let mut state = state.lock().unwrap();
        let fault = (!state.faults.is_empty()).then(|| state.faults.remove(0));
        let file = state.files.get(&path).cloned();
        let moved = state.moved.get(&path).cloned();
        state.requests.push((path, range.clone()));
        (file, fault, moved)
    };
    if let Some(to) = moved {
        let head = format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        return socket.write_all(head.as_bytes());
    }
    let file = file.filter(|_| !matches!(fault, Some(Fault::NotFound)));
    let Some(file) = file else {
        return socket.write_all(
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        );
    };
    let bounds = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'));
    let bounds = bounds.map(|(first, last)| (first.parse().unwrap(), last.parse().unwrap()));
    let bounds: Option<(usize, usize)> =
        bounds.filter(|_| !matches!(fault, Some(Fault::IgnoresRange)));
    let (status, body) = match bounds {
        Some((first, last)) => {
            let part = format!(
                "206 Partial Content\r\nContent-Range: bytes {first}-{last}/{}",
                file.len()
            );
            (part, &file[first..file.len().min(last + 1)])
        }
        None => ("200 OK".to_owned(), &file[..]),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    socket.write_all(head.as_bytes())?;
    match fault {
        Some(Fault::BreaksOff(bytes)) => socket.write_all(&body[..bytes]),
        _ => socket.write_all(body),
    }
}
