"""The page of an organisation, the page of a site, and visiting cards."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.directory.core.views import SiteCard
from ensemblier.directory.queries.editing import contact_seen
from ensemblier.directory.queries.exports.vcard import card_of
from ensemblier.directory.queries.freshness import history_of
from ensemblier.directory.queries.organisations import organisation_page
from ensemblier.directory.queries.sites import site_page
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.ground import ground_under
from ensemblier.web.maps import Map, Marker, draw_in_margin
from ensemblier.web.places.pages import show, today


def markers(cards: tuple[SiteCard, ...] | list[SiteCard]) -> list[Marker]:
    """Sites whose position is known, as marks of a map."""
    return [
        Marker(
            card.point.lat,
            card.point.lon,
            card.city or card.name,
            str(card.operator or ""),
            card.position in {"estimated", "commune_centre"},
            reverse("web:site", args=[card.uid]),
        )
        for card in cards
        if card.point is not None
    ]


def map_of(key: str, title: str, cards: tuple[SiteCard, ...] | list[SiteCard]) -> Map | None:
    """The map of some sites, for a margin column."""
    marks = markers(cards)
    return draw_in_margin(key, title, markers=marks, ground=ground_under(marks))


@page(reads=True, who=Who.EVERYONE)
def organisation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything known of an organisation, contacts by access, history to those who keep it."""
    actor = actor_of(request)
    found = organisation_page(uid, actor=actor, on=today())
    history = history_of("organisation", found.id, actor=actor) if found.can_edit else []
    title = _("Les lieux de %(name)s") % {"name": found.name}
    context = {"page": found, "map": map_of("sites", title, found.sites), "history": history}
    return show(request, "places/organisation.html", context)


@page(reads=True, who=Who.EVERYONE)
def site(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything known of a place where one is received."""
    actor = actor_of(request)
    found = site_page(uid, actor=actor, on=today())
    history = history_of("site", found.id, actor=actor) if found.can_edit else []
    title = _("Où se trouve %(name)s") % {"name": found.card.name}
    context = {"page": found, "map": map_of("site", title, [found.card]), "history": history}
    return show(request, "places/site.html", context)


@page(reads=True, who=Who.EVERYONE)
def contact_vcard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The visiting card of an interlocutor that the reader may see."""
    seen = contact_seen(uid, actor=actor_of(request), on=today())
    response = HttpResponse(card_of(seen), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="contact-{seen.uid}.vcf"'
    response["Cache-Control"] = "no-store"
    return response
