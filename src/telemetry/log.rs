//! The log on standard error, as text or JSON. The token and the key of the host's page are removed from every line.

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
    let key = config.http.as_ref().and_then(|http| http.key.clone());
    let writer = Redacted {
        token: config.token.clone(),
        key: key.unwrap_or_default(),
    };
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

/// Standard error, with `[token]` and `[key]` instead of the secrets.
#[derive(Debug)]
struct Redacted {
    token: Secret,
    key: Secret,
}

impl<'a> MakeWriter<'a> for Redacted {
    type Writer = &'a Redacted;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

impl Write for &Redacted {
    /// Called with whole lines, so no secret is split.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        let secrets = [(&self.token, "[token]"), (&self.key, "[key]")];
        let shown = secrets.iter().filter_map(|(secret, name)| {
            let secret = secret.expose();
            (!secret.is_empty() && text.contains(secret)).then_some((secret, name))
        });
        let safe = shown.fold(None, |safe: Option<String>, (secret, name)| {
            Some(safe.as_deref().unwrap_or(&text).replace(secret, name))
        });
        match safe {
            Some(safe) => io::stderr().write_all(safe.as_bytes())?,
            None => io::stderr().write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
