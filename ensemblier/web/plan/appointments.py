"""Appointments of a file: proposed, confirmed, moved, reported; and the calendars that follow them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ensemblier.journey.actions.appointments import AppointmentDraft, book, open_feed, say, shift, stop_feed
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.core.appointments import AppointmentMove, Meeting
from ensemblier.journey.queries.appointments import (
    AppointmentView,
    feed,
    has_feed,
    invitation,
    list_appointments,
    meeting_places,
    read_appointment,
)
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import RuleViolated, StaleVersion
from ensemblier.web.access import Who, page
from ensemblier.web.errors import sentence
from ensemblier.web.plan.form_page import FormPage, answered
from ensemblier.web.plan.forms import Choices, RowForm, choose, day_field, text_field
from ensemblier.web.plan.side import Side, now

TAB = "appointments"
MOVES = {AppointmentMove.CONFIRM, AppointmentMove.HOLD, AppointmentMove.MISS, AppointmentMove.CANCEL}
CALENDAR = "text/calendar; charset=utf-8"


class AppointmentForm(RowForm):
    """When, how, where."""

    day = day_field(gettext_lazy("Quel jour"), required=True)
    time = forms.TimeField(
        label=gettext_lazy("À quelle heure"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Combien de minutes"), initial=60, min_value=5, max_value=480)
    meeting = forms.ChoiceField(label=gettext_lazy("Comment"))
    site = forms.ChoiceField(label=gettext_lazy("Lieu de l’annuaire"), required=False)
    place = text_field(
        gettext_lazy("Ou une adresse, un numéro, un lien"),
        gettext_lazy("Un lien de visio, un numéro à appeler."),
        most=300,
    )
    about = text_field(gettext_lazy("Pour parler de"), gettext_lazy("Ne part dans aucun message."), most=300)
    third_party = text_field(gettext_lazy("Avec aussi"), gettext_lazy("Pour un rendez-vous à trois."))

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "meeting", [(meeting.value, _(meeting.label)) for meeting in Meeting])
        choose(self, "site", [("", _("aucun")), *places])

    @staticmethod
    def values(row: AppointmentView) -> Mapping[str, Any]:
        """What the row says."""
        local = timezone.localtime(row.starts_at)
        return {
            "version": row.version,
            "day": local.date(),
            "time": local.time(),
            "minutes": int((row.ends_at - row.starts_at).total_seconds() // 60),
            "meeting": row.meeting.value,
            "site": str(row.site or ""),
            "place": row.place,
            "about": row.about,
            "third_party": row.third_party,
        }

    def draft(self) -> AppointmentDraft:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        starts = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        return AppointmentDraft(
            starts_at=starts,
            ends_at=starts + timedelta(minutes=data["minutes"]),
            meeting=Meeting(data["meeting"]),
            site=UUID(data["site"]) if data["site"] else None,
            place=data["place"],
            about=data["about"],
            third_party=data["third_party"],
        )


def appointments(request: HttpRequest, side: Side) -> HttpResponse:
    """The meetings to come, then those that are over."""
    found = list_appointments(side.file, by=side.by, at=now())
    context = {"appointments": found, "moves": MOVES, "has_feed": has_feed(by=side.by), "at": now(), "address": ""}
    return side.show(request, "plan/appointments.html", context, tab=TAB)


def _places(side: Side) -> list[tuple[str, str]]:
    if not isinstance(side.by, Actor):
        return []
    return [(str(place.site), place.label) for place in meeting_places(actor=side.by, at=now())]


def new_appointment(request: HttpRequest, side: Side) -> HttpResponse:
    """Propose a meeting."""
    form = AppointmentForm(request.POST or None, initial={"key": uuid4(), "minutes": 60}, places=_places(side))
    words = FormPage(
        TAB, _("Proposer un rendez-vous"), _("Proposer"), side.url("appointments"), _("Le rendez-vous est proposé.")
    )
    return answered(
        request, side, form, words,
        lambda by: book(side.file, form.draft(), by=by, at=now(), key=form.cleaned_data["key"]),
    )  # fmt: skip


def appointment(request: HttpRequest, side: Side, appointment: UUID) -> HttpResponse:
    """Propose another hour or place."""
    row = read_appointment(side.file, appointment, by=side.by, at=now())
    form = AppointmentForm(request.POST or None, initial=dict(AppointmentForm.values(row)), places=_places(side))
    words = FormPage(
        TAB, _("Changer l’heure ou le lieu"), _("Proposer"), side.url("appointments"), _("C’est proposé à nouveau."),
        now=lambda: AppointmentForm.values(read_appointment(side.file, appointment, by=side.by, at=now())),
    )  # fmt: skip
    return answered(
        request, side, form, words,
        lambda by: shift(side.file, appointment, form.draft(), Edit(by, now(), form.read_at)),
    )  # fmt: skip


def said(request: HttpRequest, side: Side, appointment: UUID) -> HttpResponse:
    """Confirm, cancel, say how it went."""
    version, move = request.POST.get("version", ""), request.POST.get("move", "")
    is_number = version.isascii() and version.isdigit() and len(version) < 10
    if request.method == "POST" and is_number and move in {each.value for each in MOVES}:
        by = side.writer(request)
        try:
            say(side.file, appointment, AppointmentMove(move), Edit(by, now(), int(version)))
        except (StaleVersion, RuleViolated) as error:
            messages.warning(request, sentence(error))
        else:
            messages.success(request, _("C’est noté."))
    return HttpResponseRedirect(side.url("appointments"))


def invitation_file(request: HttpRequest, side: Side, appointment: UUID) -> HttpResponse:  # noqa: ARG001 - as every view
    """The meeting for a calendar."""
    return _calendar(invitation(side.file, appointment, by=side.by, at=now()))


def agenda(request: HttpRequest, side: Side) -> HttpResponse:
    """Open or stop the secret address that a calendar follows: it is shown once."""
    if request.method != "POST":
        return HttpResponseRedirect(side.url("appointments"))
    by, address = side.writer(request), ""
    if request.POST.get("do") == "stop":
        stop_feed(by=by, at=now())
        messages.success(request, _("L’adresse ne répond plus."))
        return HttpResponseRedirect(side.url("appointments"))
    address = request.build_absolute_uri(reverse("web:calendar-feed", args=[open_feed(by=by, at=now())]))
    found = list_appointments(side.file, by=side.by, at=now())
    context = {"appointments": found, "moves": MOVES, "has_feed": True, "at": now(), "address": address}
    return side.show(request, "plan/appointments.html", context, tab=TAB)


@page(reads=True, who=Who.EVERYONE)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 - the token says it all
    """The meetings of who holds this address: days, hours and places, nothing else."""
    return _calendar(feed(token, at=now()))


def _calendar(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CALENDAR)
    response["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    response["Cache-Control"] = "no-store"
    return response
