-- Views that people keep for themselves, their department or everyone.
create table saved_view (
    id            uuid        primary key,
    name          text        not null,
    scope         text        not null check (scope in ('PRIVATE', 'DEPARTMENT', 'EVERYONE')),
    owner_id      uuid        not null,
    department_id uuid references department,
    -- Filter, columns, sorting and grouping, as JSON.
    definition    text        not null,
    created_at    timestamptz not null,
    version       int         not null,
    check ((scope = 'DEPARTMENT') = (department_id is not null))
);

create index saved_view_private on saved_view (owner_id, name, id) where scope = 'PRIVATE';
create index saved_view_of_department on saved_view (department_id, name, id) where scope = 'DEPARTMENT';
create index saved_view_everyone on saved_view (name, id) where scope = 'EVERYONE';

-- The code of a ready-made view, or the id of a saved one.
create table view_star (
    person_id  uuid        not null,
    view       text        not null,
    starred_at timestamptz not null,
    primary key (person_id, view)
);

create index view_star_of on view_star (view);
