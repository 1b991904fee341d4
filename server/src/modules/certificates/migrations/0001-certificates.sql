-- 证照: the family "by party". What was issued stays as issued: title, issuer and face are kept as they were on that day.

create table certificates (
  party_id text not null references parties (party_id),
  id uuid not null,
  type text not null,
  title jsonb not null,
  identifier text not null,
  number text not null,
  version integer not null check (version between 1 and 999),
  holder text not null,
  issuer text not null,
  issuer_name jsonb not null,
  issued_on date not null,
  -- last day on which it is valid; null: without end
  valid_until date,
  -- 'expired' is not stored: it follows from valid_until and the day on which somebody asks
  status text not null check (status in ('valid', 'suspended', 'withdrawn', 'cancelled', 'replaced')),
  case_id uuid,
  face jsonb not null,
  synthetic boolean not null,
  primary key (party_id, id)
);
create unique index certificates_case on certificates (party_id, case_id, type) where case_id is not null;
create unique index certificates_number on certificates (party_id, type, number, version);
create index certificates_id on certificates (id);
create index certificates_identifier on certificates (identifier);
create index certificates_of_case on certificates (case_id) where case_id is not null;

create table certificate_history (
  party_id text not null,
  certificate_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  status text not null,
  words jsonb not null,
  case_id uuid,
  primary key (party_id, certificate_id, seq),
  foreign key (party_id, certificate_id) references certificates (party_id, id)
);

create table certificate_serials (
  type text not null,
  year integer not null,
  last integer not null,
  primary key (type, year)
);
