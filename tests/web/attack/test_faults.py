"""What an attacker tries finds nothing; with one check of the code taken away, it finds something.

A fault that changes nothing is tried again with the policies of the database taken away too: if it then shows, the
other lock held. All of them in the soak; some, spread over the list, each time.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from ensemblier.journey.sql import scope
from tests import pages_role
from tests.journey.locks.rows_world import constraints_off
from tests.web.attack import faults, faults_of_entrance, probes, probes_of_answers, probes_of_entrance
from tests.web.attack.field import Field, make_field
from tests.web.attack.planting import Planted, lifted, planted
from tests.web.attack.probes import Probe

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))
FAULTS: tuple[Planted, ...] = (
    *(*faults.OF_FILES, *faults.OF_CHILDREN, *faults.OF_RELAYS, *faults.OF_PAGES),
    *(*faults_of_entrance.OF_LINKS, *faults_of_entrance.OF_MEMBERS, *faults_of_entrance.OF_ANSWERS),
)
EACH_TIME = {
    "whoever's accesses",
    "the export of everybody's files",
    "another organisation's form",
    "steps of any plan are read",
    "the text goes with the state",
    "anybody says what follows",
    "a draft in her space",
    "a link for any purpose",
    "no convention is asked",
    "anybody signs the convention",
}
PROBES: dict[str, Probe] = probes.PROBES | {
    "lists": probes_of_answers.lists,
    "notes": probes_of_answers.notes,
    "kept": probes_of_answers.kept,
    "same": probes_of_answers.same,
    "links": probes_of_entrance.links,
    "pages of links": probes_of_entrance.pages_of_links,
    "guesses": probes_of_entrance.guesses,
    "team": probes_of_entrance.team,
    "accounts": probes_of_entrance.accounts,
}


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Field:
    """Three files; the words of a PDF are read before they are drawn; files of the vault are text."""
    monkeypatch.setattr("ensemblier.web.plan.plan.pdf_of", lambda html: html.encode())
    with constraints_off():
        return make_field()


def surprises(field: Field, probe: str) -> list[str]:
    """What the probe finds; a page that breaks is something."""
    point = transaction.savepoint()
    try:
        with constraints_off():
            return PROBES[probe](field)
    except Exception as broken:  # whatever it is, it is no answer
        return [f"breaks: {type(broken).__name__}: {broken}"[:200]]
    finally:
        transaction.savepoint_rollback(point)


@contextmanager
def one_lock() -> Iterator[None]:
    """The policies of the database stop nobody: pages run as the owner of the tests' database."""
    with connection.cursor() as cursor:
        cursor.execute("select session_user")
        owner = str(cursor.fetchone()[0])
    settings = scope._settings

    def as_owner(*args: Any) -> dict[str, str]:
        return settings(*args) | {"role": "none"}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages_role, "ROLE", owner)
        patch.setattr(scope, "_settings", as_owner)
        yield


def chosen() -> tuple[Planted, ...]:
    """All, or some from the whole length of the list."""
    return FAULTS if IS_SOAK else tuple(fault for fault in FAULTS if fault.name in EACH_TIME)


def test_every_check_holds(field: Field, capsys: pytest.CaptureFixture[str]) -> None:
    names = sorted({fault.probe for fault in chosen()})
    found = {name: said for name in names if (said := surprises(field, name))}
    with capsys.disabled():
        print(f"\n  probes: {len(names)} of {len(PROBES)} tried, {len(found)} with a surprise")
    assert found == {}


def test_a_check_taken_away_is_seen(field: Field, capsys: pytest.CaptureFixture[str]) -> None:
    kinds, missed, alone = Counter[str](), list[str](), dict[str, set[str]]()
    for number, fault in enumerate(chosen(), start=1):
        with planted(fault):
            found = surprises(field, fault.probe)
            kind = "broken" if found and found[0].startswith("breaks") else "caught" if found else ""
            if not kind:
                kind = "held" if _shows_without_policies(field, fault, alone) else "missed"
        kinds[kind] += 1
        missed += [fault.name] if kind == "missed" else []
        if IS_SOAK:
            with capsys.disabled():
                print(f"\n  {number:3} {kind:7} {fault.name} {found[:1]}", end="", flush=True)
    seen = f"{kinds['caught']} seen by an answer, {kinds['broken']} by a page that breaks"
    with capsys.disabled():
        print(f"\n  permission faults: {kinds.total()} planted of {len(FAULTS)}; {seen}, {kinds['held']} held by the ")
        print(f"  other lock, {len(missed)} missed {missed}")
    assert len(missed) <= kinds.total() / 100
    assert len(FAULTS) >= 100


def _shows_without_policies(field: Field, fault: Planted, alone: dict[str, set[str]]) -> bool:
    """Whether the fault shows once the policies are taken away: `alone` keeps what shows then without any fault."""
    with one_lock():
        found = set(surprises(field, fault.probe))
    if fault.probe not in alone:
        alone[fault.probe] = _without(field, fault)
    return bool(found - alone[fault.probe])


def _without(field: Field, fault: Planted) -> set[str]:
    with lifted(fault), one_lock():
        return set(surprises(field, fault.probe))
