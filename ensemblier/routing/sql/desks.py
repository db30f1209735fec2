"""Reads the counters of the operators over the country: plain rows, the audit looks at all of them."""

from datetime import date
from pathlib import Path

from django.db import connection

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.audit import Desk

_SITES = (Path(__file__).parent / "desks_sites.sql").read_text()
_PERMANENCES = (Path(__file__).parent / "desks_permanences.sql").read_text()


def sites(*, on: date, is_fictitious: bool) -> list[Desk]:
    """Every site of an operator that holds on the day, by id: one query."""
    return _desks(_SITES, on, is_fictitious)


def permanences(*, on: date, is_fictitious: bool) -> list[Desk]:
    """The place of every published permanence of an operator on the day: one query."""
    return _desks(_PERMANENCES, on, is_fictitious)


def _desks(question: str, on: date, is_fictitious: bool) -> list[Desk]:
    with connection.cursor() as cursor:
        cursor.execute(question, {"on": on, "fictitious": is_fictitious})
        return [Desk(Operator(role), *rest) for role, *rest in cursor.fetchall()]
