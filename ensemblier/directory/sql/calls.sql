-- Reader: directory.sql.calls (queries.calls). Whom to call: counters (or organisations without one) that satisfy every
-- word typed, each word being the beginning of a word of a name, a subject, a need, a network or a place.
-- The word with the fewest hits draws the candidates; the others are checked on them: a common word costs little.
-- %(inside)s: the reader may see interlocutors that did not publish themselves.
with word as (
    select w, '%% ' || w || '%%' as pattern from unnest(%(words)s::text[]) w
),
named as materialized (
    -- the few dozen networks once, not once per counter
    select distinct word.w, k.network_id from word
    join public.directory_networkname k on public.directory_call_key(k.name, k.short_name) like word.pattern
),
hit as materialized (
    select word.w, found.organisation_id
    from word cross join lateral (
        (select organisation_id from public.directory_site s
            where s.call_key like word.pattern and s.merged_into_id is null limit %(cap)s)
        union all
        (select id from public.directory_organisation o
            where o.call_key like word.pattern and o.merged_into_id is null limit %(cap)s)
        union all
        (select organisation_id from public.directory_contact c
            where c.call_key like word.pattern and (%(inside)s::bool or c.is_published) limit %(cap)s)
        union all
        (select organisation_id from public.directory_offer f
            where f.call_key like word.pattern and f.merged_into_id is null limit %(cap)s)
        union all
        (select m.organisation_id from named
            join public.directory_networkmembership m on m.network_id = named.network_id
            where named.w = word.w limit %(cap)s)
    ) found
),
rarest as (
    select word.w from word left join hit using (w) group by word.w order by count(hit.organisation_id), word.w limit 1
),
candidate as (
    select distinct organisation_id from hit where w = (select w from rarest)
),
counter as materialized (
    select o.id as organisation_id, s.id as site_id, o.call_key as organisation_key, coalesce(s.call_key, '') as site_key,
        s.sphere, coalesce(s.sort_key, o.sort_key) as sort_key, coalesce(s.is_fictitious, o.is_fictitious) as is_fictitious
    from candidate
    join public.directory_organisation o on o.id = candidate.organisation_id
    left join public.directory_site s on s.organisation_id = o.id and s.merged_into_id is null
        and (s.valid_from is null or s.valid_from <= %(on)s::date) and (s.valid_to is null or s.valid_to > %(on)s::date)
    where o.merged_into_id is null
      and (o.valid_from is null or o.valid_from <= %(on)s::date) and (o.valid_to is null or o.valid_to > %(on)s::date)
    limit %(cap)s
),
kept as (
    select * from counter
    where not exists (
        select 1 from word
        where not (
            counter.organisation_key like word.pattern or counter.site_key like word.pattern
            or exists (select 1 from named join public.directory_networkmembership m on m.network_id = named.network_id
                where named.w = word.w and m.organisation_id = counter.organisation_id
                  and (m.valid_from is null or m.valid_from <= %(on)s::date)
                  and (m.valid_to is null or m.valid_to > %(on)s::date))
            or exists (select 1 from public.directory_contact c
                where c.organisation_id = counter.organisation_id and c.call_key like word.pattern
                  and (c.site_id is null or counter.site_id is null or c.site_id = counter.site_id)
                  and (%(inside)s::bool or c.is_published))
            or exists (select 1 from public.directory_offer f
                where f.organisation_id = counter.organisation_id and f.call_key like word.pattern
                  and f.merged_into_id is null
                  and (f.site_id is null or counter.site_id is null or f.site_id = counter.site_id))))
)
select kept.organisation_id, kept.site_id, best.id,
    public.directory_km(kept.sphere OPERATOR(public.<->) public.directory_sphere(%(lat)s::float8, %(lon)s::float8)) as km
from kept
left join lateral (
    select c.id, (select count(*) from word where c.call_key like word.pattern) as words
    from public.directory_contact c
    where c.organisation_id = kept.organisation_id
      and (c.site_id is null or kept.site_id is null or c.site_id = kept.site_id)
      and (%(inside)s::bool or c.is_published)
      and (c.valid_from is null or c.valid_from <= %(on)s::date) and (c.valid_to is null or c.valid_to > %(on)s::date)
    order by words desc, c.site_id is null, c.sort_key, c.id
    limit 1) best on true
order by kept.is_fictitious, coalesce(best.words, 0) desc, km nulls last, kept.sort_key, kept.organisation_id, kept.site_id
limit %(limit)s
