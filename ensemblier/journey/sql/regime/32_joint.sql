-- The accesses of a joint accompaniment: exactly those of journey_joint_due, at every instant, whoever writes.
create or replace function journey_joint_due(relay bigint) returns table (
    person_id bigint, organisation_id bigint, user_id bigint, categories varchar[], since timestamptz, until timestamptz
) stable security definer set search_path = pg_catalog, public language sql as $$
    select r.person_id, r.recipient_id, r.adviser_id, shared.categories, r.sent_at,
        least(c.ends_at, r.ended_at + interval '30 days')
    from journey_relay r
    join journey_consent c on c.id = r.consent_id and c.person_id = r.person_id and c.organisation_id = r.recipient_id
    cross join lateral (
        select array_agg(category order by category) as categories from unnest(r.categories) category
        where category = any (c.categories)
    ) shared
    where r.id = relay and r.kind = 'joint' and r.adviser_id is not null and shared.categories is not null
        and r.state in ('acknowledged', 'info_requested', 'accepted', 'in_progress', 'completed')
        and c.revoked_at is null
$$;
create or replace function journey_keep_joint(relay bigint) returns void security definer
    set search_path = pg_catalog, public language plpgsql as $$
begin
    update journey_access a set ended_at = greatest(now(), a.since)
    where a.relay_id = relay and a.ended_at is null and not exists (
        select 1 from journey_joint_due(relay) d
        where (d.person_id, d.organisation_id, d.user_id, d.categories, d.until)
            = (a.person_id, a.organisation_id, a.user_id, a.categories, a.until)
    );
    insert into journey_access
        (person_id, organisation_id, user_id, reason, categories, since, until, why, relay_id)
        select d.person_id, d.organisation_id, d.user_id, 'joint', d.categories, d.since, d.until, '', relay
        from journey_joint_due(relay) d where d.until > d.since
        on conflict (person_id, user_id, organisation_id, reason, relay_id) where ended_at is null do nothing;
end
$$;
create or replace function journey_relay_access() returns trigger security definer
    set search_path = pg_catalog, public language plpgsql as $$
begin
    perform journey_keep_joint(new.id);
    return null;
end
$$;
create or replace trigger relay_access
    after insert or update of state, adviser_id, consent_id, categories, recipient_id, kind, ended_at on journey_relay
    for each row when (new.kind = 'joint') execute function journey_relay_access();
create or replace function journey_consent_access() returns trigger security definer
    set search_path = pg_catalog, public language plpgsql as $$
begin
    perform journey_keep_joint(r.id) from journey_relay r where r.consent_id = new.id and r.kind = 'joint';
    return null;
end
$$;
create or replace trigger consent_access after update of revoked_at, ends_at, categories on journey_consent
    for each row execute function journey_consent_access();
