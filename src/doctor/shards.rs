//! Checks the connections to Discord: the setting `SHARDS`, and in a running bot, whether they are open.

use super::{Finding, Inspection};
use crate::config::Shards;

/// Compares the setting with what Discord recommends. `None` for `auto`, or if Discord recommends nothing.
pub fn shards(inspection: &Inspection, shards: Shards) -> Option<Finding> {
    let Shards::Fixed { first, last, total } = shards else {
        return None;
    };
    let Some(Ok(account)) = &inspection.account else {
        return None;
    };
    let recommended = account.gateway["shards"].as_u64()?;
    Some(if u64::from(total) < recommended {
        Finding::warning(
            "shards",
            format!(
                "SHARDS divides the servers among {total} gateway connections, but Discord recommends {recommended}"
            ),
            "set SHARDS=auto, or the same larger number in all processes, before Discord refuses some of them",
        )
    } else {
        Finding::ok(
            "shards",
            format!("{first} to {last} of {total}; Discord recommends {recommended}"),
        )
    })
}

/// Judges the connections of a running bot.
pub fn connection(is_connected: bool) -> Finding {
    if is_connected {
        return Finding::ok("discord", "connected");
    }
    Finding::error(
        "discord",
        "not every connection is open",
        "the bot keeps trying; its log says what fails, and `pullquote doctor` whether Discord can be reached",
    )
}

#[cfg(test)]
mod tests {
    use super::shards;
    use crate::config::Shards;
    use crate::doctor::{BotAccount, FindingStatus, Inspection, Reach};
    use serde_json::json;

    /// The finding about these shards, where Discord recommends 4.
    fn check(setting: Shards) -> Option<FindingStatus> {
        let account = BotAccount {
            application: json!({}),
            gateway: json!({"shards": 4}),
            commands: Ok(true),
            looked_up: Vec::new(),
            servers: Ok(Vec::new()),
            more_servers: 0,
            invite: String::new(),
        };
        let reach = Reach {
            millis: 1,
            ahead: None,
        };
        let inspection = Inspection {
            reach: Ok(reach),
            account: Some(Ok(account)),
            bad_signature: None,
        };
        shards(&inspection, setting).map(|finding| finding.status)
    }

    #[test]
    fn too_few_shards_are_a_problem() {
        let fixed = |first, last, total| Shards::Fixed { first, last, total };
        assert_eq!(check(Shards::Auto), None);
        assert_eq!(check(fixed(0, 1, 2)), Some(FindingStatus::Warning));
        assert_eq!(check(fixed(0, 1, 4)), Some(FindingStatus::Ok));
    }
}
