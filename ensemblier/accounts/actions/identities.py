"""Sign in through a provider of identities: the account is (issuer, subject), never an e-mail."""

import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from ensemblier.accounts.adapters.oidc import goodbye_address, identity_of, leave_address, requires_issuer
from ensemblier.accounts.core.oidc import Identity, NotBelieved, Provider, Started
from ensemblier.accounts.models import User, UserIdentity
from ensemblier.kernel.errors import NotFound, RuleViolated, SourceUnavailable
from ensemblier.kernel.orm.models import AuditRow

log = logging.getLogger(__name__)


def providers(audience: str) -> list[Provider]:
    """The providers set up for an audience, in the order of the settings."""
    return [one for one in _all() if one.audience == audience]


def provider_of(key: str) -> Provider:
    """Raises NotFound when this installation has no such provider."""
    found = next((one for one in _all() if one.key == key), None)
    if found is None:
        raise NotFound("Cette connexion n'est pas proposée ici.")
    return found


def leave(key: str, *, onward: str, callback: str) -> tuple[str, Started]:
    """Where the browser goes, and what to keep in its session until it comes back. Raises SourceUnavailable."""
    started = Started(
        provider=key,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        onward=onward,
    )
    return leave_address(provider_of(key), started, callback), started


def come_back(started: Started | None, answer: Mapping[str, str], *, callback: str, at: datetime) -> Identity:
    """Who came back, from the parameters of the address. Raises NotBelieved, SourceUnavailable."""
    try:
        return _come_back(started, answer, callback, at)
    except NotBelieved as refused:
        log.warning("sign-in through a provider refused: %s", refused.reason)
        raise


def _come_back(started: Started | None, answer: Mapping[str, str], callback: str, at: datetime) -> Identity:
    if started is None:
        raise NotBelieved("nobody left")
    provider = provider_of(started.provider)
    if not hmac.compare_digest(answer.get("state", "").encode(), started.state.encode()):
        raise NotBelieved("state")
    said = answer.get("iss", "")
    if (said or requires_issuer(provider)) and said != provider.issuer:
        raise NotBelieved("iss of the answer")
    if answer.get("error") or not answer.get("code"):
        raise NotBelieved("refused there")
    return identity_of(provider, started, answer["code"], callback, at=at)


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Which provider, where the browser goes to end its own session, and the `state` that it brings back."""

    key: str
    address: str
    state: str


def goodbye(id_token: str, key: str, *, back: str) -> Goodbye | None:
    """How to end the provider's own session (RP-Initiated Logout 1.0); None when there is nothing to end there.

    A provider that does not answer keeps nobody in: our own session ends all the same.
    """
    state = secrets.token_urlsafe(16)
    try:
        address = goodbye_address(provider_of(key), id_token, back, state)
    except (NotFound, NotBelieved, SourceUnavailable):
        return None
    return Goodbye(key, address, state) if address else None


def user_of(identity: Identity) -> int | None:
    """The open account that this identity was linked to; None when it never was. Its e-mail is not looked at."""
    rows = UserIdentity.objects.filter(issuer=identity.issuer, subject=identity.subject, user__is_active=True)
    return rows.values_list("user_id", flat=True).first()


@transaction.atomic
def link_identity(user_id: int, identity: Identity, *, at: datetime) -> None:
    """From now on this identity opens this account. Raises RuleViolated: it opens another one."""
    try:
        with transaction.atomic():
            UserIdentity.objects.create(user_id=user_id, issuer=identity.issuer, subject=identity.subject, linked_at=at)
    except IntegrityError:
        if user_of(identity) == user_id:
            return
        raise RuleViolated("Cette identité ouvre déjà un autre compte.") from None
    user = User.objects.get(pk=user_id)
    AuditRow.objects.create(
        actor_id=user_id, actor_label=user.name, table="user", row_id=str(user_id), verb="link_identity"
    )


def _all() -> list[Provider]:
    return [Provider(**values) for values in settings.IDENTITY_PROVIDERS]
