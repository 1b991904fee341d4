-- 通知: the inbox of each person (person first in every key).

create table notices (
  person text not null,
  id uuid not null,
  -- case, event and kind, or the certificate: the same thing is told to the same person once
  event text not null,
  at timestamptz not null,
  kind text not null,
  title jsonb not null,
  body jsonb not null,
  case_id uuid,
  light text,
  read_at timestamptz,
  primary key (person, id)
);
create unique index notices_event on notices (person, event);
create index notices_newest on notices (person, at desc, id desc);
create index notices_unread on notices (person, at desc, id desc) where read_at is null;
