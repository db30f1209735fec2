"""The one way a row of the directory changes: check who, guard the version, save, leave a line of history."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from ensemblier.directory.core.access import check_may_edit
from ensemblier.directory.core.fields import LABELS
from ensemblier.directory.core.hours import open_days
from ensemblier.directory.models import Contact, Offer, Organisation, Permanence, Site, Sourced
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound, StaleVersion
from ensemblier.kernel.orm.models import AuditRow

Row = TypeVar("Row", bound=Sourced)

TABLES: dict[str, type[Sourced]] = {
    "organisation": Organisation,
    "site": Site,
    "offer": Offer,
    "contact": Contact,
    "permanence": Permanence,
}
WORDS = {
    "organisation": "cette structure",
    "site": "ce lieu",
    "offer": "cette offre",
    "contact": "cet interlocuteur",
    "permanence": "cette permanence",
}


def audit(row: Sourced, verb: str, changes: dict[str, Any], *, actor: Actor) -> None:
    """A line of history: field → [before, after], as text."""
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table=row._meta.model_name or "",
        row_id=str(row.pk),
        verb=verb,
        changes=changes,
    )


def find(table: type[Row], uid: UUID | str) -> Row:
    """The row of this public identifier. Raises NotFound."""
    missing = NotFound("Cette fiche n'existe pas (ou plus) dans l'annuaire. Reprenez la recherche.")
    try:
        wanted = UUID(str(uid))
    except ValueError:
        raise missing from None
    row = table._default_manager.filter(uid=wanted).first()
    if row is None:
        raise missing
    return row


def owners_of(row: Sourced) -> set[int | None]:
    """Organisations whose editors may change the row: its own, and the one that keeps it."""
    if isinstance(row, Organisation):
        return {row.pk, row.maintainer_id}
    if isinstance(row, Permanence):
        return {row.holder_id}
    if isinstance(row, (Site, Offer, Contact)):
        return {row.organisation_id, row.organisation.maintainer_id}
    return set()


def check(row: Sourced, actor: Actor) -> None:
    """Raise NotAllowed when the actor may not change the row."""
    check_may_edit(actor, owners_of(row), WORDS.get(row._meta.model_name or "", "cette fiche"))


def change(row: Sourced, values: dict[str, Any], verb: str, *, version: int, actor: Actor) -> bool:
    """Save what differs, if the row is still at `version`; True when something changed.

    Raises StaleVersion when somebody else changed it first. The caller has checked access and holds a transaction.
    """
    if "hours_osm" in values and isinstance(row, Site):
        values = values | {"open_days": open_days(values["hours_osm"])}
    differing = {field: value for field, value in values.items() if getattr(row, field) != value}
    changes = {field: [_shown(getattr(row, field)), _shown(value)] for field, value in differing.items()}
    guarded = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not differing:
        if not guarded.exists():
            raise _stale(row)
        return False
    if not guarded.update(**differing, version=F("version") + 1, updated_at=timezone.now()):
        raise _stale(row)
    for field, value in differing.items():
        setattr(row, field, value)
    row.version = version + 1
    audit(row, verb, changes, actor=actor)
    return True


def created(row: Sourced, verb: str, *, actor: Actor) -> None:
    """The first line of a row's history."""
    audit(row, verb, {"name": ["", str(row)]}, actor=actor)


def _shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _stale(row: Sourced) -> StaleVersion:
    return StaleVersion(
        "« %(row)s » a été modifié par quelqu'un d'autre entre-temps. "
        "Rechargez la fiche : vos changements sont à refaire.",
        values={"row": row},
    )


def field_label(field: str) -> str:
    """The French name of a field."""
    return LABELS.get(field, field)
