"""Pages behind the first tab: all the notes, who can help with a need, a reading with the shared grid."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ensemblier.journey.actions.readings import read_situation
from ensemblier.journey.core.readings import ANCHORS, Axis, ReadingDraft, Step
from ensemblier.journey.queries.circles import circle_of
from ensemblier.journey.queries.files import file_head, file_notes
from ensemblier.kernel.actor import Actor
from ensemblier.web.access import actor_of, page
from ensemblier.web.files.editing import Words, answered, keyed
from ensemblier.web.files.frame import ADVISERS, in_frame
from ensemblier.web.files.row_forms import RowForm
from ensemblier.web.places.pages import today


@page(reads=True, who=ADVISERS)
def notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every note that the adviser may read."""
    head, rows = file_notes(actor=actor_of(request), uid=uid, on=today())
    return in_frame(request, "files/notes.html", head, {"notes": rows}, tab="file")


@page(reads=True, who=ADVISERS)
def circle(request: HttpRequest, uid: UUID, need: UUID) -> HttpResponse:
    """Who can help with a need, nearest first."""
    found = circle_of(actor=actor_of(request), uid=uid, need=need, on=today())
    return in_frame(request, "files/circle.html", found.head, {"circle": found}, tab="file")


class ReadingForm(RowForm):
    """One choice for each axis, its steps described; leaving one empty is an answer."""

    is_health_agreed = forms.BooleanField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_health_agreed"].label = _("Elle est d’accord pour que sa santé soit notée")
        for axis in Axis:
            steps = [(step.value, f"{_(step.label)} : {_(ANCHORS[axis][step])}") for step in Step]
            self.fields[axis.value] = forms.ChoiceField(
                label=_(axis.label).capitalize(),
                choices=[("", _("non lu")), *steps],
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.order_fields([*(axis.value for axis in Axis), "is_health_agreed"])

    def draft(self) -> ReadingDraft:
        """What was read today."""
        data = self.cleaned_data
        steps = {axis: Step(data[axis.value]) for axis in Axis if data[axis.value]}
        return ReadingDraft(today(), steps, {}, data["is_health_agreed"])


@page(reads=False, who=ADVISERS)
def reading(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A reading of the situation with the grid that all operators share."""
    head = file_head(actor=actor_of(request), uid=uid, on=today())
    form = ReadingForm(request.POST or None, initial=keyed())
    lede = _("Facultative, à remplir avec la personne. Chaque cran est décrit pour que deux conseillers lisent pareil.")
    words = Words(_("Lire la situation"), lede, _("Enregistrer"), _("La lecture est notée."), "besoins")

    def write(actor: Actor) -> None:
        read_situation(uid, form.draft(), by=actor, at=timezone.now(), key=form.cleaned_data["key"])

    return answered(request, head, form, words, write)
