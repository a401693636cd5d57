-- Departments and their pipelines ------------------------------------------------------------------------------------
create table department (
    id                  uuid    primary key,
    name                text    not null,
    slug                text    not null unique,
    preset              text    not null check (preset in ('OPEN', 'MODERATED')),
    one_touch           boolean not null,
    mail_address        text,
    language            text    not null,
    time_zone           text    not null,
    auto_close_seconds  bigint  not null check (auto_close_seconds > 0),
    -- Null: what follows from the pipeline (none, or 14 days on one without SOLVED).
    reopen_seconds      bigint check (reopen_seconds >= 0),
    active              boolean not null,
    version             int     not null,
    sequence            bigint  not null
);

create table stage (
    id            uuid    primary key,
    department_id uuid    not null references department,
    label         text    not null,
    category      text    not null check (category in ('NEW', 'OPEN', 'PENDING', 'ON_HOLD', 'SOLVED', 'CLOSED')),
    position      int     not null,
    initial       boolean not null,
    reopen        boolean not null,
    solve         boolean not null,
    close         boolean not null,
    escalates     boolean not null,
    sequence      bigint  not null,
    unique (department_id, position)
);

-- A pipeline names exactly one stage of each sort; without a solve stage, solving uses the close stage.
create unique index stage_initial on stage (department_id) where initial;
create unique index stage_reopen on stage (department_id) where reopen;
create unique index stage_solve on stage (department_id) where solve;
create unique index stage_close on stage (department_id) where close;

create table team (
    id             uuid   primary key,
    name           text   not null,
    slug           text   not null unique,
    visibility     text   not null check (visibility in ('INVITED_INTERNAL', 'INTERNAL', 'PORTAL_AND_INTERNAL')),
    department_ids uuid[] not null,
    version        int    not null,
    sequence       bigint not null
);

create table team_member (
    team_id  uuid not null references team,
    agent_id uuid not null,
    primary key (team_id, agent_id)
);

create index team_member_agent on team_member (agent_id);

-- The mirror of Keycloak's people; the id is the subject of their tokens.
create table agent (
    id              uuid    primary key,
    display_name    text    not null,
    mail            text,
    locale          text,
    zone            text,
    roles           text[]  not null,
    departments     uuid[]  not null,
    all_departments boolean not null,
    active          boolean not null,
    presence        text    not null check (presence in ('ONLINE', 'AWAY', 'OFFLINE')),
    sequence        bigint  not null
);

create index agent_by_name on agent (lower(display_name), id);

-- Customers ----------------------------------------------------------------------------------------------------------
create table contact (
    id         uuid        primary key,
    name       text,
    -- Lower case; one contact per address.
    address    text unique,
    language   text,
    created_at timestamptz not null,
    version    int         not null,
    sequence   bigint      not null
);

-- Who may see a contact: the departments it has had a ticket in.
create table contact_department (
    department_id uuid not null,
    contact_id    uuid not null references contact,
    primary key (department_id, contact_id)
);

-- Tickets ------------------------------------------------------------------------------------------------------------
-- Read aloud, five digits and more; a gap after a refused creation does no harm.
create sequence ticket_number start 10001 cache 20;

create table ticket (
    id                 uuid        primary key,
    number             bigint      not null unique,
    subject            text        not null,
    department_id      uuid        not null,
    team_id            uuid,
    queue_id           uuid,
    assignee_id        uuid,
    stage_id           uuid        not null,
    stage_category     text        not null
        check (stage_category in ('NEW', 'OPEN', 'PENDING', 'ON_HOLD', 'SOLVED', 'CLOSED')),
    priority           text        not null check (priority in ('LOW', 'NORMAL', 'HIGH', 'URGENT')),
    escalated          boolean     not null,
    escalated_by_stage boolean     not null,
    type_id            uuid,
    category           text        not null,
    tags               text[]      not null,
    contact_id         uuid        not null,
    channel            text        not null
        check (channel in ('MAIL', 'REVIEW', 'PHONE', 'FORM', 'API', 'LETTER', 'MESSAGE')),
    language           text,
    due_at             timestamptz,
    waiting_since      timestamptz,
    resolved_by        uuid,
    created_at         timestamptz not null,
    solved_at          timestamptz,
    closed_at          timestamptz,
    -- When it was folded (solved or closed) most recently; null while it is not.
    folded_at          timestamptz,
    review_id          uuid,
    follow_up_of       uuid,
    merged_into        uuid,
    client_id          uuid,
    external_id        text,
    -- The place of the next message; 1 for a ticket that was opened without one.
    next_position      int         not null,
    version            int         not null,
    sequence           bigint      not null,
    -- What lists are sorted by: urgent and escalated on top, then the customer's waiting time, longest first.
    urgency            smallint    not null generated always as
        (case when stage_category not in ('SOLVED', 'CLOSED') and (priority = 'URGENT' or escalated)
              then 0 else 1 end) stored,
    waits_from         timestamptz not null generated always as
        (coalesce(waiting_since, timestamptz 'infinity')) stored,
    check ((client_id is null) = (external_id is null)),
    check ((folded_at is not null) = (stage_category in ('SOLVED', 'CLOSED')))
);

create unique index ticket_by_review on ticket (review_id) where review_id is not null;
create unique index ticket_by_external_id on ticket (client_id, external_id) where external_id is not null;
create index ticket_of_contact on ticket (contact_id, id);
-- One index per view; the lists read them in order and stop after a page.
create index ticket_all on ticket (department_id, urgency, waits_from, id);
create index ticket_all_open on ticket (department_id, urgency, waits_from, id)
    where stage_category not in ('SOLVED', 'CLOSED');
create index ticket_unassigned on ticket (department_id, urgency, waits_from, id)
    where stage_category not in ('SOLVED', 'CLOSED') and assignee_id is null;
create index ticket_mine on ticket (assignee_id, urgency, waits_from, id) where assignee_id is not null;
create index ticket_mine_open on ticket (assignee_id, urgency, waits_from, id)
    where stage_category not in ('SOLVED', 'CLOSED') and assignee_id is not null;
create index ticket_of_team on ticket (team_id, urgency, waits_from, id) where team_id is not null;
create index ticket_of_team_open on ticket (team_id, urgency, waits_from, id)
    where stage_category not in ('SOLVED', 'CLOSED') and team_id is not null;
create index ticket_due on ticket (department_id, due_at, id)
    where stage_category not in ('SOLVED', 'CLOSED') and due_at is not null;
create index ticket_folded on ticket (department_id, folded_at desc, id desc) where folded_at is not null;

create table ticket_review (
    ticket_id         uuid    primary key references ticket,
    review_id         uuid    not null unique,
    connection_id     uuid,
    platform          text    not null,
    external_id       text,
    kind              text    not null,
    stars             int,
    rating            numeric(4, 2),
    title             text,
    body              text,
    author_name       text,
    author_address    text,
    order_reference   text,
    product_sku       text,
    -- A JSON array of the separate ratings, as the platform's connector gave them.
    sub_ratings       text,
    reviewed_at       timestamptz,
    revision          int     not null,
    inbox_url         text,
    can_reply         boolean not null,
    can_mail_copy     boolean not null,
    reply_maximum     int,
    reply_unit        text,
    reply_url         text
);

create table ticket_rating (
    ticket_id uuid        primary key references ticket,
    rating_id uuid        not null,
    face      text        not null check (face in ('SATISFIED', 'OKAY', 'DISSATISFIED')),
    text      text,
    given_at  timestamptz not null
);

-- Conversations ------------------------------------------------------------------------------------------------------
create table message (
    id                     uuid        primary key,
    ticket_id              uuid        not null,
    -- 0 for what the ticket was opened with, then 1, 2, 3 …
    position               int         not null,
    kind                   text        not null
        check (kind in ('CUSTOMER', 'PUBLIC_REPLY', 'COMMENT', 'FORWARD', 'NOTE')),
    deliver_via            text check (deliver_via in ('MAIL', 'REVIEW', 'CHANNEL', 'PORTAL')),
    delivery               text        not null
        check (delivery in ('NONE', 'DRAFT', 'QUEUED', 'SENT', 'PUBLISHED', 'FAILED', 'WITHDRAWN')),
    delivery_reason        text,
    at                     timestamptz not null,
    author_id              uuid,
    author_name            text,
    subject                text,
    body_text              text        not null,
    body_html              text,
    -- {"to":[{"name","address"}],"cc":[…]}
    recipients             text        not null,
    in_reply_to_message_id uuid,
    mail_copy              boolean     not null,
    solve                  boolean     not null,
    -- What mail programs thread by (RFC 5322): the id of this message if it came by mail, and the chain before it.
    rfc_message_id         text,
    rfc_references         text[]      not null,
    mail_id                uuid,
    -- The whole text as a blob when it is longer than 32 KiB; body_text then holds its beginning.
    body_sha256            text,
    body_size              bigint      not null default 0,
    unique (ticket_id, position)
);

create unique index message_of_mail on message (mail_id) where mail_id is not null;

create table attachment (
    id           uuid        primary key,
    ticket_id    uuid        not null,
    message_id   uuid,
    name         text        not null,
    sha256       text        not null,
    size         bigint      not null,
    content_type text        not null,
    inline       boolean     not null,
    content_id   text,
    added_by     uuid,
    added_at     timestamptz not null
);

create index attachment_of_ticket on attachment (ticket_id, id);
create index attachment_of_message on attachment (message_id) where message_id is not null;

-- What became of mail that made neither a ticket nor a message; the subject of its own MailHandled.
create table mail_decision (
    mail_id    uuid        primary key,
    outcome    text        not null,
    reason     text        not null,
    decided_at timestamptz not null,
    sequence   bigint      not null
);

-- Reviews that could not become a ticket; the subject of their own ReviewTicketRefused.
create table review_refusal (
    review_id  uuid        primary key,
    reason     text        not null,
    refused_at timestamptz not null,
    sequence   bigint      not null
);
