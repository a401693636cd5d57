-- What other services told of departments, teams and agents.
create table department (
    id           uuid    primary key,
    name         text    not null,
    mail_address text,
    language     text    not null,
    active       boolean not null
);

create table team (
    id           uuid   primary key,
    visibility   text   not null,
    member_ids   uuid[] not null
);

create table agent (
    id           uuid    primary key,
    display_name text,
    mail         text,
    locale       text,
    roles        text[]  not null,
    -- Department ids, or '*' for all of them.
    departments  text[]  not null,
    active       boolean not null
);

create index agent_departments on agent using gin (departments) where active;

-- What is known of a ticket: enough to word a mail and to find it again from one.
create table ticket (
    id            uuid        primary key,
    number        bigint      not null,
    department_id uuid        not null,
    team_id       uuid,
    assignee_id   uuid,
    contact_id    uuid,
    language      text,
    subject       text,
    requester_name text,
    requester_address text
);

create index ticket_number on ticket (number);
create index ticket_contact on ticket (contact_id);

-- Who has a part in a ticket's conversation by mail, in lower case; a subject token alone counts only from them.
create table participant (
    ticket_id uuid not null,
    address   text not null,
    primary key (ticket_id, address)
);

create table contact_address (
    address    text not null,
    contact_id uuid not null,
    primary key (address, contact_id)
);

create index contact_address_contact on contact_address (contact_id);

-- RFC 5322 message ids of both directions, and the ticket each belongs to.
create table message_identifier (
    rfc_message_id text        not null,
    ticket_id      uuid        not null,
    known_since    timestamptz not null,
    primary key (rfc_message_id, ticket_id)
);

create table mailbox (
    id              uuid    primary key,
    department_id   uuid    not null,
    address         text    not null,
    imap_user       text    not null,
    sealed_password bytea   not null,
    folder          text    not null,
    enabled         boolean not null,
    version         int     not null
);

create unique index mailbox_address on mailbox (lower(address));

-- How far a mailbox was read. Apart from the mailbox, because it changes every few seconds and is no property of it.
create table mailbox_position (
    mailbox_id   uuid        primary key references mailbox,
    uid_validity bigint      not null default 0,
    last_uid     bigint      not null default 0,
    polled_at    timestamptz,
    failing_since timestamptz,
    failures     int         not null default 0,
    failure      text
);

-- The ledger of incoming mail: one row for everything a mailbox ever held, whatever became of it.
create table incoming_mail (
    id              uuid        primary key,
    sequence        bigint      not null,
    mailbox_id      uuid        not null references mailbox,
    department_id   uuid        not null,
    uid_validity    bigint      not null,
    uid             bigint      not null,
    raw_sha256      text        not null,
    raw_size        bigint      not null,
    rfc_message_id  text,
    -- Message-ID and content, without what transport adds: the same mail delivered again has the same one.
    fingerprint     text        not null,
    state           text        not null
        check (state in ('STORED', 'READ', 'HANDLED', 'IGNORED', 'DUPLICATE', 'SET_ASIDE', 'FAILED')),
    reason          text,
    duplicate_of    uuid,
    classification  text,
    found_by        text,
    sender          text,
    subject         text,
    ticket_id       uuid,
    message_id      uuid,
    stored_at       timestamptz not null,
    settled_at      timestamptz,
    unique (mailbox_id, uid_validity, uid)
);

create unique index incoming_mail_fingerprint on incoming_mail (mailbox_id, fingerprint) where state <> 'DUPLICATE';
create index incoming_mail_department on incoming_mail (department_id, stored_at desc, id desc);
create index incoming_mail_state on incoming_mail (state, stored_at desc, id desc);
create index incoming_mail_page on incoming_mail (stored_at desc, id desc);

create table outgoing_mail (
    id                uuid        primary key,
    sequence          bigint      not null,
    kind              text        not null check (kind in ('REPLY', 'FORWARD', 'REVIEW_COPY', 'RATING_REQUEST')),
    message_id        uuid        unique,
    rating_request_id uuid        unique,
    ticket_id         uuid        not null,
    department_id     uuid        not null,
    agent_id          uuid,
    language          text,
    -- Whatever a person wrote or that names one; emptied when the contact is erased.
    content           jsonb       not null,
    attachments       jsonb       not null,
    in_reply_to       text,
    reference_chain   text[]      not null,
    -- Fixed before the first attempt, so that a repetition is the same mail.
    rfc_message_id    text,
    sender_address    text,
    state             text        not null check (state in ('HELD', 'QUEUED', 'SENT', 'FAILED', 'CANCELLED')),
    -- How often it was sent again without knowing whether the attempt before had arrived.
    doubts            int         not null default 0,
    failure           text,
    created_at        timestamptz not null,
    settled_at        timestamptz
);

create index outgoing_mail_ticket on outgoing_mail (ticket_id);
create index outgoing_mail_open on outgoing_mail (created_at) where state in ('HELD', 'QUEUED');

-- Review replies whose platform cannot mail, told of before the reply's text arrived on its own topic.
create table review_copy_owed (
    message_id uuid primary key
);

create table notification (
    id            uuid        primary key,
    agent_id      uuid        not null,
    event_id      uuid        not null,
    kind          text        not null check (kind in ('ASSIGNED', 'CUSTOMER_MESSAGE', 'UNASSIGNED_TICKET')),
    ticket_id     uuid        not null,
    number        bigint      not null,
    department_id uuid        not null,
    created_at    timestamptz not null,
    read_at       timestamptz,
    unique (event_id, agent_id)
);

create index notification_page on notification (agent_id, id desc);
create index notification_unread on notification (agent_id) where read_at is null;
create index notification_age on notification (created_at);

-- The tail of what live streams tell, kept for a day. The cursor is (transaction, position), bounded by the oldest
-- running transaction, because identity order is not commit order.
create table live_event (
    transaction_id         xid8        not null default pg_current_xact_id(),
    position               bigint      generated always as identity,
    type                   text        not null,
    department_id          uuid,
    previous_department_id uuid,
    team_id                uuid,
    assignee_id            uuid,
    -- For one person alone; null for everybody who may see the ticket.
    recipient_id           uuid,
    payload                jsonb       not null,
    created_at             timestamptz not null,
    primary key (transaction_id, position)
);

create index live_event_age on live_event (created_at);

-- The newest cursor that is no longer kept: an older one cannot be resumed without a gap.
create table live_horizon (
    one            boolean primary key default true check (one),
    transaction_id xid8    not null default '0',
    position       bigint  not null default 0
);

insert into live_horizon default values;

create table agent_presence (
    id       uuid   primary key,
    state    text   not null check (state in ('ONLINE', 'AWAY', 'OFFLINE')),
    sequence bigint not null
);

-- One row per open live stream; it expires by itself when its replica dies.
create table presence_session (
    id         uuid        primary key,
    agent_id   uuid        not null,
    expires_at timestamptz not null
);

create index presence_session_agent on presence_session (agent_id, expires_at);
