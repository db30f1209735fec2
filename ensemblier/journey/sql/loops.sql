-- Read by journey.sql.loops. Counts of open loops, by place and structure; nothing for who does not coordinate.
select departement, zone, structure, loop_kind, loops
from journey_loops(%(since)s::timestamptz, %(at)s::timestamptz)
order by 1 nulls last, 2 nulls last, 3 nulls last, 4
