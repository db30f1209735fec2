"""Reading two files as one: proposed by one adviser, confirmed by another, undone by either. No row moves."""

from datetime import datetime
from uuid import UUID

from ensemblier.journey.actions.rows import changed
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.merges import MergeState
from ensemblier.journey.models import FileMerge
from ensemblier.journey.queries.opened import UNKNOWN_FILE, open_to
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated

NO_MERGE = "Cette proposition n’existe pas, ou elle a été décidée."
LIVE = [MergeState.PROPOSED.value, MergeState.MERGED.value]


def propose_merge(kept: UUID, other: UUID, *, by: Actor, at: datetime, key: UUID | None = None) -> UUID:
    """Say that two files are about one person. Raises NotFound (not both theirs), RuleViolated (already in a pair)."""
    with acting(by):
        first, second = (open_to(by).filter(uid=uid).first() for uid in (kept, other))
        if first is None or second is None or first.pk == second.pk:
            raise NotFound(UNKNOWN_FILE)
        uid = once(key, FileMerge._meta.label)
        if FileMerge.objects.filter(uid=uid).exists():
            return uid
        chained = FileMerge.objects.filter(state__in=LIVE, other__in=[first, second])
        if chained.exists() or FileMerge.objects.filter(state__in=LIVE, kept=second).exists():
            raise RuleViolated("L’un de ces dossiers est déjà réuni avec un autre : séparez-les d’abord.")
        row = FileMerge.objects.create(
            uid=uid, kept=first, other=second, proposed_by_id=by.user_id or 0, proposed_at=at
        )
        _note(row, by, at)
        return uid


def decide_merge(edit: Edit, *, by: Actor, is_same: bool) -> None:
    """A second adviser confirms, or says that they are two people.

    Raises NotFound, NotAllowed (the one who proposed cannot confirm), StaleVersion.
    """
    with acting(by):
        row = _held(edit, by, MergeState.PROPOSED, MergeState.MERGED if is_same else MergeState.REFUSED)
        if is_same and row.proposed_by_id == by.user_id:
            raise NotAllowed(
                "Une deuxième personne confirme : demandez à un collègue à qui les deux dossiers sont ouverts."
            )
        state = MergeState.MERGED if is_same else MergeState.REFUSED
        values = {"state": state.value, "decided_by_id": by.user_id, "decided_at": edit.at}
        if changed(row, edit, values, by, kept=False):
            _note(row, by, edit.at)


def undo_merge(edit: Edit, *, by: Actor) -> None:
    """Read the two files apart again: each is exactly what it was. Raises NotFound, StaleVersion."""
    with acting(by):
        row = _held(edit, by, MergeState.MERGED, MergeState.UNDONE)
        values = {"state": MergeState.UNDONE.value, "undone_by_id": by.user_id, "undone_at": edit.at}
        if changed(row, edit, values, by, kept=False):
            _note(row, by, edit.at)


def _held(edit: Edit, by: Actor, *states: MergeState) -> FileMerge:
    """The merge, in a state to be left, or already reached by this very click."""
    mine = open_to(by)
    rows = FileMerge.objects.filter(uid=edit.row, kept__in=mine, other__in=mine)
    row = rows.filter(state__in=[state.value for state in states]).first()
    if row is None or (row.state != states[0] and row.last_key != edit.key):
        raise NotFound(NO_MERGE)
    return row


def _note(row: FileMerge, by: Actor, at: datetime) -> None:
    for person_id in (row.kept_id, row.other_id):
        note(by, Act.WRITE_FILE, person_id=person_id, subject="merge", subject_uid=row.uid, at=at)
