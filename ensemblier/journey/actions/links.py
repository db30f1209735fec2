"""Linking a file to the person's account, and undoing it. Only the person does either; an organisation may invite."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ensemblier.accounts.actions.links import close_links, draw_code, make_link, open_link
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof
from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.links_sent import CLICK
from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.links import INVITATION_LASTS, LinkOrigin
from ensemblier.journey.core.movers import CLERK, PersonHerself
from ensemblier.journey.models import CalendarFeed, Person, PersonLink, Relay
from ensemblier.journey.queries.links import person_of_consent
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotAllowed, NotFound, RuleViolated


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the adviser hands over: the token goes in one message, the code by another way. Neither is kept in clear."""

    token: str
    code: str
    expires_at: datetime


def invite(person_uid: UUID, *, by: Actor, at: datetime) -> Invitation:
    """Invite a person to open her file in her space; an earlier invitation stops. Raises NotFound, NotAllowed."""
    if Role.ADVISER not in by.roles:
        raise NotAllowed("Un conseiller de la structure qui tient le dossier invite la personne.")
    with acting(by):
        person = Person.objects.filter(uid=person_uid, organisation_id=by.organisation_id or 0).first()
        if person is None:
            raise NotFound("Ce dossier n’existe pas dans votre structure.")
        invitation = _invitation(person_uid, at)
        note(by, Act.INVITE_PERSON, person_id=person.pk, subject="person", subject_uid=person_uid, at=at)
    return invitation


def _invitation(person_uid: UUID, at: datetime) -> Invitation:
    code, expires_at = draw_code(), at + INVITATION_LASTS
    close_links(LinkPurpose.INVITATION, person_uid, at=at)
    token = make_link(
        LinkPurpose.INVITATION, person_uid, second_proof=SecondProof(ProofKind.CODE, code), expires_at=expires_at
    )
    return Invitation(token, code, expires_at)


def accept_invitation(token: str, proof: str, *, account_id: int, at: datetime) -> PersonHerself:
    """The person links the file that the invitation is about to her account.

    Raises NotAllowed (the link or the code is not right), NotFound, RuleViolated (linked to another account).
    """
    person_uid = open_link(token, LinkPurpose.INVITATION, proof, at)
    with acting(CLERK):
        person = Person.objects.filter(uid=person_uid).only("pk").first()
        if person is None:
            raise NotFound("Ce dossier n’existe plus.")
        _link(person, account_id, LinkOrigin.INVITATION, at)
        close_links(LinkPurpose.INVITATION, person_uid, at=at)
    return PersonHerself(person.pk)


def link_own_file(person: Person, relay: Relay, *, at: datetime) -> bool:
    """At the opening of the recipient's own file: linked to her account when she sent that relay herself and has one.

    The caller opens the file in its own transaction. Tells nobody whether there is an account: nothing is returned to a
    page.
    """
    if relay.choice_channel not in (ConsentChannel.ACCOUNT.value, ConsentChannel.SIGNED_LINK.value):
        return False
    with acting(CLERK):
        known = PersonLink.objects.filter(person_id=relay.person_id, unlinked_at=None).first()
        if known is None:
            return False
        _link(person, known.account_id, LinkOrigin.RELAY, at)
    return True


def link_demonstration(person: Person, account_id: int, *, at: datetime) -> None:
    """The file of a fictitious person is in her space from the start: nobody is there to open an invitation."""
    with acting(SYSTEM):
        if not Person.objects.filter(pk=person.pk, organisation__is_fictitious=True).exists():
            raise NotFound("Ce dossier n’est pas de la démonstration.")
        _link(person, account_id, LinkOrigin.INVITATION, at)


def unlink(link_uid: UUID, *, account_id: int, at: datetime) -> None:
    """She takes a file out of her space; the file stays where it is. Done twice, nothing more. Raises NotFound."""
    with acting(CLERK):
        row = PersonLink.objects.select_for_update().filter(uid=link_uid, account_id=account_id).first()
        if row is None:
            raise NotFound("Ce dossier n’est pas dans votre espace.")
        if row.unlinked_at is None:
            row.unlinked_at = max(at, row.linked_at)
            row.save(update_fields=["unlinked_at"])
            herself = PersonHerself(row.person_id)
            with acting(herself):  # whoever opened a calendar from this space follows it no more
                CalendarFeed.objects.filter(person_id=row.person_id, ended_at=None).update(ended_at=row.unlinked_at)
            note(herself, Act.UNLINK_FILE, person_id=row.person_id, subject="link", subject_uid=link_uid, at=at)


def _link(person: Person, account_id: int, origin: LinkOrigin, at: datetime) -> None:
    known = PersonLink.objects.filter(person=person, unlinked_at=None).first()
    if known is None:
        try:
            with transaction.atomic():
                known = PersonLink.objects.create(
                    account_id=account_id, person=person, origin=origin.value, linked_at=at
                )
        except IntegrityError:  # the same click twice, at once
            known = PersonLink.objects.get(person=person, unlinked_at=None)
        else:
            note(
                PersonHerself(person.pk),
                Act.LINK_FILE,
                person_id=person.pk,
                subject="link",
                subject_uid=known.uid,
                at=at,
            )
    if known.account_id != account_id:
        raise RuleViolated("Ce dossier est déjà relié à un autre espace : demandez à la structure de vous réinviter.")


def stop_by_link(token: str, *, at: datetime) -> int:
    """Stop the sharing of this link, at once; done twice, nothing more happens. Raises NotAllowed (link not right)."""
    consent_uid = open_link(token, LinkPurpose.STOP_SHARING, CLICK.answer, at)
    return withdraw_consent(consent_uid, by=person_of_consent(consent_uid), at=at)
