-- The engine's tables: the family "by case" (case_id first in every key). cases.state is the fold of case_events and can be rebuilt from them.

create table cases (
  id uuid primary key,
  no text not null,
  -- the bundle's case, or the case itself: uploads, form and answers live at the root
  root_id uuid not null,
  parent_id uuid,
  parent_step text,
  kind text not null,
  flow text not null,
  flow_version text not null,
  matter text,
  bundle text,
  title jsonb not null,
  party_id text not null,
  party_name text not null,
  applicant text not null,
  region text not null,
  region_path text not null,
  org text not null,
  org_path text not null,
  acceptor text,
  status text not null,
  outcome text,
  light text not null,
  due_at timestamptz,
  stage jsonb not null,
  waiting boolean not null default false,
  rated boolean not null default false,
  opened_at timestamptz not null,
  closed_at timestamptz,
  calendar_version text not null,
  -- the fold without its data, which is large and seldom changes: what does not change is not written again
  state jsonb not null,
  data jsonb not null,
  version integer not null
)
-- room in each page for the next versions of its rows: a case that moves on without changing an indexed column touches no index
with (fillfactor = 75);
create index cases_no on cases (no text_pattern_ops);
create index cases_root on cases (root_id);
create index cases_parent on cases (parent_id) where parent_id is not null;
create index cases_party on cases (party_id, opened_at desc, id desc);
create index cases_region on cases (region_path text_pattern_ops, opened_at desc, id desc);
create index cases_opened on cases (opened_at desc, id desc);
create index cases_lights on cases (light, due_at) where status = 'open' and light in ('blue', 'yellow', 'red');
create index cases_calendar on cases (calendar_version) where status = 'open';

-- Every organisation that has or had a part in a case: decides who may read. Only ever added to.
create table case_orgs (
  case_id uuid not null,
  org text not null,
  opened_at timestamptz not null,
  primary key (case_id, org)
);
create index case_orgs_org on case_orgs (org, opened_at desc, case_id desc);

-- Characters and pairs of characters of title and applicant: finds Chinese words of any length without a leading wildcard.
create table case_words (
  case_id uuid primary key,
  words text[] not null
);
create index case_words_words on case_words using gin (words);

-- Append-only; the only truth. Partitioned by month because logs that only grow need retention from day one.
create table case_events (
  case_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  actor text not null,
  org text,
  type text not null,
  data jsonb not null,
  primary key (case_id, seq, at)
) partition by range (at);
create table case_events_default partition of case_events default;

create table tasks (
  case_id uuid not null,
  step text not null,
  org text not null,
  round integer not null,
  as_role text not null,
  desk text not null,
  role text,
  assignee text,
  status text not null,
  light text not null,
  due_at timestamptz,
  -- due_at with "no date" last: one sortable key for the inbox
  urgency timestamptz not null,
  ready_at timestamptz not null,
  case_no text not null,
  kind text not null,
  title jsonb not null,
  party_name text not null,
  step_title jsonb not null,
  region_path text not null,
  case_version integer not null,
  -- as in case_words: a search of a desk reads its tasks and nothing else
  words text[] not null,
  primary key (case_id, step, org)
) with (fillfactor = 80);
create index tasks_inbox on tasks (org, urgency, case_id, step);
create index tasks_inbox_status on tasks (org, status, urgency, case_id, step);
create index tasks_inbox_light on tasks (org, light, urgency, case_id, step);
create index tasks_assignee on tasks (assignee, urgency) where assignee is not null;
create index tasks_no on tasks (org, case_no text_pattern_ops);

-- One row per future moment. A poisoned row is parked with its error and stops nobody else.
create table obligations (
  case_id uuid not null,
  clock text not null,
  level text not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  error text,
  parked_at timestamptz,
  primary key (case_id, clock, level)
);
create index obligations_due on obligations (due_at) where parked_at is null;

create table case_files (
  case_id uuid not null,
  file_id text not null,
  material text not null,
  name text not null,
  added_at timestamptz not null,
  added_by text not null,
  -- applicant: their own, and what belongs to a material they were asked for; house: what an office put there for itself
  audience text not null,
  primary key (case_id, file_id, material)
);
create index case_files_file on case_files (file_id);

-- What was issued stays as issued: resolved words, not a template to be filled again.
create table documents (
  case_id uuid not null,
  id uuid not null,
  template text not null,
  no text not null,
  title jsonb not null,
  org text not null,
  content jsonb not null,
  issued_at timestamptz not null,
  primary key (case_id, id)
);
create index documents_id on documents (id);

create table serials (
  name text not null,
  day date not null,
  last integer not null,
  primary key (name, day)
);
