-- Reader: routing.sql.place (queries.place_law). What makes the answer of a commune differ from the law alone.
-- PL/pgSQL with generic plans: planning costs more than running.

-- The networks of p_networks that have a real site in the commune, in its EPCI or zone d'emploi, or that serve it.
create or replace function public.routing_recorded_networks(p_commune text, p_networks text[], p_on date)
returns text[]
language plpgsql stable
-- the planner does not know how few the networks asked for are, and would read every membership
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    epci text;
    employment text;
begin
    select c.epci_id, c.zone_emploi_id into epci, employment from public.territory_commune c where c.code = p_commune;
    return array(
        select distinct m.network_id::text
        from public.directory_networkmembership m
        join public.directory_site s on s.organisation_id = m.organisation_id
        left join public.territory_commune c on c.code = s.commune_id
        where m.network_id = any (p_networks::varchar[])
          and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on)
          and s.merged_into_id is null and not s.is_fictitious
          and (s.valid_from is null or s.valid_from <= p_on) and (s.valid_to is null or s.valid_to > p_on)
          and (s.commune_id = p_commune or c.epci_id = epci or c.zone_emploi_id = employment or exists (
            select from public.directory_interventionperimeter i
            join public.territory_perimeter_commune pc on pc.perimeter_id = i.perimeter_id and pc.commune_id = p_commune
            where (i.site_id = s.id or i.organisation_id = s.organisation_id)
              and (i.valid_from is null or i.valid_from <= p_on) and (i.valid_to is null or i.valid_to > p_on))));
end $$;

-- The lines of the agreements in force in the commune, by id.
create or replace function public.routing_agreement_lines(p_commune text, p_on date) returns table (
    line_id bigint, uid uuid, title text, public text, kind text, operator text, other_door text, other_door_name text,
    reason text, valid_from date, valid_to date, url text
) language plpgsql stable
set plan_cache_mode = force_generic_plan
as $$
begin
    return query
    select l.id, a.uid, a.title::text, l.public::text, l.kind::text, l.operator::text, l.other_door::text,
           l.other_door_name::text, l.reason::text, a.valid_from, a.valid_to, a.source_url::text
    from public.routing_agreement a
    join public.territory_perimeter p on p.id = a.perimeter_id
    join public.routing_agreementshare l on l.agreement_id = a.id
    where a.state = 'in_force'
      and (a.valid_from is null or a.valid_from <= p_on) and (a.valid_to is null or a.valid_to > p_on)
      and (p.valid_from is null or p.valid_from <= p_on) and (p.valid_to is null or p.valid_to > p_on)
      and exists (select from public.territory_perimeter_commune pc
        where pc.perimeter_id = a.perimeter_id and pc.commune_id = p_commune)
    order by l.id;
end $$;
