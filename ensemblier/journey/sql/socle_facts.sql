-- Read by journey.sql.socle. One coded line for each accompaniment opened between two instants.
select journey_socle_facts(%(organisation)s::bigint, %(start)s::timestamptz, %(end)s::timestamptz);
