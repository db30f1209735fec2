"""Ask somebody to join an organisation; the account is opened by whoever holds the link and the code."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ensemblier.accounts.actions.identities import link_identity
from ensemblier.accounts.actions.links import close_links, draw_code, make_link, open_link
from ensemblier.accounts.actions.members import audit, check_may_grant
from ensemblier.accounts.core.letters import invitation_letter
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof
from ensemblier.accounts.core.oidc import Identity
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Invitation, Membership, User
from ensemblier.directory.core.text import clean_name
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.outbox import Channel, OutMessage, enqueue

LASTS = timedelta(days=7)
GONE = "Cette invitation n'est plus valable. Demandez-en une nouvelle à qui vous invite."


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is asked, and to do what."""

    email: str
    name: str
    roles: frozenset[Role]


@transaction.atomic
def invite(who: Invited, *, actor: Actor, address_of: Callable[[str], str], at: datetime) -> str:
    """Send the link; returns the code of six digits that the actor gives by voice.

    Raises NotAllowed (only who manages the accounts of the organisation), BadInput (address, name, no role),
    NotFound (the actor acts for nobody).
    """
    email = who.email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(
            "Cette adresse électronique ne se lit pas, par exemple nom@structure.fr.", field="email"
        ) from None
    if not who.roles:
        raise BadInput("Choisissez au moins un rôle.", field="roles")
    organisation = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if organisation is None:
        raise NotFound("Vous n'agissez pour aucune structure.")
    for role in who.roles:
        check_may_grant(actor, organisation.pk, role)
    row = Invitation.objects.create(
        organisation=organisation, email=email, name=clean_name(who.name, limit=200),
        roles=sorted(role.value for role in who.roles), invited_by_id=actor.user_id, created_at=at,
        expires_at=at + LASTS,
    )  # fmt: skip
    audit(actor, "invitation", row.pk, "invite", {"roles": ["", ", ".join(row.roles)]})
    return _send(row, address_of)


def _send(row: Invitation, address_of: Callable[[str], str]) -> str:
    code = draw_code()
    token = make_link(
        LinkPurpose.INVITATION, row.uid, second_proof=SecondProof(ProofKind.CODE, code), expires_at=row.expires_at
    )
    letter = invitation_letter(address_of(token), row.expires_at)
    enqueue(
        OutMessage(
            kind="account.invitation", channel=Channel.EMAIL, to=row.email, subject=letter.subject, body=letter.body,
            key=uuid4(), subject_uid=row.uid, until=row.expires_at,
        )
    )  # fmt: skip
    return code


@transaction.atomic
def cancel_invitation(uid: UUID, *, actor: Actor, at: datetime) -> None:
    """The link opens nothing any more. Raises NotFound, NotAllowed, RuleViolated (already accepted or taken back)."""
    row = Invitation.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette invitation n'existe pas.")
    check_may_grant(actor, row.organisation_id, Role.ADVISER)
    if row.accepted_at is not None or row.cancelled_at is not None:
        raise RuleViolated("Cette invitation a déjà servi, ou a été retirée.")
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    close_links(LinkPurpose.INVITATION, row.uid, at=at)
    audit(actor, "invitation", row.pk, "cancel_invitation", {})


def open_invitation(token: str, code: str, *, at: datetime) -> UUID:
    """The invitation whose link and code are right. Raises NotAllowed, NotFound."""
    uid = open_link(token, LinkPurpose.INVITATION, code, at)
    if not Invitation.objects.filter(uid=uid).exists():
        raise NotFound(GONE)
    return uid


@transaction.atomic
def accept_with_password(uid: UUID, *, name: str, password: str, at: datetime) -> int:
    """Open the account with a password, and give it the roles; returns its id. A second proof is asked for next.

    Raises NotFound (no longer valid), BadInput (name, weak password), RuleViolated (the address has an account: sign in
    to it, then open the link again).
    """
    row = _waiting(uid, at)
    if User.objects.filter(email__iexact=row.email).exists():
        raise RuleViolated("Cette adresse a déjà un compte : connectez-vous, puis rouvrez le lien de l'invitation.")
    try:
        validate_password(password, User(email=row.email, name=name))
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="password") from None
    user = User.objects.create_user(row.email, password, name=clean_name(name, limit=200))
    _accept(row, user, at)
    return user.pk


@transaction.atomic
def accept_as(uid: UUID, identity: Identity, *, at: datetime) -> int:
    """Open the account of an identity that a provider proved, and give it the roles; returns its id.

    The link and its code were right in this browser; the provider's e-mail must be the one that was invited. Raises
    NotFound, NotAllowed (another address), RuleViolated (the address has an account: it is never taken over by e-mail).
    """
    row = _waiting(uid, at)
    if identity.email != row.email:
        raise NotAllowed("Cette invitation est faite à une autre adresse que celle de votre identité professionnelle.")
    if User.objects.filter(email__iexact=row.email).exists():
        raise RuleViolated("Cette adresse a déjà un compte : connectez-vous avec lui, puis reliez votre identité.")
    user = User.objects.create_user(row.email, None, name=row.name)
    link_identity(user.pk, identity, at=at)
    _accept(row, user, at)
    return user.pk


@transaction.atomic
def accept_signed_in(uid: UUID, *, user_id: int, at: datetime) -> None:
    """Somebody who has an account joins one more organisation. Raises NotFound, NotAllowed (another address)."""
    row, user = _waiting(uid, at), User.objects.get(pk=user_id)
    if user.email.lower() != row.email:
        raise NotAllowed("Cette invitation est faite à une autre adresse que celle de votre compte.")
    _accept(row, user, at)


def _waiting(uid: UUID, at: datetime) -> Invitation:
    row = Invitation.objects.select_for_update().filter(uid=uid).first()
    if row is None or row.accepted_at is not None or row.cancelled_at is not None or row.expires_at <= at:
        raise NotFound(GONE)
    return row


def _accept(row: Invitation, user: User, at: datetime) -> None:
    row.accepted_at, row.accepted_by = at, user
    row.save(update_fields=["accepted_at", "accepted_by"])
    close_links(LinkPurpose.INVITATION, row.uid, at=at)
    today = timezone.localdate(at)
    held: Iterable[str] = Membership.objects.filter(
        user=user, organisation_id=row.organisation_id, valid_to__isnull=True
    ).values_list("role", flat=True)
    for role in sorted(set(row.roles) - set(held)):
        Membership.objects.create(user=user, organisation_id=row.organisation_id, role=role, valid_from=today)
    herself = Actor(user_id=user.pk, organisation_id=row.organisation_id, label=user.name)
    audit(herself, "invitation", row.pk, "accept_invitation", {"roles": ["", ", ".join(row.roles)]})
