"""Writes: numbers to call back, kept until the call only, and the marks that keep the queues from being filled."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.changes import find
from ensemblier.directory.core.access import PLATFORM_ROLES
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.text import clean_line, clean_phone
from ensemblier.directory.models import CallbackOrigin, CallbackRequest, Organisation
from ensemblier.directory.queries.moderation import callback_scope
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.fingerprints import fingerprint, machine_of
from ensemblier.territory.queries.communes import commune

KEEP_CALLBACKS_DAYS = 15
CALLBACKS_PER_PHONE = 3
CALLBACKS_PER_MACHINE = 20
"""In 24 hours: many people may share one connection (a library, a Mission locale, a mobile network)."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CallbackDraft:
    """A number to call, and nothing about the person."""

    phone: str
    commune_code: str = ""
    operator: Operator | None = None
    organisation_uid: UUID | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, without an account: the address of the machine, and when."""

    address: str
    at: datetime


@transaction.atomic
def ask_callback(draft: CallbackDraft, *, on: date, visit: Visit | None = None) -> UUID:
    """Ask to be called back; returns the uid. `visit`: from a public page, where each machine has a limit.

    Raises BadInput, NotFound, RuleViolated (asked several times already, by this number or from this machine).
    """
    phone = clean_phone(draft.phone)
    if not phone:
        raise BadInput("Donnez le numéro auquel vous joindre.", field="phone")
    if CallbackRequest.objects.filter(phone=phone).count() >= CALLBACKS_PER_PHONE:
        raise RuleViolated("Votre demande est déjà enregistrée : on vous rappelle bientôt.")
    if draft.organisation_uid is None and not draft.commune_code:
        raise BadInput("Dites dans quelle commune vous vivez : on saura qui, près de chez vous, doit appeler.",
                       field="commune")  # fmt: skip
    place = commune(draft.commune_code, on=on) if draft.commune_code else None
    if visit is not None:
        _count(visit)
    row = CallbackRequest.objects.create(
        phone=phone,
        commune_id=place.code if place else None,
        operator=draft.operator.value if draft.operator else "",
        organisation=find(Organisation, draft.organisation_uid) if draft.organisation_uid else None,
        when=clean_line(draft.when, field="when", limit=120),
    )
    return row.uid


def _count(visit: Visit) -> None:
    """One more from this machine, unless it has asked for too many since yesterday."""
    CallbackOrigin.objects.filter(at__lt=visit.at - _DAY).delete()
    key = fingerprint(machine_of(visit.address), purpose="callback")
    if CallbackOrigin.objects.filter(place_key=key, at__gt=visit.at - _DAY).count() >= CALLBACKS_PER_MACHINE:
        raise RuleViolated(
            "Beaucoup de rappels ont été demandés aujourd'hui depuis cette connexion à internet. Appelez le numéro de "
            "votre région, plus bas sur cette page : quelqu'un vous répond."
        )
    CallbackOrigin.objects.create(place_key=key, at=visit.at)


@transaction.atomic
def callback_made(uid: UUID | str, *, actor: Actor, on: date) -> None:
    """The call was made: the number is deleted, no trace of it stays. Raises NotAllowed, NotFound."""
    rows = CallbackRequest.objects.filter(uid=uid)
    if not rows.exists():
        raise NotFound("Cette demande n'existe plus : quelqu'un a déjà rappelé.")
    own = actor.organisation_id
    concerned = own is not None and rows.filter(callback_scope(own, on=on)).exists()
    if not (concerned or actor.roles & PLATFORM_ROLES):
        raise NotAllowed("Cette demande est adressée à un autre opérateur.")
    rows.delete()


@transaction.atomic
def purge_callbacks(*, now: datetime, days: int = KEEP_CALLBACKS_DAYS) -> int:
    """Delete the requests that nobody answered for `days` days, and old marks; returns how many requests."""
    CallbackOrigin.objects.filter(at__lt=now - _DAY).delete()
    return CallbackRequest.objects.filter(created_at__lt=now - timedelta(days=days)).delete()[0]
