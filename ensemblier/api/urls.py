"""Addresses of the interface for programs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from ensemblier.api.v1 import docs
from ensemblier.api.v1.interface import api

app_name = "api"


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001
    """Any other address: the middleware turns it into a problem."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", docs.page, name="docs"),
    path("v1/", api.urls),
    re_path(r"^(?P<rest>.*)$", nothing_here),
]
