-- Folding was most of what writing the words of a ticket cost, and most texts need little of it: letters without accents
-- have one form, and only Arabic and Persian writing has letters, digits and signs to be made one.
create or replace function search_fold(written text) returns text language plpgsql stable parallel safe as $$
declare
    folded text := coalesce(written, '');
begin
    if octet_length(folded) = char_length(folded) then
        return lower(folded);
    end if;
    folded := normalize(folded, nfkc);
    if folded ~ '[\u0600-\u06ff]' then
        folded := translate(
            regexp_replace(folded, '[\u0640\u064b-\u065f\u0670]', '', 'g'),
            'يىئكةۀآأإٱؤ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
            'یییکههااااو01234567890123456789');
    end if;
    return lower(unaccent(folded));
end $$;

-- The words alone, without the places they stand at.
create or replace function search_learn_numbers(content tsvector) returns void language sql as $$
    insert into search_number (word)
    select lexeme from unnest(tsvector_to_array(content)) lexeme where lexeme ~ '^[0-9]{4,12}$'
    and not exists (select 1 from search_number known where known.word = lexeme)
$$;
