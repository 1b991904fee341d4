-- Every version of the city pack that ever ran here, as its files: a running case keeps the flow it started on, also when the pack has moved on.
create table pack_versions (
  version text primary key,
  files jsonb not null,
  first_loaded_at timestamptz not null
);
