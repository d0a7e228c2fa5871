//! The link that invites the bot, with exactly the permissions that it uses.

use serenity::all::Permissions;

const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY);

/// The names of the permissions in the link.
pub const NAMES: &str = "View Channels, Send Messages, Send Messages in Threads, Embed Links, Attach Files, Read Message History";

/// The invite link of an application, by its id.
pub fn link(application: u64) -> String {
    let permissions = PERMISSIONS.bits();
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={permissions}"
    )
}

/// The link with which a user installs an application for themselves. It works if User Install is on.
pub fn user_link(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=applications.commands&integration_type=1"
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
