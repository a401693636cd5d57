-- Companies that contacts belong to. Like teams they work in departments; who sees one of those sees the company.
create table organisation (
    id             uuid        primary key,
    name           text        not null,
    department_ids uuid[]      not null,
    note           text,
    created_at     timestamptz not null,
    version        int         not null
);

create index organisation_departments on organisation using gin (department_ids);

alter table contact
    add column other_addresses   text[] not null default '{}',
    add column phone             text,
    add column preferred_channel text check (preferred_channel in ('MAIL', 'CHANNEL', 'PORTAL')),
    add column organisation_id   uuid references organisation,
    -- The contact this one is an alias of. Aliases are flat: the survivor of a merge is never an alias itself.
    add column merged_into       uuid references contact,
    -- What tells that two contacts may be the same person.
    add column name_key          text generated always as
        (nullif(lower(btrim(regexp_replace(name, '\s+', ' ', 'g'))), '')) stored,
    add column mailbox_key       text generated always as (regexp_replace(address, '\+[^@]*@', '@')) stored,
    add column phone_key         text generated always as
        (nullif(regexp_replace(regexp_replace(phone, '[^0-9+]', '', 'g'), '^\+', '00'), '')) stored;

create index contact_of_organisation on contact (organisation_id, id) where organisation_id is not null;
create index contact_aliases on contact (merged_into) where merged_into is not null;
create index contact_name_key on contact (name_key, id) where name_key is not null;
create index contact_mailbox_key on contact (mailbox_key, id) where mailbox_key is not null;
create index contact_phone_key on contact (phone_key, id) where phone_key is not null;

-- Every address of every contact, once. Kept by the database, so that whoever writes a contact cannot forget it.
create table contact_address (
    address    text primary key,
    contact_id uuid not null references contact
);

create index contact_address_of on contact_address (contact_id);

insert into contact_address (address, contact_id) select address, id from contact where address is not null;

create function keep_contact_addresses() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from contact_address
        where contact_id = new.id and address is distinct from new.address and address <> all (new.other_addresses);
    end if;
    insert into contact_address (address, contact_id)
    select wanted, new.id from unnest(array_append(new.other_addresses, new.address)) wanted
    where wanted is not null
      and not exists (select 1 from contact_address a where a.address = wanted and a.contact_id = new.id);
    return null;
end
$$;

create trigger contact_addresses after insert or update of address, other_addresses on contact
    for each row execute function keep_contact_addresses();
