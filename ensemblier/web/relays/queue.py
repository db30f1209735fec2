"""The guichet's queue: one list for several operators; every request leaves with an answer, a door or a call-back."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.queue import QueueRequest, answer_entry, ask_guichet, claim_entry, give_back_entry
from ensemblier.journey.core.queue import QueueAnswer
from ensemblier.journey.queries.queue import queue
from ensemblier.kernel.errors import BadInput, StaleVersion
from ensemblier.web.access import actor_of, page
from ensemblier.web.acting import acting, acting_field
from ensemblier.web.errors import sentence
from ensemblier.web.forms import HouseForm
from ensemblier.web.offline import private
from ensemblier.web.places.pages import commune_typed, today
from ensemblier.web.relays.forms import GestureForm, choices_of

DESKS = frozenset({Role.ADVISER, Role.DESK})


class AnswerForm(GestureForm):
    """How a request leaves: with an answer, a door or a call-back."""

    answer = forms.ChoiceField(label=later("Elle repart avec"), widget=forms.RadioSelect)
    words = forms.CharField(label=later("En une phrase"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices_of(QueueAnswer)


class AskForm(HouseForm):
    """A request made at the guichet, without a name."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    need = forms.CharField(
        label=later("La demande, avec ses mots"), max_length=300, help_text=later("Sans nom : la file est commune.")
    )
    commune = forms.CharField(label=later("Commune"), max_length=120, required=False)
    phone = forms.CharField(label=later("Téléphone, pour la rappeler"), max_length=20, required=False)
    call_when = forms.CharField(label=later("Quand"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4()}, **kwargs)


@page(reads=True, who=DESKS)
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits, soonest due first."""
    return _shown(request, AskForm())


@page(reads=False, who=DESKS)
def ask(request: HttpRequest) -> HttpResponse:
    """Put a request in the queue."""
    form = AskForm(request.POST)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("web:queue"))
    if form.is_valid():
        data = form.cleaned_data
        found = commune_typed(data["commune"], on=today())
        asked = QueueRequest(
            need=data["need"],
            commune_code=found.code if found else None,
            phone=data["phone"],
            call_when=data["call_when"],
            key=data["key"],
        )
        ask_guichet(asked, by=acting(request), at=timezone.now())
        messages.success(request, _("La demande est dans la file : quelqu’un y répond sous deux jours ouvrés."))
        return HttpResponseRedirect(reverse("web:queue"))
    return _shown(request, form)


@page(reads=False, who=DESKS)
def gesture(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Take a request, give it back, or answer it."""
    if name not in ("prendre", "rendre", "repondre"):
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(reverse("web:queue"))
    form = (AnswerForm if name == "repondre" else GestureForm)(request.POST, auto_id=f"{uid}_%s")
    if not form.is_valid():
        return _shown(request, AskForm(), refused=(uid, form))
    order = Order(uid, form.cleaned_data["version"], form.cleaned_data["key"], timezone.now())
    try:
        _write(order, name, request, form)
    except StaleVersion as newer:
        return _shown(request, AskForm(), refused=(uid, form), stale=sentence(newer))
    except BadInput as error:
        form.add_domain_error(sentence(error), error.field)
        return _shown(request, AskForm(), refused=(uid, form))
    messages.success(request, _("C’est noté."))
    return HttpResponseRedirect(reverse("web:queue"))


def _write(order: Order, name: str, request: HttpRequest, form: GestureForm) -> None:
    by = acting(request)
    if name == "prendre":
        claim_entry(order, by=by)
    elif name == "rendre":
        give_back_entry(order, by=by)
    else:
        data = form.cleaned_data
        answer_entry(order, by=by, answer=QueueAnswer(data["answer"]), words=data["words"])


def _shown(
    request: HttpRequest, form: AskForm, *, refused: tuple[UUID, GestureForm] | None = None, stale: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    found = queue(actor=actor, at=timezone.now())
    kept = {refused[0]: refused[1]} if refused else {}
    answers = {
        row.uid: kept.get(row.uid) if isinstance(kept.get(row.uid), AnswerForm) else AnswerForm(auto_id=f"{row.uid}_%s")
        for row in found.rows
        if row.is_mine
    }
    context = {
        "queue": [(row, answers.get(row.uid)) for row in found.rows],
        "found": found,
        "form": form,
        "stale": stale,
        "today": today(),
        "take_key": uuid4(),
        "acting_field": acting_field(actor),
        "section": "web:relays",
        "back": "",
    }
    status = 409 if stale else 400 if refused or form.errors else 200
    return private(render(request, "relays/queue.html", context, status=status))
