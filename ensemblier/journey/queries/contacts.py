"""Reads: the contacts of level 1 of a desk, and how many."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count

from ensemblier.journey.core.contacts import Answer, ContactChannel, ContactCount, ContactView
from ensemblier.journey.core.needs import NeedTheme
from ensemblier.journey.models import LevelOneContact
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.routing.core.facts import Status

SHOWN = 30


def contacts_of(*, actor: Actor, since: datetime) -> tuple[tuple[ContactView, ...], tuple[ContactCount, ...]]:
    """The last contacts of the actor's desk, and the counts since a moment, by answer. Two queries."""
    with acting(actor):
        rows = LevelOneContact.objects.filter(organisation_id=actor.organisation_id or 0)
        shown = rows.select_related("commune", "user").order_by("-at", "-pk")[:SHOWN]
        counted = rows.filter(at__gte=since).order_by("answer").values("answer").annotate(n=Count("pk"))
        return (
            tuple(_view(row) for row in shown),
            tuple(ContactCount(Answer(row["answer"]), row["n"]) for row in counted),
        )


def contact_to_open(uid: UUID, *, actor: Actor) -> ContactView | None:
    """A contact of the actor's desk that is no file yet; None otherwise."""
    with acting(actor):
        rows = LevelOneContact.objects.filter(organisation_id=actor.organisation_id or 0, uid=uid, person=None)
        row = rows.select_related("commune", "user").first()
        return _view(row) if row else None


def _view(row: LevelOneContact) -> ContactView:
    return ContactView(
        uid=row.uid,
        at=row.at,
        channel=ContactChannel(row.channel),
        answer=Answer(row.answer),
        request=row.request,
        given=row.given,
        commune_name=(row.commune.name or "") if row.commune else "",
        themes=tuple(map(NeedTheme, row.themes)),
        statuses=tuple(map(Status, row.statuses)),
        by_name=row.user.name,
        is_file=row.person_id is not None,
    )
