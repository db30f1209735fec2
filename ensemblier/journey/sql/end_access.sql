-- Read by journey.sql.access.
select journey_end_access(%(access)s::bigint, %(at)s::timestamptz)
