-- A defined role is an entity of the directory with events of its own. Those that were defined before are told at the next
-- start of the service. The default is for a replica of the release before, which names neither.
alter table role_definition
    add column id       uuid   not null default gen_random_uuid() unique,
    add column sequence bigint not null default 0;

-- What this service tells others of rights it knows itself already.
insert into access_role (id, code, kind, presets, departments, sequence)
select d.id, d.code, lower(d.kind),
       coalesce((select jsonb_object_agg(r.preset, to_jsonb(r.rights))
                 from role_right r where r.role_code = d.code and r.preset is not null), '{}'),
       coalesce((select jsonb_object_agg(r.department_id, to_jsonb(r.rights))
                 from role_right r where r.role_code = d.code and r.department_id is not null), '{}'),
       0
from role_definition d;

insert into access_person (id, active, sequence)
select id, false, sequence from agent where not active and sequence > 0;
