//! Checks interactions over HTTP: the key, the way that the developer portal has set, and whether bad signatures are refused.

use super::Finding;
use super::inspection::{Inspection, PORTAL};
use crate::config::PublicKey;
use serde_json::Value;

/// The settings of interactions over HTTP.
#[derive(Debug, Clone, Copy)]
pub struct HttpSettings {
    /// `DISCORD_PUBLIC_KEY`.
    pub key: Option<PublicKey>,
    /// Whether `INTERACTIONS_ADDRESS` is set.
    pub has_address: bool,
}

/// Judges them.
pub(super) fn endpoint(
    application: &Value,
    inspection: &Inspection,
    settings: &HttpSettings,
) -> Vec<Finding> {
    let theirs = application["verify_key"].as_str();
    let url = application["interactions_endpoint_url"].as_str();
    let mut findings = Vec::new();
    findings.extend(settings.key.map(|key| self::key(key, theirs)));
    findings.extend(way(url, settings.has_address));
    if let (Some(url), Some(status)) = (url, &inspection.bad_signature) {
        findings.push(bad_signature(url, status.as_ref()));
    }
    findings
}

fn key(key: PublicKey, theirs: Option<&str>) -> Finding {
    const SUBJECT: &str = "public key";
    match theirs.and_then(PublicKey::parse) {
        Some(theirs) if theirs != key => Finding::error(
            SUBJECT,
            "DISCORD_PUBLIC_KEY is not the key of this application: everything that Discord sends is refused",
            format!("copy it from {PORTAL} > General Information > Public Key"),
        ),
        Some(_) => Finding::ok(SUBJECT, "DISCORD_PUBLIC_KEY is that of the application"),
        None => Finding::ok(SUBJECT, "Discord names no key to compare it with"),
    }
}

/// Discord sends interactions in one way only.
fn way(url: Option<&str>, has_address: bool) -> Option<Finding> {
    const SUBJECT: &str = "application";
    match (url, has_address) {
        (Some(_), false) => Some(Finding::error(
            SUBJECT,
            "it has an Interactions Endpoint URL: Discord sends commands there instead of to the bot",
            format!(
                "clear that field at {PORTAL} > General Information, or set INTERACTIONS_ADDRESS to take them over HTTP"
            ),
        )),
        (Some(url), true) => Some(Finding::ok(
            SUBJECT,
            format!("Discord sends interactions to {url}, not over the gateway"),
        )),
        (None, true) => Some(Finding::warning(
            SUBJECT,
            "it has no Interactions Endpoint URL: Discord sends interactions over the gateway, and `pullquote serve` gets none",
            format!(
                "while `pullquote serve` runs, set the field at {PORTAL} > General Information to https://YOUR-HOST/interactions"
            ),
        )),
        (None, false) => None,
    }
}

/// Whether a bad signature was refused at the public address.
fn bad_signature(url: &str, status: Result<&u16, &String>) -> Finding {
    const SUBJECT: &str = "endpoint";
    match status {
        Ok(401) => Finding::ok(SUBJECT, format!("{url} refuses bad signatures")),
        Ok(status) => Finding::error(
            SUBJECT,
            format!("{url} answers a bad signature with {status} instead of 401"),
            "start `pullquote serve`, and check that the proxy passes POST /interactions on to it with all headers",
        ),
        Err(why) => Finding::error(
            SUBJECT,
            format!("{url} cannot be reached from here: {why}"),
            "check DNS, the certificate and the proxy: Discord needs HTTPS on a public address",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{bad_signature, key, way};
    use crate::config::PublicKey;
    use crate::doctor::FindingStatus::{Error, Ok as Fine, Warning};

    #[test]
    fn the_key_must_be_that_of_the_application() {
        let ours = PublicKey::parse(&"a1".repeat(32)).unwrap();
        let status = |theirs: Option<&str>| key(ours, theirs).status;
        assert_eq!(status(Some(&"A1".repeat(32))), Fine);
        assert_eq!(status(Some(&"b2".repeat(32))), Error);
        assert_eq!(status(None), Fine);
    }

    #[test]
    fn the_portal_must_have_set_the_way_that_the_settings_expect() {
        let url = Some("https://bot.example/interactions");
        let status = |url, has_address| way(url, has_address).map(|finding| finding.status);
        assert_eq!(status(None, false), None);
        assert_eq!(status(url, false), Some(Error));
        assert_eq!(status(url, true), Some(Fine));
        assert_eq!(status(None, true), Some(Warning));
    }

    #[test]
    fn only_401_is_a_refusal() {
        let unreachable = "no route".to_owned();
        assert_eq!(bad_signature("u", Ok(&401)).status, Fine);
        assert_eq!(bad_signature("u", Ok(&200)).status, Error);
        assert_eq!(bad_signature("u", Err(&unreachable)).status, Error);
    }
}
