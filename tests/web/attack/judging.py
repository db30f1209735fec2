"""One lock at a time: what probes find when the code alone refuses, and when both locks do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from ensemblier.journey.sql import scope
from tests import pages_role
from tests.journey.locks.rows_world import constraints_off
from tests.web.attack import probes, probes_of_answers, probes_of_calls, probes_of_entrance
from tests.web.attack.field import Field
from tests.web.attack.planting import Planted, planted
from tests.web.attack.probes import Probe
from tests.web.matrix import take_back

PROBES: dict[str, Probe] = {
    **probes.PROBES, **probes_of_answers.PROBES, **probes_of_entrance.PROBES, **probes_of_calls.PROBES,
}  # fmt: skip


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


def surprises(field: Field, probe: str) -> list[str]:
    """What the probe finds; a page that breaks is something."""
    point = transaction.savepoint()
    try:
        with constraints_off():
            return PROBES[probe](field)
    except Exception as broken:  # whatever it is, it is no answer
        return [f"breaks: {type(broken).__name__}: {broken}"[:200]]
    finally:
        take_back(point)


def of_the_code(field: Field, probe: str) -> list[str]:
    """What the probe finds when no policy of the database stops anybody."""
    with one_lock():
        return surprises(field, probe)


def judged(field: Field, fault: Planted) -> tuple[str, list[str]]:
    """How a fault is seen, "" when it is not, and what showed it.

    "policies off": the probe, asked of the code alone, finds what it does not without the fault. Otherwise the fault
    may be one that hands the policies a wrong reader, which only shows where they are: "both locks".
    """
    with planted(fault):
        if found := of_the_code(field, fault.probe):
            return "policies off", found
        return ("both locks", found) if (found := surprises(field, fault.probe)) else ("", [])
