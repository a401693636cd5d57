-- Which of a platform's channels, locations or apps a review was written for.
alter table ticket_review add column source_ref text;

-- What became of the copy by mail of a review's public answer.
alter table message add column mail_copy_state text
    check (mail_copy_state in ('LEFT_TO_PLATFORM', 'QUEUED', 'SENT', 'FAILED'));
alter table message add column mail_copy_reason text;
