-- Settings of a department.
alter table department add column unassigns_on_close boolean not null default false;
alter table department add column reads_referred boolean not null default false;

-- A retired stage stands on for the tickets that keep it, or until they have been moved on.
alter table stage add column retired boolean not null default false;
alter table stage add column moves_to uuid references stage;
-- A pipeline is put into another order as a whole, which passes through states where two stages share a place.
alter table stage drop constraint stage_department_id_position_key;

create index ticket_of_stage on ticket (stage_id, id);
-- Few at any time: what is solved is closed some days later.
create index ticket_solved on ticket (department_id, id) where stage_category = 'SOLVED';
create index ticket_follow_ups on ticket (follow_up_of) where follow_up_of is not null;

alter table ticket add column root_causes text[] not null default '{}';
alter table ticket add column close_reason text;

-- Named lines of work.
create table queue (
    id            uuid    primary key,
    department_id uuid    not null references department,
    name          text    not null,
    position      int     not null,
    retired       boolean not null,
    version       int     not null,
    sequence      bigint  not null
);

create unique index queue_name on queue (department_id, lower(name));

-- What a department lets people choose from: types, categories, root causes, close reasons.
create table choice (
    id            uuid    primary key,
    department_id uuid    not null references department,
    kind          text    not null check (kind in ('TYPE', 'CATEGORY', 'ROOT_CAUSE', 'CLOSE_REASON')),
    name          text    not null,
    position      int     not null,
    retired       boolean not null,
    version       int     not null
);

create unique index choice_name on choice (department_id, kind, lower(name));

-- Roles beyond the built-in ones, and built-in ones whose rights are not the usual.
create table role_definition (
    code    text primary key,
    name    text not null,
    kind    text not null check (kind in ('AGENT', 'LEAD', 'ANALYST', 'INTEGRATION')),
    version int  not null
);

create table role_right (
    role_code     text   not null references role_definition on delete cascade,
    -- Either a preset or one department, which wins over its preset.
    preset        text check (preset in ('OPEN', 'MODERATED')),
    department_id uuid references department,
    rights        text[] not null,
    check ((preset is null) <> (department_id is null))
);

create unique index role_right_preset on role_right (role_code, preset) where preset is not null;
create unique index role_right_department on role_right (role_code, department_id) where department_id is not null;

-- Departments that referred a ticket away and may go on reading it.
create table ticket_reader (
    ticket_id     uuid not null references ticket,
    department_id uuid not null references department,
    primary key (ticket_id, department_id)
);

-- Tickets that belong together; one row in each direction.
create table ticket_link (
    ticket_id uuid        not null references ticket,
    other_id  uuid        not null references ticket,
    linked_at timestamptz not null,
    primary key (ticket_id, other_id),
    check (ticket_id <> other_id)
);
