"""What a person decides besides one relay: a sharing that goes on, and the purposes that are consented apart."""

from datetime import datetime
from uuid import UUID

from ensemblier.journey.actions.consents import ConsentDraft, record_consent
from ensemblier.journey.core.consent import Category, Purpose, is_live
from ensemblier.journey.core.consent_texts.wording import ReadableText, last_instant
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import Consent, ConsentReading, Person, Relay
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated

OVER = "Ce partage est déjà fini, ou aucun relais ne l’attend plus : il n’y a rien à prolonger."
APART = frozenset({Purpose.OUTCOME, Purpose.EVALUATION})
"""Asked apart from any relay; to say no to them changes nothing else."""


def extend_sharing(
    uid: UUID, *, readable: ReadableText, is_explicit_on_health: bool, by: PersonHerself, at: datetime
) -> UUID:
    """Let the same organisation read the same things for twelve months more: a new consent, with the text she read.

    Its open relays rest on the new one from then on, in the same transaction; the former one ends. A repeated click
    finds what the first one did. Returns the new consent. Raises NotFound, RuleViolated (over), BadInput (health).
    """
    with acting(by):
        row = Consent.objects.select_for_update().filter(uid=uid, person_id=by.person_id).first()
        if row is None:
            raise NotFound("Ce partage n’existe pas.")
        if (done := Consent.objects.filter(extends=row).first()) is not None:
            return done.uid
        rests = Relay.objects.filter(consent=row, ended_at=None)
        if row.purpose != Purpose.RELAY or not is_live(row.value, at) or not rests.exists():
            raise RuleViolated(OVER)
        categories = frozenset(map(Category, row.categories))
        if Category.HEALTH in categories and not is_explicit_on_health:
            raise BadInput("Pour la santé et le handicap, cochez la phrase qui le dit expressément.", field="health")
        draft = ConsentDraft(
            person_uid=row.person.uid,
            organisation_id=row.organisation_id,
            categories=categories,
            ends_at=last_instant(at),
            text_version=readable.version,
            is_explicit_on_health=is_explicit_on_health,
            extends_id=row.pk,
        )
        new = record_consent(draft, by=by, at=at)
        ConsentReading.objects.create(consent=new, person_id=by.person_id, text=readable.whole)
        rests.update(consent=new)
        row.revoked_at = max(at, row.given_at)
        row.save(update_fields=["revoked_at"])
        return new.uid


def agree_to(purpose: Purpose, *, readable: ReadableText, by: PersonHerself, at: datetime) -> UUID:
    """Agree to a purpose that stands apart, for the organisation that holds the file; said twice, it stands once.

    Raises BadInput (a purpose that is asked with a relay).
    """
    if purpose not in APART:
        raise BadInput("Cet accord se donne avec un relais, jamais seul.", field="purpose")
    with acting(by):
        person = Person.objects.get(pk=by.person_id)
        known = Consent.objects.filter(person=person, purpose=purpose.value, revoked_at=None, ends_at__gt=at)
        if (already := known.filter(organisation_id=person.organisation_id).first()) is not None:
            return already.uid
        draft = ConsentDraft(
            person_uid=person.uid,
            organisation_id=person.organisation_id,
            categories=frozenset(category for category, _ in readable.lines),
            ends_at=last_instant(at),
            text_version=readable.version,
            purpose=purpose,
        )
        row = record_consent(draft, by=by, at=at)
        ConsentReading.objects.create(consent=row, person_id=by.person_id, text=readable.whole)
        return row.uid
