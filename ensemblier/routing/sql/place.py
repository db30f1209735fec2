"""Reads what makes the answer of a commune differ from the law alone: one query, before any person is looked at."""

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from ensemblier.directory.core.operators import Operator
from ensemblier.routing.core.agreements import AgreementLine
from ensemblier.routing.core.rules import Outcome

_PLACE = (
    "select public.routing_recorded_networks(%(commune)s::text, %(networks)s::text[], %(on)s::date), l.*"
    " from (values (1)) one(row) left join public.routing_agreement_lines(%(commune)s::text, %(on)s::date) l on true"
)


class PlaceRows(NamedTuple):
    """The networks, among those asked for, that a real site or perimeter brings; the lines of agreements, by id."""

    networks: frozenset[str]
    lines: tuple[AgreementLine, ...]


def place_rows(commune: str, *, networks: Sequence[str], on: date) -> PlaceRows:
    """What is recorded for a commune (Insee code) on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"commune": commune, "networks": list(networks), "on": on})
        rows = cursor.fetchall()
    lines = tuple(_line(row[1:], commune) for row in rows if row[1] is not None)
    return PlaceRows(frozenset(rows[0][0]), lines)


def _line(row: Sequence[object], commune: str) -> AgreementLine:
    line_id, uid, title, public, kind, operator, other_door, other_door_name, reason, valid_from, valid_to, url = row
    return AgreementLine(
        id=f"{str(uid)[:8]}-{line_id}",
        title=str(title),
        communes=frozenset({commune}),
        public=json.dumps(json.loads(str(public)), sort_keys=True),
        outcome=Outcome(str(kind)),
        reason=str(reason).rstrip(". "),
        operator=Operator(str(operator)) if operator else None,
        other_door=str(other_door),
        other_door_name=str(other_door_name),
        valid_from=valid_from if isinstance(valid_from, date) else None,
        valid_to=valid_to if isinstance(valid_to, date) else None,
        url=str(url),
    )
