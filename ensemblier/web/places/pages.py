"""What every page of the directory shares: its frame, today's date, the communes typed in a filter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune, search_communes

MAX_TYPED = 120


def today() -> date:
    """The day of the request, in the time of the installation."""
    return timezone.localdate()


def show(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in the frame of who reads: paper for everybody, teal for a signed-in professional.

    What a professional sees is never kept by a browser or by the offline copy.
    """
    signed_in = request.user.is_authenticated
    frame = "base/pro.html" if signed_in else "base/public.html"
    response = render(
        request, template, {"frame": frame, "signed_in": signed_in, "acting_field": "", **context}, status=status
    )
    if signed_in:
        response["Cache-Control"] = "no-store"
    return response


def typed(request: HttpRequest, name: str) -> str:
    """A text parameter of the address, cut to what a person types; NUL never reaches the database."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:MAX_TYPED]


def commune_typed(text: str, *, on: date) -> CommuneView | None:
    """The commune that `text` most resembles (a name, a postcode, an Insee code); None when none does."""
    hits = search_communes(text, limit=1) if text else []
    return commune(hits[0].code, on=on) if hits else None
