-- A member is away and somebody stands in: the files that she opens are open to her substitute, for these days alone.
-- The absence itself says who, for whom and until when; nobody else is let in by it, and the clock closes what is over.
create or replace function journey_paris_day(at timestamptz) returns date stable parallel safe language sql
    return (at at time zone 'Europe/Paris')::date;

-- Ends what no absence holds any more: she came back, another substitute was named, the last day has passed.
create or replace function journey_stand_down(at timestamptz) returns bigint security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    ended bigint;
begin
    update journey_access a set ended_at = greatest(a.since, least(at, coalesce(a.until, at)))
    where a.ended_at is null and a.reason = 'substitute' and (
        a.until <= at or (a.absence is not null and not exists (
            select 1 from accounts_memberabsence b
            where b.uid = a.absence and b.substitute_id = a.user_id and b.last_day >= journey_paris_day(at)
        ))
    );
    get diagnostics ended = row_count;
    return ended;
end
$$;

-- Opens to the substitute what the absent member opens whole, from the first day; returns the files, to be journaled.
-- By a task, by the absent member herself, her team lead or who manages the accounts. Nothing is opened twice.
create or replace function journey_stand_in(absence_ uuid, at timestamptz, why_ text)
    returns table (opened_file uuid, opened_person bigint, for_organisation bigint) security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    away record;
begin
    select b.* into away from accounts_memberabsence b where b.uid = absence_ and b.substitute_id is not null
        and journey_paris_day(at) between b.first_day and b.last_day;
    if not found then
        return;
    end if;
    if not (journey_is_worker()
        or (away.organisation_id = journey_organisation() and journey_may_hand_over(away.user_id)))
    then
        raise insufficient_privilege using message = 'only herself, her team lead or who manages the accounts';
    end if;
    if not exists (
        select 1 from accounts_membership
        where user_id = away.substitute_id and organisation_id = away.organisation_id and role = 'adviser'
            and (valid_from is null or valid_from <= journey_paris_day(at))
            and (valid_to is null or valid_to > journey_paris_day(at))
    ) then
        return;
    end if;
    return query
        with opened as (
            insert into journey_access
                (person_id, organisation_id, user_id, reason, categories, since, until, why, absence)
            select distinct a.person_id, a.organisation_id, away.substitute_id, 'substitute', '{}'::varchar[], at,
                (away.last_day + 1)::timestamp at time zone 'Europe/Paris', why_, absence_
            from journey_access a
            where a.user_id = away.user_id and a.organisation_id = away.organisation_id and a.ended_at is null
                and a.reason in ('opened', 'lead', 'member') and a.categories = '{}'
                and (a.until is null or a.until > at)
                and not exists (
                    select 1 from journey_access own
                    where own.person_id = a.person_id and own.user_id = away.substitute_id
                        and own.organisation_id = away.organisation_id and own.ended_at is null
                        and own.reason <> 'joint' and own.categories = '{}'
                )
            on conflict (person_id, user_id, organisation_id, reason, relay_id) where ended_at is null do nothing
            returning person_id, organisation_id
        )
        select p.uid, p.id, o.organisation_id from opened o join journey_person p on p.id = o.person_id;
end
$$;
