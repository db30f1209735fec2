"""What a network is known for: read by every professional who keeps rows, written by its members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.directory.actions.strengths import StrengthDraft, end_strength, record_strength
from ensemblier.directory.queries.strengths import strengths_of
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import today
from ensemblier.web.pro.edits import EDITORS
from ensemblier.web.pro.verb_forms import StrengthForm


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
    context = {
        "network": strengths_of(code, actor=actor, on=today()),
        "form": form,
        "acting_field": acting_field(actor),
    }
    return render(request, "pro/strengths.html", context, status=400 if form.errors else 200)


@page(reads=False, who=EDITORS)
def end(request: HttpRequest, code: str, row: int) -> HttpResponse:
    """It no longer holds from today."""
    if request.method == "POST":
        end_strength(code, row, actor=acting(request), on=today())
        messages.success(request, _("C’est noté : cela ne vaut plus à partir d’aujourd’hui."))
    return HttpResponseRedirect(reverse("web:strengths", args=[code]))
