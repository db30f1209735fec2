"""« Ma journée »: the home page of an adviser, a sentence first."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.day import DayCount, near_words
from ensemblier.journey.core.inbox import RelayRow
from ensemblier.journey.queries.day import Day, my_day
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting_field

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A relay of the day. `near`: "late", "today", "tomorrow", "later" or ""."""

    row: RelayRow
    near: str
    href: str


def _href(name: str, uid: UUID) -> str:
    try:
        return reverse(f"web:{name}", args=[uid])
    except NoReverseMatch:
        return ""


def _lines(rows: tuple[RelayRow, ...], on: date) -> list[Line]:
    return [Line(row, near_words(row.due_on, on), _href("relay", row.uid)) for row in rows[:SHOWN]]


def sentence(count: DayCount) -> str:
    """What matters today, in words."""
    if count.is_quiet:
        return _("Rien n’attend de réponse aujourd’hui.")
    said = []
    if count.relays:
        said.append(
            ngettext("%(n)s relais attend une réponse", "%(n)s relais attendent une réponse", count.relays)
            % {"n": count.relays}
        )
        if count.late:
            said[-1] += ngettext(", dont %(n)s en retard", ", dont %(n)s en retard", count.late) % {"n": count.late}
    if count.answers:
        words = ngettext("%(n)s de vos envois vous revient", "%(n)s de vos envois vous reviennent", count.answers)
        said.append(words % {"n": count.answers})
    if count.today:
        words = ngettext("vous avez %(n)s rendez-vous", "vous avez %(n)s rendez-vous", count.today)
        said.append(words % {"n": count.today})
    if count.steps:
        words = ngettext("%(n)s étape est à finir d’ici demain", "%(n)s étapes sont à finir d’ici demain", count.steps)
        said.append(words % {"n": count.steps})
    if count.callbacks:
        words = ngettext("%(n)s personne attend un appel", "%(n)s personnes attendent un appel", count.callbacks)
        said.append(words % {"n": count.callbacks})
    text = " ; ".join(said)
    return text[:1].upper() + text[1:] + "."


def _hello(request: HttpRequest, at: datetime) -> str:
    name = str(getattr(request.user, "name", "")).split(" ")[0]
    hour = timezone.localtime(at).hour
    return (_("Bonsoir %(name)s") if hour >= 18 else _("Bonjour %(name)s")) % {"name": name}


@page(reads=True, who=Who.SIGNED_IN)
def day(request: HttpRequest) -> HttpResponse:
    """What waits for the adviser; others go to the directory."""
    actor, at = actor_of(request), timezone.now()
    if Role.ADVISER not in actor.roles:
        return HttpResponseRedirect(reverse("web:directory"))
    shown: Day = my_day(actor=actor, at=at)
    context = {
        "day": shown,
        "hello": _hello(request, at),
        "sentence": sentence(shown.count),
        "arriving": _lines(shown.relays.mine + shown.relays.unclaimed, shown.on),
        "answers": _lines(shown.relays.answers, shown.on),
        "sent": _lines(shown.relays.sent, shown.on),
        "steps": [(step, near_words(step.due_on, shown.on)) for step in shown.steps[:SHOWN]],
        "fundings": [(row, near_words(row.alert.day, shown.on)) for row in shown.fundings[:SHOWN]],
        "desk_href": _href_of("relays"),
        "acting_field": acting_field(actor),
    }
    response = render(request, "day/day.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _href_of(name: str) -> str:
    try:
        return reverse(f"web:{name}")
    except NoReverseMatch:
        return ""
