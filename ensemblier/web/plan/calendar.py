"""The year of somebody with several activities: drawn, told, and written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.journey.actions.calendar import ActivityDraft, change_activity, record_activity
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.core.calendar import Certainty
from ensemblier.journey.queries.calendar import ActivityView, read_activity, read_calendar
from ensemblier.routing.core.facts import Status
from ensemblier.web.plan.form_page import FormPage, answered, removed
from ensemblier.web.plan.forms import RowForm, choose, day_field, text_field
from ensemblier.web.plan.side import Side, now, today
from ensemblier.web.plan.year_drawing import draw_year, numbered

TAB = "calendar"


class ActivityForm(RowForm):
    """A contract, a promise, a usual season."""

    label = text_field(gettext_lazy("Quelle activité"), gettext_lazy("Exemple : remontées mécaniques."), required=True)
    status = forms.ChoiceField(label=gettext_lazy("Comme"))
    certainty = forms.ChoiceField(label=gettext_lazy("C’est"))
    starts_on = day_field(gettext_lazy("Premier jour"), required=True)
    ends_on = day_field(gettext_lazy("Dernier jour"), gettext_lazy("Vide : la fin n’est pas connue."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = Status.EMPLOYEE_PRIVATE
        statuses = [first, *(status for status in Status if status is not first)]
        choose(self, "status", [(status.value, _(status.label)) for status in statuses])
        choose(self, "certainty", [(each.value, _(each.label)) for each in Certainty])

    @staticmethod
    def values(row: ActivityView) -> Mapping[str, Any]:
        """What the row says."""
        return {
            "version": row.version,
            "label": row.label,
            "status": row.status.value,
            "certainty": row.certainty.value,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
        }

    def draft(self) -> ActivityDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        status, certainty = Status(data["status"]), Certainty(data["certainty"])
        return ActivityDraft(data["label"], status, certainty, data["starts_on"], data["ends_on"])


def calendar(request: HttpRequest, side: Side) -> HttpResponse:
    """The year, drawn and in a table."""
    found = read_calendar(side.file, by=side.by, at=now(), on=today())
    rows = {(a.label, a.starts_on): a.uid for a in found.activities}
    spans = [(span, rows.get((span.label, span.start))) for span in numbered(found.year)]  # type: ignore[arg-type]
    context = {"found": found, "year": found.year, "spans": spans, "drawings": draw_year(found.year, today())}
    return side.show(request, "plan/calendar.html", context, tab=TAB)


def new_activity(request: HttpRequest, side: Side) -> HttpResponse:
    """Add a contract or a season."""
    form = ActivityForm(request.POST or None, initial={"key": uuid4()})
    words = FormPage(TAB, _("Ajouter un contrat ou une saison"), _("Ajouter"), side.url("calendar"), _("C’est noté."))
    return answered(
        request, side, form, words,
        lambda by: record_activity(side.file, form.draft(), by=by, at=now(), key=form.cleaned_data["key"]),
    )  # fmt: skip


def activity(request: HttpRequest, side: Side, activity: UUID) -> HttpResponse:
    """Say a contract or a season otherwise."""

    def values() -> Mapping[str, Any]:
        return ActivityForm.values(read_activity(side.file, activity, by=side.by, at=now()))

    form = ActivityForm(request.POST or None, initial=dict(values()))
    words = FormPage(
        TAB, _("Un contrat ou une saison"), _("Enregistrer"), side.url("calendar"), _("C’est enregistré."),
        now=values, remove=side.url("remove-activity", activity),
    )  # fmt: skip
    return answered(
        request, side, form, words,
        lambda by: change_activity(side.file, activity, form.draft(), Edit(by, now(), form.read_at)),
    )  # fmt: skip


def remove_activity(request: HttpRequest, side: Side, activity: UUID) -> HttpResponse:
    """Take it out of the year."""
    return removed(request, side, "calendar", lambda edit: change_activity(side.file, activity, None, edit))
