"""The financing of a training: what it costs, who is asked, what is missing."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ensemblier.journey.actions import financing as actions
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.core.plan import StepKind
from ensemblier.journey.queries.financing import TrainingView, read_financing, read_training
from ensemblier.journey.queries.plan import read_plan
from ensemblier.kernel.errors import NotFound
from ensemblier.web.plan.financing_forms import CostForm, FundingForm, TrainingForm
from ensemblier.web.plan.form_page import FormPage, answered, removed
from ensemblier.web.plan.side import Side, now, today

TAB = "financing"


def financing(request: HttpRequest, side: Side) -> HttpResponse:
    """Every training of the file."""
    trainings = read_financing(side.file, by=side.by, at=now(), on=today())
    return side.show(request, "plan/financing.html", {"trainings": trainings}, tab=TAB)


def _training(side: Side, uid: UUID) -> TrainingView:
    return read_training(side.file, uid, by=side.by, at=now(), on=today())


def _words(side: Side, title: str, button: str, lede: str = "") -> FormPage:
    return FormPage(TAB, title, button, side.url("financing"), _("C’est enregistré."), lede=lede)


def new_training(request: HttpRequest, side: Side) -> HttpResponse:
    """Prepare a training."""
    steps = read_plan(side.file, by=side.by, at=now()).steps
    choices = [(str(step.uid), step.title) for step in steps]
    first = next((step for step in steps if step.kind is StepKind.TRAINING), None)
    initial = {"key": uuid4(), "title": first.title if first else "", "step": str(first.uid) if first else ""}
    form = TrainingForm(request.POST or None, initial=initial, steps=choices)
    words = _words(side, _("Une formation à financer"), _("Continuer"))
    return answered(
        request, side, form, words,
        lambda by: actions.record_training(side.file, form.draft(), by=by, at=now(), key=form.cleaned_data["key"]),
    )  # fmt: skip


def training(request: HttpRequest, side: Side, training: UUID) -> HttpResponse:
    """Say a training otherwise, or give it up."""
    row = _training(side, training)
    choices = [(str(step.uid), step.title) for step in read_plan(side.file, by=side.by, at=now()).steps]
    form = TrainingForm(request.POST or None, initial=TrainingForm.values(row), steps=choices)
    words = FormPage(
        TAB, _("La formation"), _("Enregistrer"), side.url("financing"), _("C’est enregistré."),
        now=lambda: TrainingForm.values(_training(side, training)),
    )  # fmt: skip
    return answered(
        request, side, form, words,
        lambda by: actions.change_training(side.file, training, form.draft(), Edit(by, now(), form.read_at)),
    )  # fmt: skip


def new_cost(request: HttpRequest, side: Side, training: UUID) -> HttpResponse:
    """Add an expense."""
    row = _training(side, training)
    form = CostForm(request.POST or None, initial={"key": uuid4()})
    words = _words(side, _("Ajouter une dépense"), _("Ajouter"), row.title)
    return answered(
        request, side, form, words,
        lambda by: actions.record_cost(side.file, training, form.draft(), Edit(by, now()), form.cleaned_data["key"]),
    )  # fmt: skip


def cost(request: HttpRequest, side: Side, training: UUID, cost: UUID) -> HttpResponse:
    """Say an expense otherwise."""
    row = _cost(side, training, cost)
    form = CostForm(request.POST or None, initial=row)
    words = FormPage(
        TAB, _("Une dépense"), _("Enregistrer"), side.url("financing"), _("C’est enregistré."),
        now=lambda: _cost(side, training, cost), remove=side.url("remove-cost", training, cost),
    )  # fmt: skip
    return answered(
        request, side, form, words,
        lambda by: actions.change_cost(side.file, cost, form.draft(), Edit(by, now(), form.read_at)),
    )  # fmt: skip


def new_funding(request: HttpRequest, side: Side, training: UUID) -> HttpResponse:
    """Add a request to a funder."""
    row = _training(side, training)
    form = FundingForm(request.POST or None, initial={"key": uuid4()})
    words = _words(side, _("Demander à un financeur"), _("Ajouter"), row.title)
    return answered(
        request, side, form, words,
        lambda by: actions.record_funding(side.file, training, form.draft(), Edit(by, now()), form.cleaned_data["key"]),
    )  # fmt: skip


def funding(request: HttpRequest, side: Side, training: UUID, funding: UUID) -> HttpResponse:
    """Say a request otherwise: asked, obtained, refused."""
    row = _funding(side, training, funding)
    form = FundingForm(request.POST or None, initial=row)
    words = FormPage(
        TAB, _("Une demande de financement"), _("Enregistrer"), side.url("financing"), _("C’est enregistré."),
        now=lambda: _funding(side, training, funding), remove=side.url("remove-funding", training, funding),
    )  # fmt: skip
    return answered(
        request, side, form, words,
        lambda by: actions.change_funding(side.file, funding, form.draft(), Edit(by, now(), form.read_at)),
    )  # fmt: skip


def _cost(side: Side, training: UUID, line: UUID) -> dict[str, object]:
    found = next((view for view in _training(side, training).costs if view.uid == line), None)
    if found is None:
        raise NotFound(_("Cette ligne n’existe pas dans ce dossier."))
    return CostForm.values(found)


def _funding(side: Side, training: UUID, line: UUID) -> dict[str, object]:
    found = next((view for view in _training(side, training).fundings if view.uid == line), None)
    if found is None:
        raise NotFound(_("Cette ligne n’existe pas dans ce dossier."))
    return FundingForm.values(found)


def remove_cost(request: HttpRequest, side: Side, training: UUID, cost: UUID) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Take an expense out of the sum."""
    return removed(request, side, "financing", lambda edit: actions.change_cost(side.file, cost, None, edit))


def remove_funding(request: HttpRequest, side: Side, training: UUID, funding: UUID) -> HttpResponse:  # noqa: ARG001 - the address names it
    """Take a request out."""
    return removed(request, side, "financing", lambda edit: actions.change_funding(side.file, funding, None, edit))
