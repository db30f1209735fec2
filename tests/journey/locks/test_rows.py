"""With every check of the code taken away, who sees and changes which row: the policies alone, table by table.

What is expected stands here, written by hand from the rules (docs/algorithms/access.md), never read from the policies.
Then one condition of a policy at a time is taken away: the proof must see it.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Consent, Relay
from ensemblier.journey.sql.locks_of_tables import LOCKS
from ensemblier.journey.sql.policies import WEB, Policy
from ensemblier.journey.sql.regime import _created
from ensemblier.journey.sql.scope import acting
from tests.factories.journey import MONDAY
from tests.journey.locks.rows_world import AWA_ROW, BEA_ROW, REAL, World, constraints_off, made_world

pytestmark = pytest.mark.django_db
IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))

FILE = "awa bruno fatou"
PROJECT = f"{FILE} hugo"
STAFF = "bruno elise fatou gael ida"
ALL = "awa bea bruno chloe denis elise fatou gael ida dana cora ada bruno_elsewhere hugo hana partner nobody"
# Who sees Awa's row of each table. RELAY: as the relay; CARRIED: as what it carries; SHOWN: as the consent.
READERS = {
    "person": PROJECT,
    "episode": PROJECT,
    "episodelevel": PROJECT,
    "lead": f"{PROJECT} elise gael ida",
    "statusperiod": FILE,
    "consent": f"{FILE} RECEIVED",
    "relay": f"{FILE} RECEIVED",
    "relayevent": f"{FILE} RECEIVED",
    "refusedmove": f"{FILE} RECEIVED bruno_elsewhere",
    "access": f"{PROJECT} gael ida",
    # Fatou leads the team besides: she reads the lines of her desk.
    "journalentry": FILE,
    "journallink": "",
    "journalhead": "",
    "relaypacket": f"{FILE} CARRIED",
    "relaymessage": f"{FILE} RECEIVED",
    "relaysequel": f"{FILE} RECEIVED",
    "relayerrorreport": f"{FILE} RECEIVED ada",
    "relayreminder": f"{FILE} RECEIVED",
    "queueentry": f"awa {STAFF}",
    "consentreading": FILE,
    "rightsrequest": FILE,
    "paperanswer": FILE,
    "personlink": "awa",
    "relayopinion": "awa",
    "activity": FILE,
    "planstep": PROJECT,
    "planversion": PROJECT,
    "trainingproject": PROJECT,
    "costline": PROJECT,
    "fundingline": PROJECT,
    "synthesis": FILE,
    "signature": FILE,
    "contentchange": FILE,
    "appointment": FILE,
    "calendarfeed": "awa bruno",
    "document": f"{FILE} CARRIED",
    "shareddocument": f"{FILE} CARRIED",
    "need": FILE,
    "personquality": FILE,
    "skill": PROJECT,
    "project": PROJECT,
    "rometitle": ALL,
    "note": "bruno",
    "reading": FILE,
    "readingstep": FILE,
    "groupmember": FILE,
    "filemerge": "bruno fatou",
    "decision": PROJECT,
    "levelonecontact": STAFF,
    "webhooksubscription": f"{STAFF} cora ada",
    "fileterm": FILE,
    "filehold": FILE,
    "plannederasure": FILE,
    "indicatortransmission": f"{STAFF} cora ada",
    "ownnumber": FILE,
    "erasure": "",
    "consentproof": "",
    "datedcount": "",
}
RECEIVED_FROM = frozenset(RelayState) - {RelayState.DRAFT, RelayState.AWAITING_PERSON}
CARRIED_IN = {"acknowledged", "info_requested", "accepted", "in_progress", "completed"}
CONSENTS: dict[str, dict[str, datetime | None] | None] = {
    "live": {"revoked_at": None, "ends_at": MONDAY.replace(year=2027)},
    "revoked": {"revoked_at": MONDAY, "ends_at": MONDAY.replace(year=2027)},
    "ended": {"revoked_at": None, "ends_at": MONDAY.replace(year=2025)},
    "none": None,
}
READ_AT_ALL = {"rometitle"}


def expected(table: str, state: str, consent: str) -> set[str]:
    """Who sees Awa's row."""
    who = set(READERS[table].split())
    if "RECEIVED" in who and state in RECEIVED_FROM and not (table == "consent" and consent == "none"):
        who |= {"chloe", "dana", "partner"}
    if "CARRIED" in who and state in CARRIED_IN and consent == "live":
        who |= {"chloe", "partner"}
    return who - {"RECEIVED", "CARRIED"}


def keys(table: str, world: World) -> tuple[str, str]:
    """Conditions that hold for Awa's rows and for Béa's."""
    people = [world.readers[name].person_id for name in ("awa", "bea")]  # type: ignore[union-attr]
    if table in {name.removeprefix("journey_") for name in REAL}:
        column = {"person": "id", "lead": "episode_id"}.get(table, "person_id")
        if table in ("relay", "consent"):  # the one that is tried, not the joint one
            number = world.relay.pk if table == "relay" else world.consent.pk
            return f"id = {number}", f"{column} = {people[1]}"
        if table == "lead":
            episodes = "(select e.id from journey_episode e where e.person_id = {})"
            return tuple(f"episode_id in {episodes.format(p)}" for p in people)  # type: ignore[return-value]
        return f"{column} = {people[0]}", f"{column} = {people[1]}"
    if table == "rometitle":
        return f"code = 'A{AWA_ROW % 10_000}'", f"code = 'A{BEA_ROW % 10_000}'"
    key = "shard" if table == "journalhead" else "id"
    return f"{key} = {AWA_ROW}", f"{key} = {BEA_ROW}"


def seen(tables: Iterable[str], world: World, reader: str) -> dict[str, tuple[bool, bool]]:
    """Of each table, whether the reader sees Awa's rows and Béa's: one statement for all, in her name."""
    parts = []
    for table in tables:
        awa, bea = (str(AWA_LEADS.get(condition, condition)) for condition in keys(table, world))
        there = "exists (select 1 from journey_{0} where {1})"
        parts.append(f"select '{table}', {there.format(table, awa)}, {there.format(table, bea)}")
    with acting(world.readers[reader]):
        # Prepared, past Django: fifty tables with their policies are planned once, not for each reader.
        rows = connection.connection.execute(" union all ".join(parts), prepare=True).fetchall()
    return {str(name): (bool(awa), bool(bea)) for name, awa, bea in rows}


AWA_LEADS: dict[str, str] = {}
CLOSED = {"journallink", "journalhead", "erasure", "consentproof", "datedcount"}


@pytest.fixture
def world() -> World:
    world = made_world()
    for person in ("awa", "bea"):  # resolved beforehand: the episode itself may be hidden from the reader
        number = world.readers[person].person_id  # type: ignore[union-attr]
        with connection.cursor() as cursor:
            cursor.execute("select id from journey_episode where person_id = %s", [number])
            ids = ", ".join(str(row[0]) for row in cursor.fetchall())
        condition = f"episode_id in (select e.id from journey_episode e where e.person_id = {number})"
        AWA_LEADS[condition] = f"episode_id in ({ids})"
    return world


def put(world: World, state: str, consent: str) -> None:
    """The relay in this state, resting on such a consent."""
    columns = CONSENTS[consent]
    if columns is not None:
        Consent.objects.filter(pk=world.consent.pk).update(**columns)
    Relay.objects.filter(pk=world.relay.pk).update(state=state, consent=world.consent if columns else None)


def faults(world: World, tables: list[str], states: Iterable[tuple[str, str]]) -> tuple[int, list[str]]:
    """Verdicts given, and those that are not the expected ones: leaks and wrongful refusals."""
    verdicts, found = 0, []
    for state, consent in states:
        put(world, state, consent)
        for reader in world.readers:
            if reader == "worker":
                continue
            for table, (awa, bea) in seen(tables, world, reader).items():
                verdicts += 2
                if awa != (reader in expected(table, state, consent)):
                    found.append(f"{reader} {'reads' if awa else 'misses'} {table} ({state}, {consent})")
                if bea != (reader in expected_of_bea(table)):
                    found.append(f"{reader} {'reads' if bea else 'misses'} Béa's {table} ({state}, {consent})")
    return verdicts, found


def expected_of_bea(table: str) -> set[str]:
    """Her file is Denis's alone; nobody of the others receives her relay."""
    if table in READ_AT_ALL:
        return set(ALL.split())
    who = set(READERS[table].split())
    back = {"awa": "bea", "bruno": "denis"}
    same = {back[name] for name in who & set(back)}
    # Bruno, acting for Denis's organisation, is there a colleague without access.
    elsewhere = {"bruno_elsewhere"} if "elise" in who else set()
    return same | elsewhere | ({"ada"} if table == "relayerrorreport" else set())


def test_every_table_is_expected() -> None:
    tables = {model._meta.db_table.removeprefix("journey_") for model in apps.get_app_config("journey").get_models()}
    assert set(READERS) == tables


ALL_STATES = [(state.value, consent) for state in RelayState for consent in CONSENTS]
SOME_STATES = [each for each in ALL_STATES if each[0] in ("draft", "sent", "in_progress", "completed", "declined")]
OPEN_TABLES = sorted(set(READERS) - CLOSED)
OF_RELAYS = [table for table in OPEN_TABLES if {"RECEIVED", "CARRIED"} & set(READERS[table].split())]
"""What the state of a relay or a consent changes; the rest is tried in some states, and in all of them by the soak."""


def test_who_sees_which_row(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    verdicts, found = faults(world, OPEN_TABLES, ALL_STATES if IS_SOAK else SOME_STATES)
    if not IS_SOAK:
        more, also = faults(world, OF_RELAYS, [each for each in ALL_STATES if each not in SOME_STATES])
        verdicts, found = verdicts + more, found + also
    with capsys.disabled():
        print(
            f"\n  rows: {verdicts} verdicts ({len(world.readers) - 1} readers × {len(RelayState)} states × "
            f"{len(CONSENTS)} consents × {len(OPEN_TABLES)} tables × own and foreign file), {len(found)} wrong"
        )
    assert found == []
    assert verdicts >= 40_000


def test_what_only_tasks_read_is_closed_to_all(world: World) -> None:
    for table in sorted(CLOSED):
        for reader in sorted(set(world.readers) - {"worker"}):
            with pytest.raises((ProgrammingError, psycopg.errors.InsufficientPrivilege)), transaction.atomic():
                seen([table], world, reader)


# Who changes what, beside those who read whole files: Hugo reads what is shared with him and writes nothing.
WRITERS = {
    "need": "bruno fatou",
    "project": "bruno fatou",
    "skill": "bruno fatou",
    "planstep": FILE,
    "costline": FILE,
    "fundingline": FILE,
    "trainingproject": FILE,
    "planversion": FILE,
    "person": "bruno fatou",
    "episode": "bruno fatou",
    "statusperiod": "bruno fatou",
    "relayopinion": "awa",
    "relayevent": "",
    "access": "",
    "journalentry": "",
    "personlink": "",
}


def changed(table: str, world: World, reader: str, verb: str) -> bool:
    """Whether the reader may change, or take away, Awa's row; nothing is kept of the try."""
    condition = AWA_LEADS.get(keys(table, world)[0], keys(table, world)[0])
    orders = {
        "update": f"update journey_{table} set id = id where {condition}",
        "delete": f"delete from journey_{table} where {condition}",
    }
    touched = 0
    with suppress(ProgrammingError, Undo), acting(world.readers[reader]), connection.cursor() as cursor:
        cursor.execute(orders[verb])
        touched = cursor.rowcount
        raise Undo
    return touched > 0


class Undo(Exception):
    """Takes back what a try has changed."""


def wrong_writes(world: World, tables: Iterable[str], verbs: Iterable[str] = ("update", "delete")) -> list[str]:
    """Changes let through, or refused, against what is expected."""
    put(world, "accepted", "live")
    return [
        f"{reader} {verb}s {table}"
        for table in tables
        for verb in verbs
        for reader in world.readers
        if reader != "worker"
        and changed(table, world, reader, verb) != (reader in WRITERS[table].split() and verb in VERBS.get(table, verb))
    ]


# Taken away by nobody but a task (or, for a draft of a relay, by the clock).
VERBS = {"relayopinion": "update delete"}


def test_who_changes_which_row(world: World) -> None:
    with constraints_off():
        assert wrong_writes(world, WRITERS) == []


def weakened() -> list[tuple[str, str, str]]:
    """(table, policy, statement): one policy at a time lets everything through, or nothing."""
    found = []
    for lock in LOCKS:
        table = lock.table.removeprefix("journey_")
        for policy in lock.policies:
            if policy.role != WEB or table in CLOSED | READ_AT_ALL:
                continue
            if policy.name == "web_read":
                found += [(table, "reads all", altered(lock.table, policy, "true"))]
                found += [(table, "reads nothing", altered(lock.table, policy, "false"))]
            elif policy.command in ("update", "delete") and "hugo" in READERS[table].split() and table in WRITERS:
                found.append((table, f"{policy.command}s all", altered(lock.table, policy, "true")))
    return found + [("", name, statement) for name, statement in FUNCTION_FAULTS.items()]


def altered(table: str, policy: Policy, condition: str) -> str:
    check = "true" if policy.check else ""
    return f"drop policy {policy.name} on {table}; {_created(table, replace(policy, using=condition, check=check))}"


def _without(function: str, condition: str) -> str:
    """A statement that writes a function again without one of its conditions."""
    written = f"replace(pg_get_functiondef('{function}'::regprocedure), $c${condition}$c$, 'true')"
    return f"do $x$ begin execute {written}; end $x$"


FUNCTION_FAULTS = {
    "whoever the user": _without("journey_files()", "user_id = journey_me()"),
    "whatever the organisation": _without("journey_files()", "organisation_id = journey_organisation()"),
    "ended accesses": _without("journey_files()", "ended_at is null"),
    "past accesses": _without("journey_files()", "(until is null or until > now())"),
    "joint opens whole files": _without("journey_files()", "reason <> 'joint' and categories = '{}'"),
    "shared with anybody": _without("journey_shared(text)", "user_id = journey_me()"),
    "every category": _without("journey_shared(text)", "categories @> array[category]::varchar[]"),
}


def test_policies_taken_away_are_seen(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    planted = weakened()
    tried = planted if IS_SOAK else planted[:: len(planted) // 30]
    missed = []
    put(world, "accepted", "live")
    for table, name, statement in tried:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
            tables = [table] if table else ["person", "episode", "need", "planstep"]
            is_write = name in ("updates all", "deletes all")
            with constraints_off():
                found = wrong_writes(world, tables, [name.split("s ")[0]]) if is_write else None
            found = faults(world, tables, [("accepted", "live")])[1] if found is None else found
            missed += [] if found else [f"{table} {name}"]
            transaction.set_rollback(True)
    with capsys.disabled():
        print(f"\n  policies: {len(tried)} faults planted of {len(planted)}, {len(tried) - len(missed)} seen; {missed}")
    assert missed == []
    assert len(planted) >= 100
