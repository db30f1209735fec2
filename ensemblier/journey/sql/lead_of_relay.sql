-- Read by journey.sql.access.
select journey_lead_of_relay(%(relay)s::bigint, %(at)s::timestamptz)
