create table effect (
    subject  uuid   not null,
    sequence bigint not null,
    times    int    not null default 1,
    primary key (subject, sequence)
);
