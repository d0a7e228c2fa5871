//! Fields of Discord's JSON. One that is missing, new or of another type costs nothing but itself.

use serde_json::Value;
use serenity::all::{MessageId, Permissions, Timestamp};
use std::num::NonZeroU64;
use std::time::SystemTime;

/// A member with one of these looks after the messages of others.
pub(super) const MODERATOR: Permissions =
    Permissions::MANAGE_MESSAGES.union(Permissions::ADMINISTRATOR);

/// An id. Discord writes them as strings.
pub(crate) fn id(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        number => number.as_u64(),
    }
}

/// A text; empty if it is missing.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The items of a list; none for any other value.
pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The ids in a list of them.
pub(crate) fn ids(value: &Value) -> Vec<u64> {
    list(value).iter().filter_map(id).collect()
}

/// Permissions, which Discord writes as the number of their bits.
pub(super) fn permissions(bits: &Value) -> Permissions {
    Permissions::from_bits_truncate(id(bits).unwrap_or_default())
}

/// A time such as `2026-08-01T12:00:00.000000+00:00`.
pub(super) fn time(value: &Value) -> Option<SystemTime> {
    let time = Timestamp::parse(value.as_str()?).ok()?;
    Some((*time).into())
}

/// When a message or an interaction with this id was made.
pub(super) fn time_of(id: u64) -> Option<SystemTime> {
    // The library panics at 0, which is no id.
    let id = MessageId::new(NonZeroU64::new(id)?.get());
    Some((*id.created_at()).into())
}

#[cfg(test)]
mod tests {
    use super::{id, time, time_of};
    use serde_json::json;
    use std::time::{Duration, SystemTime};

    #[test]
    fn ids_and_times_are_read_or_missing() {
        assert_eq!(
            id(&json!("175928847299117063")),
            Some(175_928_847_299_117_063)
        );
        assert_eq!(
            (id(&json!(7)), id(&json!("x")), id(&json!(-1))),
            (Some(7), None, None)
        );
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_462_015_105_796);
        assert_eq!(time_of(175_928_847_299_117_063), Some(at));
        assert_eq!(time(&json!("2016-04-30T11:18:25.796000+00:00")), Some(at));
        assert_eq!((time(&json!("soon")), time(&json!(null))), (None, None));
        assert!(time_of(u64::MAX).is_some());
    }
}
