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
     );
CREATE TABLE article (
         server bigint not null references server (id) on delete cascade,
         -- Name and format, like that of a file.
         path text not null,
         hash blob not null references source (hash),
         link text,
         added_by bigint not null,
         added_at bigint not null,
         -- When it was removed; for a while that can be undone.
         removed_at bigint,
         primary key (server, path)
     );
CREATE INDEX article_hash on article (hash);
CREATE TABLE draft (
         token text primary key,
         server bigint not null,
         author bigint not null,
         until bigint not null,
         content text not null
     );
insert into _sqlx_migrations values (1, 'articles of servers', '2026-11-28 21:33:37', 1, X'175D8F64864A690AB5BFAB3777A2FADDBF7F81E92E78ECEEFAA63C3E26B7F1F97BCA566B1FF8E2DBDCDCB97FE2966541', 1047310);
insert into server values (9223372036854775807, 2, '{}', NULL);
insert into server values (7, 2, '{}', 1700000000000);
insert into source values (X'5F7C60B4E4D31E7E63D5EECEF40171F78009FEE9585D54D0AE73C03D50F9F0DE', X'73CC2B2956C8C92C4B55C8CC5348CECFC9CFCB4C2DD60300', 22);
insert into source values (X'397406C1577B1A5C49E33BFD43ADFE48F7B1683337B565E3153FD78D5ACAFF03', X'734A4D2D56C8C92C4B55C8CC53C800D2C57A00', 19);
insert into article values (9223372036854775807, 'ants.md', X'5F7C60B4E4D31E7E63D5EECEF40171F78009FEE9585D54D0AE73C03D50F9F0DE', 'https://discord.com/channels/1/2/3', 42, 1700000000000, NULL);
insert into article values (7, 'bees.md', X'397406C1577B1A5C49E33BFD43ADFE48F7B1683337B565E3153FD78D5ACAFF03', 'https://discord.com/channels/1/2/3', 42, 1700000000000, 1700000000000);
insert into draft values ('token', 9223372036854775807, 1, 1700000000010, 'words');
