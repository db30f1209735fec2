-- The passage of each of these resources that holds the most of the question, its first second.
select distinct on (p.resource_id) p.resource_id, p.start_ms, p.text
from library_passage p
where p.resource_id = any (%(ids)s::bigint[]) and p.words @@ %(any)s::tsquery
order by p.resource_id, ts_rank(p.words, %(any)s::tsquery) desc, p.start_ms
