"""The product's addresses, and the floor against which its pages are measured."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def floor(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The cheapest page that asks the database something: same server, same middleware."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return HttpResponse(str(cursor.fetchone()[0]))


urlpatterns = [path("bench/floor/", floor), path("", include("ensemblier.urls"))]
