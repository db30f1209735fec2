"""Recording what a person shares, and stopping it at once. No function here, or anywhere, overrides a consent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.moves import Done, Order, write
from ensemblier.journey.core import consent as core
from ensemblier.journey.core import relay as relays
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.machine import MACHINE
from ensemblier.journey.core.movers import Mover, PersonHerself, organisation_of, user_of
from ensemblier.journey.core.states import Move, Party, Refused
from ensemblier.journey.models import Consent, Person, Relay
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting, scoped
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, StaleVersion
from ensemblier.kernel.orm.models import AuditRow


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What the person decides. `text_version`: which wording she read; `proof`: where the paper is, if it is one.

    `extends_id`: the sharing that this one continues (`actions.extensions`)."""

    person_uid: UUID
    organisation_id: int
    categories: frozenset[core.Category]
    ends_at: datetime
    text_version: str
    purpose: core.Purpose = core.Purpose.RELAY
    proof: str = ""
    is_explicit_on_health: bool = False
    extends_id: int | None = None


@scoped
def record_consent(draft: ConsentDraft, *, by: Mover, at: datetime) -> Consent:
    """Keep a consent: by the person herself, or on paper by an adviser of the organisation that holds her file.

    Raises NotFound, NotAllowed, BadInput (nothing shared, too long, health not explicit, paper without proof).
    """
    person = Person.objects.filter(uid=draft.person_uid).first()
    if person is None:
        raise NotFound("Ce dossier n’existe pas.")
    channel = _channel(person, by)
    value = core.Consent(
        person=person.pk,
        organisation=draft.organisation_id,
        categories=draft.categories,
        given_at=at,
        ends_at=draft.ends_at,
        purpose=draft.purpose,
        channel=channel,
        proof=draft.proof,
        is_explicit_on_health=draft.is_explicit_on_health,
    )
    if faults := core.faults(value):
        raise BadInput(" ".join(faults))
    row = Consent.objects.create(
        person=person,
        organisation_id=draft.organisation_id,
        categories=sorted(draft.categories),
        purpose=draft.purpose.value,
        given_at=at,
        ends_at=draft.ends_at,
        text_version=draft.text_version,
        channel=channel.value,
        proof=draft.proof.strip(),
        is_explicit_on_health=draft.is_explicit_on_health,
        extends_id=draft.extends_id,
    )
    _audit(by, row, "give")
    note(by, Act.GIVE_CONSENT, person_id=person.pk, subject="consent", subject_uid=row.uid, at=at)
    return row


def _channel(person: Person, by: Mover) -> core.ConsentChannel:
    if isinstance(by, PersonHerself):
        if by.person_id == person.pk:
            return by.channel
    elif isinstance(by, Actor) and Role.ADVISER in by.roles and by.organisation_id == person.organisation_id:
        return core.ConsentChannel.PAPER
    raise NotAllowed("Seule la personne décide de ce qu’elle partage.")


@scoped
def withdraw_consent(uid: UUID, *, by: PersonHerself, at: datetime) -> int:
    """Stop a sharing at once, and every open relay that rests on it, in one transaction. Returns how many were closed.

    Saying it twice does nothing more. Raises NotFound (also for somebody else's consent: its existence is not told).
    """
    row = Consent.objects.select_for_update().filter(uid=uid, person_id=by.person_id).first()
    if row is None:
        raise NotFound("Ce partage n’existe pas.")
    return _revoke(row, by, at)


def _revoke(row: Consent, by: PersonHerself, at: datetime) -> int:
    """The caller holds the consent's row FOR UPDATE: nobody can accept, send or create on it meanwhile."""
    if row.revoked_at is None:
        row.revoked_at = max(at, row.given_at)
        row.save(update_fields=["revoked_at"])
        _audit(by, row, "revoke")
        note(by, Act.STOP_CONSENT, person_id=row.person_id, subject="consent", subject_uid=row.uid, at=at)
    # A link in an old message, or a page left open, names the sharing as it was: what extended it stops with it.
    later = Consent.objects.select_for_update().filter(extends=row).first()
    more = _revoke(later, by, at) if later is not None else 0
    open_relays = Relay.objects.select_for_update().filter(consent=row, ended_at__isnull=True).order_by("pk")
    return more + sum(_close(relay, row, by, at) for relay in open_relays)


def _close(row: Relay, consent: Consent | None, by: PersonHerself, at: datetime, key: UUID | None = None) -> bool:
    """End a relay whose row is held, whatever its version: the person's word needs no fresh page."""
    value = row.value
    last = max([at, *(known for known in (value.sent_at, value.accepted_at, value.met_at) if known)])
    act = relays.Act(
        move=Move.WITHDRAW,
        party=Party.PERSON,
        at=last,
        version=value.version,
        key=key or uuid5(row.uid, f"revoked {value.version}"),
    )
    after = relays.move(value, act, None, MACHINE)
    return not isinstance(after, Refused) and write(row, after, act, by, consent)


def withdraw_relay(order: Order, *, by: PersonHerself) -> Done:
    """The person stops a relay, always and without a reason: its consent is revoked, and what rests on it ends.

    `order.version` is not compared: her word wins every race. Raises NotFound; a relay already over stays as it is.
    """
    for _ in range(3):
        with acting(by):
            row = _withdrawn(order, by)
        if row.ended_at is not None:
            return Done(row.uid, row.value.state, row.version)
    raise StaleVersion(Refused.STALE.label)


def _withdrawn(order: Order, by: PersonHerself) -> Relay:
    """The relay after one try. Consent first, then relay: if it was sent between the two, the caller tries again."""
    row = Relay.objects.filter(uid=order.relay, person_id=by.person_id).first()
    if row is None:
        raise NotFound("Ce relais n’existe pas.")
    if row.consent_id is not None:
        _revoke(Consent.objects.select_for_update().get(pk=row.consent_id), by, order.at)
        return Relay.objects.get(pk=row.pk)
    row = Relay.objects.select_for_update().get(pk=row.pk)
    if row.ended_at is None and row.consent_id is None:
        _close(row, None, by, order.at, order.key)
        row.refresh_from_db()
    return row


def _audit(by: Mover, row: Consent, verb: str) -> None:
    AuditRow.objects.create(
        actor_id=user_of(by),
        actor_label=by.label,
        organisation_id=organisation_of(by),
        table="journey_consent",
        row_id=str(row.pk),
        verb=verb,
    )
