//! A network in memory. Connections take time, break, go silent or are refused, as the dice say.

use super::TIME;
use axum::body::{Body, to_bytes};
use axum::http;
use axum::serve::Listener;
use fastrand::Rng;
use futures_util::future::BoxFuture;
use hyper::client::conn::http1::handshake;
use hyper::header::{HOST, HeaderValue};
use hyper_util::rt::TokioIo;
use pullquote::bot::{GatewaySocket, Network};
use std::error::Error;
use std::future::pending;
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf, duplex, split};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, timeout};
use tokio_websockets::client::Builder;

/// Bytes on their way in each direction of a connection.
const BUFFER: usize = 16_384;
/// How long a connection through the network lasts, at most.
const LONGEST: Duration = Duration::from_mins(3);
/// The longest response body that is read.
const BODY: usize = 9 << 20;

/// What the network does to connections and to what they carry.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Milliseconds that bytes take, at most.
    pub latency: u64,
    /// Chances in a hundred that a connection is refused, never opens, breaks, or goes silent in both directions.
    pub refused: u32,
    pub unopened: u32,
    pub broken: u32,
    pub silent: u32,
}

impl Weather {
    /// Nothing goes wrong.
    pub const CALM: Self = Self {
        latency: 40,
        refused: 0,
        unopened: 0,
        broken: 0,
        silent: 0,
    };

    /// Weather in which much goes wrong.
    pub fn draw(dice: &mut Rng) -> Self {
        Self {
            latency: [10, 100, 800, 2_500][dice.usize(..4)],
            refused: [0, 0, 10, 60][dice.usize(..4)],
            unopened: [0, 0, 5, 30][dice.usize(..4)],
            broken: [0, 10, 40][dice.usize(..3)],
            silent: [0, 0, 10, 30][dice.usize(..4)],
        }
    }
}

/// The weather and the dice of a run.
#[derive(Debug)]
struct Sky {
    weather: Weather,
    dice: Rng,
}

/// Where connections arrive: the stand-in listens here.
#[derive(Debug)]
pub struct Door(mpsc::UnboundedReceiver<DuplexStream>);

/// The network between bots and the stand-in.
#[derive(Clone, Debug)]
pub struct Wires {
    door: mpsc::UnboundedSender<DuplexStream>,
    sky: Arc<Mutex<Sky>>,
    start: Instant,
}

/// The network as one process sees it. It ends with the process.
#[derive(Debug)]
pub struct Line {
    wires: Wires,
    process: watch::Receiver<()>,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Good,
    Breaks(Duration),
    GoesSilent(Duration),
}

impl Wires {
    /// A network, and its end at Discord.
    pub fn new(seed: u64) -> (Self, Door) {
        let (door, arrivals) = mpsc::unbounded_channel();
        let sky = Sky {
            weather: Weather::CALM,
            dice: Rng::with_seed(seed),
        };
        let sky = Arc::new(Mutex::new(sky));
        let start = Instant::now();
        (Self { door, sky, start }, Door(arrivals))
    }

    /// Changes the weather. Calm also spares connections that would have broken later.
    pub fn change(&self, weather: Weather) {
        self.with_sky(|sky| sky.weather = weather);
    }

    /// The network for a process that lives as long as the sender of `process`.
    pub fn line(&self, process: watch::Receiver<()>) -> Arc<Line> {
        let wires = self.clone();
        Arc::new(Line { wires, process })
    }

    fn with_sky<T>(&self, change: impl FnOnce(&mut Sky) -> T) -> T {
        change(&mut self.sky.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Time that bytes take.
    async fn travel(&self) {
        let millis = self.with_sky(|sky| sky.dice.u64(1..=sky.weather.latency));
        sleep(Duration::from_millis(millis)).await;
    }

    /// Whether something happens that has this many chances in a hundred.
    fn happens(&self, chances: impl FnOnce(&Weather) -> u32) -> bool {
        self.with_sky(|sky| sky.dice.u32(..100) < chances(&sky.weather))
    }

    fn fate(&self) -> Fate {
        let after = LONGEST.mul_f64(self.with_sky(|sky| sky.dice.f64()).powi(3));
        if self.happens(|weather| weather.broken) {
            Fate::Breaks(after)
        } else if self.happens(|weather| weather.silent) {
            Fate::GoesSilent(after)
        } else {
            Fate::Good
        }
    }

    fn is_calm(&self) -> bool {
        self.with_sky(|sky| sky.weather.broken + sky.weather.silent == 0)
    }
}

impl Line {
    /// A connection to the stand-in.
    async fn dial(&self) -> io::Result<DuplexStream> {
        if self.process.has_changed().is_err() || self.wires.happens(|weather| weather.unopened) {
            pending::<()>().await;
        }
        self.wires.travel().await;
        if self.wires.happens(|weather| weather.refused) {
            return Err(ErrorKind::ConnectionRefused.into());
        }
        let (here, near) = duplex(BUFFER);
        let (far, there) = duplex(BUFFER);
        let _ = self.wires.door.send(there);
        tokio::spawn(carry(self.wires.clone(), self.process.clone(), near, far));
        Ok(here)
    }
}

/// Carries bytes between two ends until one of them closes, the process ends, or the connection breaks.
async fn carry(
    wires: Wires,
    mut process: watch::Receiver<()>,
    near: DuplexStream,
    far: DuplexStream,
) {
    let fate = wires.fate();
    let (from_near, to_near) = split(near);
    let (from_far, to_far) = split(far);
    let both = async {
        tokio::select! {
            biased;
            _ = copy(&wires, from_near, to_far) => {}
            _ = copy(&wires, from_far, to_near) => {}
            _ = process.changed() => {}
        }
    };
    tokio::pin!(both);
    let (Fate::Breaks(after) | Fate::GoesSilent(after)) = fate else {
        return both.await;
    };
    if timeout(after, &mut both).await.is_ok() {
        return;
    }
    if wires.is_calm() {
        return both.await;
    }
    if matches!(fate, Fate::GoesSilent(_)) {
        // Both ends stay open, but nothing passes.
        pending::<()>().await;
    }
}

async fn copy(
    wires: &Wires,
    mut from: ReadHalf<DuplexStream>,
    mut to: WriteHalf<DuplexStream>,
) -> io::Result<()> {
    let mut bytes = vec![0; BUFFER];
    loop {
        let count = from.read(&mut bytes).await?;
        if count == 0 {
            return Ok(());
        }
        wires.travel().await;
        to.write_all(&bytes[..count]).await?;
    }
}

impl Network for Line {
    fn connect<'a>(
        &'a self,
        builder: Builder<'a>,
    ) -> BoxFuture<'a, Result<GatewaySocket, tokio_websockets::Error>> {
        Box::pin(async move {
            let stream = self.dial().await?;
            let (socket, _) = builder.connect_on(stream).await?;
            Ok(Box::pin(socket) as GatewaySocket)
        })
    }

    fn execute<'a>(
        &'a self,
        _: &'a reqwest::Client,
        request: reqwest::Request,
    ) -> BoxFuture<'a, Result<reqwest::Response, Box<dyn Error + Send + Sync>>> {
        Box::pin(async move {
            let mut request = http::Request::try_from(request)?;
            let path = request.uri().path_and_query().ok_or("a path")?.clone();
            *request.uri_mut() = path.into();
            let host = HeaderValue::from_static("127.0.0.1:1");
            request.headers_mut().insert(HOST, host);
            let stream = TokioIo::new(self.dial().await?);
            let (mut sender, connection) = handshake(stream).await?;
            let connection = tokio::spawn(connection);
            let (head, body) = sender.send_request(request).await?.into_parts();
            let body = to_bytes(Body::new(body), BODY).await?;
            connection.abort();
            Ok(http::Response::from_parts(head, body).into())
        })
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(TIME) + self.wires.start.elapsed()
    }
}

impl Listener for Door {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.0.recv().await {
            Some(stream) => (stream, ()),
            None => pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(())
    }
}
