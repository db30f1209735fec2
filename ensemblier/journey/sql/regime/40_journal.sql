-- The journal: written by these functions alone, which journal_owner owns.
create or replace function journey_note(
    user_ bigint, organisation bigint, herself bigint, person bigint, act_ text, subject_ text, subject_uid_ uuid,
    refused boolean, at_ timestamptz
) returns void security definer set search_path = pg_catalog, public language plpgsql as $$
begin
    -- Inside a context, nobody writes in the name of somebody else.
    if (journey_me(), journey_organisation(), journey_person()) is distinct from (user_, organisation, herself)
        and coalesce(journey_me(), journey_person()) is not null
    then
        raise insufficient_privilege using message = 'the journal is written in one''s own name';
    end if;
    insert into journey_journalentry
        (at, written_at, user_id, organisation_id, by_person, person_id, act, subject, subject_uid, is_refused)
        values (at_, clock_timestamp(), user_, organisation, herself, person, act_, subject_, subject_uid_, refused);
end
$$;

create or replace function journey_entry_digest(entry journey_journalentry) returns bytea stable
    set search_path = pg_catalog, public language sql as $$
    select sha256(convert_to(jsonb_build_array(
        entry.id, (extract(epoch from entry.at) * 1000000)::bigint,
        (extract(epoch from entry.written_at) * 1000000)::bigint,
        entry.user_id, entry.organisation_id, entry.by_person, entry.person_id, entry.act, entry.subject,
        entry.subject_uid, entry.is_refused
    )::text, 'UTF8'))
$$;
create or replace function journey_first_mark(chain smallint) returns bytea immutable language sql
    return sha256(convert_to('ensemblier journal ' || chain, 'UTF8'));

-- The link is added at the very end of the transaction, so that the head is held for an instant only, after every
-- other lock. One transaction adds to one of sixteen chains.
create or replace function journey_chain() returns trigger security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    chain smallint := (txid_current() % 16)::smallint;
    entry_digest bytea := journey_entry_digest(new);
    head journey_journalhead;
begin
    for attempt in 1 .. 2 loop
        update journey_journalhead
            set position = position + 1, mark = sha256(mark || int8send(position + 1) || entry_digest)
            where shard = chain returning * into head;
        exit when found;
        insert into journey_journalhead (shard, position, mark) values (chain, 0, journey_first_mark(chain))
            on conflict do nothing;
    end loop;
    insert into journey_journallink (shard, position, entry_id, digest, mark)
        values (chain, head.position, new.id, entry_digest, head.mark);
    return null;
end
$$;
do $once$
begin
    if not exists (select 1 from pg_trigger where tgname = 'journal_chain') then
        create constraint trigger journal_chain after insert on journey_journalentry
            deferrable initially deferred for each row execute function journey_chain();
    end if;
end
$once$;

-- Retention: entries written before an instant leave, their links stay, and the journal itself says up to which entry.
create or replace function journey_erase_journal(before timestamptz, at_ timestamptz) returns bigint security definer
    set search_path = pg_catalog, public language plpgsql as $$
declare
    last_id bigint;
    erased bigint;
begin
    if not journey_is_worker() then
        raise insufficient_privilege using message = 'only a task erases the journal';
    end if;
    -- By rank, whole: what is kept is one unbroken end of the journal, and erasures stay for ever.
    select max(id) into last_id from journey_journalentry e where written_at < before and not exists (
        select 1 from journey_journalentry younger where younger.id < e.id and younger.written_at >= before
    );
    if last_id is null then
        return 0;
    end if;
    delete from journey_journalentry where id <= last_id and act <> 'erase_journal';
    get diagnostics erased = row_count;
    insert into journey_journalentry (at, written_at, act, subject, is_refused)
        values (at_, clock_timestamp(), 'erase_journal', 'up to ' || last_id, false);
    return erased;
end
$$;
