-- How many resources are indexed, and the usual number of their stems: the planner's own count when it says many, which
-- costs nothing; else counted.
select
    case when c.reltuples >= 5000 then c.reltuples::bigint else (select count(*) from library_indexedresource) end,
    case when c.reltuples >= 5000 then 60.0 else (select avg(length) from library_indexedresource) end
from pg_class c where c.oid = 'public.library_indexedresource'::regclass
