"""What is new for a search that somebody keeps: told by mail at its own rhythm, never twice."""

from datetime import date, datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.outbox import enqueue
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.core.wanted import Wanted
from ensemblier.library.models import SavedSearch
from ensemblier.library.queries.search import Hit, search_library

SUBJECT = "Du nouveau dans la bibliothèque / New in the library"


def tell_what_is_new(at: datetime) -> int:
    """One message for each kept search that is due and has something new; returns how many."""
    due = SavedSearch.objects.filter(shelf=Shelf.LIBRARY.value, user__is_active=True).exclude(text="")
    told = 0
    for rhythm in Rhythm:
        if rhythm.days is None:
            continue
        late = due.filter(rhythm=rhythm.value, seen_to__lte=at - timedelta(days=rhythm.days))
        for pk in late.order_by("pk").values_list("pk", flat=True)[:5000]:
            told += _tell(pk, at)
    return told


@transaction.atomic
def _tell(pk: int, at: datetime) -> int:
    """Look again at one search; its new mark is written with the message: two workers tell once."""
    held = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    row = held.filter(pk=pk, seen_to__lt=at).first()
    if row is None:
        return 0
    answers = search_library(
        row.text, wanted_of(row), actor=Actor(user_id=row.user_id), on=timezone.localdate(at)
    )  # fmt: skip
    SavedSearch.objects.filter(pk=pk).update(seen_to=at)
    if not answers.hits:
        return 0
    enqueue(
        OutMessage(
            kind="library.alert", channel=Channel.EMAIL, to=row.user.email, subject=SUBJECT,
            body=_words(answers.hits, answers.count), key=uuid5(row.uid, at.isoformat()), subject_uid=row.uid,
        ),
        at=at,
    )  # fmt: skip
    return 1


def wanted_of(row: SavedSearch) -> Wanted:
    """The filters of a kept search, among what came since it was last told."""
    kept = {str(name): str(value) for name, value in row.filters.items()}
    since = kept.get("since", "")
    return Wanted(
        kind=kept.get("kind", ""),
        domain=kept.get("domain", ""),
        zones=(kept["zone"],) if kept.get("zone") else (),
        since=date(int(since), 1, 1) if since.isdigit() and len(since) == 4 and int(since) else None,
        after=row.seen_to,
    )


def _words(hits: tuple[Hit, ...], count: int) -> str:
    """French, then English; the question itself is not repeated."""
    lines = [f"– {hit.row.title}\n  {settings.PUBLIC_URL}/bibliotheque/{hit.row.uid}/" for hit in hits]
    more = [f"… {count - len(hits)}"] if count > len(hits) else []
    kept = f"{settings.PUBLIC_URL}/bibliotheque/gardees/"
    return "\n".join(
        [
            "Une recherche que vous gardez a de nouvelles réponses :",
            "A search that you keep has new answers:",
            *("", *lines, *more, ""),
            "Pour l’oublier et ne plus rien recevoir :",
            "To forget it and receive nothing more:",
            *(kept, ""),
        ]
    )
