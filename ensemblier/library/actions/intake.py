"""Notices from elsewhere: written once by their identifier, changed when they change, withdrawn with their source."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from ensemblier.directory.models import Source
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import DomainError, NotAllowed
from ensemblier.library.actions.resources import audit, columns_of
from ensemblier.library.core.access import PLATFORM
from ensemblier.library.core.kinds import ResourceState
from ensemblier.library.core.notices import Notice, cleaned
from ensemblier.library.models import Resource
from ensemblier.library.sql.index import index_resources

MAX_SAID = 20


@dataclass(slots=True)
class Taken:
    """What an intake did. `refused`: the first reasons, by number or identifier."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0
    refused_count: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, which: str, why: str) -> None:
        """Count what could not be taken; the first ones are said."""
        self.refused_count += 1
        if len(self.refused) < MAX_SAID:
            self.refused.append((which[:120], why))


def source_named(name: str, *, url: str, actor: Actor) -> Source:
    """The source of this name, known from now on. Raises NotAllowed."""
    if not actor.roles & PLATFORM:
        raise NotAllowed("Seule l’administration de la plateforme peut moissonner ou importer.")
    code = slugify(f"bibliotheque-{name}")[:80] or "bibliotheque"
    source, _created = Source.objects.get_or_create(code=code, defaults={"name": name[:200], "url": url[:500]})
    return source


@transaction.atomic
def take_notices(notices: Iterable[tuple[str, Notice]], source: Source, done: Taken, *, actor: Actor, on: date) -> None:
    """Write these notices of a source, each known by its identifier there: all of them, or none if the database fails.

    A notice that cannot be kept is said in `done`; the others stay. Raises NotAllowed.
    """
    if not actor.roles & PLATFORM:
        raise NotAllowed("Seule l’administration de la plateforme peut moissonner ou importer.")
    wanted = dict(notices)
    rows = Resource.objects.select_for_update().filter(source=source, identifier__in=list(wanted))
    known = {row.identifier: row for row in rows.order_by("pk")}
    touched: list[int] = []
    for identifier, notice in wanted.items():
        try:
            values = columns_of(cleaned(replace(notice, identifier=identifier)))
        except DomainError as error:
            done.refuse(identifier, error.message)
            continue
        row = known.get(identifier)
        if row is None:
            row = Resource.objects.create(**values, source=source, source_updated_on=on)
            audit(row, "harvest_resource", {"title": ["", row.title]}, actor=actor)
            done.new += 1
        elif not _rewritten(row, values, on, actor):
            done.same += 1
            continue
        else:
            done.changed += 1
        touched.append(row.pk)
    index_resources(touched)


def _rewritten(row: Resource, values: dict[str, Any], on: date, actor: Actor) -> bool:
    """Whether the row now says something else; a notice that comes back is published again."""
    again = {"state": ResourceState.PUBLISHED.value, "withdrawn_on": None, "withdrawn_why": ""}
    differing = {name: value for name, value in (values | again).items() if getattr(row, name) != value}
    if not differing:
        return False
    Resource.objects.filter(pk=row.pk).update(
        **differing, source_updated_on=on, version=F("version") + 1, updated_at=timezone.now()
    )
    audit(row, "harvest_resource", {name: ["", ""] for name in differing}, actor=actor)
    return True


@transaction.atomic
def withdraw_notices(identifiers: Iterable[str], source: Source, done: Taken, *, actor: Actor, on: date) -> None:
    """The source took these away: their addresses stay and say so."""
    rows = Resource.objects.select_for_update().filter(
        source=source, identifier__in=list(identifiers), state=ResourceState.PUBLISHED.value
    )
    for row in rows.order_by("pk"):
        Resource.objects.filter(pk=row.pk).update(
            state=ResourceState.WITHDRAWN.value, withdrawn_on=on, withdrawn_why="Retirée par sa source.",
            version=F("version") + 1, updated_at=timezone.now(),
        )  # fmt: skip
        audit(row, "withdraw_resource", {"why": ["", "source"]}, actor=actor)
        index_resources([row.pk])
        done.withdrawn += 1
