"""The adviser's files: found by name, and never by an address that somebody could read over a shoulder."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ensemblier.journey.core.files import FileFilters, FileList
from ensemblier.journey.queries.files import list_files
from ensemblier.routing.core.facts import Status
from ensemblier.web.access import actor_of, page
from ensemblier.web.files.frame import ADVISERS
from ensemblier.web.places.pages import MAX_TYPED, today

STATES = ("", "open", "closed")


def _filters(request: HttpRequest) -> FileFilters:
    """What was posted; a value outside the choices counts as empty. A name never travels in an address."""
    sent = request.POST
    state, status = sent.get("state", ""), sent.get("status", "")
    return FileFilters(
        text=sent.get("q", "").replace("\x00", "").strip()[:MAX_TYPED],
        mine=sent.get("mine") == "1",
        state=state if state in STATES else "",
        status=status if status in {s.value for s in Status} else "",
    )


def _sentence(found: FileList, filters: FileFilters) -> str:
    if filters != FileFilters():
        return ngettext("%(n)s dossier répond.", "%(n)s dossiers répondent.", found.count) % {"n": found.count_text}
    if not found.count:
        return _("Aucun dossier ne vous est ouvert pour l’instant.")
    return ngettext("%(n)s dossier vous est ouvert.", "%(n)s dossiers vous sont ouverts.", found.count) % {
        "n": found.count_text
    }


@page(reads=True, who=ADVISERS)
def files(request: HttpRequest) -> HttpResponse:
    """The files that the adviser may open."""
    filters = _filters(request)
    found = list_files(actor=actor_of(request), filters=filters, on=today(), cursor=request.POST.get("cursor", ""))
    context = {
        "found": found,
        "filters": filters,
        "sentence": _sentence(found, filters),
        "statuses": [(s.value, s.label) for s in Status],
        "is_first": not request.POST.get("cursor"),
    }
    response = render(request, "files/list.html", context)
    response["Cache-Control"] = "no-store"
    return response
