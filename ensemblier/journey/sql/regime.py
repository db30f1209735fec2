"""The regime of the second lock, applied after every migration: roles, functions, policies, rights. Idempotent.

What stands in the files and in `locks_of_tables.py` is what the database has, whatever the order in which tables
came. A table of the journey that no policy names gets no right at all: a page that reads it fails, it never leaks.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.db import InternalError, ProgrammingError, connection, transaction

from ensemblier.journey.sql.locks_of_tables import CLERKS, LOCKS, TRACED
from ensemblier.journey.sql.policies import CLERK, TRACE, Policy, TableLock, everything
from ensemblier.kernel.errors import RuleViolated

_FOLDER = Path(__file__).parent / "regime"
_ALONE = 0x0E45E3B2
_TABLES = "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
_MARK = "select obj_description(to_regprocedure('public.journey_me()'), 'pg_proc')"
_NO_ROLES = (
    "Le compte de la base ne peut pas créer de rôles ({role}). Un administrateur du serveur les crée une fois : "
    "voir docs/algorithms/access.md, « Les rôles »."
)
CALLED = {
    "access_owner": (
        *("journey_files()", "journey_shared(text)", "journey_led()", "journey_led_until(bigint, timestamptz)"),
        "journey_open_file(timestamptz)",
        "journey_grant_access(bigint, bigint, timestamptz, timestamptz, text)",
        "journey_substitute(uuid, timestamptz, timestamptz, text)",
        "journey_end_access(bigint, timestamptz)",
        "journey_lead_of_relay(bigint, timestamptz)",
        "journey_count_led(bigint)",
        "journey_count_held(bigint)",
        "journey_hand_over(bigint, bigint, timestamptz)",
        "journey_loops(timestamptz, timestamptz)",
        "journey_stand_in(uuid, timestamptz, text)",
        "journey_stand_down(timestamptz)",
        "journey_is_frozen(bigint)",
        "journey_relay_states(timestamptz, integer)",
        "journey_socle_facts(bigint, timestamptz, timestamptz)",
        "journey_socle_months(bigint, timestamptz)",
    ),
    "journal_owner": (
        "journey_note(bigint, bigint, bigint, bigint, text, text, uuid, boolean, timestamptz)",
        "journey_erase_journal(timestamptz, timestamptz)",
    ),
}
"""Functions that run as their owner, and that pages and tasks call."""
INNER = {
    "access_owner": (
        *("journey_lead_access()", "journey_joint_due(bigint)", "journey_keep_joint(bigint)"),
        *("journey_relay_access()", "journey_consent_access()"),
        *("journey_files_alone(bigint)", "journey_hand_over_rest(bigint, bigint, timestamptz)"),
    ),
    "journal_owner": ("journey_chain()",),
}
"""The same, called by triggers only."""
APP_ROLES = "ensemblier_web, ensemblier_worker"


@dataclass(frozen=True, slots=True)
class Applied:
    """What one run did: whether anything was to be done, and on how many tables."""

    is_changed: bool
    tables: int


def apply_regime() -> Applied:
    """Bring roles, functions, policies and rights to what the files say; nothing is done twice.

    Raises RuleViolated when the account may not create the roles and nobody has.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s::bigint)", [_ALONE])
        cursor.execute(_TABLES)
        tables = sorted(name for (name,) in cursor.fetchall())
        if "journey_journalhead" not in tables:
            return Applied(False, 0)  # a database on its way: the next migration brings the rest
        statements = [*_files(), *_rights(tables), *_owners(), *_policies(tables), *_published(tables)]
        mark = "regime " + sha256("\n".join(statements).encode()).hexdigest()
        cursor.execute(_MARK)
        if (row := cursor.fetchone()) and row[0] == mark:
            return Applied(False, len(tables))
        try:
            for statement in statements:
                cursor.execute(statement)
        except (ProgrammingError, InternalError) as error:
            if getattr(error.__cause__, "sqlstate", "") == "42501" and "role" in str(error):
                raise RuleViolated(_NO_ROLES.format(role=str(error).split("\n", maxsplit=1)[0])) from error
            raise
        cursor.execute(f"comment on function journey_me() is '{mark}'")
    return Applied(True, len(tables))


def _files() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(_FOLDER.glob("*.sql"))]


def _published(tables: list[str]) -> list[str]:
    """What the neighbours publish, each in its own `sql/trace/`, once all its tables are there; nobody imports them."""
    found = []
    for app in apps.get_app_configs():
        own = {table._meta.db_table for table in app.get_models(include_auto_created=True)}
        if own and own <= set(tables):
            files = sorted((Path(app.path) / "sql" / "trace").glob("*.sql"))
            found += [file.read_text(encoding="utf-8") for file in files]
    return found


def _rights(tables: list[str]) -> list[str]:
    """Everything outside the journey is read and written by pages and tasks as before; the journey, table by table."""
    others = [name for name in tables if not name.startswith("journey_") and name != "django_migrations"]
    listed = ", ".join(f'"{name}"' for name in others)
    return [
        f"grant usage on schema public to {APP_ROLES}, access_owner, journal_owner, trace_owner, {CLERK}",
        f"grant usage, select on all sequences in schema public to {APP_ROLES}, access_owner, journal_owner, {CLERK}",
        f"grant select, insert, update, delete on {listed} to {APP_ROLES}, {CLERK}",
        f"grant select on django_migrations to {APP_ROLES}",
        "grant select (code, departement_id, zone_emploi_id) on territory_commune to access_owner",
        "grant select (subject_uid, kind, state) on kernel_outboxmessage to access_owner",
        "grant select on accounts_membership, accounts_memberabsence to access_owner",
        "grant select (id, uid) on directory_organisation to trace_owner",
        "grant select (code, zone_emploi_id) on territory_commune to trace_owner",
        "grant select (user_id, organisation_id, role, valid_from, valid_to) on accounts_membership to trace_owner",
    ]


def _owners() -> list[str]:
    """Functions that run as their owner belong to roles that no policy exempts; only pages and tasks call them."""
    found = ["grant create on schema public to access_owner, journal_owner"]
    for owner, called in CALLED.items():
        for name in (*called, *INNER[owner]):
            found += [f"alter function {name} owner to {owner}", f"revoke execute on function {name} from public"]
        found += [f"grant execute on function {name} to {APP_ROLES}, {CLERK}" for name in called]
    return [*found, "revoke create on schema public from access_owner, journal_owner"]


def _policies(tables: list[str]) -> list[str]:
    found: list[str] = []
    for lock in LOCKS:
        if lock.table in tables:
            found += _locked(lock)
    return found


def _locked(lock: TableLock) -> list[str]:
    table = f'"{lock.table}"'
    drop = (
        "do $drop$ declare p name; begin "
        f"for p in select polname from pg_policy where polrelid = '{lock.table}'::regclass loop "
        f"execute format('drop policy %I on {table}', p); end loop; end $drop$"
    )
    roles = f"{APP_ROLES}, {CLERK}, access_owner, journal_owner, trace_owner, public"
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        drop,
        f"revoke all on {table} from {roles}",
        *(f"grant {rights} on {table} to {role}" for role, rights in lock.rights.items()),
        *([f"grant {CLERKS[lock.table]} on {table} to {CLERK}"] if lock.table in CLERKS else []),
        *([f"grant select ({TRACED[lock.table]}) on {table} to {TRACE}"] if lock.table in TRACED else []),
        *(_created(table, policy) for policy in (*lock.policies, *_traced(lock.table))),
    ]


def _traced(table: str) -> list[Policy]:
    traces = [everything(TRACE, "select")] if table in TRACED else []
    return [*traces, *([everything(CLERK)] if table in CLERKS else [])]


def _created(table: str, policy: Policy) -> str:
    using = f" using ({policy.using})" if policy.using else ""
    check = f" with check ({policy.check})" if policy.check else ""
    return f"create policy {policy.name} on {table} for {policy.command} to {policy.role}{using}{check}"
