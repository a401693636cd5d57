-- What a ticket's own department was told of its customer. A ticket is answered at its own address, so that a change of
-- the contact, by whoever may change it, never turns another department's answers aside.
alter table ticket
    add column requester_name    text,
    -- Lower case; null: the contact's preferred one.
    add column requester_address text,
    -- Its department knows of the contact what the ticket was given, and nothing else.
    add column requester_given   boolean not null default false;

-- Who keeps a contact and sees it whole: the department it was made in. Another one only met it, by a ticket.
alter table contact_department add column keeps boolean not null default false;
create index contact_department_of on contact_department (contact_id);

update contact_department d set keeps = true
where not exists (
        select 1 from contact_department o where o.contact_id = d.contact_id and o.department_id <> d.department_id);

-- Of those that several departments have, the one keeps it that had it first: by hand or by a ticket that it referred, when
-- the contact is older than the first ticket it has now, else by that ticket.
with shared as (
    select contact_id from contact_department group by contact_id having count(*) > 1),
first as (
    select distinct on (t.contact_id) t.contact_id, t.department_id, t.created_at
    from ticket t join shared s on s.contact_id = t.contact_id
    order by t.contact_id, t.created_at, t.id),
by_hand as (
    select d.contact_id, d.department_id
    from contact_department d
    join shared s on s.contact_id = d.contact_id
    join contact c on c.id = d.contact_id
    left join first f on f.contact_id = d.contact_id
    where (f.created_at is null or c.created_at < f.created_at - interval '1 second')
      and not exists (
        select 1 from ticket t where t.contact_id = d.contact_id and t.department_id = d.department_id)),
keeper as (
    select contact_id, department_id from by_hand
    union all
    select f.contact_id, f.department_id from first f
    where not exists (select 1 from by_hand b where b.contact_id = f.contact_id))
update contact_department d set keeps = true
from keeper k where k.contact_id = d.contact_id and k.department_id = d.department_id;

update ticket t set requester_given = true, requester_name = c.name, requester_address = c.address
from contact c, contact_department d
where c.id = t.contact_id and d.contact_id = t.contact_id and d.department_id = t.department_id and not d.keeps;

-- Addresses that a contact was given by hand while another one had them, which those who gave them may not see: to tell
-- them would tell that it exists. Each department finds its own contact by such an address, everybody else the other one.
create table contact_address_beside (
    address    text not null,
    contact_id uuid not null references contact,
    primary key (address, contact_id)
);

create index contact_address_beside_of on contact_address_beside (contact_id);

-- Every address of every contact, with the contacts that have it.
create view contact_known_by as
    select address, contact_id, false as beside from contact_address
    union all
    select address, contact_id, true from contact_address_beside;

-- As in V40, where an address that somebody else has was an error.
create or replace function keep_contact_addresses() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from contact_address
        where contact_id = new.id and address is distinct from new.address and address <> all (new.other_addresses);
        delete from contact_address_beside
        where contact_id = new.id and address is distinct from new.address and address <> all (new.other_addresses);
    end if;
    insert into contact_address (address, contact_id)
    select distinct wanted, new.id from unnest(array_append(new.other_addresses, new.address)) wanted
    where wanted is not null
    on conflict (address) do nothing;
    insert into contact_address_beside (address, contact_id)
    select distinct wanted, new.id from unnest(array_append(new.other_addresses, new.address)) wanted
    where wanted is not null
      and not exists (select 1 from contact_address a where a.address = wanted and a.contact_id = new.id)
    on conflict (address, contact_id) do nothing;
    return null;
end
$$;

-- As in V31, but for the people: a department finds its tickets by what it was told of the customer. Other addresses and
-- the telephone number of a contact that others keep would tell that they are the same person's.
create or replace function search_words_of(ticket ticket, of_volume int) returns tsvector language plpgsql stable as $$
declare
    language regconfig := search_language(ticket.language);
    own      text;
    people   text;
    place    text;
    review   text;
    said     text;
begin
    own := search_text(concat_ws(' ', ticket.number, ticket.subject, array_to_string(ticket.tags, ' '), ticket.external_id,
        (select string_agg(v.text_value, ' ') from ticket_field v join field f on f.id = v.field_id
         where v.ticket_id = ticket.id and f.kind = 'TEXT')));
    if ticket.requester_given then
        people := search_text(concat_ws(' ', ticket.requester_name, ticket.requester_address));
    else
        select search_text(concat_ws(' ', c.name, c.address, c.other_addresses, c.phone, ticket.requester_address))
        into people from contact c where c.id = ticket.contact_id;
    end if;
    if ticket.review_id is not null then
        select search_text(concat_ws(' ', r.author_name, r.author_address, r.order_reference, r.product_sku)),
               search_text(concat_ws(' ', r.title, r.body))
        into place, review from ticket_review r where r.ticket_id = ticket.id;
    end if;
    select search_text(string_agg(concat_ws(' ', m.author_name, left(m.body_text, 20000)), ' ' order by m.position))
    into said from message m
    where m.ticket_id = ticket.id and m.position >= of_volume * 10 and m.position < of_volume * 10 + 10;
    -- As written and by the stem; names and numbers as written alone.
    return setweight(to_tsvector('pg_catalog.simple', coalesce(own, '')), 'A')
        || setweight(to_tsvector(language, coalesce(own, '')), 'A')
        || setweight(to_tsvector('pg_catalog.simple', concat_ws(' ', people, place)), 'B')
        || setweight(to_tsvector(language, coalesce(review, '')), 'C')
        || setweight(to_tsvector(language, coalesce(said, '')), 'D');
end $$;

select search_write_all(id) from ticket where requester_given;
