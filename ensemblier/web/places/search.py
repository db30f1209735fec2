"""« Tous les lieux »: by name with filters, or around a commune when it is asked for whom, for what or on which day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Mode
from ensemblier.directory.core.views import DirectoryPage, OfferCard, OffersNear
from ensemblier.directory.queries.offers import Wanted, offers_near
from ensemblier.directory.queries.search import Filters, search_directory
from ensemblier.directory.queries.sites import sites_in
from ensemblier.territory.core.views import CommuneView
from ensemblier.web.access import Who, page
from ensemblier.web.ground import ground_under
from ensemblier.web.maps import Map, Marker, draw
from ensemblier.web.places.pages import commune_typed, show, today, typed
from ensemblier.web.places.rows import map_of
from ensemblier.web.places.words import day_choices, need_choices, public_choices

KINDS = ("site", "organisation", "offer")
MAX_ON_MAP = 60


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What was typed; a value that is not among the choices counts as empty."""

    q: str
    kind: str
    commune: str
    operator: str
    public: str
    need: str
    mode: str
    day: str
    found: CommuneView | None
    query: str
    operators: list[tuple[str, str]]
    publics: list[tuple[str, str]]
    needs: list[tuple[str, str]]
    modes: list[tuple[str, str]]
    days: list[tuple[str, str]]

    @property
    def has_filters(self) -> bool:
        """Whether the block of filters is shown open."""
        return bool(self.commune or self.operator or self.public or self.need or self.mode or self.day)

    @property
    def is_near(self) -> bool:
        """Whether offers around the commune are wanted, nearest first."""
        return self.found is not None and bool(self.public or self.need or self.mode or self.day)

    @property
    def commune_name(self) -> str:
        """The commune understood."""
        return self.found.name if self.found else ""

    @property
    def message(self) -> str:
        """What to do when the filters cannot be followed."""
        if self.commune and self.found is None:
            return _("Aucune commune ne ressemble à « %(text)s ». Essayez son code postal.") % {"text": self.commune}
        if (self.day or self.mode) and self.found is None:
            return _("Choisissez aussi une commune : le jour et la façon d'être reçu se cherchent autour d'un lieu.")
        return ""


def _kept(data: QueryDict) -> str:
    """The address of the search without its page."""
    kept = data.copy()
    kept.pop("cursor", None)
    return kept.urlencode()


def read_form(request: HttpRequest, on: date) -> SearchForm:
    """The form of a search address."""
    choices = {
        "operator": sorted(((o.value, _(o.label)) for o in Operator), key=lambda c: c[1].casefold()),
        "public": public_choices(),
        "need": need_choices(),
        "mode": [(m.value, _(m.label)) for m in Mode],
        "day": day_choices(),
    }
    chosen = {name: typed(request, name) for name in choices}
    known = {name: value if value in dict(choices[name]) else "" for name, value in chosen.items()}
    kind = typed(request, "kind")
    return SearchForm(
        q=typed(request, "q"),
        kind=kind if kind in KINDS else "site",
        commune=typed(request, "commune"),
        found=commune_typed(typed(request, "commune"), on=on),
        query=_kept(request.GET),
        operators=choices["operator"],
        publics=choices["public"],
        needs=choices["need"],
        modes=choices["mode"],
        days=choices["day"],
        **known,
    )


def _near(form: SearchForm, on: date) -> OffersNear | None:
    """Offers around the commune, when that is what is asked and its place is known."""
    if not form.is_near or form.found is None or form.found.point is None:
        return None
    day = on + timedelta(days=(int(form.day) - on.weekday()) % 7) if form.day else None
    zones = (form.found.code, form.found.epci_code, form.found.departement_code, form.found.region_code)
    wanted = Wanted(form.public, form.need, day, zones=tuple(z for z in zones if z))
    found = offers_near(origin=form.found.point, wanted=wanted, on=on, limit=20)
    if form.mode == Mode.REMOTE:
        return OffersNear((), found.remote)
    return OffersNear(found.near, ()) if form.mode == Mode.ON_SITE else found


def _by_name(form: SearchForm, on: date, cursor: str) -> DirectoryPage:
    filters = Filters(
        kind=form.kind,
        operator=Operator(form.operator) if form.operator else None,
        commune=form.found.code if form.found else "",
        public=form.public,
        need=form.need,
    )
    return search_directory(text=form.q, filters=filters, on=on, cursor=cursor)


def _offers_map(cards: tuple[OfferCard, ...], form: SearchForm) -> Map | None:
    marks = [Marker(c.point.lat, c.point.lon, c.city or c.organisation_name) for c in cards if c.point]
    shown = marks[:MAX_ON_MAP]
    title = _("Autour de %(name)s") % {"name": form.commune_name}
    return draw("places", title, markers=shown, ground=ground_under(shown))


def _sites_map(form: SearchForm, on: date) -> Map | None:
    """The sites of the commune asked for: a search by name alone has no place to draw."""
    if form.found is None:
        return None
    title = _("Les lieux de %(name)s") % {"name": form.commune_name}
    return map_of("places", title, sites_in([form.found.code], on=on, limit=MAX_ON_MAP))


@page(reads=True, who=Who.EVERYONE)
def places(request: HttpRequest) -> HttpResponse:
    """The list of places; the same address answers the form without JavaScript."""
    on = today()
    form = read_form(request, on)
    near = _near(form, on)
    if near is not None:
        context = {"form": form, "near": near, "page": None, "map": _offers_map(near.near, form)}
    else:
        found = _by_name(form, on, typed(request, "cursor"))
        context = {"form": form, "near": None, "page": found, "map": _sites_map(form, on)}
    return show(request, "places/search.html", context)
