-- Read by journey.sql.chain.
select journey_erase_journal(%(before)s::timestamptz, %(at)s::timestamptz)
