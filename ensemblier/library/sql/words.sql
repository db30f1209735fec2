-- Text as the search reads it: small letters, no accent, hyphens and apostrophes as spaces on both sides.
create or replace function public.library_plain(text) returns text language sql immutable strict parallel safe
return trim(both ' ' from regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '[^a-z0-9]+', ' ', 'g'));

-- French stems of a text.
create or replace function public.library_stems(text) returns tsvector language sql immutable strict parallel safe
return to_tsvector('public.library_french'::regconfig, public.library_plain($1));

-- The stem of one word; the word itself when the configuration drops it ("avec").
create or replace function public.library_stem(text) returns text language sql immutable strict parallel safe
return coalesce((tsvector_to_array(public.library_stems($1)))[1], public.library_plain($1));
