-- Reader: directory.sql.cards (queries.sites). The nearest sites of each role, each with its card.
with near as materialized (
    select n.role, n.site_id, n.km, n.is_fictitious
    from public.directory_nearest_sites(
        %(lat)s::float8, %(lon)s::float8, %(km)s::float8, %(demo_km)s::float8, %(roles)s::text[], %(on)s::date, %(limit)s::int) n)
select c.*, near.role, near.site_id, near.km, near.is_fictitious
from near
join public.directory_site_cards((select array_agg(distinct site_id) from near), %(on)s::date, %(commune)s::text) c
    on c.id = near.site_id
