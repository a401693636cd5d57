-- People are told when they are named with @.
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check
    check (kind in ('ASSIGNED', 'CUSTOMER_MESSAGE', 'UNASSIGNED_TICKET', 'MENTIONED'));

-- Whoever is there can say that he has stepped away; it ends when he leaves.
alter table agent_presence add column away boolean not null default false;
