-- The platform's own tables: below everything, known to no module by name.

-- Indexes for searching inside Chinese words; a trusted extension: the owner of the database may make it.
create extension if not exists pg_trgm;

-- One row: how far the product's clock runs ahead in demonstration mode.
create table demo_clock (
  id int primary key check (id = 1),
  offset_ms bigint not null default 0 check (offset_ms >= 0)
);
insert into demo_clock (id) values (1);

-- Who may log in. A person without an account can be logged in by demonstration only.
create table people_accounts (
  person text primary key,
  account text not null,
  password_hash text not null,
  failures int not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index people_accounts_account on people_accounts (lower(account));

-- Only the hash of a token is kept: a copy of this table opens no session.
create table sessions (
  token_hash bytea primary key,
  person text not null,
  way text not null check (way in ('demonstration', 'password')),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_person on sessions (person);
create index sessions_expires on sessions (expires_at);

-- The answer to a command, kept in the transaction that carried it out: the same key is answered, not repeated.
create table idempotency_keys (
  person text not null,
  key text not null,
  route text not null,
  request_hash bytea not null,
  status int not null,
  headers jsonb not null default '{}',
  -- as it was sent, letter by letter: nothing inside is ever asked for
  answer json not null,
  created_at timestamptz not null default now(),
  primary key (person, key)
);
create index idempotency_keys_created on idempotency_keys (created_at);

-- An upload; its bytes lie in the store under their hash, once however often they were sent.
create table files (
  id uuid primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  media_type text not null,
  name text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null
);
create index files_sha256 on files (sha256);

-- What happened and who has yet to hear of it: one row per consumer, deleted when done.
create table outbox (
  id bigint generated always as identity primary key,
  consumer text not null,
  topic text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts int not null default 0,
  error text,
  parked_at timestamptz
);
-- Claims walk each consumer in id order; "is there an older row of this key" is answered from the second index alone.
create index outbox_waiting on outbox (consumer, id) where parked_at is null;
create index outbox_order on outbox (consumer, key, id) where parked_at is null;
create index outbox_parked on outbox (parked_at) where parked_at is not null;

create table jobs (
  name text primary key,
  started_at timestamptz,
  finished_at timestamptz,
  runs bigint not null default 0,
  failures bigint not null default 0,
  error text
);
