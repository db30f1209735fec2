"""Adding, changing and taking away what hangs on a page: members, means, minutes, results, commitments…"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.animation.actions.checked import Values, audit, changed, resolved, written
from ensemblier.animation.core.access import ORGANISERS, WRITERS, check_keeper, check_organiser
from ensemblier.animation.core.heads import ROWS_OF, HeadKind, RowKind
from ensemblier.animation.core.kinds import Progress
from ensemblier.animation.models import Commitment, ProblemIndicator, WorkingGroup
from ensemblier.animation.models.bases import Head, Keyed
from ensemblier.animation.queries.keepers import HEADS, head_row, keepers_of
from ensemblier.animation.queries.rows import TABLES, parent_field
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated


@dataclass(frozen=True, slots=True)
class Place:
    """The row of a page: which page, which row, in which version."""

    kind: RowKind
    row: UUID
    version: int = 0


@transaction.atomic
def add_row(head: HeadKind, uid: UUID, kind: RowKind, values: Values, *, by: Actor, key: UUID) -> UUID:
    """Add a row to a page; the same click twice adds one. Raises NotFound, NotAllowed, BadInput."""
    if kind not in ROWS_OF.get(head, ()):
        raise NotFound("Cette page n’a pas de telles lignes.")
    parent = head_row(head, uid)
    _check(parent, by)
    table = TABLES[kind]
    if table._default_manager.filter(uid=key).exists():
        return key
    columns = resolved(table, values)
    if kind is RowKind.YEAR:
        if columns["indicator"].problem_id != parent.pk:
            raise BadInput("Cet indicateur est d’une autre page.", field="indicator")
    else:
        columns[parent_field(head, kind)] = parent
    row = written(table(uid=key, **columns))
    audit(by, row, "add", values)
    return key


@transaction.atomic
def change_row(place: Place, values: Values, *, by: Actor) -> bool:
    """Change a row. Raises NotFound, NotAllowed, BadInput, StaleVersion."""
    row, parent = _found(place)
    _check(parent, by)
    if did := changed(row, values, version=place.version):
        audit(by, row, "change", values)
    return did


@transaction.atomic
def remove_row(place: Place, *, by: Actor) -> None:
    """Take a row away: something written by mistake; what ended has an end instead. Raises NotFound, NotAllowed."""
    row, parent = _found(place)
    _check(parent, by)
    if isinstance(row, Commitment) and row.ended_on is not None:
        raise RuleViolated("Un engagement terminé reste écrit : c’est ce que le groupe a fait.")
    audit(by, row, "remove")
    row.delete()


def _check(parent: Head, by: Actor) -> None:
    check_keeper(by, keepers_of(parent), roles=ORGANISERS if isinstance(parent, WorkingGroup) else WRITERS)


def _found(place: Place) -> tuple[Keyed, Head]:
    row = TABLES[place.kind]._default_manager.select_for_update().filter(uid=place.row).first()
    if row is None:
        raise NotFound("Cette ligne n’existe pas, ou plus.")
    return row, head_of(row)


def head_of(row: Keyed) -> Head:
    """The page on which a row hangs. Raises NotFound."""
    holder = getattr(row, "indicator", row)
    if isinstance(holder, ProblemIndicator):
        return holder.problem
    for table in HEADS.values():
        for field in type(row)._meta.concrete_fields:
            if field.related_model is table and (found := getattr(row, field.name)) is not None:
                return found  # type: ignore[no-any-return]
    raise NotFound("Cette ligne n’a pas de page.")


@transaction.atomic
def take_charge(place: Place, *, by: Actor) -> None:
    """Say "I sit there", or "I see to it", for one's own organisation. Raises NotFound, NotAllowed."""
    row, _ = _found(place)
    own = getattr(row, "organisation_id", None)
    if own != check_organiser(by) or not any(field.name == "user" for field in row._meta.concrete_fields):
        raise NotAllowed("Seule une personne de cette structure peut s’en charger.")
    taken = {"user_id": by.user_id}
    type(row)._default_manager.filter(pk=row.pk).update(**taken)
    audit(by, row, "take_charge")


@dataclass(frozen=True, slots=True)
class Move:
    """How far a commitment went, in words when it ends."""

    progress: Progress
    outcome: str = ""


@transaction.atomic
def move_commitment(place: Place, move: Move, *, by: Actor, on: date) -> None:
    """Its owner says how far it went: everybody in the group sees it. Raises NotFound, NotAllowed, StaleVersion."""
    row, _ = _found(place)
    if not isinstance(row, Commitment) or row.organisation_id != check_organiser(by):
        raise NotAllowed("Seule la structure qui s’est engagée dit où elle en est.")
    is_over = move.progress in (Progress.DONE, Progress.DROPPED)
    if move.progress is Progress.DROPPED and not move.outcome.strip():
        raise BadInput("Dites en une phrase pourquoi : le groupe la lira.", field="outcome")
    values = {"progress": move.progress.value, "outcome": move.outcome.strip(), "ended_on": on if is_over else None}
    if changed(row, values, version=place.version):
        audit(by, row, move.progress.value)
