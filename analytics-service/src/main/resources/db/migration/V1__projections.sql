-- One row per ticket: what it is now, and the moments that reports measure from.
create table ticket_fact (
    ticket_id      uuid primary key,
    number         bigint,
    department_id  uuid   not null,
    team_id        uuid,
    assignee_id    uuid,
    channel        text   not null,
    priority       text   not null,
    category       text   not null,
    review_id      uuid,
    created_at     timestamptz,
    first_reply_at timestamptz,
    solved_at      timestamptz,
    closed_at      timestamptz,
    solved_times   int    not null default 0,
    reopened_times int    not null default 0
);

create index ticket_fact_open on ticket_fact (department_id) where category not in ('SOLVED', 'CLOSED');

-- One row per thing that is counted or timed, with what the ticket was at that moment.
create table ticket_occurrence (
    ticket_id     uuid        not null,
    sequence      bigint      not null,
    kind          text        not null check (kind in ('CREATED', 'FIRST_REPLY', 'SOLVED', 'REOPENED')),
    occurred_at   timestamptz not null,
    department_id uuid        not null,
    team_id       uuid,
    agent_id      uuid,
    channel       text        not null,
    one_touch     boolean     not null default false,
    -- From the ticket's creation; null for the creation itself and where the creation was never heard of.
    seconds       double precision,
    primary key (ticket_id, sequence, kind)
);

create index ticket_occurrence_report on ticket_occurrence (kind, occurred_at, department_id);

create table review_fact (
    review_id     uuid primary key,
    department_id uuid        not null,
    platform      text        not null,
    kind          text        not null,
    stars         int,
    rating        numeric(3, 2),
    reviewed_at   timestamptz not null,
    answered_at   timestamptz
);

create index review_fact_report on review_fact (reviewed_at, department_id);

create table rating_fact (
    rating_id     uuid primary key,
    ticket_id     uuid not null,
    department_id uuid not null,
    team_id       uuid,
    agent_id      uuid,
    requested_at  timestamptz,
    cancelled_at  timestamptz,
    given_at      timestamptz,
    face          text check (face in ('SATISFIED', 'OKAY', 'DISSATISFIED')),
    internal_only boolean not null default false
);

create index rating_fact_requested on rating_fact (requested_at, department_id);
create index rating_fact_given on rating_fact (given_at, department_id);

-- Names for what reports group by.
create table directory_name (
    id   uuid primary key,
    kind text not null,
    name text not null
);

-- The time of the newest event per topic: how fresh a report is.
create table freshness (
    topic       text primary key,
    newest_at   timestamptz not null
);
