"""The second lock as the database itself describes it: no table without policy, nobody exempt, nothing that bypasses.

Each question is asked again of a database where the fault has been planted.
"""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection

from ensemblier.journey.actions.regime import lock_tables
from ensemblier.journey.sql.locks_of_tables import LOCKS

pytestmark = pytest.mark.django_db
OURS = "('ensemblier_web', 'ensemblier_worker', 'access_owner', 'journal_owner', 'trace_owner', 'trace_reader')"


def asked(question: str) -> list[str]:
    """The first column of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [str(row[0]) for row in cursor.fetchall()]


def done(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def unlocked() -> list[str]:
    """Tables of the journey where row-level security is off, not forced, or says nothing of the pages or the tasks."""
    return asked("""
        select relname from pg_class c where relkind in ('r', 'p') and relname like 'journey\\_%'
            and not (relrowsecurity and relforcerowsecurity
                and exists (select 1 from pg_policy where polrelid = c.oid))
    """)


def exempt() -> list[str]:
    """Roles of ours that no policy would stop, or that own a table or belong to one that does."""
    return asked(f"""
        select rolname from pg_roles r where rolname in {OURS} and (
            rolsuper or rolbypassrls or rolcreaterole
            or exists (select 1 from pg_class where relowner = r.oid and relkind in ('r', 'p')
                and relnamespace = 'public'::regnamespace)
            or exists (
                select 1 from pg_roles o where o.oid <> r.oid and pg_has_role(r.oid, o.oid, 'member')
                and (o.rolsuper or o.rolbypassrls)
            )
        )
    """)


def bypassing() -> list[str]:
    """Functions that run as their owner, and views, whose owner is exempt: everybody would read through them."""
    return asked(f"""
        select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner
        where p.prosecdef and p.pronamespace in ('public'::regnamespace, to_regnamespace('trace'))
            and r.rolname not in {OURS}
        union all
        select c.relname from pg_class c join pg_roles r on r.oid = c.relowner
        where c.relkind in ('v', 'm') and c.relnamespace in ('public'::regnamespace, to_regnamespace('trace'))
            and r.rolname not in {OURS}
            and not coalesce(c.reloptions @> array['security_invoker=true'], false)
            and exists (
                select 1 from pg_depend d join pg_rewrite w on w.oid = d.objid join pg_class t on t.oid = d.refobjid
                where w.ev_class = c.oid and d.refclassid = 'pg_class'::regclass and t.relname like 'journey\\_%'
            )
    """)


def searching_anywhere() -> list[str]:
    """Functions that run as their owner and look names up where the caller says."""
    return asked("""
        select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace
            and not exists (select 1 from unnest(proconfig) setting where setting like 'search\\_path=%')
    """)


def open_to_all() -> list[str]:
    """Tables and functions of the journey that everybody may use."""
    return asked("""
        select relname from pg_class, aclexplode(relacl) a where relname like 'journey\\_%' and a.grantee = 0
        union all
        select proname from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
        where prosecdef and pronamespace = 'public'::regnamespace and a.grantee = 0
    """)


def rewriting_the_journal() -> list[str]:
    """Rights of pages or tasks to change, erase or empty the journal, or to write it other than by its function."""
    return asked("""
        select relname || ' ' || privilege_type || ' ' || grantee::regrole from pg_class, aclexplode(relacl)
        where relkind in ('r', 'p') and relname like 'journey\\_journal%' and privilege_type <> 'SELECT'
            and grantee::regrole::text in ('ensemblier_web', 'ensemblier_worker', 'access_owner', 'trace_owner')
    """)


QUESTIONS = (unlocked, exempt, bypassing, searching_anywhere, open_to_all, rewriting_the_journal)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.__name__)
def test_nothing_is_found(question: Callable[[], list[str]]) -> None:
    assert question() == []


FAULTS: tuple[tuple[Callable[[], list[str]], str], ...] = (
    (unlocked, "alter table journey_person no force row level security"),
    (unlocked, "alter table journey_relay disable row level security"),
    (unlocked, "create table journey_forgotten (id bigint)"),
    (exempt, "alter table journey_lead owner to access_owner"),
    (bypassing, "alter function journey_files() owner to current_user"),
    (bypassing, "create view everybody as select * from journey_person"),
    (bypassing, "create function f() returns int language sql security definer set search_path = '' return 1"),
    (searching_anywhere, "alter function journey_files() reset search_path"),
    (open_to_all, "grant select on journey_person to public"),
    (open_to_all, "grant execute on function journey_open_file(timestamptz) to public"),
    (rewriting_the_journal, "grant update on journey_journalentry to ensemblier_web"),
    (rewriting_the_journal, "grant truncate on journey_journallink to ensemblier_worker"),
    (rewriting_the_journal, "grant insert on journey_journalentry to ensemblier_web"),
)


@pytest.mark.parametrize(("question", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_planted_fault_is_found(question: Callable[[], list[str]], fault: str) -> None:
    done(fault)
    assert question() != []


def test_every_table_has_its_line_and_every_line_its_table() -> None:
    """Add yours to ensemblier/journey/sql/locks_of_tables.py."""
    tables = {model._meta.db_table for model in apps.get_app_config("journey").get_models(include_auto_created=True)}
    assert {lock.table for lock in LOCKS} == tables
    assert len(LOCKS) == len(tables)


def test_the_regime_is_applied_once_and_repairs_what_was_undone() -> None:
    assert not lock_tables().is_changed
    done("alter table journey_person no force row level security")
    done("comment on function journey_me() is null")
    assert lock_tables().is_changed
    assert unlocked() == []


def test_a_table_without_a_line_is_closed_to_the_pages() -> None:
    done("create table journey_forgotten (id bigint); insert into journey_forgotten values (1)")
    lock_tables()
    done("set role ensemblier_web")
    with pytest.raises(ProgrammingError, match="permission denied"):
        done("select * from journey_forgotten")
