"""The person's choice, whole: a door among those offered, what may be read there, and the relay leaves; or nothing."""

from dataclasses import dataclass

from ensemblier.journey.actions.consents import ConsentDraft, record_consent
from ensemblier.journey.actions.moves import Done, Order
from ensemblier.journey.actions.relays import Choice, send
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.consent_texts.wording import ReadableText, last_instant
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import ConsentReading, Relay, RelayEvent
from ensemblier.journey.sql.journal import note_refusal
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import BadInput, DomainError, NotFound


@dataclass(frozen=True, slots=True)
class Decision:
    """What she decided on one page. `readable`: the consent text she read; `text`: what is sent, as she read it."""

    order: Order
    recipient: int
    categories: frozenset[Category]
    is_explicit_on_health: bool
    readable: ReadableText
    text: str


def choose_and_send(decision: Decision, *, by: PersonHerself) -> Done:
    """Keep her consent with the very text she read, and send. Everything or nothing; a repeated click does it once.

    Raises NotFound, BadInput (nothing ticked, health not said apart), StaleVersion, RuleViolated. Refusals: journaled.
    """
    order = decision.order
    try:
        with acting(by):
            once(order.key, "person sends")
            return _already(order) or _send(decision, by)
    except DomainError:
        with acting(by):
            note_refusal(
                by, Act.MOVE_RELAY, person_id=by.person_id, subject="relay", subject_uid=order.relay, at=order.at
            )
        raise


def _send(decision: Decision, by: PersonHerself) -> Done:
    order = decision.order
    row = Relay.objects.select_related("person").filter(uid=order.relay, person_id=by.person_id).first()
    if row is None:
        raise NotFound("Ce relais n’existe pas.")
    if not decision.categories:
        raise BadInput("Cochez au moins une chose à partager, ou choisissez « aucune de ces portes ».", field="share")
    if Category.HEALTH in decision.categories and not decision.is_explicit_on_health:
        raise BadInput(
            "Pour la santé et le handicap, cochez aussi la phrase qui le dit expressément, ou décochez cette ligne.",
            field="health",
        )
    draft = ConsentDraft(
        person_uid=row.person.uid,
        organisation_id=decision.recipient,
        categories=decision.categories,
        ends_at=last_instant(order.at),
        text_version=decision.readable.version,
        is_explicit_on_health=Category.HEALTH in decision.categories,
    )
    consent = record_consent(draft, by=by, at=order.at)
    ConsentReading.objects.create(consent=consent, person_id=by.person_id, text=decision.readable.whole)
    choice = Choice(
        recipient=decision.recipient,
        consent_uid=consent.uid,
        text=decision.text,
        categories=decision.categories,
    )
    return send(order, by=by, choice=choice)


def _already(order: Order) -> Done | None:
    event = RelayEvent.objects.select_related("relay").filter(relay__uid=order.relay, key=order.key).first()
    return Done(order.relay, RelayState(event.to_state), event.version) if event else None
