"""Reads what makes the answer of a commune differ from the law alone: one query, before any person is looked at."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.orm.sql import answers
from ensemblier.routing.core.agreements import AgreementLine
from ensemblier.routing.core.rules import Outcome
from ensemblier.territory.core.views import CommuneView, commune_of

_PLACE = (
    "select public.routing_recorded_networks(%(commune)s::text, %(networks)s::text[], %(on)s::date), l.*"
    " from (values (1)) one(row) left join public.routing_agreement_lines(%(commune)s::text, %(on)s::date) l on true"
)


_COMMUNE = (
    "select v.*, public.routing_recorded_networks(v.code, %(networks)s::text[], %(on)s::date), l.*"
    " from public.territory_commune_views(array[%(commune)s::text]) v"
    " left join public.routing_agreement_lines(v.code, %(on)s::date) l on true"
)


class PlaceRows(NamedTuple):
    """The networks, among those asked for, that a real site or perimeter brings; the lines of agreements, by id."""

    networks: frozenset[str]
    lines: tuple[AgreementLine, ...]


def place_rows(commune: str, *, networks: Sequence[str], on: date) -> PlaceRows:
    """What is recorded for a commune (Insee code) on a day."""
    return _rows(answers(_PLACE, {"commune": commune, "networks": list(networks), "on": on}), commune)


def commune_rows(commune: str, *, networks: Sequence[str], on: date) -> tuple[CommuneView, PlaceRows] | None:
    """The same with the commune itself; None when the code is no commune's, or was ever another one's."""
    rows = answers(_COMMUNE, {"commune": commune, "networks": list(networks), "on": on})
    if not rows or rows[0][20]:  # it has a history: the code may lead elsewhere on that day
        return None
    return commune_of(rows[0]), _rows([row[21:] for row in rows], commune)


def _rows(rows: Sequence[Sequence[Any]], commune: str) -> PlaceRows:
    return PlaceRows(frozenset(rows[0][0]), tuple(_line(row[1:], commune) for row in rows if row[1] is not None))


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
