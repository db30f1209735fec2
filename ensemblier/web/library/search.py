"""« Bibliothèque »: a question and its answers; without a question, the latest resources."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from ensemblier.animation.queries.asking import knowing
from ensemblier.library.core.kinds import Domain, ResourceKind
from ensemblier.library.core.wanted import Wanted
from ensemblier.library.queries.resources import latest, territories
from ensemblier.library.queries.search import search_library, suggestions
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting_field
from ensemblier.web.places.pages import show, today, typed

MAX_PAGE = 6


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What was typed; a value that is not among the choices counts as empty."""

    q: str
    kind: str
    domain: str
    since: str
    zone: str
    page: int
    kinds: list[tuple[str, str]]
    domains: list[tuple[str, str]]
    years: list[str]
    zones: list[tuple[str, str]]

    @property
    def has_filters(self) -> bool:
        """Whether the block of filters is shown open."""
        return bool(self.kind or self.domain or self.since or self.zone)

    @property
    def query(self) -> str:
        """The address of the search without its page."""
        kept = {"q": self.q, "kind": self.kind, "domain": self.domain, "since": self.since, "zone": self.zone}
        return urlencode({name: value for name, value in kept.items() if value})

    @property
    def wanted(self) -> Wanted:
        """The filters."""
        return Wanted(
            kind=self.kind,
            domain=self.domain,
            zones=(self.zone,) if self.zone else (),
            since=date(int(self.since), 1, 1) if self.since else None,
        )


def read_form(request: HttpRequest, on: date) -> SearchForm:
    """The form of a search address."""
    kinds = sorted(((kind.value, _(kind.label)) for kind in ResourceKind), key=lambda choice: choice[1].casefold())
    domains = sorted(((one.value, _(one.label)) for one in Domain), key=lambda choice: choice[1].casefold())
    years = [str(year) for year in range(on.year, on.year - 15, -1)]
    zones = territories()
    names = ("kind", "domain", "since", "zone", "page")
    kind, domain, since, zone, number = (typed(request, name) for name in names)
    return SearchForm(
        q=typed(request, "q"),
        kind=kind if kind in dict(kinds) else "",
        domain=domain if domain in dict(domains) else "",
        since=since if since in years else "",
        zone=zone if zone in dict(zones) else "",
        page=min(int(number), MAX_PAGE) if number.isdigit() and len(number) < 3 else 1,
        kinds=kinds,
        domains=domains,
        years=years,
        zones=zones,
    )


@page(reads=True, who=Who.EVERYONE)
def library(request: HttpRequest) -> HttpResponse:
    """The search and its answers, without JavaScript."""
    on, actor = today(), actor_of(request)
    form = read_form(request, on)
    answers = search_library(form.q, form.wanted, actor=actor, on=on, page=form.page) if form.q else None
    is_few = answers is not None and answers.is_few and not answers.is_too_short
    context = {
        "form": form,
        "answers": answers,
        "knowing": knowing(form.q, actor=actor, on=on) if is_few else (),
        "latest": latest(on=on) if answers is None else (),
        "acting_field": acting_field(actor),
    }
    return show(request, "library/search.html", context)


@page(reads=True, who=Who.EVERYONE)
def suggest(request: HttpRequest) -> JsonResponse:
    """What begins as typed, for the list under the field."""
    found = suggestions(typed(request, "q"))
    return JsonResponse({"suggestions": [{"kind": one.kind, "text": one.text} for one in found]})
