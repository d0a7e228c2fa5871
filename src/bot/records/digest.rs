//! The weekly digest: what was asked in a server, posted in the channel that it has chosen.
//!
//! Weeks begin on Monday, 0:00 UTC. The week of the last digest is among the server's settings. Of several processes, the one that
//! changes it there posts; if it is killed before it has, that week has no digest rather than two. If it cannot post for a reason that
//! passes, it changes the week back, and the next look tries again.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::teaching::unavailable;
use crate::bot::records::insights::by_article;
use crate::bot::replies::message::{Post, post};
use crate::bot::rest::{Call, Route};
use pullquote_cards::{
    Card, Digest, Kept, Locale, OpenQuestion, QuestionKey, QuotesList, QuotesPage, QuotesView,
    SettingChange, Settings, TeachingError, Viewer, WeeklyDigest,
};
use pullquote_insights::{Day, date, day, last_days};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, interval};
use tracing::{info, warn};

/// How often it is looked whether a week is over.
const LOOK: Duration = Duration::from_hours(1);
/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Posts digests as long as the bot runs.
pub(crate) async fn keep_posting(bot: Arc<Bot>) {
    let mut tick = interval(LOOK);
    loop {
        tick.tick().await;
        bot.post_digests(day(now())).await;
    }
}

/// The week of a day, both counted from 1970, whose first day was a Thursday.
fn week(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

impl Bot {
    async fn post_digests(&self, today: i64) {
        let chosen = match self.articles.store().all_settings().await {
            Ok(chosen) => chosen,
            Err(error) => return warn!("cannot post weekly digests: {}", error_chain(&error)),
        };
        for (server, before) in chosen {
            let settings = Settings::parse(&before).unwrap_or_default();
            let Some(digest) = settings.digest else {
                continue;
            };
            if self.servers.allow(Some(server)) && digest.is_due(week(today)) {
                self.post_digest((server, &before), &settings, digest, today)
                    .await;
            }
        }
    }

    /// Posts the digest of a server, whose settings as text are `before`, unless another process does. The first week only begins.
    async fn post_digest(
        &self,
        (server, before): (u64, &str),
        settings: &Settings,
        digest: Digest,
        today: i64,
    ) {
        // While Discord cannot be reached, the week is not over.
        let Some(locale) = self.locale_of(server, settings).await else {
            return;
        };
        let weekly = match digest.week {
            Some(last) => match self.weekly(server, settings, digest, today).await {
                Ok(weekly) => weekly.map(|weekly| (last, weekly.card(locale))),
                Err(error) => return warn!("no weekly digest yet in server {server}: {error:?}"),
            },
            None => None,
        };
        let after = settings.with(&SettingChange::DigestWeek(week(today)));
        let claimed = self.articles.replace_settings(server, before, &after).await;
        if let (Ok(true), Some((last, card))) = (claimed, weekly) {
            let message = (digest.channel, &card, locale);
            self.deliver_digest(server, message, last).await;
        }
    }

    /// Posts the digest of a claimed week. `last` is the week of the one before.
    async fn deliver_digest(
        &self,
        server: u64,
        (channel, card, locale): (u64, &Card, Locale),
        last: i64,
    ) {
        let message = Post {
            channel,
            card,
            ping: None,
            nonce: server,
            locale,
        };
        let posted = post(&self.rest, &message, Instant::now() + TIMEOUT, "digest").await;
        let Err(error) = posted else {
            return info!("posted the weekly digest of server {server}");
        };
        warn!(
            "cannot post the weekly digest of server {server}: {}",
            error_chain(&error)
        );
        let change = if error.is_forbidden() {
            SettingChange::DigestRefused(channel)
        } else if error.may_pass() {
            SettingChange::DigestWeek(last)
        } else {
            return;
        };
        // What fails is in the log.
        let _ = self.articles.change_settings(server, &change).await;
    }

    /// The language of what everyone in a server sees. `None` if Discord cannot be reached, or the bot is not in the server.
    async fn locale_of(&self, server: u64, settings: &Settings) -> Option<Locale> {
        let call = Call::get(Route::Guild { guild: server });
        let guild = self.rest.call(&call, Instant::now() + TIMEOUT).await.ok()?;
        let preferred = guild["preferred_locale"].as_str().unwrap_or_default();
        Some(
            settings
                .locale()
                .unwrap_or_else(|| Locale::from_code(preferred)),
        )
    }

    /// What happened in the seven days before today. `None` if nothing was asked.
    async fn weekly(
        &self,
        server: u64,
        settings: &Settings,
        digest: Digest,
        today: i64,
    ) -> Result<Option<WeeklyDigest>, TeachingError> {
        let store = self.articles.store();
        self.recorder.flush(store).await;
        let since = today - i64::from(WeeklyDigest::DAYS);
        let asked = store.asked(server, since).await.map_err(unavailable)?;
        let asked = asked.iter().map(|it| (it.day, it.outcome, it.number));
        let days = last_days(today - 1, asked);
        let answered: u64 = days.iter().map(|day| day.answered).sum();
        let asked = (days.iter().map(Day::asked).sum::<u64>(), answered);
        if asked.0 == 0 {
            return Ok(None);
        }
        // What only one member could see is not for everyone in the channel.
        let is_public = settings.kept(self.recorder.days()).0 != Kept::All;
        let (wishes, _) = self.shown_wishes(server).await?;
        let mut wishes = wishes.into_iter().filter(|it| it.last_day >= since);
        let most_asked = wishes.next().filter(|_| is_public);
        // Nor are titles that not everyone there may see.
        let viewer = Viewer {
            roles: Vec::new(),
            channels: vec![digest.channel],
        };
        let engine = self.articles.engine(Some(server), &viewer, &self.workers);
        let (engine, quotes) = (engine.await, store.quotes(server, since).await);
        let quotes = by_article(quotes.map_err(unavailable)?.articles);
        let view = QuotesView {
            list: QuotesList::Most,
            days: WeeklyDigest::DAYS,
            page: 0,
        };
        let page = move || QuotesPage::new(&engine, &quotes, view);
        let page = self.workers.run(page).await;
        Ok(Some(WeeklyDigest {
            asked,
            most_asked: most_asked.map(|wish| OpenQuestion {
                key: QuestionKey(wish.keys.first().copied().unwrap_or_default()),
                count: wish.count,
                last: date(wish.last_day),
                wordings: wish.wordings,
                nearest: Vec::new(),
            }),
            most_quoted: page.and_then(|page| page.articles.into_iter().next()),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::week;

    #[test]
    fn weeks_begin_on_monday() {
        // 2026-11-29 is a Sunday, day 20,786.
        assert_eq!(week(20_787), week(20_786) + 1);
        assert!((20_780..20_787).all(|day| week(day) == week(20_786)));
        assert_eq!(week(-4), week(-3) - 1);
    }
}
