-- Health counts parked rows each time it is asked: they are few among very many.
create index obligations_parked on obligations (parked_at) where parked_at is not null;
