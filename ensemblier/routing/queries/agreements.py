"""Agreements in force, as the rules that they are."""

import json
from collections.abc import Iterable
from datetime import date

from django.db.models import Model, QuerySet

from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.orm.models import valid_on
from ensemblier.routing.core.agreements import AgreementLine
from ensemblier.routing.core.rules import Outcome
from ensemblier.routing.core.states import AgreementState
from ensemblier.routing.models import AgreementShare


def lines_in_force(*, on: date) -> list[AgreementLine]:
    """Every line that holds somewhere on a day, with the communes of its perimeter: two queries."""
    rows = _in_force(on).filter(valid_on(on, "agreement__perimeter__"))
    found = rows.prefetch_related("agreement__perimeter__communes")
    return [_line(row, _codes(row.agreement.perimeter.communes.all())) for row in found]


def _in_force(on: date) -> QuerySet[AgreementShare]:
    rows = AgreementShare.objects.filter(agreement__state=AgreementState.IN_FORCE.value)
    return rows.filter(valid_on(on, "agreement__")).select_related("agreement__perimeter").order_by("id")


def _codes(communes: Iterable[Model]) -> frozenset[str]:
    return frozenset(str(commune.pk) for commune in communes)


def _line(row: AgreementShare, communes: frozenset[str]) -> AgreementLine:
    agreement = row.agreement
    return AgreementLine(
        id=f"{str(agreement.uid)[:8]}-{row.pk}",
        title=agreement.title,
        communes=communes,
        public=json.dumps(row.public, sort_keys=True),
        outcome=Outcome(row.kind),
        reason=row.reason.rstrip(". "),
        operator=Operator(row.operator) if row.operator else None,
        other_door=row.other_door,
        other_door_name=row.other_door_name,
        valid_from=agreement.valid_from,
        valid_to=agreement.valid_to,
        url=agreement.source_url,
    )
