"""What waits for the one who keeps a directory: rows to read again, corrections, permanences."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.directory.core.views import PermanenceView
from ensemblier.directory.queries.around import permanences_followed
from ensemblier.directory.queries.freshness import stale_rows
from ensemblier.directory.queries.moderation import suggestions_to_decide
from ensemblier.directory.queries.permanences import permanences_to_decide
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting_field
from ensemblier.web.places.pages import today

MAX_STALE = 50
MAX_DATES = 20


@dataclass(frozen=True, slots=True)
class Held:
    """One day of a permanence."""

    day: date
    hours: str
    site_uid: UUID
    site_name: str
    city: str
    holder_name: str


def calendar_of(permanences: list[PermanenceView]) -> list[Held]:
    """The next days of published permanences, by date."""
    days = [
        Held(day, " – ".join(filter(None, (p.starts_at, p.ends_at))), p.site_uid, p.site_name, p.city, p.holder_name)
        for p in permanences
        if p.state == "published"
        for day in p.next_days
    ]
    return sorted(days, key=lambda held: (held.day, held.site_name, held.hours))[:MAX_DATES]


@page(reads=True, who=Who.SIGNED_IN)
def stale(request: HttpRequest) -> HttpResponse:
    """Rows of the actor's organisation to read again, oldest first."""
    actor = actor_of(request)
    rows = stale_rows(actor=actor, on=today(), limit=MAX_STALE + 1)
    context = {"rows": rows[:MAX_STALE], "more": len(rows) > MAX_STALE, "acting_field": acting_field(actor)}
    return render(request, "pro/stale.html", context)


@page(reads=True, who=Who.SIGNED_IN)
def moderation(request: HttpRequest) -> HttpResponse:
    """Corrections that wait for the actor's organisation."""
    actor = actor_of(request)
    context = {"rows": suggestions_to_decide(actor=actor), "acting_field": acting_field(actor)}
    return render(request, "pro/suggestions.html", context)


@page(reads=True, who=Who.SIGNED_IN)
def permanences(request: HttpRequest) -> HttpResponse:
    """Permanences to decide, next dates, and what goes on elsewhere."""
    actor, on = actor_of(request), today()
    mine = permanences_to_decide(actor=actor, on=on)
    followed = permanences_followed(actor=actor, on=on)
    waiting = {p.uid for p in mine}
    context = {
        "mine": mine,
        "calendar": calendar_of(followed),
        "others": [p for p in followed if p.uid not in waiting and p.state not in {"published", "closed"}],
        "sentence": _waiting(len(mine)),
        "acting_field": acting_field(actor),
    }
    return render(request, "pro/permanences.html", context)


def _waiting(count: int) -> str:
    if not count:
        return _("Aucune réponse ne vous est demandée.")
    return ngettext("%(n)s permanence attend votre réponse.", "%(n)s permanences attendent votre réponse.", count) % {
        "n": count
    }
