-- The accesses that leads bring: kept by the database, whoever writes a lead.
-- A lead of the holder's organisation opens the file; when it passes on, the former adviser's accesses end, unless she
-- still leads another accompaniment of the same person. Closing an accompaniment ends no access.
create or replace function journey_lead_access() returns trigger security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    person bigint;
    holder bigint;
    former bigint;
begin
    select p.id, p.organisation_id into person, holder
        from journey_episode e join journey_person p on p.id = e.person_id where e.id = new.episode_id;
    if new.follows is not null then
        select l.adviser_id into former from journey_lead l
            where l.episode_id = new.episode_id and l.until = new.follows;
        update journey_access set ended_at = greatest(new.since, since)
        where person_id = person and user_id = former and ended_at is null and reason in ('opened', 'lead')
            and (former <> new.adviser_id or new.organisation_id <> holder)
            and not exists (
                select 1 from journey_lead l join journey_episode e on e.id = l.episode_id
                where e.person_id = person and l.adviser_id = former and l.organisation_id = holder
                    and l.until = '9999-12-31 00:00:00+00' and l.id <> new.id
            );
    end if;
    if new.organisation_id = holder then
        insert into journey_access (person_id, organisation_id, user_id, reason, categories, since, why)
            values (person, holder, new.adviser_id, 'lead', '{}', new.since, '')
            on conflict (person_id, user_id, organisation_id, reason, relay_id) where ended_at is null do nothing;
    end if;
    return null;
end
$$;
create or replace trigger lead_access after insert on journey_lead
    for each row execute function journey_lead_access();
