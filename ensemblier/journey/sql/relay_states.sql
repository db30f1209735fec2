-- Read by journey.sql.relay_states.
select uid, kind, state, version, due_on, ended_at, is_sent
from journey_relay_states(%(since)s::timestamptz, %(most)s::integer);
