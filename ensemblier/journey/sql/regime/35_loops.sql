-- Relays that nobody answers and loops that stay open, counted by place and structure: for who coordinates a territory
-- and for the task that tells her. No person, no relay, no date.
create or replace function journey_loops(since timestamptz, at timestamptz)
    returns table (departement text, zone text, structure bigint, loop_kind text, loops bigint)
    stable security definer set search_path = pg_catalog, public language sql as $$
    with known as (
        select r.id, r.uid, r.state, r.source_id, r.recipient_id, r.ended_at, c.departement_id, c.zone_emploi_id,
            exists (select 1 from journey_relaysequel s where s.relay_id = r.id)
                or exists (select 1 from journey_queueentry q where q.relay_id = r.id) as is_followed,
            exists (select 1 from kernel_outboxmessage m where m.subject_uid = r.uid and m.state = 'parked'
                and m.kind like 'relay.%.person') as is_untold
        from journey_relay r
        join journey_person p on p.id = r.person_id
        left join territory_commune c on c.code = p.commune_id
        where (journey_is('coordinator') or journey_is_worker())
            and (r.state = 'sent' or (r.ended_at > since and r.ended_at <= at and r.sent_at is not null))
    ), told as (
        select departement_id, zone_emploi_id, recipient_id as place, 'unanswered' as what from known where state = 'sent'
        union all
        select departement_id, zone_emploi_id, recipient_id, 'expired' from known where state = 'expired'
        union all
        select departement_id, zone_emploi_id, source_id, 'open' from known
        where ended_at is not null
            and (is_untold or (state in ('declined', 'expired', 'failed') and not is_followed))
        union all
        select departement_id, zone_emploi_id, source_id, 'ended' from known where ended_at is not null
    )
    select departement_id, zone_emploi_id, place, what, count(*) from told group by 1, 2, 3, 4
$$;
