-- Mail that the mail server would not hand over. The mail behind it is read; this is asked for again by itself.
create table unfetched_mail (
    mailbox_id      uuid        not null references mailbox,
    uid_validity    bigint      not null,
    uid             bigint      not null,
    attempts        int         not null,
    failing_since   timestamptz not null,
    retry_at        timestamptz not null,
    primary key (mailbox_id, uid_validity, uid)
);
