-- What a department referred away and may go on reading stands in its lists: found from the department, what is still
-- worked on apart from the years of what is not. Kept by the database, so that whoever folds a ticket cannot forget it.
alter table ticket_reader add column folded boolean not null default false;

update ticket_reader r set folded = true from ticket t where t.id = r.ticket_id and t.folded_at is not null;

create index ticket_reader_of on ticket_reader (department_id, folded, ticket_id);

create function ticket_reader_follows() returns trigger language plpgsql as $$
begin
    update ticket_reader set folded = new.folded_at is not null where ticket_id = new.id;
    return null;
end $$;

create trigger ticket_reader_follows after update of folded_at on ticket
    for each row when ((new.folded_at is null) is distinct from (old.folded_at is null))
    execute function ticket_reader_follows();
