"""Seats: asked, given in order, given back, passed on. Never one more than there are.

Whoever asks first looks without any lock: when seats and waiting list are full, a hundred thousand refusals cost one
read each. Whoever may still get in waits for the lock of the event's row, under which everything is counted; the
database refuses one seat too many in any case (`event_never_overbooked`).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from ensemblier.accounts.models import User
from ensemblier.animation.actions.event_mail import tell
from ensemblier.animation.core.event_mail import promoted_mail, registered, reminder
from ensemblier.animation.core.events import REMIND_BEFORE, promoted, seat_for
from ensemblier.animation.core.kinds import EventState, SeatState
from ensemblier.animation.models import Evaluation, EvaluationGiven, Event, Registration
from ensemblier.animation.queries.events import NO_SUCH
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.fingerprints import fingerprint

FULL = "Toutes les places sont prises, et la liste d’attente est pleine."
CLOSED = "Les inscriptions sont closes."


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account: a name and an address, kept until some time after the event."""

    name: str
    email: str


@transaction.atomic
def register(uid: UUID, *, by: Actor, at: datetime, guest: Guest | None = None) -> SeatState:
    """Ask for a seat, for oneself. The same address twice has one seat; its message goes again if it was lost.

    `guest`: without an account, where the event allows it. Raises NotFound, NotAllowed, BadInput, RuleViolated (closed,
    full).
    """
    event = Event.objects.filter(uid=uid).exclude(state=EventState.DRAFT.value).first()
    _check_open(event, by, at, guest)
    row = _asked(by, guest)
    free = seat_for_event(event)
    known = Registration.objects.filter(event=event, email_key=row.email_key)
    if free is None and not known.exclude(state=SeatState.WITHDRAWN.value).exists():
        raise RuleViolated(FULL)
    return _seated(Event.objects.select_for_update(of=("self",)).get(uid=uid), row, at)


def seat_for_event(event: Event | None) -> SeatState | None:
    """Where the next one goes, as the row stands."""
    if event is None:
        return None
    return seat_for(
        capacity=event.capacity, taken=event.seats_taken, waiting_capacity=event.waiting_capacity, waiting=event.waiting
    )


def _check_open(event: Event | None, by: Actor, at: datetime, guest: Guest | None) -> None:
    if event is None:
        raise NotFound(NO_SUCH)
    if event.state != EventState.PUBLISHED or at >= (event.closes_at or event.starts_at):
        raise RuleViolated(CLOSED)
    if guest is None and by.user_id is None:
        raise NotAllowed("Identifiez-vous, ou donnez un nom et une adresse.")
    if guest is not None and not event.opens_to_all:
        raise NotAllowed("Cette rencontre est réservée aux professionnels : identifiez-vous pour vous inscrire.")


def _asked(by: Actor, guest: Guest | None) -> Registration:
    """The registration that is asked for, not written yet."""
    if guest is None:
        user = User.objects.get(pk=by.user_id or 0)
        key = fingerprint(user.email, purpose="event")
        return Registration(user=user, organisation_id=by.organisation_id, email_key=key)
    name, email = " ".join(guest.name.split())[:200], guest.email.strip()
    if not name:
        raise BadInput("Donnez votre nom.", field="name")
    try:
        validate_email(email)
    except ValidationError as error:
        raise BadInput("Cette adresse ne se lit pas : vérifiez-la.", field="email") from error
    return Registration(name=name, email=email, email_key=fingerprint(email, purpose="event"))


def _seated(event: Event, asked: Registration, at: datetime) -> SeatState:
    """Under the lock of the event: the seat, the count, the message."""
    known = Registration.objects.filter(event=event, email_key=asked.email_key).exclude(state=SeatState.WITHDRAWN.value)
    if (already := known.first()) is not None:
        return SeatState(already.state)
    state = seat_for_event(event)
    if state is None:
        raise RuleViolated(FULL)
    asked.event, asked.state, asked.created_at, asked.changed_at = event, state.value, at, at
    asked.save(force_insert=True)
    column = "seats_taken" if state is SeatState.SEATED else "waiting"
    Event.objects.filter(pk=event.pk).update(**{column: F(column) + 1})
    tell(event, [asked], "registered", partial(registered, state=state), at=at)
    return state


@transaction.atomic
def withdraw(link_key: UUID, *, at: datetime) -> SeatState:
    """Give one's seat back, or leave the list; the next one who waits gets it. Twice changes nothing more.

    Returns where one stood. Raises NotFound, RuleViolated (it has begun).
    """
    found = Registration.objects.filter(link_key=link_key).values_list("event_id", flat=True).first()
    if found is None:
        raise NotFound("Ce lien ne mène plus à une inscription.")
    event = Event.objects.select_for_update(of=("self",)).get(pk=found)
    row = Registration.objects.get(link_key=link_key)
    before = SeatState(row.state)
    if before is SeatState.WITHDRAWN:
        return before
    if event.starts_at <= at:
        raise RuleViolated("La rencontre a commencé : l’inscription ne se retire plus.")
    Registration.objects.filter(pk=row.pk).update(state=SeatState.WITHDRAWN.value, changed_at=at)
    column = "seats_taken" if before is SeatState.SEATED else "waiting"
    Event.objects.filter(pk=event.pk).update(**{column: F(column) - 1})
    fill_seats(Event.objects.select_related("site", "commune").get(pk=event.pk), at=at)
    return before


def fill_seats(event: Event, *, at: datetime) -> int:
    """Free seats go to those who wait, in the order in which they came; the caller holds the event. How many."""
    if event.state != EventState.PUBLISHED or not event.waiting:
        return 0
    queue = Registration.objects.filter(event=event, state=SeatState.WAITING.value).order_by("id")
    chosen = promoted(
        list(queue.values_list("pk", flat=True)), capacity=event.capacity, taken=event.seats_taken
    )  # fmt: skip
    if not chosen:
        return 0
    rows = Registration.objects.filter(pk__in=chosen)
    rows.update(state=SeatState.SEATED.value, changed_at=at)
    Event.objects.filter(pk=event.pk).update(
        seats_taken=F("seats_taken") + len(chosen), waiting=F("waiting") - len(chosen)
    )
    tell(event, rows.select_related("user").order_by("id"), "promoted", promoted_mail, at=at)
    return len(chosen)


def send_event_reminders(at: datetime) -> int:
    """Remind those who have a seat, two days before, once whatever the number of workers; returns how many."""
    near = Registration.objects.filter(
        state=SeatState.SEATED.value, reminded_at__isnull=True, event__state=EventState.PUBLISHED.value,
        event__starts_at__gt=at, event__starts_at__lte=at + REMIND_BEFORE, created_at__lt=at - REMIND_BEFORE / 4,
    )  # fmt: skip
    told = 0
    for event_id in near.order_by("event_id").values_list("event_id", flat=True).distinct():
        with transaction.atomic():
            event = Event.objects.select_related("site", "commune").get(pk=event_id)
            held = near.filter(event_id=event_id).select_for_update(skip_locked=True, of=("self",))
            rows = list(held.select_related("user").order_by("id")[:500])
            Registration.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=at)
            told += tell(event, rows, "reminder", reminder, at=at)
    return told


@dataclass(frozen=True, slots=True)
class Opinion:
    """A filled "fiche d'évaluation": marks from 1 (no) to 4 (yes), and words that name nobody."""

    useful: int
    met: int
    reuse: int
    kept: str = ""
    missing: str = ""


@transaction.atomic
def give_opinion(link_key: UUID, opinion: Opinion, *, at: datetime) -> None:
    """Keep an opinion apart from who gave it; once for each registration. Raises NotFound, RuleViolated, BadInput."""
    row = Registration.objects.select_for_update(of=("self",)).select_related("event").filter(link_key=link_key).first()
    if row is None:
        raise NotFound("Ce lien ne mène plus à une inscription.")
    if row.event.starts_at > at or row.state != SeatState.SEATED:
        raise RuleViolated("L’avis se donne après la rencontre, par ceux qui y avaient une place.")
    if EvaluationGiven.objects.filter(registration=row).exists():
        raise RuleViolated("Votre avis est déjà donné : merci.")
    if not all(1 <= mark <= 4 for mark in (opinion.useful, opinion.met, opinion.reuse)):
        raise BadInput("Choisissez une réponse à chaque question.")
    EvaluationGiven.objects.create(registration=row)
    Evaluation.objects.create(
        event=row.event, useful=opinion.useful, met=opinion.met, reuse=opinion.reuse,
        kept=opinion.kept.strip()[:500], missing=opinion.missing.strip()[:500], given_on=at.date(),
    )  # fmt: skip
