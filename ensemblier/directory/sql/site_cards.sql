-- Readers: directory.sql.cards (queries.sites, queries.organisations). One row per site of p_ids, with what a card shows.
-- `listed` / `covers`: whether an intervention perimeter says something of the site, and whether it holds p_commune;
-- `minutes`: from p_commune by an imported matrix; `hosts`: a published permanence is held there.
-- PL/pgSQL with a generic plan: planning these joins costs more than running them on a few rows.
create or replace function public.directory_site_cards(p_ids bigint[], p_on date, p_commune text) returns table (
    id bigint, uid uuid, name text, organisation_uid uuid, organisation_name text, network_code text, network_name text,
    role text, address text, postcode text, city text, commune_code text, lat double precision, lon double precision,
    place text, phone text, email text, website text, hours_osm text, accessibility text, modes text[],
    first_appointment_days smallint, first_appointment_on date, source_name text, source_url text, reviewed_on date,
    source_updated_on date, created_on date, review_every_months smallint, is_fictitious boolean,
    listed boolean, covers boolean, minutes double precision, hosts boolean
) language plpgsql stable
set plan_cache_mode = force_generic_plan
as $$
begin
    return query
    select
        s.id, s.uid, s.name::text, o.uid, o.name::text,
        coalesce(w.code, '')::text, coalesce(w.name, '')::text, coalesce(w.role, '')::text,
        concat_ws(', ', nullif(s.address, ''), nullif(s.address_more, '')), s.postcode::text, s.city::text,
        coalesce(s.commune_id, '')::text, s.lat, s.lon, s.position::text,
        coalesce(nullif(s.phone, ''), o.phone)::text, coalesce(nullif(s.email, ''), o.email)::text,
        coalesce(nullif(s.website, ''), o.website)::text, s.hours_osm, s.accessibility::text,
        array(
            select distinct m.mode::text from public.directory_offer f, unnest(f.modes) m(mode)
            where f.site_id = s.id and f.merged_into_id is null order by 1),
        s.first_appointment_days, s.first_appointment_on,
        coalesce(c.name, '')::text, coalesce(nullif(s.source_url, ''), c.url, '')::text, s.reviewed_on,
        s.source_updated_on, s.created_at::date, s.review_every_months, s.is_fictitious,
        p.listed, p.covers,
        (select t.minutes from public.territory_traveltime t
            where t.origin_id = p_commune and t.destination_id = s.commune_id and s.commune_id <> p_commune),
        exists (select from public.directory_permanence h where h.state = 'published' and h.site_id = s.id
            and (h.valid_from is null or h.valid_from <= p_on) and (h.valid_to is null or h.valid_to > p_on))
    from public.directory_site s
    join public.directory_organisation o on o.id = s.organisation_id
    left join public.directory_source c on c.id = s.source_id
    left join lateral (
        select n.code, n.role, coalesce(nullif(k.short_name, ''), k.name, n.code) as name
        from public.directory_networkmembership m
        join public.directory_network n on n.code = m.network_id
        left join public.directory_networkname k on k.network_id = n.code
            and (k.valid_from is null or k.valid_from <= p_on) and (k.valid_to is null or k.valid_to > p_on)
        where m.organisation_id = o.id
            and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on)
        order by n.role = '', n.code
        limit 1) w on true
    left join lateral (
        select
            exists (select from public.directory_servedcommune v where v.organisation_id = o.id
                and (v.site_id is null or v.site_id = s.id)
                and (v.valid_from is null or v.valid_from <= p_on) and (v.valid_to is null or v.valid_to > p_on))
            or exists (select from public.directory_interventionperimeter i where i.organisation_id = o.id
                and (i.site_id is null or i.site_id = s.id)
                and (i.valid_from is null or i.valid_from <= p_on) and (i.valid_to is null or i.valid_to > p_on)) as listed,
            exists (select from public.directory_servedcommune v
                where v.commune_id = p_commune and v.organisation_id = o.id and (v.site_id is null or v.site_id = s.id)
                and (v.valid_from is null or v.valid_from <= p_on) and (v.valid_to is null or v.valid_to > p_on))
            or exists (select from public.directory_interventionperimeter i
                join public.territory_perimeter_commune pc on pc.perimeter_id = i.perimeter_id and pc.commune_id = p_commune
                where i.organisation_id = o.id and (i.site_id is null or i.site_id = s.id)
                and (i.valid_from is null or i.valid_from <= p_on) and (i.valid_to is null or i.valid_to > p_on)) as covers
        where p_commune <> '') p on true
    where s.id = any (p_ids);
end $$;
