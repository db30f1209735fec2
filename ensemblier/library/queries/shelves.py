"""Reads: what somebody keeps for herself."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from ensemblier.kernel.actor import Actor
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.core.views import Row
from ensemblier.library.models import Bookmark, SavedSearch
from ensemblier.library.queries.resources import line


@dataclass(frozen=True, slots=True)
class SavedSearchView:
    """A kept search. `query`: what follows "?" in its address."""

    uid: UUID
    shelf: Shelf
    text: str
    query: str
    rhythm: Rhythm
    created_at: datetime


def bookmarks(*, actor: Actor, on: date) -> tuple[Row, ...]:
    """Resources that the actor put aside, the last one first."""
    rows = Bookmark.objects.filter(user_id=actor.user_id or 0).select_related("resource__publisher")
    return tuple(line(row.resource, on) for row in rows.order_by("-kept_at", "-pk")[:200])


def is_kept(uid: UUID, *, actor: Actor) -> bool:
    """Whether the actor put this resource aside; no query for somebody without account."""
    return actor.user_id is not None and Bookmark.objects.filter(user_id=actor.user_id, resource__uid=uid).exists()


def saved_searches(*, actor: Actor) -> tuple[SavedSearchView, ...]:
    """Searches that the actor keeps, the last one first."""
    rows = SavedSearch.objects.filter(user_id=actor.user_id or 0).order_by("-created_at", "-pk")
    return tuple(
        SavedSearchView(
            row.uid, Shelf(row.shelf), row.text, urlencode({"q": row.text, **row.filters}), Rhythm(row.rhythm),
            row.created_at,
        )
        for row in rows
    )  # fmt: skip
