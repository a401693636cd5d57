-- What was refused, and who changed rights, secrets and settings. Equal refusals of a minute are one line with a count.
create table audit_line (
    id             uuid        primary key,
    outcome        text        not null check (outcome in ('CHANGED', 'REFUSED')),
    kind           text        not null,
    subject_id     text,
    operation      text,
    code           text,
    actor_kind     text        not null,
    actor_id       text,
    changes        jsonb       not null,
    times          integer     not null,
    correlation_id uuid,
    occurred_at    timestamptz not null,
    last_at        timestamptz not null
);

create index audit_line_place on audit_line (occurred_at desc, id desc);
create index audit_line_actor on audit_line (actor_id, occurred_at desc, id desc) where actor_id is not null;
create index audit_line_kind on audit_line (kind, occurred_at desc, id desc);
