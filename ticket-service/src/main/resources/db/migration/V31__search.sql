-- Full text ----------------------------------------------------------------------------------------------------------
-- Trusted extensions: the owner of a database may create them.
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- How writing is compared: compatibility forms, case, accents, Arabic and Persian letters and digits made one; vowel
-- signs and the tatweel (U+0640) go. The zero-width non-joiner (U+200C) stays: see search_text.
create function search_fold(written text) returns text language sql stable parallel safe as $$
    select lower(unaccent(translate(
        regexp_replace(normalize(coalesce(written, ''), nfkc), '[\u0640\u064b-\u065f\u0670]', '', 'g'),
        'يىئكةۀآأإٱؤ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
        'یییکههااااو01234567890123456789')))
$$;

-- Words and blanks alone, so that addresses and order references are found by their parts. A Persian word with
-- non-joiners is there whole and in its parts, because people write it joined, apart, or with a blank.
create function search_text(written text) returns text language plpgsql stable parallel safe as $$
declare
    folded text := regexp_replace(search_fold(written), '[^[:alnum:]\u200c]+', ' ', 'g');
begin
    if strpos(folded, U&'\200c') = 0 then
        return folded;
    end if;
    return replace(folded, U&'\200c', '') || ' ' || coalesce(
        (select string_agg(replace(joined[1], U&'\200c', ' '), ' ')
         from regexp_matches(folded, '([^ ]*\u200c[^ ]*)', 'g') joined), '');
end $$;

create function search_language(language text) returns regconfig language sql immutable parallel safe as $$
    select case left(language, 2)
        when 'nl' then 'pg_catalog.dutch'::regconfig
        when 'fr' then 'pg_catalog.french'::regconfig
        when 'de' then 'pg_catalog.german'::regconfig
        when 'en' then 'pg_catalog.english'::regconfig
        else 'pg_catalog.simple'::regconfig end
$$;

-- What is found of a ticket: a row per ten messages (a *volume*), each with the ticket's own words before them, so that
-- a new message rewrites one volume only. Written when the transaction commits, so it is found right after.
create table ticket_search (
    ticket_id     uuid    not null,
    volume        int     not null,
    -- The ticket that is shown: this one, or the one it was merged into in the end; and the department of that.
    shown_id      uuid    not null,
    department_id uuid    not null,
    number        bigint  not null,
    -- The blocks of 512, 4,096, 32,768 and 262,144 numbers it lies in: a search for a common word takes the newest block
    -- first, then ever larger ones, and stops when it has enough.
    blocks        int[]   not null generated always as (array[
        (number >> 9)::int, 100000000 + (number >> 12)::int,
        200000000 + (number >> 15)::int, 300000000 + (number >> 18)::int]) stored,
    words         tsvector not null,
    -- The transaction that wrote it last: further changes of the same one need not write it again.
    written_by    xid8    not null,
    primary key (ticket_id, volume)
);

create index ticket_search_words on ticket_search using gin (words, blocks, department_id)
    with (gin_pending_list_limit = 512);
create index ticket_search_newest on ticket_search (number);

-- The words of people's names and the numbers there are: what a mistyped one is compared with. Without unique keys: two
-- transactions that learn the same words must not wait for each other, and a word that is there twice does no harm.
create table search_name (
    word text not null
);

create index search_name_known on search_name (word);
create index search_name_similar on search_name using gin (word gin_trgm_ops);

create table search_number (
    word text not null
);

create index search_number_known on search_number (word);

-- What a person asks for may have fewer tickets elsewhere than anybody has departments.
create index ticket_mine_in on ticket (assignee_id, department_id) where assignee_id is not null;
create index ticket_of_team_in on ticket (team_id, department_id) where team_id is not null;

create function search_words_of(ticket ticket, of_volume int) returns tsvector language plpgsql stable as $$
declare
    language regconfig := search_language(ticket.language);
    own      text;
    people   text;
    place    text;
    review   text;
    said     text;
begin
    own := search_text(concat_ws(' ', ticket.number, ticket.subject, array_to_string(ticket.tags, ' '), ticket.external_id,
        (select string_agg(v.text_value, ' ') from ticket_field v join field f on f.id = v.field_id
         where v.ticket_id = ticket.id and f.kind = 'TEXT')));
    -- As JSON, so that columns which a later migration adds are found as well.
    select search_text(concat_ws(' ', c.name, c.address, to_jsonb(c) ->> 'other_addresses', to_jsonb(c) ->> 'phone'))
    into people from contact c where c.id = ticket.contact_id;
    if ticket.review_id is not null then
        select search_text(concat_ws(' ', r.author_name, r.author_address, r.order_reference, r.product_sku)),
               search_text(concat_ws(' ', r.title, r.body))
        into place, review from ticket_review r where r.ticket_id = ticket.id;
    end if;
    select search_text(string_agg(concat_ws(' ', m.author_name, left(m.body_text, 20000)), ' ' order by m.position))
    into said from message m
    where m.ticket_id = ticket.id and m.position >= of_volume * 10 and m.position < of_volume * 10 + 10;
    -- As written and by the stem; names and numbers as written alone.
    return setweight(to_tsvector('pg_catalog.simple', coalesce(own, '')), 'A')
        || setweight(to_tsvector(language, coalesce(own, '')), 'A')
        || setweight(to_tsvector('pg_catalog.simple', concat_ws(' ', people, place)), 'B')
        || setweight(to_tsvector(language, coalesce(review, '')), 'C')
        || setweight(to_tsvector(language, coalesce(said, '')), 'D');
end $$;

-- The ticket a chain of merges ends at. A chain has no circle; the depth is a belt besides the braces.
create function search_survivor(id_of_ticket uuid) returns ticket language sql stable as $$
    with recursive chain as (
        select t.id, t.merged_into, 0 as depth from ticket t where t.id = id_of_ticket
        union all
        select t.id, t.merged_into, c.depth + 1 from chain c join ticket t on t.id = c.merged_into where c.depth < 100)
    select t from ticket t where t.id = (select c.id from chain c order by c.depth desc limit 1)
$$;

create function search_write(id_of_ticket uuid, of_volume int) returns void language plpgsql as $$
declare
    written ticket;
    shown   ticket;
    last    xid8;
    content tsvector;
begin
    -- Locked first and read afterwards: of two transactions the later one sees what the earlier one wrote.
    select s.written_by into last from ticket_search s
    where s.ticket_id = id_of_ticket and s.volume = of_volume for update;
    if last = pg_current_xact_id() then
        return;
    end if;
    select * into written from ticket t where t.id = id_of_ticket;
    if written.id is null then
        delete from ticket_search where ticket_id = id_of_ticket;
        return;
    end if;
    shown := written;
    if written.merged_into is not null then
        shown := search_survivor(id_of_ticket);
    end if;
    content := search_words_of(written, of_volume);
    insert into ticket_search (ticket_id, volume, shown_id, department_id, number, words, written_by)
    values (written.id, of_volume, shown.id, shown.department_id, written.number, content, pg_current_xact_id())
    on conflict (ticket_id, volume) do update
        set shown_id = excluded.shown_id, department_id = excluded.department_id, words = excluded.words,
            written_by = excluded.written_by;
    perform search_learn_numbers(content);
end $$;

create function search_write_all(id_of_ticket uuid) returns void language plpgsql as $$
declare
    last int := (select coalesce(max(m.position), 0) / 10 from message m where m.ticket_id = id_of_ticket);
begin
    for at in 0..last loop
        perform search_write(id_of_ticket, at);
    end loop;
end $$;

create function search_learn_numbers(content tsvector) returns void language sql as $$
    insert into search_number (word)
    select lexeme from unnest(content) where lexeme ~ '^[0-9]{4,12}$'
    and not exists (select 1 from search_number known where known.word = lexeme)
$$;

create function search_learn_names(written text) returns void language sql as $$
    insert into search_name (word)
    select distinct part from regexp_split_to_table(replace(search_text(written), U&'\200c', ''), ' +') part
    where length(part) between 3 and 40 and part !~ '[0-9]'
    and not exists (select 1 from search_name known where known.word = part)
$$;

create function search_follows_ticket() returns trigger language plpgsql as $$
begin
    perform search_write_all(coalesce(new.id, old.id));
    return null;
end $$;

-- The aliases of a ticket are shown as it, where it is.
create function search_follows_merge() returns trigger language plpgsql as $$
declare
    shown ticket := search_survivor(new.id);
begin
    with recursive aliases as (
        select new.id as id
        union
        select t.id from aliases a join ticket t on t.merged_into = a.id)
    update ticket_search s set shown_id = shown.id, department_id = shown.department_id
    from aliases a where s.ticket_id = a.id;
    return null;
end $$;

create function search_follows_message() returns trigger language plpgsql as $$
begin
    perform search_write(coalesce(new.ticket_id, old.ticket_id), coalesce(new.position, old.position) / 10);
    return null;
end $$;

create function search_follows_part() returns trigger language plpgsql as $$
begin
    perform search_write_all(coalesce(new.ticket_id, old.ticket_id));
    return null;
end $$;

create function search_follows_contact() returns trigger language plpgsql as $$
declare
    one uuid;
begin
    if new.name is not null then
        perform search_learn_names(new.name);
    end if;
    if new.address is not null then
        perform search_learn_names(split_part(new.address, '@', 1));
    end if;
    if tg_op = 'UPDATE' then
        for one in select t.id from ticket t where t.contact_id = new.id order by t.id loop
            perform search_write_all(one);
        end loop;
    end if;
    return null;
end $$;

create function search_follows_review() returns trigger language plpgsql as $$
begin
    if new.author_name is not null then
        perform search_learn_names(new.author_name);
    end if;
    perform search_write_all(new.ticket_id);
    return null;
end $$;

create constraint trigger search_follows_new_ticket after insert on ticket
    deferrable initially deferred for each row execute function search_follows_ticket();
create constraint trigger search_follows_ticket
    after update of subject, tags, department_id, contact_id, language on ticket
    deferrable initially deferred for each row
    when ((new.subject, new.tags, new.department_id, new.contact_id, new.language)
        is distinct from (old.subject, old.tags, old.department_id, old.contact_id, old.language))
    execute function search_follows_ticket();
-- After the triggers that write words, whose names come first: they are fired in the order of their names.
create constraint trigger search_follows_ticket_merge after update of merged_into, department_id on ticket
    deferrable initially deferred for each row
    when ((new.merged_into, new.department_id) is distinct from (old.merged_into, old.department_id))
    execute function search_follows_merge();
create constraint trigger search_follows_lost_ticket after delete on ticket
    deferrable initially deferred for each row execute function search_follows_ticket();
create constraint trigger search_follows_new_message after insert or delete on message
    deferrable initially deferred for each row execute function search_follows_message();
create constraint trigger search_follows_message after update of body_text, author_name on message
    deferrable initially deferred for each row
    when ((new.body_text, new.author_name) is distinct from (old.body_text, old.author_name))
    execute function search_follows_message();
create constraint trigger search_follows_field after insert or update or delete on ticket_field
    deferrable initially deferred for each row execute function search_follows_part();
create constraint trigger search_follows_review after insert or update on ticket_review
    deferrable initially deferred for each row execute function search_follows_review();
create constraint trigger search_follows_new_contact after insert on contact
    deferrable initially deferred for each row execute function search_follows_contact();
create constraint trigger search_follows_contact after update on contact
    deferrable initially deferred for each row
    when ((new.name, new.address, to_jsonb(new) ->> 'other_addresses', to_jsonb(new) ->> 'phone')
        is distinct from (old.name, old.address, to_jsonb(old) ->> 'other_addresses', to_jsonb(old) ->> 'phone'))
    execute function search_follows_contact();

-- What was written before there was a search.
insert into ticket_search (ticket_id, volume, shown_id, department_id, number, words, written_by)
select t.id, volume, t.id, t.department_id, t.number, search_words_of(t, volume), pg_current_xact_id()
from ticket t
cross join lateral generate_series(0, coalesce((select max(m.position) / 10 from message m where m.ticket_id = t.id), 0))
    volume;
select search_learn_numbers(words) from ticket_search;
select search_learn_names(concat_ws(' ', name, split_part(address, '@', 1))) from contact;
select search_learn_names(author_name) from ticket_review where author_name is not null;

-- A searched word in all its forms: as written, and its stem in each language, because nobody says which one he writes.
-- Null for a word that some language leaves out of its index (the, de, und).
create function search_forms(word text) returns tsquery language plpgsql stable as $$
declare
    stems text[];
    every text[] := array[word];
    dictionary regdictionary;
begin
    foreach dictionary in array array['dutch_stem', 'french_stem', 'german_stem', 'english_stem']::regdictionary[] loop
        stems := ts_lexize(dictionary, word);
        if stems = '{}' then
            return null;
        end if;
        every := every || stems;
    end loop;
    return (select string_agg(distinct quote_literal(form), ' | ')::tsquery from unnest(every) form where form is not null);
end $$;

-- All searched words must be there; `*` at the end of a word of three letters or more stands for any ending.
-- With `similar`, words are also those that differ by a slip: names by their trigrams, numbers by one digit.
create function search_query(asked text, similar_too boolean) returns tsquery language plpgsql stable as $$
declare
    asked_words text[];
    whole tsquery;
    stop  tsquery;
    one   tsquery;
    word  text;
    bare  text;
    likes text[];
begin
    asked_words := array(
        select w from regexp_split_to_table(
            regexp_replace(search_fold(asked), '[^[:alnum:]\u200c*]+', ' ', 'g'), ' +') with ordinality split (w, n)
        where w ~ '[[:alnum:]]' order by n limit 12);
    foreach word in array asked_words loop
        bare := left(replace(replace(word, '*', ''), U&'\200c', ''), 100);
        if word like '%*' and length(bare) >= 3 then
            one := (quote_literal(bare) || ':*')::tsquery;
        else
            one := search_forms(bare);
            if one is null then
                stop := coalesce(stop && quote_literal(bare)::tsquery, quote_literal(bare)::tsquery);
                continue;
            end if;
        end if;
        if strpos(word, U&'\200c') > 0 then
            one := one || coalesce((select string_agg(quote_literal(part), ' & ')::tsquery
                from regexp_split_to_table(replace(word, '*', ''), U&'\200c') part where part <> ''), one);
        end if;
        if similar_too and bare ~ '^[0-9]{4,12}$' then
            likes := array(
                select distinct n.word from search_number n where n.word in (
                -- a digit wrong, a digit too many, one missing, two swapped
                select overlay(bare placing d::text from i for 1)
                from generate_series(1, length(bare)) i, generate_series(0, 9) d
                union select overlay(bare placing '' from i for 1) from generate_series(1, length(bare)) i
                union select left(bare, i) || d || substr(bare, i + 1)
                from generate_series(0, length(bare)) i, generate_series(0, 9) d
                union select left(bare, i - 1) || substr(bare, i + 1, 1) || substr(bare, i, 1) || substr(bare, i + 2)
                from generate_series(1, length(bare) - 1) i) limit 10);
            one := coalesce((select string_agg(quote_literal(l), ' | ')::tsquery from unnest(likes) l), one);
        elsif similar_too and length(bare) >= 4 and bare !~ '[0-9]' then
            likes := array(
                select n.word from search_name n
                where n.word % bare and abs(length(n.word) - length(bare)) <= 2 and similarity(n.word, bare) >= 0.34
                group by n.word order by similarity(n.word, bare) desc, n.word limit 5);
            if cardinality(likes) > 0 then
                one := one || (select string_agg(quote_literal(l), ' | ')::tsquery from unnest(likes) l);
            end if;
        end if;
        whole := coalesce(whole && one, one);
    end loop;
    return coalesce(whole, stop);
end $$;
