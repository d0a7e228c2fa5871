//! The tables, and how they came to be. Texts of steps that were released never change: a database remembers them.

use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

/// A table, for what concerns all of them: moving the data elsewhere, and exporting or deleting that of a server.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The columns that name a row.
    pub(crate) key: &'static str,
    /// The column with the server that a row belongs to.
    pub(crate) server: Option<&'static str>,
}

/// All tables, under the names that they got in the steps below. They keep those: processes of the version before go on beside a new
/// one, and know no others.
///
/// - `source`: the content of files, once each. `article_source`: where articles come from that is looked at again.
/// - `draft`: rows until a time. What a member has yet to confirm (`drafts.rs`), and, of no server and no member, interactions that
///   have had their effect (`once.rs`) and hosts that were asked (`pace.rs`). Old processes must see these of new ones, too.
///
/// What running processes tell each other ([`LEASES`]) is moved nowhere. A table that refers to another comes after it.
pub(crate) const TABLES: &[Table] = &[
    table("server", "id", Some("id")),
    table("source", "hash", None),
    table("article_source", "id", Some("server")),
    table("article", "server, path", Some("server")),
    table("draft", "token", Some("server")),
    table("draft_article", "token, path", Some("server")),
    table("question", "server, question_key", Some("server")),
    table("asked", "server, day, outcome", Some("server")),
    table("vote", "server, passage", Some("server")),
    table("quoted", "server, path, day", Some("server")),
    table("quoted_shared", "server, path, day", Some("server")),
    table("pinned", "server, question", Some("server")),
];

const fn table(name: &'static str, key: &'static str, server: Option<&'static str>) -> Table {
    Table { name, key, server }
}

/// The steps, oldest first. `{bytes}` stands for the type of bytes.
///
/// Ids are Discord's; times are milliseconds since 1970.
const STEPS: &[(&str, &str)] = &[
    ("articles of servers", ARTICLES),
    ("files to confirm", DRAFTS),
    ("who may see an article", GATES),
    ("questions without an answer", QUESTIONS),
    ("answers that were chosen", PINNED),
    ("shards that processes share", LEASES),
    ("sources of servers", SOURCES),
    ("how often articles are quoted", QUOTED),
    ("who chose who may see a source", GATED_BY),
];

const ARTICLES: &str = "create table server (
         id bigint primary key,
         -- Rises with every change of what its members see.
         version bigint not null,
         settings text not null,
         -- When the bot was removed from it.
         left_at bigint
     );
     -- Sources, compressed, by the hash of their content: the same file in many servers is one row.
     create table source (
         hash {bytes} primary key,
         content {bytes} not null,
         size bigint not null
     );
     create table article (
         server bigint not null references server (id) on delete cascade,
         -- Name and format, like that of a file.
         path text not null,
         hash {bytes} not null references source (hash),
         link text,
         added_by bigint not null,
         added_at bigint not null,
         -- When it was removed; for a while that can be undone.
         removed_at bigint,
         primary key (server, path)
     );
     create index article_hash on article (hash);
     -- What a member has filled in and not yet confirmed.
     create table draft (
         token text primary key,
         server bigint not null,
         author bigint not null,
         until bigint not null,
         content text not null
     );";

const DRAFTS: &str = "-- What a reader made of the file: reading it again may take long.
     alter table source add column document {bytes};
     -- The version of the server's articles that the member has seen.
     alter table draft add column seen bigint not null default 0;
     create table draft_article (
         token text not null references draft (token) on delete cascade,
         server bigint not null,
         path text not null,
         hash {bytes} not null references source (hash),
         link text,
         primary key (token, path)
     );
     create index draft_article_hash on draft_article (hash);";

/// Empty for everyone.
const GATES: &str = "alter table article add column gate text not null default ''";

const QUESTIONS: &str = "create table question (
         server bigint not null references server (id) on delete cascade,
         -- A hash of its words.
         question_key bigint not null,
         wording text not null,
         asked bigint not null,
         -- Days are counted from 1970.
         first_day bigint not null,
         last_day bigint not null,
         -- 0 for one without an answer, 1 for one that was answered since, 2 for one that is not for the server.
         state bigint not null,
         primary key (server, question_key)
     );
     -- How many questions were asked.
     create table asked (
         server bigint not null references server (id) on delete cascade,
         day bigint not null,
         -- 0 for answered, 1 for suggestions, 2 for no answer.
         outcome bigint not null,
         number bigint not null,
         primary key (server, day, outcome)
     );
     -- How a passage was rated.
     create table vote (
         server bigint not null references server (id) on delete cascade,
         passage text not null,
         helpful bigint not null,
         not_helpful bigint not null,
         last_day bigint not null,
         primary key (server, passage)
     );";

const PINNED: &str = "create table pinned (
         server bigint not null references server (id) on delete cascade,
         question text not null,
         -- Names it by its article and a hash of its text.
         passage text not null,
         pinned_at bigint not null,
         primary key (server, question)
     );";

const LEASES: &str = "create table process (
         id bigint primary key,
         build text not null,
         -- Changes when it renews its leases.
         seen bigint not null
     );
     -- A shard, and who runs it. Of two numbers of shards while the bot grows.
     create table shard_lease (
         shard bigint not null,
         shards bigint not null,
         owner bigint references process (id) on delete set null,
         is_ready bigint not null default 0,
         -- What the next owner needs to go on: the gateway session, and what is known of the servers, compressed.
         session text,
         known {bytes},
         primary key (shards, shard)
     );
     -- Who is beginning a session, by the remainder of the shard's number, and when the next may.
     create table identify_turn (
         bucket bigint primary key,
         owner bigint references process (id) on delete set null,
         free_at bigint not null
     );
     -- How many sessions are left today, as far as Discord has said.
     create table session_budget (
         id bigint primary key,
         remaining bigint not null,
         asked_at bigint not null,
         granted bigint not null
     );";

/// The table `source` has contents of files; this one has where they come from.
const SOURCES: &str = "create table article_source (
         id bigint primary key,
         server bigint not null references server (id) on delete cascade,
         -- What is where, and how often to look at it, in the caller's words.
         settings text not null,
         -- What is known of its pages, compressed.
         record {bytes} not null,
         -- Who may see its articles; empty for everyone.
         gate text not null default '',
         added_by bigint not null,
         added_at bigint not null,
         -- When it was removed; for a while that can be undone.
         removed_at bigint,
         -- When to look at it again.
         due bigint not null,
         -- The process that looks at it, and until when it may.
         holder bigint,
         held_until bigint not null default 0
     );
     create index article_source_server on article_source (server);
     create index article_source_due on article_source (due);
     alter table article add column source_id bigint references article_source (id) on delete cascade;
     create index article_source_id on article (source_id);
     -- The source that the files of a draft come from.
     alter table draft add column source_id bigint;
     alter table draft add column source_settings text;
     alter table draft add column source_record {bytes};
     alter table draft add column source_due bigint;";

const QUOTED: &str = "-- How often an article of the server was quoted on a day.
     create table quoted (
         server bigint not null,
         path text not null,
         day bigint not null,
         number bigint not null,
         primary key (server, path, day),
         foreign key (server, path) references article (server, path) on delete cascade
     );
     -- How often one of the articles that all servers share was.
     create table quoted_shared (
         server bigint not null references server (id) on delete cascade,
         path text not null,
         day bigint not null,
         number bigint not null,
         primary key (server, path, day)
     );
     -- Whether two members have asked it on one day.
     alter table question add column several bigint not null default 0;";

const GATED_BY: &str =
    "-- 1 if managers have chosen the gate; that of a forum follows the forum until then.
     alter table article_source add column gate_chosen bigint not null default 0";

/// The version of the schema of today.
pub(crate) fn version() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// The steps for a database whose type of bytes is `bytes`.
pub(crate) fn migrator(bytes: &str) -> Migrator {
    let steps = (1..).zip(STEPS).map(|(version, (name, text))| {
        let text = text.replace("{bytes}", bytes);
        let kind = MigrationType::Simple;
        let text = sqlx::AssertSqlSafe(text);
        Migration::new(
            version,
            Cow::Borrowed(*name),
            kind,
            sqlx::SqlSafeStr::into_sql_str(text),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}
