"""The frame of a file: who it is about, who leads, and the tabs. Each tab belongs to the one who makes it.

    head = file_head(actor=actor, uid=uid, on=today())
    return in_frame(request, "plan/plan.html", head, {"plan": plan})

The template extends `files/frame.html` and fills the block `tab`. The current tab is the one whose route answers, or
the one that a deeper route names: `in_frame(…, tab="file-plan")`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.core.files import FileHead
from ensemblier.web.access import actor_of
from ensemblier.web.acting import acting_field

ADVISERS = frozenset({Role.ADVISER})
TABS: tuple[tuple[str, Promise], ...] = (
    ("file", _("Dossier")),
    ("file-plan", _("Plan")),
    ("file-financing", _("Financement")),
    ("file-calendar", _("Calendrier")),
    ("file-appointments", _("Rendez-vous")),
    ("file-documents", _("Documents")),
    ("file-relays", _("Relais")),
    ("file-synthesis", _("Synthèse")),
    ("file-journal", _("Journal")),
)
"""(name of the route, which takes the file's uid; words). A route that is not installed does not show."""


@dataclass(frozen=True, slots=True)
class TabLink:
    """A tab as the template shows it."""

    href: str
    words: Promise
    is_current: bool


def tabs_of(uid: UUID, current: str) -> list[TabLink]:
    """The tabs that exist, in their fixed order."""
    links = []
    for name, words in TABS:
        try:
            href = reverse(f"web:{name}", args=[uid])
        except NoReverseMatch:
            continue
        links.append(TabLink(href, words, name == current))
    return links


def in_frame(
    request: HttpRequest, template: str, head: FileHead, context: Mapping[str, Any], *, tab: str = "", status: int = 200
) -> HttpResponse:
    """A tab of the file, never kept by a browser."""
    match = request.resolver_match
    current = tab or (match.url_name if match is not None and match.url_name else "")
    values = {
        "file": head,
        "tabs": tabs_of(head.uid, current),
        "section": "web:files",
        "acting_field": acting_field(actor_of(request)),
        "back": "",
        **context,
    }
    response = render(request, template, values, status=status)
    response["Cache-Control"] = "no-store"
    return response
