-- Reader: routing.sql.desks (queries.coverage). The place of every published permanence of an operator on the day.
select n.role, s.uid, s.name, coalesce(s.commune_id, ''), s.lat, s.lon
from public.directory_permanence p
join public.directory_site s on s.id = p.site_id
join public.directory_networkmembership m on m.organisation_id = p.holder_id
join public.directory_network n on n.code = m.network_id and n.role <> ''
where (m.valid_from is null or m.valid_from <= %(on)s) and (m.valid_to is null or m.valid_to > %(on)s)
  and s.merged_into_id is null
  and (s.valid_from is null or s.valid_from <= %(on)s) and (s.valid_to is null or s.valid_to > %(on)s)
  and p.is_fictitious = %(fictitious)s and p.state = 'published'
  and (p.valid_from is null or p.valid_from <= %(on)s) and (p.valid_to is null or p.valid_to > %(on)s)
order by p.id, n.role
