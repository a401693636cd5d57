-- Whoever may see a ticket may see the mail that became part of it, and nobody else. This is the ticket that decides:
-- the one the mail belongs to, before that the one it seems to belong to; of a mail delivered again, that of the first.
alter table incoming_mail add column about_ticket_id uuid;

-- The department that the ticket lies in when that is not the mailbox's: it was referred.
alter table incoming_mail add column moved_department_id uuid;

update incoming_mail set about_ticket_id = ticket_id where ticket_id is not null;
update incoming_mail copy set about_ticket_id = original.ticket_id
from incoming_mail original
where original.id = copy.duplicate_of and original.ticket_id is not null;
update incoming_mail mail set moved_department_id = ticket.department_id
from ticket
where ticket.id = mail.about_ticket_id and ticket.department_id <> mail.department_id;

create index incoming_mail_about_ticket on incoming_mail ((coalesce(about_ticket_id, ticket_id)));
create index incoming_mail_duplicate on incoming_mail (duplicate_of) where duplicate_of is not null;
create index incoming_mail_moved on incoming_mail (moved_department_id, stored_at desc, id desc)
    where moved_department_id is not null;
create index ticket_assignee on ticket (assignee_id) where assignee_id is not null;
create index ticket_team on ticket (team_id) where team_id is not null;
