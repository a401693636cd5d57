-- A ticket that became an alias of another is not asked about; the other one is.
alter table ticket add column merged boolean not null default false;
