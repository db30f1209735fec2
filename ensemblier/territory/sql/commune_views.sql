-- Reader: territory.sql.communes (queries.communes). Communes by code with the zones that contain them, and whether
-- the code has a history: nearly none has, and the page that asks for one commune then needs no second question.
-- PL/pgSQL with a generic plan: planning seven joins costs more than running them on one row.
create or replace function public.territory_commune_views(p_codes text[]) returns table (
    code text, name text, postcodes text[], departement_code text, departement_name text, region_code text,
    region_name text, epci_code text, epci_name text, zone_emploi_code text, zone_emploi_name text,
    bassin_vie_code text, bassin_vie_name text, population integer, lat double precision, lon double precision,
    is_estimated boolean, arrondissement_code text, arrondissement_name text, parent_code text, has_history boolean
) language plpgsql stable
set plan_cache_mode = force_generic_plan
as $$
begin
    return query
    select c.code::text, c.name::text, c.postcodes::text[],
           coalesce(d.code, '')::text, coalesce(d.name, '')::text, coalesce(r.code, '')::text, coalesce(r.name, '')::text,
           coalesce(e.code, '')::text, coalesce(e.name, '')::text, coalesce(z.code, '')::text, coalesce(z.name, '')::text,
           coalesce(b.code, '')::text, coalesce(b.name, '')::text, c.population, c.lat, c.lon, c.is_estimated,
           coalesce(a.code, '')::text, coalesce(a.name, '')::text, coalesce(c.parent_id, '')::text,
           exists (select from public.territory_communechange h where h.old_code = c.code)
    from public.territory_commune c
    left join public.territory_zone d on d.key = c.departement_id
    left join public.territory_zone r on r.key = c.region_id
    left join public.territory_zone e on e.key = c.epci_id
    left join public.territory_zone z on z.key = c.zone_emploi_id
    left join public.territory_zone b on b.key = c.bassin_vie_id
    left join public.territory_zone a on a.key = c.arrondissement_id
    where c.code = any (p_codes::varchar[]);
end $$;
