"""The editions of the reference tables, by part: another identifier after each transaction that changed a table of the part.

Each app names its tables in a migration of its own (`kernel_watch`). The rows that everybody updates are only locked
while a transaction ends (deferred trigger): an import of an hour stops no other writer; and always the row '' first, so
that two ends never wait for each other. Reader: kernel.orm.edition.
"""

from django.db import migrations

TABLES = """
create table public.kernel_edition (part text primary key, id uuid not null);
create table public.kernel_edition_pending (xid xid8, part text, primary key (xid, part));
insert into public.kernel_edition values ('', gen_random_uuid());
"""

FUNCTIONS = """
-- After a statement that changed a watched table: this transaction will end with another edition of the part.
create or replace function public.kernel_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    insert into public.kernel_edition_pending values (pg_current_xact_id(), tg_argv[0]) on conflict do nothing;
    return null;
end $$;

-- When the transaction ends.
create or replace function public.kernel_new_edition() returns trigger
language plpgsql security definer set search_path = pg_catalog
as $$
begin
    perform from public.kernel_edition where part = '' for update;
    insert into public.kernel_edition values (new.part, gen_random_uuid())
        on conflict (part) do update set id = excluded.id;
    delete from public.kernel_edition_pending where xid = new.xid and part = new.part;
    return null;
end $$;

create constraint trigger new_edition after insert on public.kernel_edition_pending
    deferrable initially deferred for each row execute function public.kernel_new_edition();

-- Called by the migrations of the apps for their own tables.
create or replace function public.kernel_watch(p_part text, p_tables text[]) returns void
language plpgsql set search_path = pg_catalog
as $$
declare
    wanted text;
begin
    insert into public.kernel_edition values (p_part, gen_random_uuid()) on conflict do nothing;
    foreach wanted in array p_tables loop
        execute format('create or replace trigger kernel_changed after insert or update or delete or truncate on public.%I '
            'for each statement execute function public.kernel_changed(%L)', wanted, p_part);
    end loop;
end $$;
"""

GONE = """
drop function public.kernel_watch(text, text[]);
drop table public.kernel_edition_pending, public.kernel_edition;
drop function public.kernel_new_edition();
drop function public.kernel_changed() cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_outbox")]

    operations = [migrations.RunSQL(TABLES + FUNCTIONS, GONE)]
