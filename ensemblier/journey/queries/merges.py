"""Reads: files that may be one person, and those read as one. Only among files that the actor may open whole."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.merges import (
    FileName,
    Known,
    MergeState,
    MergeView,
    PairView,
    candidates,
)
from ensemblier.journey.core.persons import full_name
from ensemblier.journey.models import FileMerge, Person
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor

MOST = 5000
SHOWN = 50
DECIDED = (MergeState.PROPOSED, MergeState.MERGED, MergeState.REFUSED)


def possible_duplicates(*, actor: Actor) -> tuple[PairView, ...]:
    """Pairs of the actor's own files that look like one person, the surest first. Three queries. Journaled."""
    with acting(actor):
        known = frozenset(
            (min(pair), max(pair))
            for pair in FileMerge.objects.filter(state__in=[s.value for s in DECIDED]).values_list("kept", "other")
        )
        fields = ("pk", "name_key", "phone", "email", "born")
        rows = open_to(actor).order_by("pk").values_list(*fields)[:MOST]
        pairs = candidates((Known(*row) for row in rows), known)[:SHOWN]
        names = _names({pk for pair in pairs for pk in (pair.left, pair.right)})
        note(actor, Act.SEARCH_FILES, subject="duplicates", at=timezone.now())
    return tuple(PairView(names[pair.left], names[pair.right], pair.evidence) for pair in pairs)


def merges_of(*, actor: Actor) -> tuple[MergeView, ...]:
    """Merges proposed or made between files that the actor may open both, the last first. One query."""
    with acting(actor):
        mine = open_to(actor)
        rows = FileMerge.objects.filter(
            state__in=[MergeState.PROPOSED.value, MergeState.MERGED.value], kept__in=mine, other__in=mine
        )
        shown = rows.select_related("kept", "other", "proposed_by").order_by("-proposed_at", "-pk")[:SHOWN]
        return tuple(
            MergeView(
                uid=row.uid,
                version=row.version,
                kept=_name(row.kept),
                other=_name(row.other),
                state=MergeState(row.state),
                proposed_by=row.proposed_by.name,
                is_mine=row.proposed_by_id == actor.user_id,
                at=row.proposed_at,
            )
            for row in shown
        )


def read_with(person: Person) -> list[Person]:
    """The files to read as one with this one, itself first: those that the reader may open both.

    Call inside `acting(by)`: the database shows a merge to nobody else.
    """
    rows = FileMerge.objects.filter(kept=person, state=MergeState.MERGED.value).select_related("other").order_by("pk")
    return [person, *(row.other for row in rows)]


def merged_below() -> "QuerySet[FileMerge]":
    """Merges of which a person of the outer query is the other file."""
    return FileMerge.objects.filter(other=OuterRef("pk"), state=MergeState.MERGED.value)


def _names(pks: Iterable[int]) -> dict[int, FileName]:
    return {person.pk: _name(person) for person in Person.objects.filter(pk__in=set(pks))}


def _name(person: Person) -> FileName:
    name = full_name(person.given_name, person.family_name)
    return FileName(person.uid, name, person.phone, person.email, person.born, person.created_at)
