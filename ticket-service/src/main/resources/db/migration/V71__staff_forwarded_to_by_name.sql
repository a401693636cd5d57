-- Forwards to people who work here show their names alone from now on; those that went out before did not note whom
-- they named by user name or role, so whoever works here counts as named so.
update message
set recipients = jsonb_set(
    cast(recipients as jsonb), '{to}',
    (select coalesce(
                jsonb_agg(
                    case when staff.id is null then one else one || jsonb_build_object('agentId', staff.id) end
                    order by place),
                '[]')
     from jsonb_array_elements(cast(recipients as jsonb) -> 'to') with ordinality r (one, place)
     left join lateral (
         select a.id from agent a where lower(a.mail) = lower(one ->> 'address') order by a.active desc, a.id limit 1
     ) staff on true))::text
where kind = 'FORWARD';
