"""Every gesture on a relay: its form, and the one action that it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.proposals import give_sequel, report_error
from ensemblier.journey.actions.relay_messages import MessageDraft, write_message
from ensemblier.journey.core.inbox import RelayPage
from ensemblier.journey.core.movers import PartnerByLink
from ensemblier.journey.core.proposals import UNANSWERED, Sequel
from ensemblier.journey.core.states import DeclineReason, Move, Outcome, Party, RelayState, View
from ensemblier.kernel.actor import Actor
from ensemblier.web.relays import forms
from ensemblier.web.relays.forms import GestureForm

Answering = Actor | PartnerByLink


@dataclass(frozen=True, slots=True)
class Gesture:
    """One gesture. `write` receives the order, who acts and the form; `done`: what is said then."""

    form: type[GestureForm]
    write: Callable[[Order, Any, Any], object]
    done: str | Promise
    move: Move | None = None


def _accept(order: Order, by: Answering, form: Any) -> object:
    return relays.accept(order, by=by, appointment_at=form.cleaned_data["appointment_at"])


def _decline(order: Order, by: Answering, form: Any) -> object:
    data = form.cleaned_data
    return relays.decline(order, by=by, reason=DeclineReason(data["reason"]), proposal=data["proposal"])


def _ask(order: Order, by: Answering, form: Any) -> object:
    data = form.cleaned_data
    return relays.request_info(order, by=by, question=data["question"], is_for_person=data["is_for_person"])


def _answer(order: Order, by: Actor, form: Any) -> object:
    return relays.give_info(order, by=by, answer=form.cleaned_data["answer"])


def _meet(order: Order, by: Answering, form: Any) -> object:
    data = form.cleaned_data
    return relays.meet(order, by=by, met_at=data["met_at"], is_tripartite=data["is_tripartite"])


def _complete(order: Order, by: Answering, form: Any) -> object:
    return relays.complete(order, by=by, outcome=Outcome(form.cleaned_data["outcome"]))


def _fail(order: Order, by: Answering, form: Any) -> object:
    return relays.fail(order, by=by, outcome=Outcome(form.cleaned_data["outcome"]), attempts=form.attempts)


def _message(order: Order, by: Answering, form: Any) -> object:
    data = form.cleaned_data
    return write_message(order, by=by, draft=MessageDraft(data["text"], data["is_for_person"]))


def _sequel(order: Order, by: Actor, form: Any) -> None:
    data = form.cleaned_data
    give_sequel(order, by=by, decision=Sequel(data["decision"]), words=data["words"])


def _report(order: Order, by: Actor, _form: Any) -> None:
    report_error(order, by=by)


GESTURES: dict[str, Gesture] = {
    "prendre": Gesture(
        GestureForm,
        lambda order, by, _form: relays.acknowledge(order, by=by),
        _("Vous avez ce relais en main pour deux jours ouvrés. L’expéditeur et la personne le savent."),
        Move.ACKNOWLEDGE,
    ),
    "rendre": Gesture(
        GestureForm,
        lambda order, by, _form: relays.release(order, by=by),
        _("Le relais est rendu à l’équipe. L’échéance ne change pas."),
        Move.RELEASE,
    ),
    "accepter": Gesture(
        forms.AcceptForm,
        _accept,
        _("Relais accepté. L’expéditeur et la personne savent quel rendez-vous est proposé."),
        Move.ACCEPT,
    ),
    "decliner": Gesture(
        forms.DeclineForm,
        _decline,
        _("Relais décliné. L’expéditeur et la personne reçoivent votre motif et la suite."),
        Move.DECLINE,
    ),
    "demander": Gesture(forms.AskForm, _ask, _("Votre question est partie."), Move.REQUEST_INFO),
    "repondre": Gesture(forms.AnswerForm, _answer, _("Votre réponse est partie."), Move.GIVE_INFO),
    "rencontrer": Gesture(forms.MeetForm, _meet, _("Le premier rendez-vous est noté."), Move.MEET),
    "terminer": Gesture(
        forms.CompleteForm,
        _complete,
        _("Le relais est terminé. L’expéditeur et la personne le savent."),
        Move.COMPLETE,
    ),
    "sans-suite": Gesture(
        forms.FailForm, _fail, _("C’est noté. L’expéditeur reprend la main, la personne le sait."), Move.FAIL
    ),
    "annuler": Gesture(
        GestureForm,
        lambda order, by, _form: relays.cancel(order, by=by),
        _("Le relais est annulé. Plus personne ne le lit."),
        Move.CANCEL,
    ),
    "ecrire": Gesture(forms.MessageForm, _message, _("Votre message est parti.")),
    "suite": Gesture(forms.SequelForm, _sequel, _("C’est noté : ce relais n’attend plus rien de vous.")),
    "signaler": Gesture(
        GestureForm,
        _report,
        _("C’est signalé. Une seconde personne, qui administre la plateforme, confirme et ferme le relais."),
    ),
}
BY_LINK = frozenset({"prendre", "accepter", "decliner", "demander", "rencontrer", "terminer", "sans-suite", "ecrire"})
"""What a partner without account may do through her link."""


def possible(relay: RelayPage) -> frozenset[str]:
    """The gestures that the reader has now, on this relay."""
    found = {name for name, gesture in GESTURES.items() if gesture.move in relay.moves}
    if relay.questions >= 2:
        found.discard("demander")
    reads = relay.seen in (View.WHOLE, View.STATE, View.SUMMARY)
    is_open = relay.ended_at is None or relay.state is RelayState.COMPLETED
    if reads and is_open and relay.state not in (RelayState.DRAFT, RelayState.AWAITING_PERSON):
        found.add("ecrire")
    if relay.party is Party.SOURCE and relay.state in UNANSWERED and not relay.sequel:
        found.add("suite")
    if reads and relay.state is not RelayState.ENTERED_IN_ERROR and not relay.is_reported:
        found.add("signaler")
    return frozenset(found)


def forms_of(relay: RelayPage, *, bound: GestureForm | None = None, which: str = "") -> dict[str, GestureForm]:
    """A form for each possible gesture; the one that was just refused keeps what was typed."""
    names = possible(relay)
    made: dict[str, GestureForm] = {}
    for name in names:
        more: dict[str, Any] = {"held_at": relay.appointment_at} if name == "rencontrer" else {}
        fresh = GESTURES[name].form(version=relay.version, auto_id=f"{name}_%s", **more)
        made[name.replace("-", "_")] = bound if bound is not None and name == which else fresh
    return made
