"""What a network, a structure or a place is known for: read by who keeps rows, written by its own."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.directory.actions.strengths import (
    StrengthDraft,
    end_own_strength,
    end_strength,
    record_own_strength,
    record_strength,
)
from ensemblier.directory.queries.strengths import NetworkStrengths, OwnStrengths, own_strengths_of, strengths_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import today
from ensemblier.web.pro.edits import EDITORS
from ensemblier.web.pro.verb_forms import StrengthForm


@dataclass(frozen=True, slots=True)
class Here:
    """What the page is about: its list, its own address, where to go back to, and its sort (words of the page)."""

    shown: NetworkStrengths | OwnStrengths
    address: str
    back: str
    sort: str


def _shown(request: HttpRequest, here: Here, form: StrengthForm, actor: Actor) -> HttpResponse:
    context = {"here": here, "shown": here.shown, "form": form, "acting_field": acting_field(actor)}
    return render(request, "pro/strengths.html", context, status=400 if form.errors else 200)


@page(reads=False, who=EDITORS)
def strengths(request: HttpRequest, code: str) -> HttpResponse:
    """The list, and the form to add to it."""
    form = StrengthForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_strength(code, StrengthDraft(**form.cleaned_data), actor=acting(request), on=today())
        except (BadInput, RuleViolated) as refusal:
            form.add_domain_error(sentence(refusal), refusal.field)
        else:
            messages.success(request, _("C’est noté."))
            return HttpResponseRedirect(reverse("web:strengths", args=[code]))
    actor = actor_of(request)
    shown = strengths_of(code, actor=actor, on=today())
    here = Here(shown, reverse("web:strengths", args=[code]), reverse("web:networks"), "network")
    return _shown(request, here, form, actor)


@page(reads=False, who=EDITORS)
def end(request: HttpRequest, code: str, row: int) -> HttpResponse:
    """It no longer holds from today."""
    if request.method == "POST":
        end_strength(code, row, actor=acting(request), on=today())
        messages.success(request, _("C’est noté : cela ne vaut plus à partir d’aujourd’hui."))
    return HttpResponseRedirect(reverse("web:strengths", args=[code]))


@page(reads=False, who=EDITORS)
def own(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """What one structure, or one place, does that others do not, and the form to add to it."""
    form = StrengthForm(request.POST or None)
    here = reverse("web:own-strengths", args=[kind, uid])
    if request.method == "POST" and form.is_valid():
        try:
            record_own_strength(kind, uid, StrengthDraft(**form.cleaned_data), actor=acting(request), on=today())
        except (BadInput, RuleViolated) as refusal:
            form.add_domain_error(sentence(refusal), refusal.field)
        else:
            messages.success(request, _("C’est noté."))
            return HttpResponseRedirect(here)
    actor = actor_of(request)
    shown = own_strengths_of(kind, uid, actor=actor, on=today())
    return _shown(request, Here(shown, here, reverse(f"web:{kind}", args=[uid]), kind), form, actor)


@page(reads=False, who=EDITORS)
def end_own(request: HttpRequest, kind: str, uid: UUID, row: int) -> HttpResponse:
    """It no longer holds from today."""
    if request.method == "POST":
        end_own_strength(kind, uid, row, actor=acting(request), on=today())
        messages.success(request, _("C’est noté : cela ne vaut plus à partir d’aujourd’hui."))
    return HttpResponseRedirect(reverse("web:own-strengths", args=[kind, uid]))
