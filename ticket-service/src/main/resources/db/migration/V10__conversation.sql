-- Messages on their way ---------------------------------------------------------------------------------------------
alter table message drop constraint message_delivery_check;
alter table message add constraint message_delivery_check
    check (delivery in ('NONE', 'DRAFT', 'SCHEDULED', 'QUEUED', 'SENT', 'PUBLISHED', 'FAILED', 'WITHDRAWN',
                        'HELD_BACK'));

-- Until then a public reply waits here and can be withdrawn; no event has told of it yet.
alter table message add column send_at timestamptz;
-- The department's own doing, not the author's, solves the ticket with it.
alter table message add column one_touch boolean not null default false;
-- Agents and teams named in it with @.
alter table message add column mentions uuid[] not null default '{}';
-- The author's signature as it was when it was written.
alter table message add column signature_text text;
alter table message add column signature_html text;
alter table message add constraint message_waits check (delivery <> 'SCHEDULED' or send_at is not null);

create index message_scheduled on message (ticket_id) where delivery = 'SCHEDULED';
-- The aliases of a ticket: what waits at one of them waits at it.
create index ticket_alias_of on ticket (merged_into) where merged_into is not null;

-- What an agent is writing on a ticket; one per agent and ticket, nobody else sees it.
create table draft (
    agent_id             uuid        not null,
    ticket_id            uuid        not null,
    kind                 text        not null check (kind in ('PUBLIC_REPLY', 'COMMENT', 'FORWARD')),
    subject              text,
    body_text            text        not null,
    body_html            text,
    recipients           text        not null,
    channel              text check (channel in ('MAIL', 'REVIEW', 'CHANNEL', 'PORTAL')),
    based_on_message_id  uuid,
    solve                boolean,
    mail_copy            boolean,
    reply_all            boolean,
    send_at              timestamptz,
    attachment_ids       uuid[]      not null,
    -- A reply that came back: which one, and why.
    returned_message_id  uuid,
    returned_reason      text,
    returned_at          timestamptz,
    updated_at           timestamptz not null,
    version              int         not null,
    primary key (agent_id, ticket_id)
);

create index draft_of_ticket on draft (ticket_id);

-- How a department writes.
create table conversation_settings (
    department_id uuid   primary key references department,
    undo_seconds  bigint not null check (undo_seconds between 0 and 3600),
    signature_text text,
    signature_html text,
    version       int    not null
);

create table canned_reply (
    id            uuid        primary key,
    department_id uuid        not null references department,
    title         text        not null,
    shortcut      text,
    language      text,
    body_text     text        not null,
    body_html     text,
    changed_at    timestamptz not null,
    version       int         not null
);

create index canned_reply_page on canned_reply (department_id, lower(title), id);
create unique index canned_reply_shortcut on canned_reply (department_id, shortcut) where shortcut is not null;

-- How a contact wants to be answered.
create table contact_channel (
    contact_id uuid primary key references contact,
    channel    text not null check (channel in ('MAIL', 'CHANNEL', 'PORTAL')),
    version    int  not null
);

-- People --------------------------------------------------------------------------------------------------------------
-- The name people sign in with, which @mentions use.
alter table agent add column user_name text;
alter table agent add column chosen_locale text;
alter table agent add column chosen_zone text;
alter table agent add column last_seen_at timestamptz;

create index agent_by_user_name on agent (lower(user_name)) where user_name is not null;

create table agent_profile (
    agent_id       uuid  primary key,
    language       text,
    time_zone      text,
    signature_text text,
    signature_html text,
    -- Whatever the application keeps of the list's columns and widths; a JSON object.
    list_layout    text  not null,
    last_view      text,
    version        int   not null
);

create table agent_signature (
    agent_id       uuid not null references agent_profile,
    department_id  uuid not null,
    signature_text text not null,
    signature_html text,
    primary key (agent_id, department_id)
);

-- Who has a ticket open or types in it: rows with a lease, which nobody misses after a crash.
create unlogged table ticket_presence (
    session_id uuid        primary key,
    ticket_id  uuid        not null,
    agent_id   uuid        not null,
    agent_name text        not null,
    typing     boolean     not null,
    since      timestamptz not null,
    expires_at timestamptz not null
);

create index ticket_presence_of_ticket on ticket_presence (ticket_id, agent_id);
create index ticket_presence_expiry on ticket_presence (expires_at);
