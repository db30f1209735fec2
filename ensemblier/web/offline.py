"""What a browser may keep: public pages once seen (service worker), never an answer nor a signed-in page."""

from pathlib import Path
from typing import TypeVar

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ensemblier.web.access import Who, page

R = TypeVar("R", bound=HttpResponseBase)


def keepable(response: R) -> R:
    """Marks a public page: the service worker keeps those and no others. Give it to no page that knows its reader."""
    response["Cache-Control"] = "public, no-cache"
    return response


def private(response: R) -> R:
    """Marks an answer: neither the browser nor anything between keeps it."""
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@page(reads=True, who=Who.EVERYONE)
def service_worker(_request: HttpRequest) -> HttpResponseBase:
    """The worker, at the root because its address limits the pages that it serves."""
    found = finders.find("web/js/service-worker.js")
    response = HttpResponse(Path(str(found)).read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@page(reads=True, who=Who.EVERYONE)
def manifest(_request: HttpRequest) -> HttpResponseBase:
    """The web manifest: name, colours and icon of the installed page."""
    data = {
        "name": "Ensemblier",
        "short_name": "Ensemblier",
        "description": _("Qui peut m’accompagner dans mon travail, près de chez moi ?"),
        "start_url": reverse("web:question"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf8f2",
        "theme_color": "#fbf8f2",
        "icons": [{"src": static("web/img/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(data, content_type="application/manifest+json")


@require_safe
@page(reads=True, who=Who.EVERYONE)
def without_network(request: HttpRequest) -> HttpResponseBase:
    """What the worker shows for a page that was never seen, when there is no network."""
    return keepable(render(request, "public/offline.html"))
