SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public._sqlx_migrations (
    version bigint NOT NULL,
    description text NOT NULL,
    installed_on timestamp with time zone DEFAULT now() NOT NULL,
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
CREATE TABLE public.article (
    server bigint NOT NULL,
    path text NOT NULL,
    hash bytea NOT NULL,
    link text,
    added_by bigint NOT NULL,
    added_at bigint NOT NULL,
    removed_at bigint,
    gate text DEFAULT ''::text NOT NULL,
    source_id bigint
);
CREATE TABLE public.article_source (
    id bigint NOT NULL,
    server bigint NOT NULL,
    settings text NOT NULL,
    record bytea NOT NULL,
    gate text DEFAULT ''::text NOT NULL,
    added_by bigint NOT NULL,
    added_at bigint NOT NULL,
    removed_at bigint,
    due bigint NOT NULL,
    holder bigint,
    held_until bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.asked (
    server bigint NOT NULL,
    day bigint NOT NULL,
    outcome bigint NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.draft (
    token text NOT NULL,
    server bigint NOT NULL,
    author bigint NOT NULL,
    until bigint NOT NULL,
    content text NOT NULL,
    seen bigint DEFAULT 0 NOT NULL,
    source_id bigint,
    source_settings text,
    source_record bytea,
    source_due bigint
);
CREATE TABLE public.draft_article (
    token text NOT NULL,
    server bigint NOT NULL,
    path text NOT NULL,
    hash bytea NOT NULL,
    link text
);
CREATE TABLE public.identify_turn (
    bucket bigint NOT NULL,
    owner bigint,
    free_at bigint NOT NULL
);
CREATE TABLE public.pinned (
    server bigint NOT NULL,
    question text NOT NULL,
    passage text NOT NULL,
    pinned_at bigint NOT NULL
);
CREATE TABLE public.process (
    id bigint NOT NULL,
    build text NOT NULL,
    seen bigint NOT NULL
);
CREATE TABLE public.question (
    server bigint NOT NULL,
    question_key bigint NOT NULL,
    wording text NOT NULL,
    asked bigint NOT NULL,
    first_day bigint NOT NULL,
    last_day bigint NOT NULL,
    state bigint NOT NULL,
    several bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.quoted (
    server bigint NOT NULL,
    path text NOT NULL,
    day bigint NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.quoted_shared (
    server bigint NOT NULL,
    path text NOT NULL,
    day bigint NOT NULL,
    number bigint NOT NULL
);
CREATE TABLE public.server (
    id bigint NOT NULL,
    version bigint NOT NULL,
    settings text NOT NULL,
    left_at bigint
);
CREATE TABLE public.session_budget (
    id bigint NOT NULL,
    remaining bigint NOT NULL,
    asked_at bigint NOT NULL,
    granted bigint NOT NULL
);
CREATE TABLE public.shard_lease (
    shard bigint NOT NULL,
    shards bigint NOT NULL,
    owner bigint,
    is_ready bigint DEFAULT 0 NOT NULL,
    session text,
    known bytea
);
CREATE TABLE public.source (
    hash bytea NOT NULL,
    content bytea NOT NULL,
    size bigint NOT NULL,
    document bytea
);
CREATE TABLE public.vote (
    server bigint NOT NULL,
    passage text NOT NULL,
    helpful bigint NOT NULL,
    not_helpful bigint NOT NULL,
    last_day bigint NOT NULL
);
INSERT INTO public._sqlx_migrations VALUES (1, 'articles of servers', '2026-11-29 13:20:17.479278+00', true, '\x3370fe6e903452292102672a96aebce7e09e248d490f3704b4d9a2736b8cde63f952a7e3991ea92874cbef843c062d70', 35764266);
INSERT INTO public._sqlx_migrations VALUES (2, 'files to confirm', '2026-11-29 13:20:17.519419+00', true, '\x5c870b99e4825fe5b2088b35bc8a0289ad118c2c6108705b33ba16894d8773e66eef418bac2236efa440518c253fd46f', 2517333);
INSERT INTO public._sqlx_migrations VALUES (3, 'who may see an article', '2026-11-29 13:20:17.522127+00', true, '\xf6b3cf3e9932e706611466654a92159f99df33db4bc35061749c17d99a7e89fb1064b72a2fce8beaaec317f980fe30d3', 529887);
INSERT INTO public._sqlx_migrations VALUES (4, 'questions without an answer', '2026-11-29 13:20:17.522842+00', true, '\x780a253b67788bc6d2219da12f446132de2213c75d224af51bf729fc8ffc0b738582ad9c612f42ee3e7488dd0be7dc07', 12119169);
INSERT INTO public._sqlx_migrations VALUES (5, 'answers that were chosen', '2026-11-29 13:20:17.538776+00', true, '\x61e1ebf7466b09318974e8f20d6bd884a7bc8bf5e3ede76978973e131a77dafd313dfe7ca07ca8154d0cbaf87fbd7f74', 5497875);
INSERT INTO public._sqlx_migrations VALUES (6, 'shards that processes share', '2026-11-29 13:20:17.543174+00', true, '\x4a8866d6a8547d6d16f641492d7cb92852a40531281b3757cefba9efdd09b9b45e7d8f600019dd2a2c0e028b8b69bad2', 12282833);
INSERT INTO public._sqlx_migrations VALUES (7, 'sources of servers', '2026-11-29 13:20:17.55563+00', true, '\xbf539f2b3e02d0c8dc0730a7552e2ae542b63ae9ac9caf13022f2fa2ed32b0f7a9f8fb9e766ffc4e806d319f186dde9c', 2697271);
INSERT INTO public._sqlx_migrations VALUES (8, 'how often articles are quoted', '2026-11-29 13:20:17.558478+00', true, '\xc3762820972e0f0c27d74b8de813cd7acec41b89d20c1139958e45f5459703ec56755619148791b2280aa5adcc234730', 12470402);
INSERT INTO public.article VALUES (9223372036854775807, 'ants.md', '\x4b98e7007a8a877158b6cfc0da5eb19a48b0efdf067390347c8656c2933184a7', 'https://discord.com/channels/1/2/3', 42, 1700000000000, NULL, '', NULL);
INSERT INTO public.article VALUES (7, 'bees.md', '\x3b4ced94e64b6ca4c2d09dfb43b8d0727dbd2a8f8553d76bf1f259dc7f98a27b', 'https://discord.com/channels/1/2/3', 42, 1700000000000, 1700000000000, '', NULL);
INSERT INTO public.draft VALUES ('token', 9223372036854775807, 1, 1700000000010, 'words', 2, NULL, NULL, NULL, NULL);
INSERT INTO public.server VALUES (9223372036854775807, 2, '{}', NULL);
INSERT INTO public.server VALUES (7, 2, '{}', 1700000000000);
INSERT INTO public.source VALUES ('\x4b98e7007a8a877158b6cfc0da5eb19a48b0efdf067390347c8656c2933184a7', '\x73cc2b2956c8c92c4b55c8cc5348cecfc9cfcb4c2dd60300', 22, NULL);
INSERT INTO public.source VALUES ('\x3b4ced94e64b6ca4c2d09dfb43b8d0727dbd2a8f8553d76bf1f259dc7f98a27b', '\x734a4d2d56c8c92c4b55c8cc53c8c82c4b2dd60300', 19, NULL);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_pkey PRIMARY KEY (server, path);
ALTER TABLE ONLY public.article_source
    ADD CONSTRAINT article_source_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.asked
    ADD CONSTRAINT asked_pkey PRIMARY KEY (server, day, outcome);
ALTER TABLE ONLY public.draft_article
    ADD CONSTRAINT draft_article_pkey PRIMARY KEY (token, path);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (token);
ALTER TABLE ONLY public.identify_turn
    ADD CONSTRAINT identify_turn_pkey PRIMARY KEY (bucket);
ALTER TABLE ONLY public.pinned
    ADD CONSTRAINT pinned_pkey PRIMARY KEY (server, question);
ALTER TABLE ONLY public.process
    ADD CONSTRAINT process_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.question
    ADD CONSTRAINT question_pkey PRIMARY KEY (server, question_key);
ALTER TABLE ONLY public.quoted
    ADD CONSTRAINT quoted_pkey PRIMARY KEY (server, path, day);
ALTER TABLE ONLY public.quoted_shared
    ADD CONSTRAINT quoted_shared_pkey PRIMARY KEY (server, path, day);
ALTER TABLE ONLY public.server
    ADD CONSTRAINT server_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session_budget
    ADD CONSTRAINT session_budget_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.shard_lease
    ADD CONSTRAINT shard_lease_pkey PRIMARY KEY (shards, shard);
ALTER TABLE ONLY public.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.vote
    ADD CONSTRAINT vote_pkey PRIMARY KEY (server, passage);
CREATE INDEX article_hash ON public.article USING btree (hash);
CREATE INDEX article_source_due ON public.article_source USING btree (due);
CREATE INDEX article_source_id ON public.article USING btree (source_id);
CREATE INDEX article_source_server ON public.article_source USING btree (server);
CREATE INDEX draft_article_hash ON public.draft_article USING btree (hash);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_hash_fkey FOREIGN KEY (hash) REFERENCES public.source(hash);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_source_id_fkey FOREIGN KEY (source_id) REFERENCES public.article_source(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.article_source
    ADD CONSTRAINT article_source_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.asked
    ADD CONSTRAINT asked_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.draft_article
    ADD CONSTRAINT draft_article_hash_fkey FOREIGN KEY (hash) REFERENCES public.source(hash);
ALTER TABLE ONLY public.draft_article
    ADD CONSTRAINT draft_article_token_fkey FOREIGN KEY (token) REFERENCES public.draft(token) ON DELETE CASCADE;
ALTER TABLE ONLY public.identify_turn
    ADD CONSTRAINT identify_turn_owner_fkey FOREIGN KEY (owner) REFERENCES public.process(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.pinned
    ADD CONSTRAINT pinned_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.question
    ADD CONSTRAINT question_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.quoted
    ADD CONSTRAINT quoted_server_path_fkey FOREIGN KEY (server, path) REFERENCES public.article(server, path) ON DELETE CASCADE;
ALTER TABLE ONLY public.quoted_shared
    ADD CONSTRAINT quoted_shared_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.shard_lease
    ADD CONSTRAINT shard_lease_owner_fkey FOREIGN KEY (owner) REFERENCES public.process(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.vote
    ADD CONSTRAINT vote_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
