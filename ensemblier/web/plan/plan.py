"""The plan: the list, its steps, its versions, its signatures."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.actions.plan import change_step, propose_version, record_step, say_where, sign_version
from ensemblier.journey.actions.signatures import Pen
from ensemblier.journey.queries.plan import StepView, plan_history, read_plan, read_step, versions
from ensemblier.kernel.errors import BadInput, RuleViolated, StaleVersion
from ensemblier.web.errors import sentence
from ensemblier.web.pdf import pdf_of
from ensemblier.web.plan.form_page import FormPage, answered
from ensemblier.web.plan.forms import SignForm, StepForm, WhereForm
from ensemblier.web.plan.side import Side, now, today

TAB = "plan"


def plan(request: HttpRequest, side: Side) -> HttpResponse:
    """The plan as it is now."""
    found = read_plan(side.file, by=side.by, at=now())
    return side.show(request, "plan/plan.html", {"plan": found}, tab=TAB)


def new_step(request: HttpRequest, side: Side) -> HttpResponse:
    """Add a step."""
    found = read_plan(side.file, by=side.by, at=now())
    others = [(str(step.uid), step.title) for step in found.steps]
    initial = {"key": uuid4(), "doer": side.doer.value}
    form = StepForm(request.POST or None, initial=initial, doers=side.doers, others=others)
    words = FormPage(TAB, _("Ajouter une étape"), _("Ajouter"), side.url("plan"), _("L’étape est dans le plan."))
    return answered(
        request,
        side,
        form,
        words,
        lambda by: record_step(side.file, form.draft(), by=by, at=now(), key=form.cleaned_data["key"]),
    )


def step(request: HttpRequest, side: Side, step: UUID) -> HttpResponse:
    """Say a step otherwise."""
    row, views = read_step(side.file, step, by=side.by, at=now())
    others = [(str(view.uid), view.title) for view in views if view.uid != step]
    form = StepForm(request.POST or None, initial=_values(row), doers=side.doers, others=others)
    words = FormPage(
        TAB, _("Changer une étape"), _("Enregistrer"), side.url("plan"), _("C’est enregistré."),
        lede=_("Ce qu’elle disait avant reste dans l’historique."),
        now=lambda: _values(read_step(side.file, step, by=side.by, at=now())[0]),
    )  # fmt: skip
    return answered(
        request, side, form, words, lambda by: change_step(side.file, step, form.draft(), Edit(by, now(), form.read_at))
    )


def where(request: HttpRequest, side: Side, step: UUID) -> HttpResponse:
    """Say where a step is."""
    row, _views = read_step(side.file, step, by=side.by, at=now())
    form = WhereForm(request.POST or None, initial=_where_values(row))
    words = FormPage(
        TAB, _("Où en est cette étape"), _("Enregistrer"), side.url("plan"), _("C’est noté."), lede=row.title,
        now=lambda: _where_values(read_step(side.file, step, by=side.by, at=now())[0]),
    )  # fmt: skip
    return answered(
        request, side, form, words, lambda by: say_where(side.file, step, form.where(), Edit(by, now(), form.read_at))
    )


def _values(row: StepView) -> Mapping[str, Any]:
    return {
        "version": row.version,
        "title": row.title,
        "kind": row.kind.value,
        "doer": row.doer.value,
        "partner": row.partner,
        "due_on": row.due_on,
        "after": str(row.after or ""),
        "detail": row.detail,
    }


def _where_values(row: StepView) -> Mapping[str, Any]:
    return {"version": row.version, "state": row.state.value, "word": row.word, "done_on": row.done_on}


def propose(request: HttpRequest, side: Side) -> HttpResponse:
    """Propose the plan as a version, and sign it."""
    return _signed(request, side, None)


def sign(request: HttpRequest, side: Side, version: UUID) -> HttpResponse:
    """Sign the version that was proposed."""
    return _signed(request, side, version)


def _signed(request: HttpRequest, side: Side, version: UUID | None) -> HttpResponse:
    back = HttpResponseRedirect(side.url("plan"))
    form = SignForm(request.POST or None)
    if not form.is_valid():
        messages.warning(request, _("Écrivez votre nom pour signer."))
        return back
    data = form.cleaned_data
    pen, by = Pen(data["name"], "" if side.is_person else data["proof"]), side.writer(request)
    try:
        if version is None:
            propose_version(side.file, data["shown"], pen, by=by, at=now())
        else:
            sign_version(side.file, version, data["shown"], pen, by=by, at=now())
    except (StaleVersion, RuleViolated, BadInput) as error:
        messages.warning(request, sentence(error))
    else:
        messages.success(request, _("C’est signé."))
    return back


def plan_versions(request: HttpRequest, side: Side) -> HttpResponse:
    """Every version, what changed each time, and the last changes of the steps."""
    context = {
        "versions": versions(side.file, by=side.by, at=now()),
        "history": plan_history(side.file, by=side.by, at=now()),
    }
    return side.show(request, "plan/versions.html", context, tab=TAB)


def plan_pdf(request: HttpRequest, side: Side) -> HttpResponse:
    """The plan on paper: for the person to take, and to sign by hand."""
    found = read_plan(side.file, by=side.by, at=now())
    context = {"plan": found, "side": side, "on": today(), "name": side.head.name if side.head else side.name}
    return paper(render_to_string("plan/plan_paper.html", context, request=request), "plan.pdf")


def paper(html: str, name: str) -> HttpResponse:
    """A PDF that no browser keeps and that opens under a name that says nothing of anybody."""
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
