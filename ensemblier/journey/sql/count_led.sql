-- Read by journey.sql.departures. How many open accompaniments somebody leads in the organisation of who asks.
select journey_count_led(%(leaver)s::bigint)
