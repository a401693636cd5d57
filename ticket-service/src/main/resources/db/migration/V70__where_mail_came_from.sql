-- Where a mail says it came from: a comment by mail shows who wrote it, whatever name stands before the address.
alter table message add column sender_address text;
