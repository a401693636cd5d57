create table ticket (
    id                uuid primary key,
    number            bigint  not null,
    department_id     uuid    not null,
    team_id           uuid,
    assignee_id       uuid,
    contact_id        uuid,
    channel           text    not null,
    language          text,
    category          text    not null,
    review_id         uuid,
    tags              text[]  not null default '{}',
    requester_name    text,
    requester_address text
);

create table department (
    id        uuid primary key,
    name      text    not null,
    one_touch boolean not null,
    language  text    not null
);

create table team (
    id             uuid primary key,
    name           text   not null,
    visibility     text   not null,
    department_ids uuid[] not null
);

-- Settings of a team, or of a department for its tickets without a team.
create table rating_setting (
    scope_id         uuid primary key,
    enabled          boolean not null,
    delay_seconds    bigint,
    categories       text[]  not null,
    rest_seconds     bigint  not null,
    published        boolean not null,
    version          int     not null
);

create table rating (
    id                uuid primary key,
    ticket_id         uuid        not null,
    ticket_number     bigint      not null,
    department_id     uuid        not null,
    team_id           uuid,
    assignee_id       uuid,
    contact_id        uuid,
    language          text        not null,
    recipient_name    text,
    recipient_address text        not null,
    state             text        not null check (state in ('REQUESTED', 'CANCELLED', 'GIVEN')),
    requested_at      timestamptz not null,
    expires_at        timestamptz not null,
    face              text check (face in ('SATISFIED', 'OKAY', 'DISSATISFIED')),
    comment           text,
    given_at          timestamptz,
    internal_only     boolean     not null default false,
    version           int         not null,
    sequence          bigint      not null
);

-- One open request per ticket.
create unique index rating_open on rating (ticket_id) where state = 'REQUESTED';
create index rating_ticket on rating (ticket_id);
create index rating_recipient on rating (recipient_address, requested_at) where state <> 'CANCELLED';
create index rating_page on rating (given_at desc, id desc) where state = 'GIVEN';
create index rating_department on rating (department_id, given_at desc, id desc) where state = 'GIVEN';
