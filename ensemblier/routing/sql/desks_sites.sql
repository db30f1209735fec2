-- Reader: routing.sql.desks (queries.coverage). Every site of an operator that holds on the day, by id.
select n.role, s.uid, s.name, coalesce(s.commune_id, ''), s.lat, s.lon
from public.directory_networkmembership m
join public.directory_site s on s.organisation_id = m.organisation_id
join public.directory_network n on n.code = m.network_id and n.role <> ''
where (m.valid_from is null or m.valid_from <= %(on)s) and (m.valid_to is null or m.valid_to > %(on)s)
  and s.merged_into_id is null
  and (s.valid_from is null or s.valid_from <= %(on)s) and (s.valid_to is null or s.valid_to > %(on)s)
  and s.is_fictitious = %(fictitious)s
order by s.id, n.role
