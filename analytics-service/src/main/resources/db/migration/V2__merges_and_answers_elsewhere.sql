-- A ticket that is an alias of another is that one's work, and no backlog of its own.
alter table ticket_fact add column merged_into uuid;

drop index ticket_fact_open;
create index ticket_fact_backlog on ticket_fact (department_id)
    where category not in ('SOLVED', 'CLOSED') and merged_into is null;

-- When a review was answered in the platform's own inbox, without us.
alter table review_fact add column answered_elsewhere_at timestamptz;
