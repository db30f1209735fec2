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
    update journey_access set ended_at = greatest(at, since)
    where organisation_id = journey_organisation() and user_id = leaver and ended_at is null and reason <> 'joint';
end
$$;
