-- Read by journey.sql.departures. All that somebody leads in the organisation of who asks passes to a colleague.
select handed_episode, handed_person
from journey_hand_over(%(leaver)s::bigint, %(colleague)s::bigint, %(at)s::timestamptz)
