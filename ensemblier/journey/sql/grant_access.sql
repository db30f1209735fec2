-- Read by journey.sql.access.
select journey_grant_access(
    %(person)s::bigint, %(colleague)s::bigint, %(at)s::timestamptz, %(until)s::timestamptz, %(why)s::text
)
