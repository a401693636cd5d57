-- What a customer has written before, for whoever has a ticket of theirs open.
create index review_author on review (lower(author_email)) where author_email is not null;
