CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
CREATE TABLE server (
         id bigint primary key,
         -- Rises with every change of what its members see.
         version bigint not null,
         settings text not null,
         -- When the bot was removed from it.
         left_at bigint
     );
CREATE TABLE source (
         hash blob primary key,
         content blob not null,
         size bigint not null
     , document blob);
CREATE TABLE article (
         server bigint not null references server (id) on delete cascade,
         -- Name and format, like that of a file.
         path text not null,
         hash blob not null references source (hash),
         link text,
         added_by bigint not null,
         added_at bigint not null,
         -- When it was removed; for a while that can be undone.
         removed_at bigint, gate text not null default '', source_id bigint references article_source (id) on delete cascade,
         primary key (server, path)
     );
CREATE INDEX article_hash on article (hash);
CREATE TABLE draft (
         token text primary key,
         server bigint not null,
         author bigint not null,
         until bigint not null,
         content text not null
     , seen bigint not null default 0, source_id bigint, source_settings text, source_record blob, source_due bigint);
CREATE TABLE draft_article (
         token text not null references draft (token) on delete cascade,
         server bigint not null,
         path text not null,
         hash blob not null references source (hash),
         link text,
         primary key (token, path)
     );
CREATE INDEX draft_article_hash on draft_article (hash);
CREATE TABLE question (
         server bigint not null references server (id) on delete cascade,
         -- A hash of its words.
         question_key bigint not null,
         wording text not null,
         asked bigint not null,
         -- Days are counted from 1970.
         first_day bigint not null,
         last_day bigint not null,
         -- 0 for one without an answer, 1 for one that was answered since, 2 for one that is not for the server.
         state bigint not null, several bigint not null default 0,
         primary key (server, question_key)
     );
CREATE TABLE asked (
         server bigint not null references server (id) on delete cascade,
         day bigint not null,
         -- 0 for answered, 1 for suggestions, 2 for no answer.
         outcome bigint not null,
         number bigint not null,
         primary key (server, day, outcome)
     );
CREATE TABLE vote (
         server bigint not null references server (id) on delete cascade,
         passage text not null,
         helpful bigint not null,
         not_helpful bigint not null,
         last_day bigint not null,
         primary key (server, passage)
     );
CREATE TABLE pinned (
         server bigint not null references server (id) on delete cascade,
         question text not null,
         -- Names it by its article and a hash of its text.
         passage text not null,
         pinned_at bigint not null,
         primary key (server, question)
     );
CREATE TABLE process (
         id bigint primary key,
         build text not null,
         -- Changes when it renews its leases.
         seen bigint not null
     );
CREATE TABLE shard_lease (
         shard bigint not null,
         shards bigint not null,
         owner bigint references process (id) on delete set null,
         is_ready bigint not null default 0,
         -- What the next owner needs to go on: the gateway session, and what is known of the servers, compressed.
         session text,
         known blob,
         primary key (shards, shard)
     );
CREATE TABLE identify_turn (
         bucket bigint primary key,
         owner bigint references process (id) on delete set null,
         free_at bigint not null
     );
CREATE TABLE session_budget (
         id bigint primary key,
         remaining bigint not null,
         asked_at bigint not null,
         granted bigint not null
     );
CREATE TABLE article_source (
         id bigint primary key,
         server bigint not null references server (id) on delete cascade,
         -- What is where, and how often to look at it, in the caller's words.
         settings text not null,
         -- What is known of its pages, compressed.
         record blob not null,
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
CREATE INDEX article_source_server on article_source (server);
CREATE INDEX article_source_due on article_source (due);
CREATE INDEX article_source_id on article (source_id);
CREATE TABLE quoted (
         server bigint not null,
         path text not null,
         day bigint not null,
         number bigint not null,
         primary key (server, path, day),
         foreign key (server, path) references article (server, path) on delete cascade
     );
CREATE TABLE quoted_shared (
         server bigint not null references server (id) on delete cascade,
         path text not null,
         day bigint not null,
         number bigint not null,
         primary key (server, path, day)
     );
insert into _sqlx_migrations values (1, 'articles of servers', '2026-11-29 13:20:17', 1, X'175D8F64864A690AB5BFAB3777A2FADDBF7F81E92E78ECEEFAA63C3E26B7F1F97BCA566B1FF8E2DBDCDCB97FE2966541', 4071123);
insert into _sqlx_migrations values (2, 'files to confirm', '2026-11-29 13:20:17', 1, X'26A72D8B76B7AC6F050CBBF401D613F040139205C2647546BB464C6539D2DC0A7441EDCBE126244865349A5658BC9C85', 1542924);
insert into _sqlx_migrations values (3, 'who may see an article', '2026-11-29 13:20:17', 1, X'F6B3CF3E9932E706611466654A92159F99DF33DB4BC35061749C17D99A7E89FB1064B72A2FCE8BEAAEC317F980FE30D3', 886558);
insert into _sqlx_migrations values (4, 'questions without an answer', '2026-11-29 13:20:17', 1, X'780A253B67788BC6D2219DA12F446132DE2213C75D224AF51BF729FC8FFC0B738582AD9C612F42EE3E7488DD0BE7DC07', 903563);
insert into _sqlx_migrations values (5, 'answers that were chosen', '2026-11-29 13:20:17', 1, X'61E1EBF7466B09318974E8F20D6BD884A7BC8BF5E3EDE76978973E131A77DAFD313DFE7CA07CA8154D0CBAF87FBD7F74', 663296);
insert into _sqlx_migrations values (6, 'shards that processes share', '2026-11-29 13:20:17', 1, X'3FD461178A2D437C4BA69EEF5EE46A862AFB466F5292583F4F3E1A202E2A1A15AC99336A32B48DA67A6F393A38F1A92D', 936633);
insert into _sqlx_migrations values (7, 'sources of servers', '2026-11-29 13:20:17', 1, X'656732602CA5DD7CDCEE71BB9A3201F6996F68BABD4624654EA1D362B0E5934E1B1C3ED6C8FE5A68C1199CD993AC5EDF', 6852388);
insert into _sqlx_migrations values (8, 'how often articles are quoted', '2026-11-29 13:20:17', 1, X'C3762820972E0F0C27D74B8DE813CD7ACEC41B89D20C1139958E45F5459703EC56755619148791B2280AA5ADCC234730', 1507461);
insert into server values (9223372036854775807, 2, '{}', NULL);
insert into server values (7, 2, '{}', 1700000000000);
insert into source values (X'4B98E7007A8A877158B6CFC0DA5EB19A48B0EFDF067390347C8656C2933184A7', X'73CC2B2956C8C92C4B55C8CC5348CECFC9CFCB4C2DD60300', 22, NULL);
insert into source values (X'3B4CED94E64B6CA4C2D09DFB43B8D0727DBD2A8F8553D76BF1F259DC7F98A27B', X'734A4D2D56C8C92C4B55C8CC53C8C82C4B2DD60300', 19, NULL);
insert into article values (9223372036854775807, 'ants.md', X'4B98E7007A8A877158B6CFC0DA5EB19A48B0EFDF067390347C8656C2933184A7', 'https://discord.com/channels/1/2/3', 42, 1700000000000, NULL, '', NULL);
insert into article values (7, 'bees.md', X'3B4CED94E64B6CA4C2D09DFB43B8D0727DBD2A8F8553D76BF1F259DC7F98A27B', 'https://discord.com/channels/1/2/3', 42, 1700000000000, 1700000000000, '', NULL);
insert into draft values ('token', 9223372036854775807, 1, 1700000000010, 'words', 2, NULL, NULL, NULL, NULL);
