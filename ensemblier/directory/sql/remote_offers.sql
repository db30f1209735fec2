-- Reader: directory.sql.proximity (queries.offers). Offers at a distance only, by name, along the partial index
-- offer_remote_by_name: twenty of them never cost a scan. Empty text and empty zones = any.
select o.id
from directory_offer o
where o.is_remote_only and o.merged_into_id is null and not o.is_fictitious
  and (%(public)s::text = '' or o.publics = '{}' or %(public)s::text = any(o.publics))
  and (%(need)s::text = '' or %(need)s::text = any(o.needs))
  and (cardinality(%(zones)s::text[]) = 0 or o.eligibility_zones = '{}'
       or o.eligibility_zones && (%(zones)s::text[] || 'france'::text)::varchar[])
  and (o.valid_from is null or o.valid_from <= %(on)s::date) and (o.valid_to is null or o.valid_to > %(on)s::date)
order by o.sort_key, o.id
limit %(limit)s::int
