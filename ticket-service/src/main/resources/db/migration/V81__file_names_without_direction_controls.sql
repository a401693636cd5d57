-- Names stored before such characters were taken out. With them a name reads as another one.
update attachment
set name = coalesce(nullif(btrim(regexp_replace(name, '[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]', '', 'g')), ''),
                    'attachment')
where name ~ '[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]';
