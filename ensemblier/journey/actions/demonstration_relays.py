"""The relays of the demonstration: prepared, chosen by the person, answered, each by the gesture of its own actor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from ensemblier.accounts.queries.demonstration import demonstration_actor_for
from ensemblier.directory.models import Organisation
from ensemblier.directory.queries.demonstration import organisation_ids, organisation_names
from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import ConsentDraft
from ensemblier.journey.actions.moves import Order
from ensemblier.journey.actions.packets import letter_of
from ensemblier.journey.actions.rights_choice import Decision, choose_and_send
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import ConsentText, Names, ReadableText, last_instant, with_names
from ensemblier.journey.core.explained import kept_door
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.packets import Envelope
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.states import DeclineReason, RelayKind, RelayState
from ensemblier.journey.models import Episode, Relay
from ensemblier.journey.queries.packets import prefill
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A relay as the files tell it: who prepares it, when, and how far it went by `now`."""

    words: Mapping[str, Any]
    episode: Episode
    by: Actor
    at: datetime
    now: datetime

    @property
    def state(self) -> RelayState:
        """Where it stands at the end."""
        return RelayState(self.words["state"])

    @property
    def text(self) -> ConsentText:
        """The text of the day on which the demonstration is loaded: the past that it invents had none published."""
        return text_on(self.now.astimezone(PARIS).date())

    @property
    def offered(self) -> tuple[int, ...]:
        """The structures that the person chooses from."""
        ids = organisation_ids(self.words["to"])
        return tuple(ids[key] for key in self.words["to"])


def send_demonstration(told: Told) -> None:
    """Bring one relay to where the files say it stands."""
    relay = relays.prepare_relay(_draft(told), by=told.by, at=told.at)
    if told.state is RelayState.AWAITING_PERSON:
        relays.propose(_order(relay, told.at + _HOUR), by=told.by, offered=told.offered)
        return
    if "paper" in told.words:
        _send_on_paper(told, relay)
    else:
        relays.propose(_order(relay, told.at + _HOUR), by=told.by, offered=told.offered)
        _send_herself(told, relay)
    if told.state is not RelayState.SENT:
        _answer(told, relay)


def _draft(told: Told) -> relays.RelayDraft:
    words = {Category(name): text for name, text in told.words["words"].items()}
    return relays.RelayDraft(
        episode_uid=told.episode.uid,
        kind=RelayKind(told.words["kind"]),
        summary=told.words["summary"].strip(),
        categories=frozenset({Category.IDENTITY, *words}),
        envelope=Envelope(**told.words["envelope"]).stored,
        routing=_explained(told),
        words=words,
    )


def _explained(told: Told) -> dict[str, Any]:
    """The doors as `routing` explains them from the file on the day of the loading."""
    on = told.now.astimezone(PARIS).date()
    orientation = prefill(told.episode.person.uid, actor=told.by, on=on).orientation
    rows = Organisation.objects.filter(pk__in=told.offered).order_by("pk")
    numbers = dict(rows.values_list("uid", "pk"))
    doors = [kept_door(door, numbers).stored for door in orientation.doors] if orientation else []
    return {"on": on.isoformat(), "doors": doors, "offered": list(told.offered), "chosen": None}


def _send_herself(told: Told, relay: Relay) -> None:
    herself = PersonHerself(told.episode.person_id)
    with acting(herself):
        row = Relay.objects.get(pk=relay.pk)
        text, categories = letter_of(row), frozenset(map(Category, row.categories))
    at = told.at + 2 * _HOUR
    decision = Decision(
        order=_order(relay, at),
        recipient=told.offered[0],
        categories=categories,
        is_explicit_on_health=False,
        readable=_readable(told, at, categories),
        text=text,
    )
    choose_and_send(decision, by=herself)


def _send_on_paper(told: Told, relay: Relay) -> None:
    at = told.at + _HOUR
    with acting(told.by):
        row = Relay.objects.get(pk=relay.pk)
        text, categories = letter_of(row), frozenset(map(Category, row.categories))
    consent = ConsentDraft(
        person_uid=told.episode.person.uid,
        organisation_id=told.offered[0],
        categories=categories,
        ends_at=last_instant(at),
        text_version=told.text.version,
        proof=told.words["paper"],
    )
    choice = relays.Choice(
        recipient=told.offered[0], consent_uid=None, text=text, proof=told.words["paper"], offered=told.offered
    )
    relays.send_on_paper(_order(relay, at), by=told.by, choice=choice, consent=consent)


def _readable(told: Told, at: datetime, categories: frozenset[Category]) -> ReadableText:
    recipient = told.words["to"][0]
    names = Names(
        source=told.by.label,
        recipient=organisation_names([recipient])[recipient],
        why=told.words["envelope"]["need"],
        last_day=f"{last_instant(at):%d/%m/%Y}",
    )
    return with_names(told.text, names, categories)


def _answer(told: Told, relay: Relay) -> None:
    day = timedelta(days=1)
    by = demonstration_actor_for(told.words["to"][0], on=told.now.astimezone(PARIS).date())
    relays.acknowledge(_order(relay, told.at + day), by=by)
    if told.state is RelayState.DECLINED:
        said = told.words["decline"]
        reason = DeclineReason(said["reason"])
        relays.decline(_order(relay, told.at + 2 * day), by=by, reason=reason, proposal=said["proposal"])
        return
    relays.accept(_order(relay, told.at + 2 * day), by=by, appointment_at=told.at + 6 * day)
    relays.meet(_order(relay, told.at + 7 * day), by=by, met_at=told.at + 6 * day)


def _order(relay: Relay, at: datetime) -> Order:
    with acting(SYSTEM):
        version = Relay.objects.values_list("version", flat=True).get(pk=relay.pk)
    return Order(relay.uid, version, uuid4(), at)
