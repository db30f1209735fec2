-- Reader: place_search.sql. What was matched, in words, and the rows to show in their order.
create or replace function territory_said(said text, kind text) returns text
language sql immutable
return case kind
    when 'current' then said
    when 'arrondissement' then said
    when 'postcode' then 'code postal ' || said
    when 'delegated' then said || ' (commune déléguée)'
    when 'associated' then said || ' (commune associée)'
    else said || ' (ancien nom)'
end;

create or replace function territory_places_shown(codes text[], texts text[], ranks int[], how_many int)
returns table (
    code text, name text, postcodes text[], departement_code text, departement_name text, matched text, place_rank int
) language sql stable
begin atomic
    select c.code::text, c.name::text, c.postcodes::text[], coalesce(d.code, '')::text, coalesce(d.name, '')::text,
           h.said, h.r
    from (
        select distinct on (u.code) u.code, u.said, u.r
        from unnest(codes, texts, ranks) with ordinality as u (code, said, r, place)
        order by u.code, u.r, u.place
    ) h
    join territory_commune c on c.code = h.code
    left join territory_zone d on d.key = c.departement_id
    order by h.r, (h.said like '%(%') , coalesce(c.population, 0) desc, c.sort_key, c.code
    limit how_many;
end;

-- How little a key resembles what was typed: 2 (alike) to 1000, after the ranks of the other stages.
create or replace function territory_far(key text, q text) returns int
language sql immutable
-- the resemblance of one word to a part of a name is dear, and several words say enough together
return 1000 - (998 * case
    when position(' ' in q) > 0 then public.similarity(key, q)
    else greatest(public.similarity(key, q), 0.9 * public.word_similarity(q, key))
end)::int;
