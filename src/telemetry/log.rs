//! The log: lines for people or for programs, without the token whatever happens.

use crate::config::{Config, LogFormat, Secret};
use std::io::{self, IsTerminal, Write};
use tracing::Metadata;
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, registry};

/// Starts the log on standard error.
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
    // Checked with the other settings.
    let wanted = config.log_filter.parse::<Targets>().unwrap_or_default();
    // Serenity's spans hold whole requests, written anew for each of them: that costs more than answering.
    let no_spans = filter_fn(|metadata: &Metadata<'_>| metadata.is_event());
    // A log that is there already (in a test) stays.
    let _ = registry()
        .with(lines.with_filter(wanted.and(no_spans)))
        .try_init();
}

/// Standard error, with the token blotted out.
#[derive(Debug)]
struct Redacted(Secret);

impl<'a> MakeWriter<'a> for Redacted {
    type Writer = &'a Redacted;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

impl Write for &Redacted {
    /// The log hands over whole lines.
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
