//! Sets the tag of a forum that marks a post as solved.

use crate::bot::decode::{id, list};
use crate::bot::rest::{Call, CallError, Rest, Route};
use pullquote_cards::{Payload, Solved, solved_tags};
use serde_json::json;
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
    let Some(forum) = id(&thread["parent_id"]) else {
        return Ok(Solved::NoTag);
    };
    let Some(tag) = solved_tags(&get(forum).await?).next().cloned() else {
        return Ok(Solved::NoTag);
    };
    let mut tags = list(&thread["applied_tags"]).to_vec();
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
