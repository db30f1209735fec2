-- The roles of the second lock. They belong to the whole server: made once, whoever comes first, and never removed.
--   ensemblier_web      the pages: reads and writes what the policies let in, owns nothing
--   ensemblier_worker   the tasks (clock, reminders, erasure): every row of the journey, by policies that say so
--   ensemblier_clerk    taken by a page for an instant: which files an account reads, which request goes to a queue;
--                       numbers and identifiers, no content; never inherited
--   access_owner        owns the functions that open and close accesses; the only one that writes them for a page
--   journal_owner       owns the functions that write the journal; nobody else may insert there
--   trace_owner         owns the published views of schema trace
--   trace_reader        reads these views and nothing else
do $roles$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('ensemblier_clerk', 'nologin'), ('ensemblier_web', 'login noinherit'),
            ('ensemblier_worker', 'login noinherit'), ('access_owner', 'nologin'),
            ('journal_owner', 'nologin'), ('trace_owner', 'nologin'), ('trace_reader', 'nologin')
        ) as roles (name, login)
    loop
        -- Two databases of one server may do this at the same instant: the second finds it done, or tries again.
        for attempt in 1 .. 40 loop
            begin
                if to_regrole(wanted.name) is null then
                    execute format(
                        'create role %I %s nosuperuser nobypassrls nocreaterole nocreatedb', wanted.name, wanted.login
                    );
                end if;
                if not pg_has_role(current_user, wanted.name, 'member') then
                    execute format('grant %I to %I', wanted.name, current_user);
                end if;
                if wanted.login like 'login%' then
                    if (select rolinherit from pg_roles where rolname = wanted.name) then
                        execute format('alter role %I noinherit', wanted.name);
                    end if;
                    if to_regrole('ensemblier_clerk') is not null
                        and not pg_has_role(wanted.name, 'ensemblier_clerk', 'member')
                    then
                        execute format('grant ensemblier_clerk to %I', wanted.name);
                    end if;
                end if;
                exit;
            exception
                when duplicate_object or unique_violation or internal_error then
                    perform pg_sleep(0.05);
                when insufficient_privilege then
                    raise exception 'role %', wanted.name using errcode = 'insufficient_privilege';
            end;
        end loop;
        if exists (select 1 from pg_roles where rolname = wanted.name and (rolsuper or rolbypassrls)) then
            raise exception 'role % is exempt from row-level security: alter role % nosuperuser nobypassrls',
                wanted.name, wanted.name;
        end if;
    end loop;
end
$roles$;
