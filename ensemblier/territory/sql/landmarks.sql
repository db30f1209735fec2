-- Reader: territory.sql.landmarks (queries.communes). The most peopled communes of a frame whose position is sure, largest
-- first, with their outlines where some were imported; then the outline of p_commune, without any name.
-- PL/pgSQL with a generic plan: planning costs more than running.
create or replace function public.territory_landmarks(
    p_south double precision, p_north double precision, p_west double precision, p_east double precision,
    p_limit integer, p_commune text)
returns table (code text, name text, lat double precision, lon double precision, polygons text)
language plpgsql stable
set plan_cache_mode = force_generic_plan
as $$
begin
    return query
    select m.code::text, m.name::text, m.lat, m.lon, o.polygons::text
    from (
        select c.code, c.name, c.lat, c.lon, c.population
        from public.territory_commune c
        where c.parent_id is null and not c.is_estimated
          and c.lat between p_south and p_north and c.lon between p_west and p_east
        order by c.population desc nulls last, c.code
        limit p_limit) m
    left join public.territory_outline o on o.kind = 'commune' and o.code = m.code
    order by m.population desc nulls last, m.code;
    return query
    select o.code::text, null::text, null::double precision, null::double precision, o.polygons::text
    from public.territory_outline o
    where o.kind = 'commune' and o.code = p_commune;
end $$;
