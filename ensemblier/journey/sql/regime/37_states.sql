-- What the system of an organisation reads of its relays: identifiers, states and deadlines, as its webhooks say them.
-- No name, no content, not even the other organisation. Drafts are nobody's but their author's.
create or replace function journey_relay_states(since timestamptz, most integer)
    returns table (uid uuid, kind text, state text, version integer, due_on date, ended_at timestamptz, is_sent boolean)
    stable security definer set search_path = pg_catalog, public language sql as $$
    select r.uid, r.kind::text, r.state::text, r.version::integer, r.due_on, r.ended_at,
        r.source_id = journey_organisation()
    from journey_relay r
    where journey_is('system_states') and journey_organisation() is not null
        and (r.ended_at is null or r.ended_at >= since)
        and ((r.source_id = journey_organisation() and r.state <> 'draft')
            or (r.recipient_id = journey_organisation() and r.state not in ('draft', 'awaiting_person')))
    order by r.due_on nulls last, r.id limit least(most, 1000)
$$;
