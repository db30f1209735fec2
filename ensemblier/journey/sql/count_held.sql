-- Read by journey.sql.departures. What somebody holds in the organisation of who asks, by kind.
select kind, number from journey_count_held(%(leaver)s::bigint) where number > 0 order by kind;
