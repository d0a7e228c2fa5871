//! The permissions of members in a channel, computed as Discord's documentation says ("Permission Overwrites"): the roles of
//! the server, then the channel's overwrites for @everyone, for roles and for the member.

use serde_json::{Value, json};

const ADMINISTRATOR: u64 = 1 << 3;
/// View Channels.
pub(crate) const VIEW: u64 = 1 << 10;
/// Send Messages.
pub(crate) const SEND: u64 = 1 << 11;
/// Embed Links.
pub(crate) const EMBED: u64 = 1 << 14;
/// Mention @everyone, @here and All Roles.
pub(crate) const MENTION_ROLES: u64 = 1 << 17;

/// An id or a set of bits, which Discord writes as text.
pub(crate) fn number(value: &Value) -> u64 {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .or_else(|| value.as_u64())
        .unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The permissions of a member in a channel of a server. All arguments are Discord's JSON.
pub(crate) fn of(server: &Value, member: &Value, channel: &Value) -> u64 {
    let (everyone, me) = (&server["id"], &member["user"]["id"]);
    let mine = |role: &Value| role == everyone || list(&member["roles"]).contains(role);
    let roles = list(&server["roles"]).iter();
    let base = roles
        .filter(|role| mine(&role["id"]))
        .fold(0, |all, role| all | number(&role["permissions"]));
    if base & ADMINISTRATOR != 0 || server["owner_id"] == *me {
        return u64::MAX;
    }
    let overwrites = list(&channel["permission_overwrites"]);
    let changed = |before: u64, chosen: &dyn Fn(&Value) -> bool| {
        let chosen = overwrites
            .iter()
            .filter(|overwrite| chosen(&overwrite["id"]));
        let (allow, deny) = chosen.fold((0, 0), |(allow, deny), overwrite| {
            (
                allow | number(&overwrite["allow"]),
                deny | number(&overwrite["deny"]),
            )
        });
        before & !deny | allow
    };
    let for_everyone = changed(base, &|id| id == everyone);
    let for_roles = changed(for_everyone, &|id| id != everyone && mine(id));
    changed(for_roles, &|id| id == me)
}

/// Whether members who have this role, or none, can see a channel of a server. All arguments are Discord's JSON.
pub(crate) fn sees(server: &Value, role: Option<&Value>, channel: &Value) -> bool {
    let roles: Vec<&Value> = role.into_iter().collect();
    // A member of no other note: nobody has this id.
    let member = json!({"user": {"id": "0"}, "roles": roles});
    of(server, &member, channel) & VIEW != 0
}

#[cfg(test)]
mod tests {
    use super::{VIEW, of};

    const SEND: u64 = 1 << 11;
    const EMBED: u64 = 1 << 14;
    use serde_json::{Value, json};

    fn server() -> Value {
        json!({"id": "1", "owner_id": "9", "roles": [
            {"id": "1", "permissions": "3072"}, {"id": "2", "permissions": "16384"}, {"id": "3", "permissions": "8"},
        ]})
    }

    #[test]
    fn overwrites_apply_to_everyone_then_roles_then_the_member() {
        let member = json!({"user": {"id": "7"}, "roles": ["2"]});
        let may = |overwrites: Value| {
            of(
                &server(),
                &member,
                &json!({"permission_overwrites": overwrites}),
            )
        };
        assert_eq!(may(json!([])), VIEW | SEND | EMBED);
        let everyone = json!({"id": "1", "allow": "0", "deny": "1024"});
        let role = json!({"id": "2", "allow": "1024", "deny": "2048"});
        let other = json!({"id": "5", "allow": "32768", "deny": "16384"});
        let me = json!({"id": "7", "allow": "2048", "deny": "1024"});
        assert_eq!(may(json!([everyone])) & VIEW, 0);
        assert_eq!(may(json!([role, everyone])), VIEW | EMBED);
        assert_eq!(may(json!([me, role, other, everyone])), SEND | EMBED);
    }

    #[test]
    fn administrators_and_the_owner_have_all_permissions() {
        let channel = json!({"permission_overwrites": [{"id": "1", "allow": "0", "deny": "1024"}]});
        let administrator = json!({"user": {"id": "7"}, "roles": ["3"]});
        assert_eq!(of(&server(), &administrator, &channel), u64::MAX);
        let owner = json!({"user": {"id": "9"}, "roles": []});
        assert_eq!(of(&server(), &owner, &channel), u64::MAX);
    }
}
