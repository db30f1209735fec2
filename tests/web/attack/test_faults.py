"""What an attacker tries finds nothing, with both locks and with the code alone; with one check of the code taken away,
it finds something.

A fault is judged with the policies of the database taken away: there the code is the only lock, and the probe must see
that its check is gone. One that hands the policies a wrong reader (a task, in place of who asks) shows where they are.
All faults in the soak; a draw of them each time, whose seed is printed.
"""

import os
import random
from collections import Counter

import pytest

from tests.journey.locks.rows_world import constraints_off
from tests.web.attack import faults, faults_of_entrance
from tests.web.attack.field import Field, make_field
from tests.web.attack.judging import PROBES, judged, of_the_code, surprises
from tests.web.attack.planting import Planted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))
SEED = int(os.environ.get("ENSEMBLIER_SEED", random.randrange(1_000_000)))  # noqa: S311 - a draw, said when it is made
DRAWN = 12
FAULTS: tuple[Planted, ...] = (
    *(*faults.OF_FILES, *faults.OF_CHILDREN, *faults.OF_RELAYS, *faults.OF_PAGES),
    *(*faults_of_entrance.OF_LINKS, *faults_of_entrance.OF_MEMBERS, *faults_of_entrance.OF_ANSWERS),
)


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Field:
    """Three files; the words of a PDF are read before they are drawn; files of the vault are text."""
    monkeypatch.setattr("ensemblier.web.plan.plan.pdf_of", lambda html: html.encode())
    with constraints_off():
        return make_field()


def chosen() -> list[Planted]:
    """All, or a draw."""
    return list(FAULTS) if IS_SOAK else random.Random(SEED).sample(FAULTS, DRAWN)  # noqa: S311 - a reproducible draw


def test_every_check_holds(field: Field, capsys: pytest.CaptureFixture[str]) -> None:
    names = sorted({fault.probe for fault in chosen()})
    found = {name: said for name in names if (said := surprises(field, name))}
    alone = {name: said for name in names if (said := of_the_code(field, name))}
    with capsys.disabled():
        print(f"\n  probes: {len(names)} of {len(PROBES)} tried with both locks and with the code alone; ", end="")
        print(f"{len(found)} and {len(alone)} with a surprise")
    assert (found, alone) == ({}, {})


def test_a_check_taken_away_is_seen(field: Field, capsys: pytest.CaptureFixture[str]) -> None:
    kinds, missed = Counter[str](), list[str]()
    for number, fault in enumerate(chosen(), start=1):
        kind, found = judged(field, fault)
        kinds[kind] += 1
        missed += [] if kind else [fault.name]
        if IS_SOAK:
            with capsys.disabled():
                print(f"\n  {number:3} {kind or 'MISSED':12} {fault.name} {found[:1]}", end="", flush=True)
    with capsys.disabled():
        print(f"\n  permission faults: {kinds.total()} planted of {len(FAULTS)} (seed {SEED}); ", end="")
        print(f"{kinds['policies off']} seen in the code alone, {kinds['both locks']} with both locks, ", end="")
        print(f"{len(missed)} missed {missed}")
    assert len(missed) <= kinds.total() / 100
    assert len(FAULTS) >= 100


def test_names_of_faults_are_their_own() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
    assert {fault.probe for fault in FAULTS} <= set(PROBES)
