-- What one person sent in a day is summed at each upload.
create index files_uploaded_by on files (uploaded_by, uploaded_at);

-- When the sweep of uploads nobody refers to looks at this one next; what is referred to is looked at again later.
alter table files add column look_at timestamptz;
update files set look_at = files.uploaded_at + interval '7 days';
alter table files alter column look_at set not null;
alter table files alter column look_at set default now() + interval '7 days';
create index files_look_at on files (look_at);
