-- Who asks, as journey.sql.scope told this transaction. Nothing told: nobody, and no row.
create or replace function journey_me() returns bigint stable parallel safe language sql
    return nullif(current_setting('ensemblier.user', true), '')::bigint;
create or replace function journey_organisation() returns bigint stable parallel safe language sql
    return nullif(current_setting('ensemblier.organisation', true), '')::bigint;
create or replace function journey_person() returns bigint stable parallel safe language sql
    return nullif(current_setting('ensemblier.person', true), '')::bigint;
create or replace function journey_is(role text) returns boolean stable parallel safe language sql
    return role = any (string_to_array(coalesce(current_setting('ensemblier.roles', true), ''), ','));
-- The role that a task takes, seen from inside a function that runs as its owner too.
create or replace function journey_is_worker() returns boolean stable parallel safe language sql
    return 'ensemblier_worker' = case current_setting('role') when 'none' then session_user::text
        else current_setting('role') end;
