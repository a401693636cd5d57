-- What `directory` says of who may do what, the same in every service; the ticket service writes its own of it with what
-- it publishes. Rows stay when somebody or something is gone, so that an older record cannot bring it back.

-- People who were once said to be not at work, and whether they are again.
create table access_person (
    id       uuid    primary key,
    active   boolean not null,
    -- Of the event that said so; 0 for people who are not in the directory, such as customers.
    sequence bigint  not null
);

-- Roles as an admin defined them: the rights by the preset of a department, and in single departments.
create table access_role (
    id          uuid    primary key,
    code        text,
    kind        text,
    presets     jsonb,
    departments jsonb,
    sequence    bigint  not null,
    check ((code is null) = (kind is null))
);

-- The preset that decides what a role may do in a department.
create table access_department (
    id       uuid   primary key,
    preset   text   not null,
    sequence bigint not null
);
