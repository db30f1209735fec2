"""Where relays wait and loops stay open, for whoever coordinates a territory: counts and telephone numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.loops import LEAST, PERIOD
from ensemblier.journey.queries.loops import SHOWN, open_loops
from ensemblier.web.access import actor_of, page
from ensemblier.web.offline import private

COORDINATORS = frozenset({Role.COORDINATOR})


@page(reads=True, who=COORDINATORS)
def loops(request: HttpRequest) -> HttpResponse:
    """Counts by place and by structure; no person, no relay, no order of merit."""
    found = open_loops(actor=actor_of(request), at=timezone.now())
    context = {
        "found": found,
        "kinds": SHOWN,
        "least": LEAST,
        "days": PERIOD.days,
        "section": "web:loops",
    }
    return private(render(request, "relays/loops.html", context))
