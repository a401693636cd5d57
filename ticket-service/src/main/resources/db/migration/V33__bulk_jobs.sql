-- One change on many tickets. What became of each of them is written in the transaction that changes it.
create table bulk_job (
    id          uuid        primary key,
    person_id   uuid        not null,
    -- Who asked, with roles and departments: each ticket is changed with these rights and no others.
    caller      text        not null,
    change      text        not null,
    state       text        not null check (state in ('RUNNING', 'DONE', 'CANCELLED')),
    total       int         not null,
    created_at  timestamptz not null,
    finished_at timestamptz,
    check ((state = 'RUNNING') = (finished_at is null))
);

create index bulk_job_of_person on bulk_job (person_id, id desc);

create table bulk_item (
    job_id    uuid not null references bulk_job on delete cascade,
    position  int  not null,
    ticket_id uuid not null,
    state     text not null check (state in ('WAITING', 'CHANGED', 'REFUSED', 'FAILED', 'CANCELLED')),
    code      text,
    detail    text,
    primary key (job_id, position)
) with (fillfactor = 80);

create index bulk_item_state on bulk_item (job_id, state, position);
