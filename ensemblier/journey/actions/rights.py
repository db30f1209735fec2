"""What a person does about her data: ask, say whether a paper is hers; and what the organisation answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.core.rights import MAX_WORDS, RequestKind, answer_due_on
from ensemblier.journey.models import Consent, PaperAnswer, Person, RightsRequest
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """What she asks. `subject`: a short description of what it is about, made by the page (who looked, when)."""

    kind: RequestKind
    words: str
    subject: str = ""
    uid: UUID | None = None


def ask(draft: RequestDraft, *, by: PersonHerself, at: datetime) -> UUID:
    """Keep a request to the organisation that holds this file; the same `uid` sent twice is kept once. Raises BadInput.

    Nobody may answer in her place, and nothing is refused here: the answer is a duty (RGPD, art. 12).
    """
    words = draft.words.strip()
    if len(words) > MAX_WORDS:
        raise BadInput(
            "Votre message est trop long : %(most)s caractères au plus.", field="words", values={"most": MAX_WORDS}
        )
    if not words and draft.kind in (RequestKind.CORRECTION, RequestKind.OTHER):
        raise BadInput("Écrivez ce que vous demandez, avec vos mots.", field="words")
    uid = draft.uid or uuid4()
    with acting(by):
        person = Person.objects.get(pk=by.person_id)
        RightsRequest.objects.get_or_create(
            uid=uid,
            defaults={
                "person": person,
                "organisation_id": person.organisation_id,
                "kind": draft.kind.value,
                "subject": draft.subject[:80],
                "words": words,
                "asked_at": at,
                "due_on": answer_due_on(at.astimezone(PARIS).date()),
            },
        )
        note(by, Act.ASK_RIGHTS, person_id=by.person_id, subject="rights_request", subject_uid=uid, at=at)
    return uid


def answer_request(uid: UUID, *, words: str, by: Actor, at: datetime) -> None:
    """Answer in writing, once. Raises NotFound, NotAllowed, BadInput (no word), RuleViolated (already answered)."""
    if not {Role.ADVISER, Role.TEAM_LEAD} & by.roles or by.user_id is None:
        raise NotAllowed("Un conseiller ou un référent d’équipe répond à cette demande.")
    words = words.strip()
    if not words or len(words) > MAX_WORDS:
        raise BadInput("Écrivez une réponse, en 4 000 caractères au plus.", field="answer")
    with acting(by):
        row = RightsRequest.objects.select_for_update().filter(uid=uid, organisation_id=by.organisation_id or 0).first()
        if row is None:
            raise NotFound("Cette demande n’existe pas dans votre structure.")
        if row.answered_at is not None:
            raise RuleViolated("Cette demande a déjà reçu une réponse : relisez-la.")
        row.answer, row.answered_by_id, row.answered_at = words, by.user_id, at
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        note(by, Act.ANSWER_RIGHTS, person_id=row.person_id, subject="rights_request", subject_uid=uid, at=at)


def say_of_paper(consent_uid: UUID, *, is_hers: bool, by: PersonHerself, at: datetime) -> None:
    """She confirms a paper, or says that it was not her choice: the sharing stops and the organisation must explain.

    Said once; repeated, nothing more happens. Raises NotFound, RuleViolated (not a paper).
    """
    with acting(by):
        row = Consent.objects.filter(uid=consent_uid, person_id=by.person_id).first()
        if row is None:
            raise NotFound("Ce partage n’existe pas.")
        if row.channel != ConsentChannel.PAPER.value:
            raise RuleViolated("Vous avez donné cet accord vous-même, sans papier.")
        if not is_hers:
            withdraw_consent(consent_uid, by=by, at=at)
        _, is_new = PaperAnswer.objects.get_or_create(
            consent=row, defaults={"person_id": by.person_id, "is_hers": is_hers, "at": at}
        )
        if is_new and not is_hers:
            ask(RequestDraft(RequestKind.PAPER, "", subject=row.organisation.name), by=by, at=at)
        note(by, Act.SAY_OF_PAPER, person_id=by.person_id, subject="consent", subject_uid=consent_uid, at=at)
