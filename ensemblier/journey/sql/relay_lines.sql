-- Read by journey.sql.relay_lines: what a line of a list shows of each of these relays, or decides from. The name comes
-- from the reader's own file, or from what a relay in her own hands carries.
select r.id, r.uid, r.version, r.kind, r.state, r.person_id, r.source_id, r.recipient_id, r.adviser_id,
    r.source_adviser_id, r.categories, r.envelope, r.partner, r.due_on, r.appointment_at, r.ended_at,
    source.name as source_name, coalesce(recipient.name, '') as recipient_name, coalesce(adviser.name, '') as adviser_name,
    c.id is not null as has_consent, c.person_id as consent_person, c.organisation_id as consent_organisation,
    c.categories as consent_categories, c.given_at, c.ends_at, c.purpose, c.revoked_at,
    exists (select 1 from journey_relaysequel s where s.relay_id = r.id) as has_sequel,
    exists (select 1 from journey_queueentry q where q.relay_id = r.id) as is_queued,
    coalesce(carried.data ->> 'given_name', file.given_name, '') as given_name,
    coalesce(carried.data ->> 'family_name', file.family_name, '') as family_name
from journey_relay r
join directory_organisation source on source.id = r.source_id
left join directory_organisation recipient on recipient.id = r.recipient_id
left join accounts_user adviser on adviser.id = r.adviser_id
left join journey_consent c on c.id = r.consent_id and r.recipient_id = %(organisation)s::bigint
left join journey_relaypacket carried on carried.relay_id = r.id and carried.category = 'identity' and carried.since_version = 0
    and r.recipient_id = %(organisation)s::bigint and r.adviser_id = %(user)s::bigint
left join journey_person file on file.id = r.person_id and r.source_id = %(organisation)s::bigint
where r.id = any (%(ids)s::bigint[])
