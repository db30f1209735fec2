-- Readers: directory.sql.proximity (queries.sites, queries.offers).
-- KNN on the unit sphere (GiST on a cube). The radius stays in the index condition, bitmap scans and sorts are off:
-- the planner guesses a constant selectivity for "inside the box" and would otherwise read the box whole, then sort it.
-- PL/pgSQL with generic plans: planning such a join costs more than running it.
-- What is rare is found the other way round: from the few rows that have it, sorted by distance.

-- The box around a point that holds every point within p_km (chord of the sphere, mean radius of the Earth 6371.0088 km).
create or replace function public.directory_box(p_centre public.cube, p_km double precision) returns public.cube
language sql immutable strict parallel safe
return public.cube_enlarge(p_centre, 2 * sin(least(p_km, 20000) / (2 * 6371.0088)), 3);

-- Great-circle km of a chord.
create or replace function public.directory_km(p_chord double precision) returns double precision
language sql immutable strict parallel safe
return 2 * 6371.0088 * asin(least(p_chord / 2, 1));

-- Offers near a point, walking outwards through at most p_steps sites that may be open that day.
-- p_public, p_need: '' = any; p_day: mask of weekdays, 0 = any.
create or replace function public.directory_walk_offers(
    p_centre public.cube, p_box public.cube, p_public text, p_need text, p_day integer, p_on date, p_limit integer,
    p_steps integer)
returns table (offer_id bigint, chord double precision)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
    if p_day = 64 then  -- few places open on Sunday: they have their own index, which only a constant reaches
        return query
        select o.id, s.chord
        from (
            select h.id, h.sphere OPERATOR(public.<->) p_centre as chord
            from public.directory_site h
            where h.sphere OPERATOR(public.<@) p_box
              and h.merged_into_id is null and not h.is_fictitious
              and h.open_days & 64 <> 0
              and (h.valid_from is null or h.valid_from <= p_on) and (h.valid_to is null or h.valid_to > p_on)
            order by h.sphere OPERATOR(public.<->) p_centre
            limit p_steps) s
        join public.directory_offer o on o.site_id = s.id
        where o.merged_into_id is null and not o.is_remote_only
          and (p_public = '' or o.publics = '{}' or p_public = any(o.publics))
          and (p_need = '' or p_need = any(o.needs))
          and (o.valid_from is null or o.valid_from <= p_on) and (o.valid_to is null or o.valid_to > p_on)
        order by s.chord
        limit p_limit;
        return;
    end if;
    return query
    select o.id, s.chord
    from (
        select h.id, h.sphere OPERATOR(public.<->) p_centre as chord
        from public.directory_site h
        where h.sphere OPERATOR(public.<@) p_box
          and h.merged_into_id is null and not h.is_fictitious
          and (p_day = 0 or h.open_days & p_day <> 0)
          and (h.valid_from is null or h.valid_from <= p_on) and (h.valid_to is null or h.valid_to > p_on)
        order by h.sphere OPERATOR(public.<->) p_centre
        limit p_steps) s
    join public.directory_offer o on o.site_id = s.id
    where o.merged_into_id is null and not o.is_remote_only
      and (p_public = '' or o.publics = '{}' or p_public = any(o.publics))
      and (p_need = '' or p_need = any(o.needs))
      and (o.valid_from is null or o.valid_from <= p_on) and (o.valid_to is null or o.valid_to > p_on)
    order by s.chord
    limit p_limit;
end $$;

-- Whether a box holds more than p_count sites that may be open that day.
create or replace function public.directory_has_more_sites(p_box public.cube, p_day integer, p_count integer)
returns boolean
language plpgsql stable
set plan_cache_mode = force_generic_plan
as $$
begin
    if p_day = 64 then
        return (select count(*) > p_count from (
            select 1 from public.directory_site s
            where s.sphere OPERATOR(public.<@) p_box and s.merged_into_id is null and not s.is_fictitious
              and s.open_days & 64 <> 0
            limit p_count + 1) found);
    end if;
    return (select count(*) > p_count from (
        select 1 from public.directory_site s
        where s.sphere OPERATOR(public.<@) p_box and s.merged_into_id is null and not s.is_fictitious
          and (p_day = 0 or s.open_days & p_day <> 0)
        limit p_count + 1) found);
end $$;

-- The nearest offers that are not at a distance only: a short walk answers what is common; what is not found so is
-- either rare in the whole country, and found from its own few rows, or asks for the long walk.
create or replace function public.directory_nearest_offers(
    p_lat double precision, p_lon double precision, p_km double precision,
    p_public text, p_need text, p_day integer, p_on date, p_limit integer)
returns table (offer_id bigint, km double precision)
language plpgsql stable
set plan_cache_mode = force_generic_plan
as $$
declare
    steps integer := 250;
    rare constant integer := 1500;
    centre constant public.cube := public.directory_sphere(p_lat, p_lon);
    box constant public.cube := public.directory_box(centre, p_km);
    ids bigint[];
    chords double precision[];
    few bigint[];
begin
    select array_agg(w.offer_id), array_agg(w.chord) into ids, chords
    from public.directory_walk_offers(centre, box, p_public, p_need, p_day, p_on, p_limit, steps) w;
    if coalesce(cardinality(ids), 0) >= p_limit or not public.directory_has_more_sites(box, p_day, steps) then
        return query select u.id, public.directory_km(u.chord) from unnest(ids, chords) u(id, chord);
        return;
    end if;
    if p_need <> '' then
        few := array(select o.id from public.directory_offer o where o.needs @> array[p_need]::varchar[] limit rare);
    elsif p_public <> '' then
        few := array(select o.id from public.directory_offer o
            where o.publics @> array[p_public]::varchar[] or o.publics = '{}' limit rare);
    end if;
    if few is null or cardinality(few) = rare then
        steps := 2000000000;
        return query select w.offer_id, public.directory_km(w.chord)
            from public.directory_walk_offers(centre, box, p_public, p_need, p_day, p_on, p_limit, steps) w;
        return;
    end if;
    return query
    select x.id, public.directory_km(x.chord)
    from (
        select o.id, s.sphere OPERATOR(public.<->) centre as chord
        from public.directory_offer o
        join public.directory_site s on s.id = o.site_id
        where o.id = any(few)
          and s.sphere OPERATOR(public.<@) box
          and s.merged_into_id is null and not s.is_fictitious
          and (p_day = 0 or s.open_days & p_day <> 0)
          and (s.valid_from is null or s.valid_from <= p_on) and (s.valid_to is null or s.valid_to > p_on)
          and o.merged_into_id is null and not o.is_remote_only
          and (p_public = '' or o.publics = '{}' or p_public = any(o.publics))
          and (o.valid_from is null or o.valid_from <= p_on) and (o.valid_to is null or o.valid_to > p_on)
        offset 0) x
    order by x.chord, x.id
    limit p_limit;
end $$;

-- Counters near a point of their operator's sphere (directory_counter), walking outwards: at home with a member of these
-- networks, or in a place where a member holds a published permanence, on that day.
create or replace function public.directory_walk_counters(
    p_centre public.cube, p_box public.cube, p_networks text[], p_fictitious boolean, p_on date, p_limit integer)
returns table (site_id bigint, chord double precision)
language plpgsql stable
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
    return query
    select x.id, x.chord
    from (
        select s.id, c.spot OPERATOR(public.<->) p_centre as chord
        from public.directory_counter c
        join public.directory_site s on s.id = c.site_id
        where c.spot OPERATOR(public.<@) p_box
          and s.merged_into_id is null and s.is_fictitious = p_fictitious
          and (s.valid_from is null or s.valid_from <= p_on) and (s.valid_to is null or s.valid_to > p_on)
          and (exists (
            select from public.directory_networkmembership m
            join public.directory_organisation o on o.id = m.organisation_id and (o.is_fictitious or not p_fictitious)
            where m.organisation_id = s.organisation_id and m.network_id = any(p_networks)
              and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on))
          or exists (
            select from public.directory_permanence p
            join public.directory_networkmembership m on m.organisation_id = p.holder_id and m.network_id = any(p_networks)
            join public.directory_organisation o on o.id = p.holder_id and (o.is_fictitious or not p_fictitious)
            where p.site_id = s.id and p.state = 'published'
              and (p.valid_from is null or p.valid_from <= p_on) and (p.valid_to is null or p.valid_to > p_on)
              and (m.valid_from is null or m.valid_from <= p_on) and (m.valid_to is null or m.valid_to > p_on)))
        order by c.spot OPERATOR(public.<->) p_centre
        fetch first p_limit rows with ties) x
    order by x.chord, x.id
    limit p_limit;
end $$;

-- For each operator: the p_limit nearest real sites within p_km and, apart, demonstration ones within p_demo_km. A site
-- counts for an operator that is at home there, or that holds a published permanence there.
create or replace function public.directory_nearest_sites(
    p_lat double precision, p_lon double precision, p_km double precision, p_demo_km double precision,
    p_roles text[], p_on date, p_limit integer)
returns table (role text, site_id bigint, km double precision, is_fictitious boolean)
language plpgsql stable
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
declare
    centre public.cube;
    has_demo constant boolean := exists (select 1 from public.directory_site s where s.is_fictitious);
    wanted text;
    networks text[];
begin
    foreach wanted in array p_roles loop
        centre := public.cube(public.directory_sphere(p_lat, p_lon), public.directory_layer(wanted));
        networks := array(select n.code from public.directory_network n where n.role = wanted);
        return query select wanted, w.site_id, public.directory_km(w.chord), false
            from public.directory_walk_counters(
                centre, public.directory_box(centre, p_km), networks, false, p_on, p_limit) w;
        if has_demo then
            return query select wanted, w.site_id, public.directory_km(w.chord), true
                from public.directory_walk_counters(
                    centre, public.directory_box(centre, p_demo_km), networks, true, p_on, p_limit) w;
        end if;
    end loop;
end $$;
