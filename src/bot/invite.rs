//! The link that invites the bot, with exactly the permissions that it uses.

/// View Channels, Send Messages, Embed Links, Attach Files, Read Message History, Send Messages in Threads
/// (Discord's documentation, "Bitwise permission flags").
const PERMISSIONS: u64 = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 38;

/// The names of the permissions in the link.
pub const NAMES: &str = "View Channels, Send Messages, Send Messages in Threads, Embed Links, Attach Files, Read Message History";

/// The invite link of an application, by its id.
pub fn link(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_scopes_and_permissions() {
        let link = super::link(7);
        assert!(link.contains("client_id=7&scope=bot+applications.commands&"));
        assert!(link.ends_with("permissions=274878024704"), "{link}");
    }
}
