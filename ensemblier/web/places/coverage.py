"""Coverage of a territory: who can be met where – gaps and overlaps, never a rank of operators."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.core.access import acts_for_a_structure
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.queries.sites import sites_in
from ensemblier.kernel.actor import Actor
from ensemblier.routing.actions.alerts import record_alerts
from ensemblier.routing.core.coverage import METHOD, Cell, CoverageAudit, Reach
from ensemblier.routing.queries.alerts import open_alerts
from ensemblier.routing.queries.coverage import DEFAULT_MINUTES, coverage
from ensemblier.territory.core.views import ZoneView
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.maps import LEVELS, UNKNOWN, Map, draw
from ensemblier.web.places.pages import show, today, typed
from ensemblier.web.places.zones import backdrop, ground_of, zone_asked

MINUTES = (15, 30, 45, 60)
ALERTING = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the map, for its legend."""

    words: str
    fill: str
    hatched: bool


def classes() -> list[Class]:
    """Classes of travel time, near to far, then what is not known."""
    words = (
        _("15 min ou moins"), _("15 à 30 min"), _("30 à 45 min"), _("45 à 60 min"), _("plus de 60 min"),
    )  # fmt: skip
    graded = [Class(text, fill, level == 4) for level, (text, fill) in enumerate(zip(words, LEVELS, strict=True))]
    return [*graded, Class(_("non connu"), UNKNOWN, False)]


def level_of(minutes: float | None) -> int:
    """The class of a travel time in minutes; -1 when it is not known."""
    if minutes is None:
        return -1
    return next((level for level, limit in enumerate(MINUTES) if minutes <= limit), 4)


def _nearest(cell: Cell) -> float | None:
    known = [m for m in (cell.minutes, cell.permanence_minutes) if m is not None]
    return min(known, default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the reach in minutes, and the operator whose map is drawn."""

    minutes: int
    operator: Operator
    minutes_choices: tuple[int, ...]
    operators: list[tuple[str, str]]


def read_asked(request: HttpRequest) -> Asked:
    """Values that are not among the choices are the first ones."""
    minutes, operator = typed(request, "minutes"), typed(request, "operator")
    names = sorted(((o.value, _(o.label)) for o in Operator), key=lambda choice: choice[1].casefold())
    return Asked(
        int(minutes) if minutes in map(str, MINUTES) else DEFAULT_MINUTES,
        Operator(operator if operator in dict(names) else names[0][0]),
        MINUTES,
        names,
    )


def _audit(view: ZoneView, minutes: int) -> CoverageAudit:
    """Of the real counters; of the demonstration's where it alone stands."""
    first = sites_in(view.communes, on=today(), limit=1)
    is_fictitious = bool(first) and first[0].is_fictitious
    return coverage(on=today(), kind=view.kind, code=view.code, minutes=minutes, is_fictitious=is_fictitious)


def coverage_map(view: ZoneView, cells: list[Cell], name: str) -> Map | None:
    """Travel time to the nearest place where the operator receives, commune by commune."""
    levels = {cell.commune.code: level_of(_nearest(cell)) for cell in cells}
    areas, dots = backdrop(ground_of(view), levels)
    title = _("Temps de trajet jusqu'au lieu le plus proche : %(name)s") % {"name": name}
    return draw("coverage", title, areas=areas, dots=dots)


def _context(request: HttpRequest, view: ZoneView, actor: Actor) -> dict[str, object]:
    asked = read_asked(request)
    audit = _audit(view, asked.minutes)
    cells = [cell for cell in audit.cells if cell.operator == asked.operator]
    name = _(audit.names.get(asked.operator, asked.operator.label))
    return {
        "section": "web:coverage", "zone": view, "asked": asked, "audit": audit, "cells": cells, "operator_name": name,
        "gaps": [cell for cell in cells if cell.reach is Reach.GAP],
        "unknown": [cell for cell in cells if cell.reach in {Reach.UNKNOWN, Reach.NOT_RECORDED}],
        "overlaps": [cell for cell in cells if cell.is_overlap],
        "map": coverage_map(view, cells, name),
        "classes": classes(),
        "method": _(METHOD) % {"minutes": asked.minutes, "on": date_format(audit.on, "j F Y")},
        "alerts": open_alerts(actor=actor, zone=(view.kind, view.code)) if acts_for_a_structure(actor) else (),
        "may_alert": bool(actor.roles & ALERTING) and not audit.is_fictitious,
        "acting_field": acting_field(actor),
    }  # fmt: skip


@page(reads=True, who=Who.EVERYONE)
def zone_coverage(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The coverage of a territory, as sentences, a map and its equal table."""
    view = zone_asked(kind, code)
    return show(request, "places/coverage.html", _context(request, view, actor_of(request)))


@page(reads=False, who=ALERTING)
def alert(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Keep what the audit found for the coordination; what is mended is closed."""
    view = zone_asked(kind, code)
    if request.method == "POST":
        count = record_alerts(_audit(view, DEFAULT_MINUTES), zone=(view.kind, view.code), actor=acting(request))
        messages.success(request, _("C'est noté pour la coordination : %(n)s constats ouverts.") % {"n": count})
    return HttpResponseRedirect(reverse("web:zone-coverage", args=[kind, code]))
