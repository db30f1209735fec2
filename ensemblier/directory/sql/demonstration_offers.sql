-- Reader: directory.sql.proximity (queries.offers), when no real offer answers. The demonstration's own offers, and only
-- where the directory knows no real place within %(km)s km: the two never stand side by side. The table of
-- demonstration sites is a handful of rows behind a partial condition: no index of its own.
select o.id, public.directory_km(s.sphere operator(public.<->) public.directory_sphere(%(lat)s::float8, %(lon)s::float8)) as km,
       o.is_remote_only
from directory_offer o
join directory_site s on s.id = o.site_id
where o.is_fictitious and s.is_fictitious and o.merged_into_id is null and s.merged_into_id is null
  and s.sphere operator(public.<@) public.directory_box(public.directory_sphere(%(lat)s::float8, %(lon)s::float8), %(km)s::float8)
  and not exists (
    select 1 from directory_site r
    where r.sphere operator(public.<@) public.directory_box(public.directory_sphere(%(lat)s::float8, %(lon)s::float8), %(km)s::float8)
      and not r.is_fictitious and r.merged_into_id is null
      and (r.valid_from is null or r.valid_from <= %(on)s::date) and (r.valid_to is null or r.valid_to > %(on)s::date))
  and (%(day)s::int = 0 or s.open_days & %(day)s::int <> 0)
  and (%(public)s::text = '' or o.publics = '{}' or %(public)s::text = any(o.publics))
  and (%(need)s::text = '' or %(need)s::text = any(o.needs))
  and (o.valid_from is null or o.valid_from <= %(on)s::date) and (o.valid_to is null or o.valid_to > %(on)s::date)
  and (s.valid_from is null or s.valid_from <= %(on)s::date) and (s.valid_to is null or s.valid_to > %(on)s::date)
order by 2, 1
limit %(limit)s::int
