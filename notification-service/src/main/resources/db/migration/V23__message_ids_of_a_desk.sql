-- Through which department a message id became known: the one whose mailbox got the mail, or which sent it. Two
-- departments that get the same mail have a ticket each, and an answer belongs to that of the department it goes to.
alter table message_identifier add column department_id uuid;

update message_identifier identifier set department_id = mail.department_id
from incoming_mail mail
where mail.rfc_message_id = identifier.rfc_message_id and mail.ticket_id = identifier.ticket_id;
update message_identifier identifier set department_id = mail.department_id
from outgoing_mail mail
where identifier.department_id is null and mail.rfc_message_id = identifier.rfc_message_id
  and mail.ticket_id = identifier.ticket_id;

-- The same id may belong to the same ticket by way of two departments.
alter table message_identifier drop constraint message_identifier_pkey;
create unique index message_identifier_once on message_identifier (rfc_message_id, ticket_id, department_id)
    nulls not distinct;
create index message_identifier_ticket on message_identifier (ticket_id, department_id);
