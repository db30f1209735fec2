"""Taking everything away: to read (page, PDF) and to use again (JSON)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ensemblier.journey.queries.portability import document, take_away
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.pdf import pdf_of
from ensemblier.web.person.door import files_of, herself, now


@page(reads=True, who=Who.PERSON)
def data(request: HttpRequest) -> HttpResponse:
    """The two ways, and what else she may do."""
    return private(render(request, "person/data.html", {"files": files_of(request)}))


@page(reads=True, who=Who.PERSON)
def read(request: HttpRequest) -> HttpResponse:
    """Everything, on one page."""
    at = now()
    return private(render(request, "person/data_read.html", {"taken": take_away(herself(request), at=at), "at": at}))


@page(reads=True, who=Who.PERSON)
def paper(request: HttpRequest) -> HttpResponse:
    """The same, as PDF/UA."""
    at = now()
    values = {"taken": take_away(herself(request), at=at), "at": at}
    response = HttpResponse(
        pdf_of(render_to_string("person/data_paper.html", values, request)), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.pdf"'
    return private(response)


@page(reads=True, who=Who.PERSON)
def machine(request: HttpRequest) -> HttpResponse:
    """The same for machines: docs/donnees-emportees.md says every name."""
    at = now()
    taken = document(take_away(herself(request), at=at), at=at)
    response = JsonResponse(taken, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return private(response)
