-- Reader: places.sql. Communes by what people type; a stage runs only when those before it left room.
-- Ranks: 0 exact, 1 beginning, 2 beginning of a word or part, 3 resemblance; inside a rank the most peopled first.
-- The bounds "~>=~ q" and "~<~ q{" are the prefix search that an index serves even in a prepared plan:
-- keys hold only a–z, 0–9 and spaces, and "{" follows "z".
create or replace function territory_place_search(
    q text, dep text, pc text, insee text, pc_prefix text, how_many int
) returns table (
    code text, name text, postcodes text[], departement_code text, departement_name text, matched text, place_rank int
) language plpgsql stable
as $$
declare
    codes text[] := '{}';
    texts text[] := '{}';
    ranks int[] := '{}';
    hits record;
    tail record;
    anchor text;
    others text[];
begin
    if pc <> '' or insee <> '' or pc_prefix <> '' then
        select coalesce(array_agg(h.code), '{}') as c, coalesce(array_agg(h.said), '{}') as t, coalesce(array_agg(0), '{}') as r
        into hits from (
            select c.code::text, 'code postal ' || pc as said from territory_commune c
            where c.postcodes @> array[pc]::varchar[]
            union all
            select c.code::text, 'code Insee ' || c.code from territory_commune c where c.code = any (array[insee, pc])
            union all
            select h.new_code::text, 'ancien code Insee ' || h.old_code from territory_communechange h
            where h.old_code = any (array[insee, pc]) and h.valid_to is null
            union all
            select p.commune_id::text, territory_said(p.name, p.kind) from territory_placename p
            where pc_prefix <> '' and p.search_key ~>=~ pc_prefix and p.search_key ~<~ (pc_prefix || '{')
              and p.kind = 'postcode'
        ) h join territory_commune c on c.code = h.code
        where q = '' or similarity(c.search_key, q) > 0.3 or word_similarity(q, c.search_key) > 0.5;
        codes := hits.c; texts := hits.t; ranks := hits.r;
        if q = '' or cardinality(codes) > 0 then
            return query select * from territory_places_shown(codes, texts, ranks, how_many);
            return;
        end if;
    end if;
    if q = '' and dep = '' then
        return;
    end if;
    -- "valence drome": the name of a département at the end, unless a commune is called so
    if dep = '' and not exists (select from territory_placename p where p.search_key ~>=~ q and p.search_key ~<~ (q || '{')) then
        select z.code, left(q, -length(z.sort_key) - 1) as head into tail from territory_zone z
        where z.kind = 'departement' and right(q, length(z.sort_key) + 1) = ' ' || z.sort_key
        order by length(z.sort_key) desc limit 1;
        if found then
            q := tail.head; dep := tail.code;
        end if;
    end if;
    select coalesce(array_agg(h.commune_id), '{}') as c, coalesce(array_agg(h.said), '{}') as t, coalesce(array_agg(h.r), '{}') as r
    into hits from (
        select p.commune_id::text, territory_said(p.name, p.kind) as said, case when p.search_key = q then 0 else 1 end as r
        from territory_placename p
        where p.search_key ~>=~ q and p.search_key ~<~ (q || '{') and (dep = '' or p.departement_code = dep)
          and (q <> '' or p.kind = 'current')
        order by (p.search_key = q) desc, p.weight desc, p.commune_id limit how_many * 3
    ) h;
    codes := hits.c; texts := hits.t; ranks := hits.r;
    if cardinality(codes) < how_many and length(q) >= 2 then
        select coalesce(array_agg(h.commune_id), '{}') as c, coalesce(array_agg(h.said), '{}') as t, coalesce(array_agg(2), '{}') as r
        into hits from (
            select p.commune_id::text, territory_said(p.name, p.kind) as said from territory_placename p
            where p.search_key like '%' || case when length(q) < 4 then ' ' else '' end || q || '%'
              and (dep = '' or p.departement_code = dep)
            order by p.search_key like '% ' || q || '%' desc, p.weight desc, p.commune_id limit how_many * 3
        ) h;
        codes := codes || hits.c; texts := texts || hits.t; ranks := ranks || hits.r;
    end if;
    if cardinality(codes) = 0 and length(q) >= 3 then
        -- local to the transaction; as a SET of the function it would not restore from a dump (library not loaded yet)
        -- the index looks for the rarest word only: thousands of names resemble "saint"
        anchor := (select w from regexp_split_to_table(q, ' ') w
                   order by w in ('saint', 'sainte'), length(w) desc limit 1);
        others := array(select '%' || w || '%' from regexp_split_to_table(q, ' ') w
                        where w <> anchor and length(w) > 3 and w not in ('saint', 'sainte'));
        perform set_config('pg_trgm.word_similarity_threshold', '0.5', true);
        if dep <> '' then
            select coalesce(array_agg(h.commune_id), '{}') as c, coalesce(array_agg(h.said), '{}') as t,
                   coalesce(array_agg(h.r), '{}') as r
            into hits from (
                select p.commune_id::text, territory_said(p.name, p.kind) as said, territory_far(p.search_key, q) as r
                from territory_placename p
                where p.departement_code = dep
                  and (similarity(p.search_key, q) > 0.3 or word_similarity(q, p.search_key) > 0.6)
                order by 3, p.weight desc, p.commune_id limit how_many * 3
            ) h;
        else
            select coalesce(array_agg(h.commune_id), '{}') as c, coalesce(array_agg(h.said), '{}') as t,
                   coalesce(array_agg(h.r), '{}') as r
            into hits from (
                select p.commune_id::text, territory_said(p.name, p.kind) as said, territory_far(p.search_key, q) as r
                from territory_placename p
                where p.search_key like any (others) and p.search_key % q
                order by 3, p.weight desc, p.commune_id limit how_many * 3
            ) h;
            -- no other word of the question stands in a name: look for what resembles the anchor, which costs more
            if cardinality(hits.c) = 0 then
                select coalesce(array_agg(h.commune_id), '{}') as c, coalesce(array_agg(h.said), '{}') as t,
                       coalesce(array_agg(h.r), '{}') as r
                into hits from (
                    select p.commune_id::text, territory_said(p.name, p.kind) as said, territory_far(p.search_key, q) as r
                    from territory_placename p
                    where anchor <% p.search_key order by 3, p.weight desc, p.commune_id limit how_many * 3
                ) h;
            end if;
        end if;
        codes := hits.c; texts := hits.t; ranks := hits.r;
    end if;
    if cardinality(codes) = 0 and dep <> '' and q <> '' then
        return query select * from territory_place_search(q, '', '', '', '', how_many);
        return;
    end if;
    return query select * from territory_places_shown(codes, texts, ranks, how_many);
end $$;
