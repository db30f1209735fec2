-- Read by journey.sql.access.
select journey_open_file(%(at)s::timestamptz)
