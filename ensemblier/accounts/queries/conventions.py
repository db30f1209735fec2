"""Reads: the data conventions of an organisation."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ensemblier.accounts.core.conventions import ConventionView
from ensemblier.accounts.models import Convention
from ensemblier.kernel.orm.models import valid_on


def in_force(on: date) -> QuerySet[Convention]:
    """Conventions that hold on the day."""
    return Convention.objects.filter(valid_on(on), signed_on__lte=on)


def convention_of(organisation_id: int, *, on: date) -> ConventionView | None:
    """The convention in force of an organisation, or the one that will be; None when nothing was signed. One query."""
    rows = Convention.objects.filter(organisation_id=organisation_id).select_related("organisation")
    row = rows.exclude(valid_to__lte=on).order_by("valid_from", "id").first()
    return None if row is None else _view(row, on)


def conventions_to_read(*, on: date) -> list[ConventionView]:
    """All conventions, the latest first: what the platform keeps. One query."""
    rows = Convention.objects.select_related("organisation").order_by("-signed_on", "-id")
    return [_view(row, on) for row in rows]


def _view(row: Convention, on: date) -> ConventionView:
    uid: UUID = row.uid
    return ConventionView(
        uid=uid,
        organisation_name=row.organisation.name,
        version=row.version,
        signed_on=row.signed_on,
        signed_by=row.signed_by,
        signed_as=row.signed_as,
        period=row.period,
        is_in_force=row.period.contains(on),
    )
