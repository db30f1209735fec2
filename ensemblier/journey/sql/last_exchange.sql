-- Read by journey.sql.retention. Files opened before a day, with their last individual exchange: what was said, held,
-- written or signed with the person, never the mere passing of a deadline.
select
    p.id,
    greatest(
        p.created_at,
        (select max(greatest(e.opened_at, case when e.closes_at < '9999-01-01' then e.closes_at end))
           from journey_episode e where e.person_id = p.id),
        (select max(n.written_at) from journey_note n where n.person_id = p.id and n.kind <> 'private'),
        (select max(a.starts_at) from journey_appointment a where a.person_id = p.id and a.state = 'held'),
        (select max(v.at) from journey_relayevent v join journey_relay r on r.id = v.relay_id
          where r.person_id = p.id and v.party <> 'clock'),
        (select max(m.at) from journey_relaymessage m join journey_relay r on r.id = m.relay_id where r.person_id = p.id),
        (select max(s.at) from journey_signature s where s.person_id = p.id),
        (select max(c.given_at) from journey_consent c where c.person_id = p.id),
        (select max(q.asked_at) from journey_rightsrequest q where q.person_id = p.id)
    ) as last_exchange,
    (select max(h.until) from journey_filehold h where h.person_id = p.id and h.since <= %(at)s::timestamptz) as frozen_until,
    t.archived_at,
    t.warned_at
from journey_person p
left join journey_fileterm t on t.person_id = p.id
where p.created_at <= %(before)s::timestamptz
