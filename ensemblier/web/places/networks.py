"""Networks through time: dated names, who took over from whom."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse

from ensemblier.directory.core.around import NetworkTimeline
from ensemblier.directory.core.states import Circle
from ensemblier.directory.queries.timeline import network_timelines
from ensemblier.web.access import Who, page
from ensemblier.web.places.pages import show, today


@dataclass(frozen=True, slots=True)
class CircleOfNetworks:
    """The networks of one circle of partners."""

    circle: Circle
    networks: tuple[NetworkTimeline, ...]


def circles_of(timelines: tuple[NetworkTimeline, ...]) -> list[CircleOfNetworks]:
    """Networks grouped as they come: by circle."""
    return [CircleOfNetworks(circle, tuple(group)) for circle, group in groupby(timelines, key=lambda n: n.circle)]


@page(reads=True, who=Who.EVERYONE)
def networks(request: HttpRequest) -> HttpResponse:
    """All networks, under their names of today."""
    on: date = today()
    return show(request, "places/networks.html", {"circles": circles_of(network_timelines(on=on)), "on": on})
