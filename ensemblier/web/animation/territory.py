"""A territory whose actors do things together: agenda, cell, problems, groups; on screen, on paper, by mail."""

from datetime import timedelta
from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions.ties import leave as leave_letters
from ensemblier.animation.actions.ties import subscribe as subscribe_to
from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.queries.events import Wanted, agenda
from ensemblier.animation.queries.heads import deciders, funding_alerts, own_commitments, territory_life
from ensemblier.animation.queries.ties import subscription_of
from ensemblier.directory.queries.around import actors_of
from ensemblier.library.queries.resources import latest
from ensemblier.territory.core.views import ZoneView
from ensemblier.territory.queries.zones import zones_around
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.animation.heads import WRITERS
from ensemblier.web.pdf import pdf_of
from ensemblier.web.places.pages import show, today, typed
from ensemblier.web.places.territories import found_by
from ensemblier.web.places.zones import zone_asked

SECTION = "web:animation"
OPENED_HERE = (
    HeadKind.CELL, HeadKind.PROBLEM, HeadKind.GROUP, HeadKind.PARTNERSHIP, HeadKind.EXPERIMENT, HeadKind.COURSE,
    HeadKind.TURN, HeadKind.DECIDER, HeadKind.CIRCLE,
)  # fmt: skip


@page(reads=True, who=Who.SIGNED_IN)
def find(request: HttpRequest) -> HttpResponse:
    """Which territory; what one's organisation promised; what can be done in thirty seconds."""
    actor, q = actor_of(request), typed(request, "q")
    context = {
        "q": q, "found": found_by(q), "commitments": own_commitments(actor=actor, on=today()), "section": SECTION,
        "may_act": actor.organisation_id is not None,
    }  # fmt: skip
    return show(request, "animation/find.html", context)


@page(reads=True, who=Who.EVERYONE)
def territory(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The page of a territory."""
    zone, actor, on = zone_asked(kind, code), actor_of(request), today()
    communes = frozenset(zone.communes)
    found = agenda(Wanted(timezone.now(), communes), actor=actor, limit=8)
    may_open = bool(actor.roles & WRITERS) and actor.organisation_id is not None
    context = {
        "zone": zone, "section": SECTION, "on": on, "agenda": found,
        "life": territory_life(communes, actor=actor, on=on), "deciders": deciders(communes),
        "alerts": funding_alerts(communes, on=on) if actor.is_signed_in else (),
        "may_open": may_open, "may_announce": actor.organisation_id is not None, "opened_here": OPENED_HERE,
        "acting_field": acting_field(actor),
        "subscription": subscription_of(actor=actor, kind=kind, code=code) if actor.is_signed_in else None,
        "resources": latest(on=on, limit=5, zones=zones_around(zone)),
        "has_fictitious": any(event.is_fictitious for event in found.events),
    }  # fmt: skip
    return show(request, "animation/territory.html", context)


@page(reads=True, who=Who.EVERYONE)
def who_does_what(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Who does what, and who decides what, in a territory: one page."""
    zone, on = zone_asked(kind, code), today()
    context = {
        "zone": zone, "circles": actors_of(zone.communes, on=on), "deciders": deciders(frozenset(zone.communes)),
        "section": SECTION, "may_open": bool(actor_of(request).roles & WRITERS),
    }  # fmt: skip
    return show(request, "animation/who.html", context)


def qr(text: str) -> str:
    """A QR code as an SVG, drawn on the server."""
    picture = segno.make(text, error="m").svg_inline(scale=4, border=2, light="#fff", omitsize=True)
    return mark_safe(picture)  # noqa: S308 - drawn by segno from our own text


def _address(request: HttpRequest, zone: ZoneView) -> str:
    place = reverse("web:animation-territory", args=[zone.kind.value, zone.code])
    return request.build_absolute_uri(place)


@page(reads=True, who=Who.EVERYONE)
def paper(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The letter of the territory, to print and to pin up: what is open to the public, with the address and its QR."""
    zone, on = zone_asked(kind, code), today()
    communes, now = frozenset(zone.communes), timezone.now()
    actor = actor_of(request)
    found = agenda(Wanted(now, communes, until=now + timedelta(days=92)), actor=actor, limit=40)
    context = {
        "zone": zone, "on": on, "agenda": found, "life": territory_life(communes, actor=actor, on=on),
        "href": _address(request, zone), "picture": qr(_address(request, zone)),
    }  # fmt: skip
    pdf = pdf_of(render_to_string("animation/letter_paper.html", context, request=request))
    headers = {"Content-Disposition": f'attachment; filename="agenda-{kind}-{zone.code}-{on:%Y-%m-%d}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@page(reads=True, who=frozenset(Role))
def kit(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The communication kit: words ready to copy, the address, its QR."""
    zone = zone_asked(kind, code)
    href = _address(request, zone)
    context = {"zone": zone, "href": href, "picture": qr(href), "section": SECTION}
    return show(request, "animation/kit.html", context)


@page(reads=False, who=Who.SIGNED_IN)
def subscribe(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Receive the week of the territory."""
    if request.method == "POST":
        subscribe_to(zone_asked(kind, code), by=acting(request), at=timezone.now())
        messages.success(request, _("C’est noté : la lettre part le lundi. Un clic suffit pour l’arrêter."))
    return HttpResponseRedirect(reverse("web:animation-territory", args=[kind, code]))


@csrf_exempt
@page(reads=False, who=Who.EVERYONE)
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One click to receive nothing more; mail programs may post it themselves (RFC 8058), hence no token of a form."""
    left = request.method == "POST" and leave_letters(uid, at=timezone.now())
    context = {"left": left, "asked": request.method == "POST"}
    response = show(request, "animation/leave.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
