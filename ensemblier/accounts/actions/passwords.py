"""A password forgotten: a link by mail, a code on the screen that asked, and the second proof as ever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ensemblier.accounts.actions.guessing import Place, count_try
from ensemblier.accounts.actions.links import CLOSED, close_links, draw_code, make_link, open_link
from ensemblier.accounts.core.guessing import TryKind
from ensemblier.accounts.core.letters import no_password_letter, password_letter
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof
from ensemblier.accounts.models import Session, SignInFailure, User
from ensemblier.accounts.queries.guessing import fingerprint
from ensemblier.accounts.queries.links import subject_of
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.orm.outbox import Channel, OutMessage, enqueue

LASTS = timedelta(minutes=30)
PER_ADDRESS = 5
"""Letters to one address in an hour."""


def ask_password(email: str, *, address_of: Callable[[str], str], place: Place, at: datetime) -> str:
    """Send a link to the address of an account; returns the code to show, the same way whether one exists or not.

    `address_of`: token → address of the page that opens it. Raises BadInput (an address that cannot be read),
    NotAllowed (too many letters asked).
    """
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(
            "Cette adresse électronique ne se lit pas, par exemple nom@structure.fr.", field="email"
        ) from None
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    counted = email.lower() if user is None else user.email.lower()
    count_try(TryKind.LINK_REQUEST, counted, place, user_id=None, at=at)  # kept: each letter counts
    code = draw_code()
    if user is not None and _may_write(counted, at):
        _send(user, code, address_of, at)
    return code


def _may_write(email: str, at: datetime) -> bool:
    recent = SignInFailure.objects.filter(
        kind=TryKind.LINK_REQUEST.value, email_key=fingerprint(email), at__gt=at - timedelta(hours=1)
    )
    return recent.count() <= PER_ADDRESS


@transaction.atomic
def _send(user: User, code: str, address_of: Callable[[str], str], at: datetime) -> None:
    subject = _subject_of(user)
    close_links(LinkPurpose.PASSWORD, subject, at=at)
    letter = no_password_letter()
    if user.has_usable_password():
        proof = SecondProof(ProofKind.CODE, code)
        token = make_link(LinkPurpose.PASSWORD, subject, second_proof=proof, expires_at=at + LASTS)
        letter = password_letter(address_of(token))
    enqueue(
        OutMessage(
            kind="account.password", channel=Channel.EMAIL, to=user.email, subject=letter.subject, body=letter.body,
            key=uuid4(), subject_uid=subject, until=at + LASTS,
        )
    )  # fmt: skip


def _subject_of(user: User) -> UUID:
    """How a link names an account: its number. A link's subject never leaves the database."""
    return UUID(int=user.pk)


def change_password(token: str, code: str, password: str, *, at: datetime) -> int:
    """Write the new password of the account whose link and code are right, end all its sessions; returns its id.

    The second proof is asked for next, by the door. Raises BadInput (weak password: the link stays good), NotAllowed
    (both sentences of `open_link`).
    """
    named = subject_of(token, LinkPurpose.PASSWORD)
    whose = User.objects.filter(pk=0 if named is None else named.int, is_active=True).first()
    try:
        validate_password(password, whose)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="password") from None
    open_link(token, LinkPurpose.PASSWORD, code, at)
    if whose is None:
        raise NotAllowed(CLOSED)
    _write(whose, password, at)
    return whose.pk


@transaction.atomic
def _write(user: User, password: str, at: datetime) -> None:
    """The password changes and every session ends, together."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Session.objects.filter(user_id=user.pk).delete()
    close_links(LinkPurpose.PASSWORD, _subject_of(user), at=at)
    AuditRow.objects.create(
        actor_id=user.pk, actor_label=user.name, table="user", row_id=str(user.pk), verb="change_password"
    )
