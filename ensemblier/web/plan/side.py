"""Who stands before the plan: an adviser in a file, or the person in her own space. The pages are the same for both.

A view takes a `Side` and asks it for all that differs: in whose name it acts, the frame, the addresses, the words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ensemblier.journey.core.files import FileHead
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.plan import Doer
from ensemblier.journey.queries.files import file_head
from ensemblier.journey.queries.links import files_of_account
from ensemblier.journey.queries.opened import UNKNOWN_FILE
from ensemblier.journey.queries.own_file import Author, may_write
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.web.access import Who, actor_of, page, person_of
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.files.frame import ADVISERS, in_frame

PERSON_TABS = (
    ("plan", _lazy("Mon plan")),
    ("financing", _lazy("Mon financement")),
    ("calendar", _lazy("Mon année")),
    ("appointments", _lazy("Mes rendez-vous")),
    ("documents", _lazy("Mes documents")),
    ("synthesis", _lazy("Ma synthèse")),
)
View = Callable[..., HttpResponse]
Guarded = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the plan. `name`: as it would sign; `routes`: how its addresses are named;
    `can_write`: False for an adviser of a joint accompaniment, who only reads."""

    by: Author
    file: UUID
    name: str
    routes: str
    head: FileHead | None = None
    can_write: bool = True
    tab: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the person herself is looking."""
        return isinstance(self.by, PersonHerself)

    @property
    def doer(self) -> Doer:
        """What this side is called in the plan."""
        return Doer.PERSON if self.is_person else Doer.ADVISER

    @property
    def doers(self) -> dict[str, str]:
        """Who does a step, in the words of who reads."""
        if self.is_person:
            return {"person": _("moi"), "adviser": _("mon conseiller"), "partner": _("un partenaire")}
        given = self.head.given_name if self.head else ""
        return {"person": given or _("la personne"), "adviser": _("moi, le conseiller"), "partner": _("un partenaire")}

    def url(self, name: str, *args: Any) -> str:
        """The address of a page of this side."""
        return reverse(f"web:{self.routes}-{name}", args=[self.file, *args])

    def writer(self, request: HttpRequest) -> Author:
        """In whose name a form writes. Raises StaleVersion when it was shown for another organisation."""
        return self.by if self.is_person else acting(request)

    def hidden(self) -> SafeString:
        """The hidden field that every form of an adviser repeats."""
        return acting_field(self.by) if isinstance(self.by, Actor) else SafeString("")

    def show(
        self, request: HttpRequest, template: str, context: Mapping[str, Any], *, tab: str, status: int = 200
    ) -> HttpResponse:
        """A page of this side, in its frame, kept by no browser."""
        own = {"side": replace(self, tab=tab), "frame": self.frame, "acting_field": self.hidden(), "today": today()}
        values = own | {"back": "", **context}
        if self.head is not None:
            return in_frame(request, template, self.head, values, tab=f"file-{tab}", status=status)
        response = render(request, template, values, status=status)
        response["Cache-Control"] = "no-store"
        return response

    @property
    def frame(self) -> str:
        """The template that the pages fill."""
        return "plan/person_frame.html" if self.is_person else "files/frame.html"

    def tabs(self) -> list[tuple[str, str, bool]]:
        """The pages of the person's own space that speak of this file: (address, words, whether it is this one)."""
        return [(self.url(name), str(words), name == self.tab) for name, words in PERSON_TABS]


def now() -> datetime:
    """The instant of the request."""
    return timezone.now()


def today() -> date:
    """The day of the request, in the time of the installation."""
    return timezone.localdate()


def for_advisers(view: View, *, reads: bool) -> Guarded:
    """The page of an adviser who may open this file; anybody else gets the answer of a file that does not exist."""

    @page(reads=reads, who=ADVISERS)
    def adviser_page(request: HttpRequest, /, uid: UUID, **ids: Any) -> HttpResponse:
        actor = actor_of(request)
        head = file_head(actor=actor, uid=uid, on=today())
        return view(request, Side(actor, uid, actor.label, "file", head, may_write(uid, by=actor)), **ids)

    adviser_page.__name__, adviser_page.__doc__ = view.__name__, view.__doc__
    return adviser_page


def for_persons(view: View, *, reads: bool) -> Guarded:
    """The same page in the person's own space, for a file that she linked to her account."""

    @page(reads=reads, who=Who.PERSON)
    def person_page(request: HttpRequest, /, uid: UUID, **ids: Any) -> HttpResponse:
        account = person_of(request)
        files = files_of_account(account.id) if account is not None else ()
        found = next((file for file in files if file.person_uid == uid), None)
        if found is None:
            raise NotFound(UNKNOWN_FILE)
        return view(request, Side(found.herself, uid, found.given_name, "my"), **ids)

    person_page.__name__, person_page.__doc__ = view.__name__, view.__doc__
    return person_page
