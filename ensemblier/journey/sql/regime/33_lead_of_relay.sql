-- The lead follows a transfer: to its recipient at the first meeting, back to its source when it ends otherwise. All is
-- read from the relay, so that nobody moves a lead that no relay moves. False: the lead stays (somebody moved it since).
create or replace function journey_lead_of_relay(relay bigint, at timestamptz) returns boolean security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    r journey_relay;
    current_lead journey_lead;
begin
    select * into r from journey_relay where id = relay;
    perform 1 from journey_episode where id = r.episode_id for update;
    select * into current_lead from journey_lead
        where episode_id = r.episode_id and until = '9999-12-31 00:00:00+00';
    if not r.has_lead_moved and current_lead.relay_id is distinct from r.id then
        return false;
    end if;
    if r.has_lead_moved and current_lead.relay_id = r.id then
        return false;
    end if;
    if current_lead.id is null or current_lead.since >= at then
        raise check_violation using message = 'the episode is closed, or its lead has just changed';
    end if;
    update journey_lead set until = at where id = current_lead.id;
    insert into journey_lead (episode_id, organisation_id, adviser_id, since, until, follows, relay_id)
        values (
            r.episode_id,
            case when r.has_lead_moved then r.recipient_id else r.source_id end,
            case when r.has_lead_moved then r.adviser_id else r.source_adviser_id end,
            at, '9999-12-31 00:00:00+00', at, case when r.has_lead_moved then r.id end
        );
    return true;
end
$$;
