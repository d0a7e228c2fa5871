//! What systemd is told, where it asks (`Type=notify`, `WatchdogSec=`); anywhere else nothing.

/// Settings, articles and port are sound: the start has succeeded, whether Discord is there or not.
pub(super) fn ready() {
    #[cfg(unix)]
    tell(sd_notify::NotifyState::Ready);
}

/// The gateway was connected within the last minutes: no reason to start anew.
pub(super) fn alive() {
    #[cfg(unix)]
    tell(sd_notify::NotifyState::Watchdog);
}

/// The end has begun.
pub(super) fn stopping() {
    #[cfg(unix)]
    tell(sd_notify::NotifyState::Stopping);
}

#[cfg(unix)]
fn tell(state: sd_notify::NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "systemd does not listen");
    }
}
