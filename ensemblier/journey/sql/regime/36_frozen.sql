-- A frozen file is read, and no more written: whatever the page forgets, the database refuses and says it so that the
-- reader can be told (SQLSTATE JF001, journey.sql.scope). Rights of the person, relays under way and meetings go on.
create or replace function journey_is_frozen(person bigint) returns boolean stable security definer
    set search_path = pg_catalog, public language sql as $$
    select exists (
        select 1 from journey_filehold
        where person_id = person and since <= statement_timestamp() and until > statement_timestamp()
    )
$$;
create or replace function journey_keep_frozen() returns trigger set search_path = pg_catalog, public
    language plpgsql as $$
declare
    touched record := case tg_op when 'DELETE' then old else new end;
begin
    -- What the owner of accesses does (a colleague leaves, a lead follows its relay) hands the file over, it writes nothing.
    if current_user <> 'access_owner' and not journey_is_worker()
        and journey_is_frozen((to_jsonb(touched) ->> tg_argv[0])::bigint) then
        raise exception 'frozen file' using errcode = 'JF001';
    end if;
    return touched;
end
$$;
do $frozen$
declare
    kept record;
begin
    for kept in
        select * from unnest(array[
            'person', 'episode', 'statusperiod', 'need', 'personquality', 'skill', 'project', 'note', 'reading',
            'readingstep', 'planstep', 'planversion', 'activity', 'trainingproject', 'costline', 'fundingline',
            'synthesis', 'document', 'groupmember', 'decision', 'ownnumber'
        ]) as tables (name)
    loop
        if to_regclass('journey_' || kept.name) is not null then
            execute format(
                'create or replace trigger keep_frozen before insert or update or delete on %I '
                'for each row execute function journey_keep_frozen(%L)',
                'journey_' || kept.name, case kept.name when 'person' then 'id' else 'person_id' end
            );
        end if;
    end loop;
end
$frozen$;
