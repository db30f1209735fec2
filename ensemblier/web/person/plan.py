"""My people, and who decided what, as the person reads them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ensemblier.journey.queries.rights_decisions import my_decisions
from ensemblier.journey.queries.rights_people import my_people
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.person.door import herself, now


@page(reads=True, who=Who.PERSON)
def people(request: HttpRequest) -> HttpResponse:
    """Who accompanies her, since when, for what."""
    return private(render(request, "person/people.html", {"people": my_people(herself(request), at=now())}))


@page(reads=True, who=Who.PERSON)
def decisions(request: HttpRequest) -> HttpResponse:
    """Who decided what, in all her files."""
    return private(render(request, "person/decisions.html", {"decisions": my_decisions(herself(request), at=now())}))
