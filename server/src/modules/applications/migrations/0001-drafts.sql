-- Unfinished applications, saved as typed. Family "by party".
create table drafts (
  party_id text not null,
  id uuid not null,
  -- who began it: a person of the party, or the clerk at whose counter it is written down
  person text not null,
  at_counter boolean not null,
  bundle text not null,
  bundle_version text not null,
  region text not null,
  answers jsonb not null,
  form jsonb not null,
  materials jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  submitted_case uuid,
  primary key (party_id, id)
);
create unique index drafts_id on drafts (id);
create index drafts_person on drafts (person, updated_at desc) where submitted_case is null;
