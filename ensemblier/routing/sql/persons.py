"""Runs the rules inside PostgreSQL, on persons handed over as JSON."""

import json
from collections.abc import Sequence
from datetime import date

from django.db import connection

from ensemblier.routing.core.facts import PersonFacts
from ensemblier.routing.core.levels import Signature
from ensemblier.routing.core.regime import Regime
from ensemblier.routing.core.statement import PERSON_COLUMNS, statement


def evaluate_in_sql(regime: Regime, persons: Sequence[PersonFacts], on: date) -> list[Signature]:
    """The bare result of each person, same order: one query. Birth dates are taken as they are."""
    rows = [_row(place, person) for place, person in enumerate(persons)]
    relation = f"jsonb_to_recordset(%s::jsonb) as persons({PERSON_COLUMNS})"
    with connection.cursor() as cursor:
        cursor.execute(statement(regime, on, relation), [json.dumps(rows)])
        return [(tuple(row[1:-2]), row[-2], row[-1]) for row in cursor.fetchall()]


def _row(place: int, person: PersonFacts) -> dict[str, object]:
    return {
        "id": place,
        "born": person.born.isoformat() if person.born else None,
        "age_band": person.age_band,
        "statuses": None if person.statuses is None else sorted(person.statuses),
        "yes": [quality for quality, answer in person.qualities.items() if answer is True],
        "no": [quality for quality, answer in person.qualities.items() if answer is False],
        "purpose": person.purpose,
        "region": person.region_code or None,
        "departement": person.departement_code or None,
        "commune": person.commune_code or None,
        "recorded": None if person.recorded_doors is None else sorted(person.recorded_doors),
    }
