"""A person enters her own space: a link to her address, a code on the screen where she asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ensemblier.accounts.actions.guessing import Place, count_try
from ensemblier.accounts.actions.links import close_links, draw_code, make_link, open_link
from ensemblier.accounts.actions.person_accounts import account_of_address, prove
from ensemblier.accounts.core.guessing import TryKind
from ensemblier.accounts.core.letters import sign_in_letter
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof
from ensemblier.accounts.core.views import PersonAccountView
from ensemblier.accounts.models import SignInFailure
from ensemblier.accounts.queries.guessing import fingerprint
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.orm.outbox import Channel, OutMessage, enqueue

LASTS = timedelta(minutes=30)
PER_ADDRESS = 5
"""Letters to one address in an hour."""


def ask_to_enter(email: str, *, address_of: Callable[[str], str], place: Place, at: datetime) -> str:
    """Send a link to an address; returns the code to show, the same way whether the address is known or not.

    `address_of`: token → address of the page that opens it. Raises BadInput (an address that cannot be read),
    NotAllowed (too many letters asked from this machine).
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise BadInput(
            "Cette adresse électronique ne se lit pas, par exemple prenom@exemple.fr.", field="email"
        ) from None
    code = draw_code()
    count_try(TryKind.LINK_REQUEST, email, place, user_id=None, at=at)  # kept: each letter counts
    _send(email, code, address_of, at)
    return code


@transaction.atomic
def _send(email: str, code: str, address_of: Callable[[str], str], at: datetime) -> None:
    recent = SignInFailure.objects.filter(
        kind=TryKind.LINK_REQUEST.value, email_key=fingerprint(email), at__gt=at - timedelta(hours=1)
    )
    if recent.count() > PER_ADDRESS:
        return  # as silent as the rest: who asks learns nothing of the address
    account = account_of_address(email, at=at)
    close_links(LinkPurpose.PERSON_SIGN_IN, account.uid, at=at)
    proof = SecondProof(ProofKind.CODE, code)
    token = make_link(LinkPurpose.PERSON_SIGN_IN, account.uid, second_proof=proof, expires_at=at + LASTS)
    letter = sign_in_letter(address_of(token))
    enqueue(
        OutMessage(
            kind="person.sign_in",
            channel=Channel.EMAIL,
            to=email,
            subject=letter.subject,
            body=letter.body,
            key=uuid4(),
            subject_uid=account.uid,
            until=at + LASTS,
        )
    )


def enter(token: str, code: str, *, at: datetime) -> PersonAccountView:
    """The account whose link and code are right. Raises NotAllowed (both sentences of `open_link`)."""
    return prove(open_link(token, LinkPurpose.PERSON_SIGN_IN, code, at), at=at)
