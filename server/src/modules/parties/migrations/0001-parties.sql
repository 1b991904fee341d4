-- 主体: the family "by party" (party_id first in every key), and the small reference tables of people and their posts.

create table parties (
  party_id text primary key,
  kind text not null check (kind in ('enterprise', 'sole-trader', 'person')),
  name text not null,
  credit_code text,
  region text not null,
  region_path text not null,
  -- converted: closed because another party, founded in the same case, goes on in its place
  status text not null default 'active' check (status in ('active', 'converted', 'cancelled')),
  founded_on date,
  synthetic boolean not null,
  recorded_at timestamptz not null
);
create unique index parties_credit_code on parties (credit_code);
create index parties_name on parties (name text_pattern_ops);

-- What registers say of a party, with source and day. A new row supersedes the one before it; nothing is overwritten.
create table party_facts (
  party_id text not null references parties (party_id),
  fact text not null,
  seq integer not null,
  value jsonb not null,
  source jsonb not null,
  as_of date not null,
  recorded_at timestamptz not null,
  primary key (party_id, fact, seq)
);

create table people (
  person text primary key,
  name jsonb not null,
  id_card text,
  mobile text,
  synthetic boolean not null
);

-- Who works where: desk at an organisation of the pack, with roles.
create table posts (
  person text not null references people (person),
  desk text not null check (desk in ('counter', 'department', 'supervision', 'admin')),
  org text not null,
  roles text[] not null,
  primary key (person, desk, org)
);
create index posts_org on posts (org);

-- Who may act for whom, as what, how far and until when.
create table party_people (
  party_id text not null references parties (party_id),
  person text not null references people (person),
  as_role text not null check (as_role in ('owner', 'legal-representative', 'agent')),
  scope text,
  since date not null,
  until date,
  primary key (party_id, person, as_role)
);
create index party_people_person on party_people (person);

-- Register history: names and kinds that a party had, and the case that changed them.
create table party_events (
  party_id text not null references parties (party_id),
  seq integer not null,
  at timestamptz not null,
  change text not null check (change in ('recorded', 'convert', 'close', 'found')),
  case_id uuid,
  root_id uuid,
  -- close: the party founded in its place; found: the party it goes on from
  related text,
  before jsonb not null,
  after jsonb not null,
  primary key (party_id, seq)
);
create index party_events_case on party_events (case_id) where case_id is not null;
create index party_events_root on party_events (root_id) where root_id is not null;

-- Who saw whose personal data in full, why and when. Append-only.
create table party_reveals (
  party_id text not null references parties (party_id),
  id uuid not null,
  who text not null,
  whose text not null,
  why text not null,
  at timestamptz not null,
  primary key (party_id, id)
);

-- Credit codes that the demonstration register allots: one series per 6-digit region.
create table register_serials (
  region text primary key,
  last integer not null
);
