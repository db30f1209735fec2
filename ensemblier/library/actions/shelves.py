"""What somebody keeps for herself: put aside, search again. Nobody else sees it, no history is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ensemblier.directory.core.text import clean_line
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.library.core.kinds import Audience
from ensemblier.library.core.searches import MAX_SAVED, Rhythm, Shelf
from ensemblier.library.models import Bookmark, Resource, SavedSearch


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search to keep; `filters`: those of its page, as text."""

    text: str
    shelf: Shelf
    rhythm: Rhythm
    filters: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def toggle_bookmark(uid: UUID, *, actor: Actor, at: datetime) -> bool:
    """Put a resource aside, or no longer; True when it is kept now. Raises NotAllowed, NotFound."""
    user = _user(actor)
    row = Resource.objects.filter(uid=uid).exclude(audience=Audience.CORNER.value).first()
    if row is None:
        raise NotFound("Cette ressource n’existe pas (ou plus) dans la bibliothèque.")
    gone, _detail = Bookmark.objects.filter(user_id=user, resource=row).delete()
    if gone:
        return False
    Bookmark.objects.create(user_id=user, resource=row, kept_at=at)
    return True


@transaction.atomic
def keep_search(wanted: KeptSearch, *, actor: Actor, at: datetime) -> UUID:
    """Keep a search; the same one twice is one. Raises NotAllowed, BadInput (nothing asked), RuleViolated."""
    user = _user(actor)
    text = clean_line(wanted.text, field="q", limit=200)
    if not text and not wanted.filters:
        raise BadInput("Cherchez d’abord quelque chose : il n’y a rien à garder.", field="q")
    mine = SavedSearch.objects.filter(user_id=user)
    same = mine.filter(shelf=wanted.shelf.value, text=text, filters=dict(wanted.filters)).first()
    if same is not None:
        same.rhythm = wanted.rhythm.value
        same.save(update_fields=["rhythm"])
        return same.uid
    if mine.count() >= MAX_SAVED:
        raise RuleViolated("Vous gardez déjà %(most)s recherches : oubliez-en une d’abord.", values={"most": MAX_SAVED})
    row = SavedSearch.objects.create(
        user_id=user, shelf=wanted.shelf.value, text=text, filters=dict(wanted.filters),
        rhythm=wanted.rhythm.value, created_at=at, seen_to=at,
    )  # fmt: skip
    return row.uid


@transaction.atomic
def forget_search(uid: UUID, *, actor: Actor) -> None:
    """Forget a search. Raises NotAllowed, NotFound (not one's own)."""
    gone, _detail = SavedSearch.objects.filter(uid=uid, user_id=_user(actor)).delete()
    if not gone:
        raise NotFound("Cette recherche n’est pas gardée.")


def _user(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotAllowed("Connectez-vous pour garder une ressource ou une recherche.")
    return actor.user_id
