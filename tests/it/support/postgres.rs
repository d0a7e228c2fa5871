//! Databases on the `PostgreSQL` of `PULLQUOTE_TEST_POSTGRES`, and a gate in front of it that can be closed.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::env;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::runtime::Runtime;

/// An empty database.
pub struct Database(String);

impl Database {
    /// `None`, with a word, where there is no `PostgreSQL`.
    pub fn new() -> Option<Self> {
        let Ok(address) = env::var("PULLQUOTE_TEST_POSTGRES") else {
            println!("skipped: PULLQUOTE_TEST_POSTGRES is not set (.ci/postgres sets it)");
            return None;
        };
        Some(Self::at(&address))
    }

    /// On this server.
    pub fn at(address: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("pullquote_it_{}_{number}", std::process::id());
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let mut admin = PgConnection::connect(address).await.unwrap();
            let create = AssertSqlSafe(format!("create database {name}"));
            admin.execute(create).await.unwrap();
        });
        let (server, _) = address.rsplit_once('/').unwrap();
        Self(format!("{server}/{name}"))
    }

    /// The value of `DATABASE_URL`.
    pub fn address(&self) -> &str {
        &self.0
    }

    /// The steps of the schema that it has.
    pub fn versions(&self) -> Vec<i64> {
        self.numbers("select version from _sqlx_migrations order by version")
    }

    /// The numbers that a query returns.
    pub fn numbers(&self, query: &'static str) -> Vec<i64> {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.0).await.unwrap();
            let numbers = sqlx::query_scalar(query).fetch_all(&mut connection);
            numbers.await.unwrap()
        })
    }

    /// Lets whoever uses a table wait until this is dropped.
    pub fn lock(&self, table: &str) -> (Runtime, PgConnection) {
        let runtime = Runtime::new().unwrap();
        let connection = runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.0).await.unwrap();
            let lock = format!("begin; lock table {table} in access exclusive mode");
            connection.execute(AssertSqlSafe(lock)).await.unwrap();
            connection
        });
        (runtime, connection)
    }

    /// Runs statements.
    pub fn execute(&self, statements: &'static str) {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.0).await.unwrap();
            connection.execute(statements).await.unwrap();
        });
    }
}

/// A `PostgreSQL` of its own, which can be stopped without disturbing other tests.
pub struct Server {
    child: Child,
    /// `None` at the end.
    verbs: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
    address: String,
}

impl Server {
    /// `None`, with a word, where there is no `PostgreSQL`.
    pub fn start() -> Option<Self> {
        if env::var("PULLQUOTE_TEST_POSTGRES_CONTROL").is_err() {
            println!("skipped: PULLQUOTE_TEST_POSTGRES_CONTROL is not set (.ci/postgres sets it)");
            return None;
        }
        let script = "echo $PULLQUOTE_TEST_POSTGRES
            while read -r verb; do $PULLQUOTE_TEST_POSTGRES_CONTROL $verb >/dev/null 2>&1; echo done; done";
        let mut child = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/postgres"))
            .args(["bash", "-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let verbs = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.next().unwrap().unwrap();
        Some(Self {
            child,
            verbs,
            lines,
            address,
        })
    }

    /// The value of `DATABASE_URL`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Runs `pg_ctl`, such as with `stop --mode=fast` or `restart`, which also starts a server that was stopped.
    pub fn control(&mut self, verb: &str) {
        let verbs = self.verbs.as_mut().unwrap();
        writeln!(verbs, "{verb}").unwrap();
        assert_eq!(self.lines.next().unwrap().unwrap(), "done");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The script ends with its input, and removes the server.
        drop(self.verbs.take());
        let _ = self.child.wait();
    }
}

/// Passes connections on to a database, until it is closed. A database that was stopped looks the same: its connections end, and
/// nobody listens.
pub struct Gate {
    /// The address of the database, and that of the gate.
    behind: String,
    here: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    closed: AtomicBool,
    /// Whether nothing passes.
    stalled: AtomicBool,
    sockets: Mutex<Vec<TcpStream>>,
    /// Messages to the database, as they came out of the socket.
    sent: AtomicUsize,
}

impl Gate {
    pub fn open(behind: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let mut gate = Self {
            behind: behind.to_owned(),
            here: listener.local_addr().unwrap(),
            shared: Arc::default(),
            accepting: None,
        };
        gate.accept(listener);
        gate
    }

    /// The value of `DATABASE_URL` that leads through the gate.
    pub fn address(&self) -> String {
        let (account, rest) = self.behind.split_once('@').unwrap();
        let (_, name) = rest.split_once('/').unwrap();
        format!("{account}@{}/{name}", self.here)
    }

    /// How many messages have gone to the database.
    pub fn sent(&self) -> usize {
        self.shared.sent.load(Ordering::Relaxed)
    }

    /// Ends all connections, and refuses others.
    pub fn close(&mut self) {
        self.shared.closed.store(true, Ordering::Relaxed);
        if let Some(accepting) = self.accepting.take() {
            accepting.join().unwrap();
        }
        for socket in self.shared.sockets.lock().unwrap().drain(..) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// Holds back everything, without ending a connection, or lets it pass again.
    pub fn stall(&self, stalled: bool) {
        self.shared.stalled.store(stalled, Ordering::Relaxed);
    }

    /// Lets connections through again.
    pub fn reopen(&mut self) {
        self.shared.closed.store(false, Ordering::Relaxed);
        let listener = TcpListener::bind(self.here).unwrap();
        self.accept(listener);
    }

    fn accept(&mut self, listener: TcpListener) {
        listener.set_nonblocking(true).unwrap();
        let shared = Arc::clone(&self.shared);
        let (_, rest) = self.behind.split_once('@').unwrap();
        let behind = rest.split('/').next().unwrap().to_owned();
        self.accepting = Some(thread::spawn(move || {
            while !shared.closed.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((socket, _)) => pass(&shared, socket, &behind),
                    // The standard library cannot wait for a connection with a deadline.
                    Err(_) => thread::sleep(Duration::from_millis(2)),
                }
            }
        }));
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.close();
    }
}

/// Passes on what both sides of a connection send.
fn pass(shared: &Arc<Shared>, front: TcpStream, behind: &str) {
    front.set_nonblocking(false).unwrap();
    let back = TcpStream::connect(behind).unwrap();
    for socket in [&front, &back] {
        socket.set_nodelay(true).unwrap();
        let copy = socket.try_clone().unwrap();
        shared.sockets.lock().unwrap().push(copy);
    }
    let (to_front, to_back) = (front.try_clone().unwrap(), back.try_clone().unwrap());
    let (here, there) = (Arc::clone(shared), Arc::clone(shared));
    thread::spawn(move || {
        copy(&here, front, to_back, || {
            here.sent.fetch_add(1, Ordering::Relaxed);
        });
    });
    thread::spawn(move || copy(&there, back, to_front, || ()));
}

fn copy(shared: &Shared, mut from: TcpStream, mut to: TcpStream, passed: impl Fn()) {
    let mut bytes = [0; 16_384];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        passed();
        while shared.stalled.load(Ordering::Relaxed) && !shared.closed.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(2));
        }
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}
