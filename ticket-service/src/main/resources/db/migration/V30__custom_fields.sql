-- Custom fields, the forms they stand on, and their values ------------------------------------------------------------
create table field (
    id             uuid    primary key,
    -- What it is called in JSON; never changes.
    code           text    not null unique,
    label          text    not null,
    kind           text    not null check (kind in ('TEXT', 'NUMBER', 'DATE', 'CHOICE', 'MULTI_CHOICE', 'CHECKBOX')),
    -- Empty: for every department.
    department_ids uuid[]  not null,
    -- [{"code","label","retired"}]; a choice is retired, never removed, because old tickets have it.
    choices        text    not null,
    longest        int,
    lowest         numeric,
    highest        numeric,
    retired        boolean not null,
    version        int     not null
);

create index field_in_order on field (label, id);

create table form (
    id            uuid primary key,
    name          text not null,
    -- Null: for every department, and for every type.
    department_id uuid references department,
    type_id       uuid,
    extends_id    uuid references form,
    -- False for a core form that only others extend.
    in_use        boolean not null,
    -- [{"fieldId","required":"NEVER|ALWAYS|WHEN","when":[{"property","values"}]}]
    items         text not null,
    version       int  not null
);

create index form_in_order on form (name, id);
create unique index form_of_place on form (department_id, type_id) nulls not distinct where in_use;

-- One row per value, and for a multi-choice one per choice: what is filtered and sorted by is in an index, and no ticket
-- has to be read to be left out. A field that is retired keeps its values.
create table ticket_field (
    ticket_id    uuid    not null,
    field_id     uuid    not null references field,
    place        int     not null,
    -- The number of a NUMBER; 0 otherwise.
    number_value numeric not null,
    -- The text, the date (ISO 8601), the choice's code, or true and false; empty for a NUMBER.
    text_value   text    not null collate "C",
    primary key (ticket_id, field_id, place)
);

-- Texts are indexed by their beginning, because an index entry has a limit.
create index ticket_field_value on ticket_field (field_id, number_value, left(text_value, 100), ticket_id);

-- What lists filter by and lies in other tables stands on the ticket's own row too, kept there by triggers, whoever
-- writes those tables.
alter table ticket add column stars smallint;
alter table ticket add column face text;

update ticket t set stars = r.stars from ticket_review r where r.ticket_id = t.id and r.stars is not null;
update ticket t set face = r.face from ticket_rating r where r.ticket_id = t.id;

create function ticket_takes_stars() returns trigger language plpgsql as $$
begin
    update ticket set stars = new.stars where id = new.ticket_id and stars is distinct from new.stars;
    return null;
end $$;

create function ticket_takes_face() returns trigger language plpgsql as $$
begin
    update ticket set face = new.face where id = new.ticket_id and face is distinct from new.face;
    return null;
end $$;

create trigger ticket_takes_stars after insert or update of stars on ticket_review
    for each row execute function ticket_takes_stars();
create trigger ticket_takes_face after insert or update of face on ticket_rating
    for each row execute function ticket_takes_face();

-- What saved views are sorted and filtered by.
create index ticket_created on ticket (department_id, created_at, id);
create index ticket_created_open on ticket (department_id, created_at, id)
    where stage_category not in ('SOLVED', 'CLOSED');
create index ticket_due_first on ticket (department_id, (coalesce(due_at, timestamptz 'infinity')), id)
    where stage_category not in ('SOLVED', 'CLOSED');
create index ticket_due_any on ticket (department_id, (coalesce(due_at, timestamptz 'infinity')), id);
create index ticket_in_stage on ticket (stage_id, urgency, waits_from, id);
create index ticket_stars on ticket (department_id, stars, urgency, waits_from, id) where stars is not null;
create index ticket_face on ticket (department_id, face, urgency, waits_from, id) where face is not null;
create index ticket_tags on ticket using gin (tags);
-- Escalated ones may also be folded or not urgent; the view of them reads nothing else.
create index ticket_escalated on ticket (department_id, urgency, waits_from, id)
    where stage_category not in ('SOLVED', 'CLOSED') and escalated;
create index ticket_mine_on_hold on ticket (assignee_id, urgency, waits_from, id)
    where stage_category = 'ON_HOLD' and assignee_id is not null;
