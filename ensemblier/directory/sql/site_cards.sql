-- Readers: directory.sql.cards (queries.sites, queries.organisations). One row per site of %(ids)s, with what a card shows.
-- `listed` / `covers`: whether an intervention perimeter says something of the site, and whether it holds %(commune)s.
select
    s.id, s.uid, s.name, o.uid, o.name, coalesce(w.code, ''), coalesce(w.name, ''), coalesce(w.role, ''),
    concat_ws(', ', nullif(s.address, ''), nullif(s.address_more, '')), s.postcode, s.city, coalesce(s.commune_id, ''), s.lat, s.lon, s.position,
    coalesce(nullif(s.phone, ''), o.phone), coalesce(nullif(s.email, ''), o.email),
    coalesce(nullif(s.website, ''), o.website), s.hours_osm, s.accessibility,
    coalesce(f.modes, '{}'), s.first_appointment_days, s.first_appointment_on,
    coalesce(c.name, ''), coalesce(nullif(s.source_url, ''), c.url, ''), s.reviewed_on, s.source_updated_on,
    s.created_at::date, s.review_every_months, s.is_fictitious,
    p.listed, p.covers
from public.directory_site s
join public.directory_organisation o on o.id = s.organisation_id
left join public.directory_source c on c.id = s.source_id
left join lateral (
    select n.code, n.role, coalesce(nullif(k.short_name, ''), k.name, n.code) as name
    from public.directory_networkmembership m
    join public.directory_network n on n.code = m.network_id
    left join public.directory_networkname k on k.network_id = n.code
        and (k.valid_from is null or k.valid_from <= %(on)s::date) and (k.valid_to is null or k.valid_to > %(on)s::date)
    where m.organisation_id = o.id
        and (m.valid_from is null or m.valid_from <= %(on)s::date) and (m.valid_to is null or m.valid_to > %(on)s::date)
    order by n.role = '', n.code
    limit 1) w on true
left join lateral (
    select array_agg(distinct mode order by mode) as modes
    from public.directory_offer f, unnest(f.modes) mode
    where f.site_id = s.id and f.merged_into_id is null) f on true
left join lateral (
    select
        exists (select 1 from public.directory_servedcommune v where v.organisation_id = o.id and (v.site_id is null or v.site_id = s.id)
                and (v.valid_from is null or v.valid_from <= %(on)s::date) and (v.valid_to is null or v.valid_to > %(on)s::date))
        or exists (select 1 from public.directory_interventionperimeter i where i.organisation_id = o.id and (i.site_id is null or i.site_id = s.id)
                and (i.valid_from is null or i.valid_from <= %(on)s::date) and (i.valid_to is null or i.valid_to > %(on)s::date)) as listed,
        exists (select 1 from public.directory_servedcommune v where v.commune_id = %(commune)s::text and v.organisation_id = o.id
                and (v.site_id is null or v.site_id = s.id)
                and (v.valid_from is null or v.valid_from <= %(on)s::date) and (v.valid_to is null or v.valid_to > %(on)s::date))
        or exists (select 1 from public.directory_interventionperimeter i
                join public.territory_perimeter_commune pc on pc.perimeter_id = i.perimeter_id and pc.commune_id = %(commune)s::text
                where i.organisation_id = o.id and (i.site_id is null or i.site_id = s.id)
                and (i.valid_from is null or i.valid_from <= %(on)s::date) and (i.valid_to is null or i.valid_to > %(on)s::date)) as covers
    where %(commune)s::text <> '') p on true
where s.id = any(%(ids)s::bigint[])
