-- Somebody leaves an organisation: how much she leads there, and all of it passed to a colleague. Asked by herself, her
-- team lead or who manages the accounts of that organisation, who read nothing of the files by it.
create or replace function journey_may_hand_over(leaver bigint) returns boolean stable parallel safe language sql
    return journey_organisation() is not null
        and (leaver = journey_me() or journey_is('account_manager') or journey_is('team_lead'));

create or replace function journey_count_led(leaver bigint) returns bigint stable security definer
    set search_path = pg_catalog, public language sql as $$
    select count(*) from journey_lead
    where journey_may_hand_over(leaver) and organisation_id = journey_organisation() and adviser_id = leaver
        and until = '9999-12-31 00:00:00+00'
$$;

-- Files that nobody else of the organisation opens whole: without somebody named, nobody would answer for them.
create or replace function journey_files_alone(leaver bigint) returns setof bigint stable security definer
    set search_path = pg_catalog, public language sql as $$
    select distinct a.person_id from journey_access a
    where journey_may_hand_over(leaver) and a.organisation_id = journey_organisation() and a.user_id = leaver
        and a.ended_at is null and a.reason in ('opened', 'lead', 'member') and a.categories = '{}'
        and (a.until is null or a.until > now())
        and not exists (
            select 1 from journey_access other
            where other.person_id = a.person_id and other.organisation_id = a.organisation_id
                and other.user_id <> leaver and other.ended_at is null
                and other.reason in ('opened', 'lead', 'member') and other.categories = '{}'
                and (other.until is null or other.until > now())
        )
$$;

-- What somebody holds besides, by kind: what must have somebody else before she goes.
create or replace function journey_count_held(leaver bigint) returns table (kind text, number bigint)
    stable security definer set search_path = pg_catalog, public language sql as $$
    select held.kind, held.number from (
        select 'lead' as kind, journey_count_led(leaver) as number
        union all select 'relay', count(*) from journey_relay
            where ended_at is null and ((source_adviser_id = leaver and source_id = journey_organisation())
                or (adviser_id = leaver and recipient_id = journey_organisation()))
        union all select 'appointment', count(*) from journey_appointment
            where adviser_id = leaver and organisation_id = journey_organisation()
                and state in ('proposed', 'confirmed') and ends_at > now()
        union all select 'claim', count(*) from journey_queueentry
            where claimed_by_id = leaver and claimed_for_id = journey_organisation() and answered_at is null
        union all select 'group', count(*) from journey_groupmember
            where user_id = leaver and organisation_id = journey_organisation()
                and (until is null or until > current_date)
        union all select 'file', count(*) from journey_files_alone(leaver)
    ) held where journey_may_hand_over(leaver)
$$;

-- Relays under way, meetings to come, requests of the queue and places in follow-up groups: all to the colleague.
create or replace function journey_hand_over_rest(leaver bigint, colleague bigint, at timestamptz) returns void
    security definer set search_path = pg_catalog, public language plpgsql as $$
begin
    if not journey_may_hand_over(leaver) then
        raise insufficient_privilege using message = 'only herself, her team lead or who manages the accounts';
    end if;
    update journey_relay set source_adviser_id = colleague
        where source_adviser_id = leaver and source_id = journey_organisation() and ended_at is null;
    update journey_relay set adviser_id = colleague
        where adviser_id = leaver and recipient_id = journey_organisation() and ended_at is null;
    update journey_appointment set adviser_id = colleague
        where adviser_id = leaver and organisation_id = journey_organisation()
            and state in ('proposed', 'confirmed') and ends_at > at;
    update journey_queueentry set claimed_by_id = colleague
        where claimed_by_id = leaver and claimed_for_id = journey_organisation() and answered_at is null;
    update journey_groupmember set user_id = colleague
        where user_id = leaver and organisation_id = journey_organisation()
            and (until is null or until > current_date);
    update journey_calendarfeed set ended_at = at
        where adviser_id = leaver and organisation_id = journey_organisation() and ended_at is null;
    insert into journey_access (person_id, organisation_id, user_id, reason, categories, since, why)
        select person_id, journey_organisation(), colleague, 'member', '{}'::varchar[], at,
            'Reprend les dossiers d’un collègue parti'
        from journey_files_alone(leaver) as alone (person_id)
        on conflict (person_id, user_id, organisation_id, reason, relay_id) where ended_at is null do nothing;
end
$$;

create or replace function journey_hand_over(leaver bigint, colleague bigint, at timestamptz)
    returns table (handed_episode uuid, handed_person bigint) security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    led record;
begin
    if not journey_may_hand_over(leaver) then
        raise insufficient_privilege using message = 'only herself, her team lead or who manages the accounts';
    end if;
    for led in
        select l.id, l.episode_id, l.since, e.uid, e.person_id from journey_lead l
        join journey_episode e on e.id = l.episode_id
        where l.organisation_id = journey_organisation() and l.adviser_id = leaver
            and l.until = '9999-12-31 00:00:00+00'
        order by l.episode_id
    loop
        perform 1 from journey_episode where id = led.episode_id for update;
        update journey_lead set until = at where id = led.id and until = '9999-12-31 00:00:00+00' and since < at;
        if not found then
            raise check_violation using message = 'the lead of an accompaniment has just changed';
        end if;
        insert into journey_lead (episode_id, organisation_id, adviser_id, since, until, follows)
            values (led.episode_id, journey_organisation(), colleague, at, '9999-12-31 00:00:00+00', at);
        handed_episode := led.uid;
        handed_person := led.person_id;
        return next;
    end loop;
    perform journey_hand_over_rest(leaver, colleague, at);
    update journey_access set ended_at = greatest(at, since)
    where organisation_id = journey_organisation() and user_id = leaver and ended_at is null and reason <> 'joint';
end
$$;
