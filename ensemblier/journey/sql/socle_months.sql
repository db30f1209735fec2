-- Read by journey.sql.socle. How many accompaniments opened, by month, the latest first.
select month, episodes from journey_socle_months(%(organisation)s::bigint, %(since)s::timestamptz);
