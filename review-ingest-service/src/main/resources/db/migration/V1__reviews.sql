-- Connections to platforms. Lists and criteria are read and written as a whole, hence JSON text.
create table review_connection (
    id                    uuid        primary key,
    name                  text        not null,
    platform              text        not null,
    department_id         uuid        not null,
    base_url              text        not null,
    token_url             text        not null,
    credentials           bytea       not null,
    channels              text        not null,
    product_reviews       boolean     not null,
    poll_interval_seconds int         not null check (poll_interval_seconds > 0),
    criteria              text        not null,
    inbox_url_template    text,
    tickets_since         timestamptz,
    paused                boolean     not null,
    state                 text        not null,
    state_reason          text,
    state_since           timestamptz not null,
    version               int         not null,
    created_at            timestamptz not null,
    changed_at            timestamptz not null
);

create index review_connection_page on review_connection (name, id);

-- How far a connection has been read, and the walk it is on. The row also serialises storing for one connection.
create table poll_progress (
    connection_id     uuid        primary key references review_connection,
    new_watermark     timestamptz,
    changed_watermark timestamptz,
    full_walk_at      timestamptz,
    walk_mode         text,
    walk_since        timestamptz,
    walk_cursor       text,
    walk_submitted    timestamptz,
    walk_updated      timestamptz,
    walk_pages        int         not null default 0,
    walk_started_at   timestamptz,
    failures          int         not null default 0,
    polled_at         timestamptz,
    succeeded_at      timestamptz
);

create table review (
    id                  uuid         primary key,
    sequence            bigint       not null,
    connection_id       uuid         not null references review_connection,
    platform            text         not null,
    external_id         text         not null,
    source_ref          text,
    kind                text         not null,
    state               text         not null,
    raw_state           text         not null,
    rating              numeric(3,2),
    stars               int,
    sub_ratings         text         not null,
    language            text,
    title               text,
    body                text,
    author_name         text,
    author_email        text,
    order_reference     text,
    product_sku         text,
    product_name        text,
    submitted_at        timestamptz  not null,
    platform_updated_at timestamptz  not null,
    content_hash        text         not null,
    revision            int          not null,
    inbox_url           text,
    platform_reply_text text,
    platform_reply_at   timestamptz,
    department_id       uuid         not null,
    team_id             uuid,
    assignee_id         uuid,
    ticket_id           uuid,
    routed              boolean      not null,
    imported_at         timestamptz  not null,
    unique (connection_id, external_id)
);

create index review_page on review (submitted_at desc, id desc);
create index review_department on review (department_id, submitted_at desc, id desc);
create index review_team on review (team_id, submitted_at desc, id desc) where team_id is not null;
create index review_assignee on review (assignee_id, submitted_at desc, id desc) where assignee_id is not null;
create index review_order on review (connection_id, order_reference) where order_reference is not null;
create index review_ticket on review (ticket_id) where ticket_id is not null;

-- Every state of content a review was seen in, with the platform's JSON as it came.
create table review_revision (
    review_id    uuid        not null references review,
    revision     int         not null,
    rating       numeric(3,2),
    title        text,
    body         text,
    state        text        not null,
    content_hash text        not null,
    raw          jsonb       not null,
    updated_at   timestamptz not null,
    seen_at      timestamptz not null,
    primary key (review_id, revision)
);

-- What was received and what became of it: one row per entry of a platform, whether or not it could be read.
create table ledger_entry (
    id            uuid        primary key,
    connection_id uuid        not null references review_connection,
    department_id uuid        not null,
    external_id   text        not null,
    review_id     uuid        unique references review,
    state         text        not null,
    criterion     text,
    reason        text,
    ticket_id     uuid,
    raw           jsonb,
    received_at   timestamptz not null,
    stored_at     timestamptz,
    routed_at     timestamptz,
    settled_at    timestamptz,
    unique (connection_id, external_id)
);

create index ledger_entry_page on ledger_entry (received_at desc, id desc);
create index ledger_entry_department on ledger_entry (department_id, received_at desc, id desc);

-- Answers to publish: the message's id is the command's id.
create table review_reply (
    id           uuid        primary key,
    review_id    uuid        not null references review,
    ticket_id    uuid        not null,
    text         text        not null,
    mail_copy    boolean     not null,
    state        text        not null,
    reason       text,
    requested_at timestamptz not null,
    settled_at   timestamptz
);

-- A platform shows one answer per review. A failed one gives way to the next.
create unique index review_reply_standing on review_reply (review_id) where state in ('PENDING', 'PUBLISHED');
create index review_reply_review on review_reply (review_id, requested_at);

-- What the ticket service says of departments and teams.
create table department (
    id       uuid    primary key,
    name     text    not null,
    active   boolean not null
);

create table team (
    id         uuid    primary key,
    name       text    not null,
    visibility text    not null
);

create table team_department (
    team_id       uuid not null references team on delete cascade,
    department_id uuid not null,
    primary key (team_id, department_id)
);

create table team_member (
    agent_id uuid not null,
    team_id  uuid not null references team on delete cascade,
    primary key (agent_id, team_id)
);

create index team_member_team on team_member (team_id);
