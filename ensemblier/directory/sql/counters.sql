-- Where each operator may be met: in the sites of its members, and where they hold permanences. Nothing here says from when
-- to when, nor whether a permanence is published: directory_nearest_sites looks at that. A counter in thirty sites: with a
-- table of their own, finding the nearest one reads three rows instead of two hundred.
-- Written by the triggers below, in the transaction that changes what it is made of; never by the application.

-- Each operator has a sphere of its own, ten units from the next one (a sphere is two wide): the index walks no other.
create or replace function public.directory_layer(p_role text) returns double precision
language sql immutable parallel safe
return 10 * array_position(array['france_travail', 'mission_locale', 'cap_emploi', 'apec', 'regional_operator'], p_role);

-- Writes the counters of these sites anew; null = of all sites. Who is a member and who holds what is locked by the row of
-- the organisation, so that of two transactions that each bring one half, the second one sees the first one's.
create or replace function public.directory_count_again(p_sites bigint[]) returns void
language plpgsql set search_path = pg_catalog
as $$
begin
    perform from public.directory_organisation o
        where o.id in (
            select s.organisation_id from public.directory_site s where s.id = any (p_sites)
            union select p.holder_id from public.directory_permanence p where p.site_id = any (p_sites))
        order by o.id for no key update;
    delete from public.directory_counter c where p_sites is null or c.site_id = any (p_sites);
    insert into public.directory_counter (site_id, role, spot)
    select s.id, found.role, public.cube(s.sphere, public.directory_layer(found.role))
    from (
        select h.id as site_id, n.role
        from public.directory_site h
        join public.directory_networkmembership m on m.organisation_id = h.organisation_id
        join public.directory_network n on n.code = m.network_id
        where p_sites is null or h.id = any (p_sites)
        union
        select p.site_id, n.role
        from public.directory_permanence p
        join public.directory_networkmembership m on m.organisation_id = p.holder_id
        join public.directory_network n on n.code = m.network_id
        where p_sites is null or p.site_id = any (p_sites)
    ) found
    join public.directory_site s on s.id = found.site_id
    where s.sphere is not null and public.directory_layer(found.role) is not null
    on conflict do nothing;
end $$;

create or replace function public.directory_site_counts() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
    touched bigint[];
begin
    if tg_op = 'INSERT' then
        touched := array(select a.id from new_rows a order by 1);
    else
        touched := array(select a.id from new_rows a join old_rows b on b.id = a.id
            where (a.organisation_id, a.lat, a.lon) is distinct from (b.organisation_id, b.lat, b.lon) order by 1);
    end if;
    if cardinality(touched) > 0 then
        perform public.directory_count_again(touched);
    end if;
    return null;
end $$;

create or replace function public.directory_member_counts() returns trigger
language plpgsql set search_path = pg_catalog
as $$
declare
    members bigint[];
begin
    if tg_op = 'INSERT' then
        members := array(select distinct a.organisation_id from new_rows a);
    elsif tg_op = 'DELETE' then
        members := array(select distinct b.organisation_id from old_rows b);
    else
        members := array(select a.organisation_id from new_rows a union select b.organisation_id from old_rows b);
    end if;
    perform from public.directory_organisation o where o.id = any (members) order by o.id for no key update;
    perform public.directory_count_again(array(
        select s.id from public.directory_site s where s.organisation_id = any (members)
        union select p.site_id from public.directory_permanence p where p.holder_id = any (members)));
    return null;
end $$;

create or replace function public.directory_permanence_counts() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
    if tg_op = 'INSERT' then
        perform public.directory_count_again(array(select distinct a.site_id from new_rows a));
    elsif tg_op = 'DELETE' then
        perform public.directory_count_again(array(select distinct b.site_id from old_rows b));
    else
        perform public.directory_count_again(array(select a.site_id from new_rows a union select b.site_id from old_rows b));
    end if;
    return null;
end $$;

-- A network that changes its role, a table emptied at once: rare, everything is written anew.
create or replace function public.directory_all_counts() returns trigger
language plpgsql set search_path = pg_catalog
as $$
begin
    perform public.directory_count_again(null);
    return null;
end $$;

create trigger counters_insert after insert on public.directory_site
    referencing new table as new_rows for each statement execute function public.directory_site_counts();
create trigger counters_update after update on public.directory_site
    referencing old table as old_rows new table as new_rows for each statement execute function public.directory_site_counts();
create trigger counters_insert after insert on public.directory_networkmembership
    referencing new table as new_rows for each statement execute function public.directory_member_counts();
create trigger counters_update after update on public.directory_networkmembership
    referencing old table as old_rows new table as new_rows for each statement execute function public.directory_member_counts();
create trigger counters_delete after delete on public.directory_networkmembership
    referencing old table as old_rows for each statement execute function public.directory_member_counts();
create trigger counters_insert after insert on public.directory_permanence
    referencing new table as new_rows for each statement execute function public.directory_permanence_counts();
create trigger counters_update after update on public.directory_permanence
    referencing old table as old_rows new table as new_rows for each statement execute function public.directory_permanence_counts();
create trigger counters_delete after delete on public.directory_permanence
    referencing old table as old_rows for each statement execute function public.directory_permanence_counts();
create trigger counters_role after update of role on public.directory_network
    for each statement execute function public.directory_all_counts();
create trigger counters_none after truncate on public.directory_networkmembership
    for each statement execute function public.directory_all_counts();
create trigger counters_none after truncate on public.directory_permanence
    for each statement execute function public.directory_all_counts();
