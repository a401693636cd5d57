-- Tickets that are taken over from another system; the lines are a blob, which is worked through piece by piece.
create table import_job (
    id              uuid        primary key,
    -- Names the system the tickets come from; a ticket is known by it and its own id there.
    source          text        not null,
    started_by      uuid        not null,
    started_by_name text        not null,
    all_departments boolean     not null,
    departments     uuid[]      not null,
    sha256          text        not null,
    size            bigint      not null,
    state           text        not null check (state in ('RUNNING', 'DONE', 'CANCELLED')),
    -- How far it is: everything before this byte is done.
    byte_offset     bigint      not null,
    lines           int         not null,
    created         int         not null,
    existed         int         not null,
    failed          int         not null,
    started_at      timestamptz not null,
    finished_at     timestamptz
);

create table import_error (
    import_id uuid not null references import_job,
    line      int  not null,
    code      text not null,
    detail    text not null,
    primary key (import_id, line)
);
