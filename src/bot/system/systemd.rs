//! Notifications for systemd (`Type=notify`, `WatchdogSec=`). They do nothing where systemd did not start the bot.

/// Settings, articles and port are valid: the start has succeeded, whether or not Discord can be reached.
pub(crate) fn ready() {
    #[cfg(unix)]
    notify(sd_notify::NotifyState::Ready);
}

/// Resets the watchdog.
pub(crate) fn alive() {
    #[cfg(unix)]
    notify(sd_notify::NotifyState::Watchdog);
}

/// The bot is shutting down.
pub(crate) fn stopping() {
    #[cfg(unix)]
    notify(sd_notify::NotifyState::Stopping);
}

#[cfg(unix)]
fn notify(state: sd_notify::NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "cannot notify systemd");
    }
}
