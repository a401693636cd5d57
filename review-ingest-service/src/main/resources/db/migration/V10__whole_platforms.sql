-- Platforms beside Trusted Shops: some have no URLs, some want more than credentials; a shop chooses what reopens tickets.
alter table review_connection alter column base_url drop not null;
alter table review_connection alter column token_url drop not null;
alter table review_connection alter column credentials drop not null;
alter table review_connection add column settings text not null default '{}';
alter table review_connection add column reopen_on text not null default 'EDITED';

-- How far a walk has come, and what the platform said there was.
alter table poll_progress add column walk_seen bigint not null default 0;
alter table poll_progress add column walk_expected bigint;
alter table poll_progress add column last_walk_seen bigint;

-- When a walk through everything met the review last, and since when the platform knows it no longer.
alter table review add column seen_at timestamptz;
alter table review add column gone_at timestamptz;

create index review_unseen on review (connection_id, seen_at) where gone_at is null;
create index ledger_entry_connection on ledger_entry (connection_id, state, id);

-- What was reported to a platform, and how it decided.
create table review_report (
    id           uuid        primary key,
    review_id    uuid        not null references review,
    reason       text        not null,
    description  text        not null,
    state        text        not null,
    case_id      text,
    failure      text,
    requested_by uuid        not null,
    requested_at timestamptz not null,
    reported_at  timestamptz,
    settled_at   timestamptz
);

-- One case at a time.
create unique index review_report_open on review_report (review_id) where state in ('PENDING', 'OPEN');
create index review_report_review on review_report (review_id, requested_at);

-- Webhooks taken in: the sender's id says whether one came before.
create table webhook_delivery (
    connection_id uuid        not null references review_connection,
    webhook_id    text        not null,
    received_at   timestamptz not null,
    primary key (connection_id, webhook_id)
);

create index webhook_delivery_received on webhook_delivery (received_at);

-- Files of reviews. The text goes when all of it is read.
create table csv_import (
    id            uuid        primary key,
    connection_id uuid        not null references review_connection,
    department_id uuid        not null,
    dry_run       boolean     not null,
    state         text        not null,
    reason        text,
    content       text,
    size_bytes    bigint      not null,
    requested_by  uuid        not null,
    requested_at  timestamptz not null,
    finished_at   timestamptz,
    rows_total    int         not null default 0,
    rows_done     int         not null default 0,
    created       int         not null default 0,
    changed       int         not null default 0,
    unchanged     int         not null default 0,
    failed        int         not null default 0
);

create index csv_import_page on csv_import (connection_id, requested_at desc, id desc);

create table csv_import_error (
    import_id uuid not null references csv_import,
    row_no    int  not null,
    field     text,
    message   text not null,
    primary key (import_id, row_no)
);
