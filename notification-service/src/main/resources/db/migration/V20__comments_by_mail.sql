-- Whose ticket it is hears of a comment that somebody from outside sent by mail: it reopens nothing, so no list shows it.
alter table notification drop constraint notification_kind_check;
alter table notification add constraint notification_kind_check
    check (kind in ('ASSIGNED', 'CUSTOMER_MESSAGE', 'UNASSIGNED_TICKET', 'MENTIONED', 'COMMENT_BY_MAIL'));
