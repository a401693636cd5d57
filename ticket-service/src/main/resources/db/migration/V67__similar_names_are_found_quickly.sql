-- New names wait in a list until it is full or a vacuum comes by, and each search for similar names reads all of it. A
-- short list costs those who bring names little, and spares those who search tens of milliseconds.
alter index search_name_similar set (gin_pending_list_limit = 64);
