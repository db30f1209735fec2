"""Proposing a permanence to an operator, in a place; and reading what imports did."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ensemblier.directory.actions.permanences import PermanenceDraft, Rhythm, propose_permanence
from ensemblier.directory.core.states import HalfDay, Season
from ensemblier.directory.queries.editing import operator_organisations, suggestable
from ensemblier.directory.queries.runs import import_run, import_runs, saved_mappings
from ensemblier.kernel.errors import BadInput
from ensemblier.web.access import Who, actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.places.pages import today
from ensemblier.web.pro.forms import PermanenceForm


def _draft(form: PermanenceForm, site: UUID) -> PermanenceDraft:
    data = form.cleaned_data
    first_day, starts_at, ends_at = form.times
    half_day, season = HalfDay(data["half_day"]), Season(data["season"])
    rhythm = Rhythm(form.rrule, first_day, half_day, season, starts_at, ends_at)
    return PermanenceDraft(UUID(data["holder_uid"]), site, rhythm, form.appointment, data["capacity"], data["note"])


@page(reads=False, who=Who.SIGNED_IN)
def propose(request: HttpRequest, site: UUID) -> HttpResponse:
    """Propose that an operator receives in this place, some half-days."""
    on, back = today(), reverse("web:site", args=[site])
    name = suggestable("site", site)
    form = PermanenceForm(request.POST or None, holders=operator_organisations(on=on), initial={"first_day": on})
    if request.method == "POST" and form.is_valid():
        try:
            propose_permanence(_draft(form, site), actor=acting(request), on=on)
        except BadInput as error:
            form.add_domain_error(sentence(error), error.field)
        else:
            messages.success(request, _("C'est proposé. L'opérateur concerné va répondre."))
            return HttpResponseRedirect(reverse("web:permanences"))
    context = {
        "form": form, "title": _("Proposer une permanence"), "button": _("Proposer"), "back": back, "lede": name,
        "stale_message": "", "acting_field": acting_field(actor_of(request)),
    }  # fmt: skip
    return render(request, "pro/form.html", context, status=400 if form.errors else 200)


@page(reads=True, who=Who.SIGNED_IN)
def imports(request: HttpRequest) -> HttpResponse:
    """What was imported, and the mappings that were kept."""
    actor = actor_of(request)
    context = {"runs": import_runs(actor=actor), "mappings": saved_mappings(actor=actor)}
    return render(request, "pro/imports.html", context)


@page(reads=True, who=Who.SIGNED_IN)
def import_report(request: HttpRequest, run: int) -> HttpResponse:
    """What one import set aside, and why."""
    return render(request, "pro/import.html", {"run": import_run(run, actor=actor_of(request))})
