-- Files that the professional who asks may open whole, and those that a person shares with her, by category.
-- Owned by access_owner: a policy may call them without asking the policy of journey_access again.
create or replace function journey_files() returns bigint[] stable security definer
    set search_path = pg_catalog, public language sql as $$
    select coalesce(array_agg(person_id), '{}') from journey_access
    where user_id = journey_me() and organisation_id = journey_organisation() and journey_is('adviser')
        and ended_at is null and (until is null or until > now()) and reason <> 'joint' and categories = '{}'
$$;
create or replace function journey_shared(category text) returns bigint[] stable security definer
    set search_path = pg_catalog, public language sql as $$
    select coalesce(array_agg(person_id), '{}') from journey_access
    where user_id = journey_me() and organisation_id = journey_organisation() and journey_is('adviser')
        and ended_at is null and (until is null or until > now()) and categories @> array[category]::varchar[]
$$;
-- Accompaniments that she leads now, even in a file of another organisation (after a transfer): she hands them over and
-- closes them; the file itself stays shut.
create or replace function journey_led() returns bigint[] stable security definer
    set search_path = pg_catalog, public language sql as $$
    select coalesce(array_agg(episode_id), '{}') from journey_lead
    where adviser_id = journey_me() and organisation_id = journey_organisation() and journey_is('adviser')
        and until = '9999-12-31 00:00:00+00'
$$;
create or replace function journey_led_until(episode bigint, at timestamptz) returns boolean stable security definer
    set search_path = pg_catalog, public language sql as $$
    select exists (
        select 1 from journey_lead where episode_id = episode and until = at and adviser_id = journey_me()
            and organisation_id = journey_organisation() and journey_is('adviser')
    )
$$;

-- A new file: its number and the access of who opens it. Never the number of a file that exists.
create or replace function journey_open_file(at timestamptz) returns bigint security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    new_person bigint;
begin
    if journey_me() is null or journey_organisation() is null or not journey_is('adviser') then
        raise insufficient_privilege using message = 'only an adviser, for an organisation, opens a file';
    end if;
    new_person := nextval('journey_person_id_seq');
    insert into journey_access (person_id, organisation_id, user_id, reason, categories, since, why)
        values (new_person, journey_organisation(), journey_me(), 'opened', '{}', at, '');
    return new_person;
end
$$;

-- A colleague of the organisation joins the follow-up of a file that the caller opens whole (or a task decides).
create or replace function journey_grant_access(
    person bigint, colleague bigint, at timestamptz, until_ timestamptz, why_ text
) returns bigint security definer set search_path = pg_catalog, public language plpgsql as $$
declare
    holder bigint := (select organisation_id from journey_person where id = person);
    granted bigint;
begin
    if not (person = any (journey_files()) or journey_is_worker()) then
        raise insufficient_privilege using message = 'not a file that you open whole';
    end if;
    if not exists (
        select 1 from accounts_membership
        where user_id = colleague and organisation_id = holder and role = 'adviser'
            and (valid_to is null or valid_to > current_date)
    ) then
        return null;
    end if;
    insert into journey_access (person_id, organisation_id, user_id, reason, categories, since, until, why)
        values (person, holder, colleague, 'member', '{}', at, until_, why_)
        on conflict (person_id, user_id, organisation_id, reason, relay_id) where ended_at is null
        do update set until = excluded.until, why = excluded.why
        returning id into granted;
    return granted;
end
$$;

-- A colleague without access takes one, for a written reason and until a day. Null: no such file in her organisation.
create or replace function journey_substitute(file uuid, at timestamptz, until_ timestamptz, why_ text)
    returns bigint security definer set search_path = pg_catalog, public language plpgsql as $$
declare
    found_person bigint;
begin
    if journey_me() is null or not journey_is('adviser') then
        raise insufficient_privilege using message = 'only an adviser replaces a colleague';
    end if;
    select id into found_person from journey_person where uid = file and organisation_id = journey_organisation();
    if found_person is null then
        return null;
    end if;
    insert into journey_access (person_id, organisation_id, user_id, reason, categories, since, until, why)
        values (found_person, journey_organisation(), journey_me(), 'substitute', '{}', at, until_, why_)
        on conflict (person_id, user_id, organisation_id, reason, relay_id) where ended_at is null
        do update set until = excluded.until, why = excluded.why, since = least(journey_access.since, excluded.since);
    return found_person;
end
$$;

-- Ends an access: its holder, who opens the file whole, the person herself, or a task. False: none of theirs.
create or replace function journey_end_access(access bigint, at timestamptz) returns boolean security definer
    set search_path = pg_catalog, public language plpgsql as $$
begin
    update journey_access set ended_at = greatest(at, since)
    where id = access and ended_at is null and reason <> 'joint' and (
        (user_id = journey_me() and organisation_id = journey_organisation())
        or person_id = any (journey_files()) or person_id = journey_person() or journey_is_worker()
    );
    return found;
end
$$;
