-- 好差评: what was rated, without who rated it. case_id only keeps one row per case; no read path gives it out.

create table reviews (
  case_id uuid primary key,
  id uuid not null,
  at timestamptz not null,
  stars smallint not null check (stars between 1 and 5),
  words text not null,
  org text not null,
  region_path text not null,
  matter jsonb not null
);
create index reviews_org on reviews (org, at desc, id desc);
create index reviews_region on reviews (region_path text_pattern_ops, at desc, id desc);
