//! Sets the tag of a forum that marks a post as solved.

use crate::bot::rest::{Call, CallError, Rest, Route};
use pullquote_cards::{Payload, Solved, is_solved_tag};
use serde_json::{Value, json};
use tokio::time::Instant;
use tracing::warn;

/// Tags of a post, at most.
const MAX_TAGS: usize = 5;

/// Sets the tag on a post, unless it has it.
pub(crate) async fn solve(rest: &Rest, post: u64, deadline: Instant) -> Solved {
    match try_solve(rest, post, deadline).await {
        Ok(solved) => solved,
        Err(error) if error.status() == 403 => {
            warn!(
                "cannot set the tag of a solved post in channel {post}: missing permission `Manage Threads`"
            );
            Solved::NotPermitted
        }
        Err(error) => {
            warn!("cannot set the tag of a solved post in channel {post}: {error}");
            Solved::Failed
        }
    }
}

async fn try_solve(rest: &Rest, post: u64, deadline: Instant) -> Result<Solved, CallError> {
    let get = async |channel| {
        rest.call(&Call::get(Route::Channel { channel }), deadline)
            .await
    };
    let thread = get(post).await?;
    let Some(forum) = thread["parent_id"].as_str().and_then(|id| id.parse().ok()) else {
        return Ok(Solved::NoTag);
    };
    let Some(tag) = solved_tag(&get(forum).await?) else {
        return Ok(Solved::NoTag);
    };
    let mut tags = thread["applied_tags"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    if tags.contains(&tag) {
        return Ok(Solved::Tagged);
    }
    if tags.len() >= MAX_TAGS {
        return Ok(Solved::NoTag);
    }
    tags.push(tag);
    let mut body = json!({ "applied_tags": tags });
    if thread["thread_metadata"]["archived"] == true {
        // Discord changes nothing else about an archived post.
        body["archived"] = json!(false);
    }
    let payload = Payload { body, file: None };
    let route = Route::Channel { channel: post };
    rest.call(&Call::patch(route, &payload), deadline).await?;
    Ok(Solved::Tagged)
}

/// The id of the forum's tag for solved posts.
fn solved_tag(forum: &Value) -> Option<Value> {
    let mut tags = forum["available_tags"].as_array()?.iter();
    let tag = tags.find(|tag| tag["name"].as_str().is_some_and(is_solved_tag))?;
    Some(tag["id"].clone())
}

#[cfg(test)]
mod tests {
    use super::solved_tag;
    use serde_json::json;

    #[test]
    fn the_tag_is_found_by_its_name() {
        let forum = |names: &[&str]| {
            let tags = names
                .iter()
                .zip(1..)
                .map(|(name, id)| json!({"id": id.to_string(), "name": name}));
            json!({ "available_tags": tags.collect::<Vec<_>>() })
        };
        assert_eq!(
            solved_tag(&forum(&["Unsolved", "Solved"])),
            Some(json!("2"))
        );
        assert_eq!(solved_tag(&forum(&["✅ gelöst", "Bug"])), Some(json!("1")));
        assert_eq!(solved_tag(&forum(&["Bug"])), None);
        assert_eq!(solved_tag(&json!({"type": 11})), None);
    }
}
