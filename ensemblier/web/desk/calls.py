"""A call in two screens and a few keys: where and what; which door, or a call-back."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.core.views import SiteCard
from ensemblier.journey.actions.calls import CallDraft, take_call
from ensemblier.journey.core.contacts import Answer
from ensemblier.kernel.errors import DomainError
from ensemblier.routing.core.orientation import Door, Orientation
from ensemblier.routing.queries.orientation import orient
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.desk.forms import CALL_BACK, SITUATIONS, CallForm, KeepForm
from ensemblier.web.errors import sentence
from ensemblier.web.offline import private
from ensemblier.web.templatetags import french

DESK = frozenset({Role.ADVISER, Role.DESK})


@dataclass(frozen=True, slots=True)
class NumberedDoor:
    """A door and the figure that chooses it; `when` is its next permanence, in words."""

    key: str
    name: str
    is_express: bool
    why: str
    site: SiteCard | None
    when: str
    phone: str


@require_safe
@page(reads=True, who=DESK)
def call(request: HttpRequest) -> HttpResponse:
    """The first screen, ready for the next call."""
    return _first(request, CallForm(on=timezone.localdate()))


@require_POST
@page(reads=True, who=DESK)
def doors(request: HttpRequest) -> HttpResponse:
    """The second screen: the doors, numbered in the neutral order of the day."""
    form = CallForm(request.POST, on=timezone.localdate())
    if not form.is_valid():
        return _first(request, form)
    again = KeepForm(on=form.on, initial=_repeated(form) | {"cle": uuid4()})
    return _second(request, form, again)


@require_POST
@page(reads=False, who=DESK)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the call, and come back to the first screen."""
    form = KeepForm(request.POST, on=timezone.localdate())
    if not form.is_valid():
        return _first(request, CallForm(request.POST, on=form.on))
    chosen = next((door for door in _numbered(_orientation(form)) if door.key == form.cleaned_data["porte"]), None)
    if chosen is None and form.cleaned_data["porte"] not in ("", CALL_BACK):
        form.add_error("porte", _("Tapez le chiffre d’une porte, ou 0 pour un rappel."))
        return _second(request, form, form)
    try:
        answer = take_call(_draft(form, chosen), by=acting(request), at=timezone.now())
    except DomainError as error:
        form.add_domain_error(sentence(error), "telephone")
        return _second(request, form, form)
    messages.success(request, _said(answer, chosen, bool(form.cleaned_data["telephone"])))
    return HttpResponseRedirect(reverse("web:desk-call"))


def _draft(form: KeepForm, door: NumberedDoor | None) -> CallDraft:
    cleaned = form.cleaned_data
    return CallDraft(
        commune_code=form.found.code if form.found else "",
        statuses=form.statuses(),
        words=cleaned["mots"],
        door=f"{door.name}, {door.site.name}" if door and door.site else (door.name if door else ""),
        when=door.when if door else "",
        phone=cleaned["telephone"],
        booked_at=door.site.organisation_uid if door and door.site else None,
        key=form.key,
    )


def _said(answer: Answer, door: NumberedDoor | None, has_phone: bool) -> str:
    if answer is Answer.CALL_BACK or door is None:
        return _("C’est noté : le guichet rappelle sous deux jours ouvrés. Appel compté, sans identité.")
    if has_phone:
        return _("C’est réservé : %(door)s rappelle pour confirmer. Appel compté, sans identité.") % {"door": door.name}
    return _("C’est noté : %(door)s. Appel compté, sans identité.") % {"door": door.name}


def _repeated(form: CallForm) -> dict[str, object]:
    found = form.found
    name = form.cleaned_data["commune"]
    return {
        "commune": name,
        "commune_for": name,
        "commune_code": found.code if found else "",
        "situation": form.cleaned_data["situation"],
        "mots": form.cleaned_data["mots"],
    }


def _orientation(form: CallForm) -> Orientation:
    return orient(form.facts(), on=form.on, commune=form.found, day=form.on)


def _numbered(found: Orientation) -> list[NumberedDoor]:
    numbered = []
    for number, door in enumerate(found.doors[:9], start=1):
        site = door.sites[0] if door.sites else None
        next_one = site.next_permanence if site else None
        numbered.append(
            NumberedDoor(
                key=str(number),
                name=door.name,
                is_express=door.level.value == "express",
                why=_why(door),
                site=site,
                when=_("permanence %(when)s") % {"when": french.moment_words(next_one)} if next_one else "",
                phone=(site.phone if site else "") or (found.desk.phone if found.desk else ""),
            )
        )
    return numbered


def _why(door: Door) -> str:
    if not door.because:
        return ""
    return door.because[0].plain_fr if french.language() == "fr" else door.because[0].plain_en


def _first(request: HttpRequest, form: CallForm) -> HttpResponse:
    status = 400 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "situations": SITUATIONS, "section": "web:desk-call"}
    return private(render(request, "desk/call.html", context, status=status))


def _second(request: HttpRequest, said: CallForm, form: KeepForm) -> HttpResponse:
    found = _orientation(said)
    context = {
        "form": form,
        "doors": _numbered(found),
        "desk": None,
        "number": found.desk,
        "commune": said.found,
        "acting_field": acting_field(actor_of(request)),
        "has_fictitious": any(site.is_fictitious for door in found.doors for site in door.sites),
        "section": "web:desk-call",
    }
    return private(render(request, "desk/doors.html", context, status=400 if form.errors else 200))
