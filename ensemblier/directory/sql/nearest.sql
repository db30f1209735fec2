-- Readers: directory.sql.proximity (queries.sites, queries.offers).
-- KNN on the unit sphere (GiST on a cube). The radius stays in the index condition, bitmap scans and sorts are off:
-- the planner guesses a constant selectivity for "inside the box" and would otherwise read the box whole, then sort it.

-- The box around a point that holds every point within p_km (chord of the sphere, mean radius of the Earth 6371.0088 km).
create or replace function public.directory_box(p_centre public.cube, p_km double precision) returns public.cube
language sql immutable strict parallel safe
return public.cube_enlarge(p_centre, 2 * sin(least(p_km, 20000) / (2 * 6371.0088)), 3);

-- Great-circle km of a chord.
create or replace function public.directory_km(p_chord double precision) returns double precision
language sql immutable strict parallel safe
return 2 * 6371.0088 * asin(least(p_chord / 2, 1));

-- The nearest offers that are not at a distance only. p_public, p_need: "" = any; p_day: mask of weekdays, 0 = any.
create or replace function public.directory_nearest_offers(
    p_lat double precision, p_lon double precision, p_km double precision,
    p_public text, p_need text, p_day integer, p_on date, p_limit integer)
returns table (offer_id bigint, km double precision)
language sql stable parallel safe
set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
as $$
    select o.id, public.directory_km(s.sphere OPERATOR(public.<->) public.directory_sphere(p_lat, p_lon))
    from public.directory_site s
    join public.directory_offer o on o.site_id = s.id
    where s.sphere OPERATOR(public.<@) public.directory_box(public.directory_sphere(p_lat, p_lon), p_km)
      and s.merged_into_id is null and not s.is_fictitious
      and (p_day = 0 or s.open_days & p_day <> 0)
      and (s.valid_from is null or s.valid_from <= p_on) and (s.valid_to is null or s.valid_to > p_on)
      and o.merged_into_id is null and not o.is_remote_only
      and (p_public = '' or o.publics = '{}' or p_public = any(o.publics))
      and (p_need = '' or p_need = any(o.needs))
      and (o.valid_from is null or o.valid_from <= p_on) and (o.valid_to is null or o.valid_to > p_on)
    order by s.sphere OPERATOR(public.<->) public.directory_sphere(p_lat, p_lon)
    limit p_limit
$$;

-- For each operator: the p_limit nearest real sites within p_km, and the demonstration ones within p_demo_km, apart.
-- A site counts for an operator that is at home there, or that holds a published permanence there.
create or replace function public.directory_nearest_sites(
    p_lat double precision, p_lon double precision, p_km double precision, p_demo_km double precision,
    p_roles text[], p_on date, p_limit integer)
returns table (role text, site_id bigint, km double precision, is_fictitious boolean)
language sql stable parallel safe
set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
as $$
    select r.role, n.id, public.directory_km(n.chord), false
    from unnest(p_roles) r(role)
    cross join lateral (
        select s.id, s.sphere OPERATOR(public.<->) public.directory_sphere(p_lat, p_lon) as chord
        from public.directory_site s
        where s.sphere OPERATOR(public.<@) public.directory_box(public.directory_sphere(p_lat, p_lon), p_km)
          and s.merged_into_id is null and not s.is_fictitious
          and (s.valid_from is null or s.valid_from <= p_on) and (s.valid_to is null or s.valid_to > p_on)
          and (exists (
            select 1 from public.directory_networkmembership m join public.directory_network w on w.code = m.network_id
            where m.organisation_id = s.organisation_id and w.role = r.role
              and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on))
            or exists (
            select 1 from public.directory_permanence h
            join public.directory_networkmembership m on m.organisation_id = h.holder_id
            join public.directory_network w on w.code = m.network_id
            where h.site_id = s.id and h.state = 'published' and w.role = r.role
              and (h.valid_from is null or h.valid_from <= p_on) and (h.valid_to is null or h.valid_to > p_on)
              and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on)))
        order by s.sphere OPERATOR(public.<->) public.directory_sphere(p_lat, p_lon)
        limit p_limit) n
    -- an operator that nobody recorded anywhere must not cost a walk over every site of the box
    where exists (
        select 1 from public.directory_network w join public.directory_networkmembership m on m.network_id = w.code
        where w.role = r.role)
    union all
    select r.role, n.id, public.directory_km(n.chord), true
    from unnest(p_roles) r(role)
    cross join lateral (
        select s.id, s.sphere OPERATOR(public.<->) public.directory_sphere(p_lat, p_lon) as chord
        from public.directory_site s
        where s.sphere OPERATOR(public.<@) public.directory_box(public.directory_sphere(p_lat, p_lon), p_demo_km)
          and s.merged_into_id is null and s.is_fictitious
          and (s.valid_from is null or s.valid_from <= p_on) and (s.valid_to is null or s.valid_to > p_on)
          and (exists (
            select 1 from public.directory_networkmembership m join public.directory_network w on w.code = m.network_id
            where m.organisation_id = s.organisation_id and w.role = r.role
              and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on))
            or exists (
            select 1 from public.directory_permanence h
            join public.directory_networkmembership m on m.organisation_id = h.holder_id
            join public.directory_network w on w.code = m.network_id
            where h.site_id = s.id and h.state = 'published' and w.role = r.role
              and (h.valid_from is null or h.valid_from <= p_on) and (h.valid_to is null or h.valid_to > p_on)
              and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on)))
        order by s.sphere OPERATOR(public.<->) public.directory_sphere(p_lat, p_lon)
        limit p_limit) n
$$;
