//! The log on standard error, as text or JSON. The token is removed from every line.

use crate::config::{Config, LogFormat, Secret};
use std::io::{self, IsTerminal, Write};
use tracing::Metadata;
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, registry};

/// Installs the log, with the format and filter of `config`.
pub(crate) fn start(config: &Config) {
    let writer = Redacted(config.token.clone());
    let lines = match config.log_format {
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .with_writer(writer)
            .boxed(),
        LogFormat::Text => fmt::layer()
            .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
            .with_target(false)
            .with_writer(writer)
            .boxed(),
    };
    // `Config::read` has rejected invalid filters.
    let wanted = config.log_filter.parse::<Targets>().unwrap_or_default();
    // Spans of libraries contain whole requests; formatting them would take longer than answering.
    let no_spans = filter_fn(|metadata: &Metadata<'_>| metadata.is_event());
    // Fails if a test has installed a log already, which then stays.
    let _ = registry()
        .with(lines.with_filter(wanted.and(no_spans)))
        .try_init();
}

/// Standard error, with `[token]` instead of the token.
#[derive(Debug)]
struct Redacted(Secret);

impl<'a> MakeWriter<'a> for Redacted {
    type Writer = &'a Redacted;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

impl Write for &Redacted {
    /// Called with whole lines, so the token is never split.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let token = self.0.expose();
        let text = String::from_utf8_lossy(line);
        if !token.is_empty() && text.contains(token) {
            io::stderr().write_all(text.replace(token, "[token]").as_bytes())?;
        } else {
            io::stderr().write_all(line)?;
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
