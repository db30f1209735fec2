"""Taking everything away: to read (page, PDF) and to use again (JSON)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.journey.actions.planned_erasures import stop_erasure
from ensemblier.journey.queries.portability import document, take_away
from ensemblier.journey.queries.rights_endings import my_endings, my_freezings
from ensemblier.kernel.errors import NotFound
from ensemblier.web.access import Who, page
from ensemblier.web.offline import private
from ensemblier.web.pdf import pdf_of
from ensemblier.web.person.door import files_of, herself, now


@page(reads=False, who=Who.PERSON)
def data(request: HttpRequest) -> HttpResponse:
    """The two ways, what is about to be erased (and stopping it), and what else she may do."""
    if request.method == "POST":
        uid = request.POST.get("erasure", "")
        ending = next((one for one in my_endings(herself(request)) if str(one.uid) == uid), None)
        if ending is None:
            raise NotFound("Cette demande d’effacement n’existe pas, ou elle a été abandonnée.")
        stop_erasure(ending.uid, by=ending.herself, at=now())
        messages.success(request, _("C’est arrêté : rien ne sera effacé."))
        return HttpResponseRedirect(reverse("web:my-data"))
    me = herself(request)
    values = {
        "files": files_of(request),
        "endings": my_endings(me),
        "freezings": my_freezings(me, at=now()),
    }
    return private(render(request, "person/data.html", values))


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
