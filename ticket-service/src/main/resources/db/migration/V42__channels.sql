-- Messengers and other systems that are connected by signed webhooks in both directions.
create table channel (
    id            uuid        primary key,
    name          text        not null,
    department_id uuid        not null references department,
    team_id       uuid        references team,
    -- Where answers are posted; null for a channel that only listens.
    outbound_url  text,
    -- Sealed with the installation's secret.
    secret        bytea       not null,
    active        boolean     not null,
    created_at    timestamptz not null,
    version       int         not null
);

-- Who is who on a channel.
create table channel_sender (
    channel_id  uuid not null references channel,
    external_id text not null,
    contact_id  uuid not null references contact,
    primary key (channel_id, external_id)
);

-- The ticket a conversation goes on in.
create table channel_conversation (
    channel_id  uuid        not null references channel,
    external_id text        not null,
    ticket_id   uuid        not null references ticket,
    heard_at    timestamptz not null,
    primary key (channel_id, external_id)
);

create index channel_conversation_of_ticket on channel_conversation (ticket_id, heard_at desc);

-- Each message of a channel is taken in once, however often it is sent.
create table channel_message (
    channel_id  uuid not null references channel,
    external_id text not null,
    ticket_id   uuid not null,
    message_id  uuid not null,
    primary key (channel_id, external_id)
);
