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
    removed_at bigint
);
CREATE TABLE public.draft (
    token text NOT NULL,
    server bigint NOT NULL,
    author bigint NOT NULL,
    until bigint NOT NULL,
    content text NOT NULL
);
CREATE TABLE public.server (
    id bigint NOT NULL,
    version bigint NOT NULL,
    settings text NOT NULL,
    left_at bigint
);
CREATE TABLE public.source (
    hash bytea NOT NULL,
    content bytea NOT NULL,
    size bigint NOT NULL
);
INSERT INTO public._sqlx_migrations VALUES (1, 'articles of servers', '2026-11-28 21:33:37.905394+00', true, '\x3370fe6e903452292102672a96aebce7e09e248d490f3704b4d9a2736b8cde63f952a7e3991ea92874cbef843c062d70', 8733826);
INSERT INTO public.article VALUES (9223372036854775807, 'ants.md', '\x5f7c60b4e4d31e7e63d5eecef40171f78009fee9585d54d0ae73c03d50f9f0de', 'https://discord.com/channels/1/2/3', 42, 1700000000000, NULL);
INSERT INTO public.article VALUES (7, 'bees.md', '\x397406c1577b1a5c49e33bfd43adfe48f7b1683337b565e3153fd78d5acaff03', 'https://discord.com/channels/1/2/3', 42, 1700000000000, 1700000000000);
INSERT INTO public.draft VALUES ('token', 9223372036854775807, 1, 1700000000010, 'words');
INSERT INTO public.server VALUES (9223372036854775807, 2, '{}', NULL);
INSERT INTO public.server VALUES (7, 2, '{}', 1700000000000);
INSERT INTO public.source VALUES ('\x5f7c60b4e4d31e7e63d5eecef40171f78009fee9585d54d0ae73c03d50f9f0de', '\x73cc2b2956c8c92c4b55c8cc5348cecfc9cfcb4c2dd60300', 22);
INSERT INTO public.source VALUES ('\x397406c1577b1a5c49e33bfd43adfe48f7b1683337b565e3153fd78d5acaff03', '\x734a4d2d56c8c92c4b55c8cc53c800d2c57a00', 19);
ALTER TABLE ONLY public._sqlx_migrations
    ADD CONSTRAINT _sqlx_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_pkey PRIMARY KEY (server, path);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (token);
ALTER TABLE ONLY public.server
    ADD CONSTRAINT server_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (hash);
CREATE INDEX article_hash ON public.article USING btree (hash);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_hash_fkey FOREIGN KEY (hash) REFERENCES public.source(hash);
ALTER TABLE ONLY public.article
    ADD CONSTRAINT article_server_fkey FOREIGN KEY (server) REFERENCES public.server(id) ON DELETE CASCADE;
