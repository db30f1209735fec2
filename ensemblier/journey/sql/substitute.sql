-- Read by journey.sql.access.
select journey_substitute(%(file)s::uuid, %(at)s::timestamptz, %(until)s::timestamptz, %(why)s::text)
