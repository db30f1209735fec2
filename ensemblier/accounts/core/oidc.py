"""What a provider of identities must have said before it is believed (OpenID Connect Core 1.0, §3.1.3.7 and §5.3.2)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ensemblier.kernel.errors import NotAllowed

LEEWAY = 30
"""Seconds by which two clocks may differ."""
OLDEST = 600
"""Seconds since a token was made: older ones come from somewhere else."""
STRONG = "mfa"
"""The value of `amr` (RFC 8176) that says: two proofs were asked for."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of identities as the installation knows it. `audience`: "professionals" or "persons"."""

    key: str
    label: str
    audience: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str
    acr_values: tuple[str, ...] = ()
    algorithms: tuple[str, ...] = ("RS256", "ES256")
    asks_userinfo: bool = True
    signed_userinfo: bool = True


@dataclass(frozen=True, slots=True)
class Started:
    """What was drawn when somebody left for the provider, kept in her session and good for one return."""

    provider: str
    state: str
    nonce: str
    verifier: str
    onward: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back: known by (issuer, subject) only. `email`: what the provider says of her, "" when nothing."""

    issuer: str
    subject: str
    email: str
    is_strong: bool
    id_token: str


class NotBelieved(NotAllowed):
    """What came back from a provider does not hold; `reason` is for the log, in English and without content."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "La connexion n'a pas pu être vérifiée. Rien n'est perdu : recommencez depuis la page de connexion."
        )
        self.reason = reason


def checked_subject(claims: Mapping[str, object], provider: Provider, *, nonce: str, at: datetime) -> str:
    """The subject of an identity token whose signature is right. Raises NotBelieved at the first thing amiss."""
    _check_made_for_us(claims, provider)
    _check_times(claims, at)
    sent = claims.get("nonce")
    if not isinstance(sent, str) or not nonce or not hmac.compare_digest(sent.encode(), nonce.encode()):
        raise NotBelieved("nonce")
    if provider.acr_values and claims.get("acr") not in provider.acr_values:
        raise NotBelieved("acr")
    if claims.get("sub") == provider.client_id:
        raise NotBelieved("sub is the client")
    return _subject(claims)


def check_at_hash(claims: Mapping[str, object], access_token: str, algorithm: str) -> None:
    """The access token is the one that the identity token was made with, when it says so."""
    said = claims.get("at_hash")
    if said is None:
        return
    digest = hashlib.new(f"sha{algorithm[-3:]}", access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), half.encode()):
        raise NotBelieved("at_hash")


def pkce_challenge(verifier: str) -> str:
    """The mark of a verifier (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def is_strong(claims: Mapping[str, object]) -> bool:
    """Whether the provider asked for two proofs. Raises NotBelieved for an `amr` that is no list of words."""
    amr = claims.get("amr", [])
    if not isinstance(amr, list) or not all(isinstance(word, str) for word in amr):
        raise NotBelieved("amr")
    return STRONG in amr


def check_userinfo(claims: Mapping[str, object], provider: Provider, subject: str, *, is_signed: bool) -> None:
    """The details are of the same person (§5.3.2), and made for us when they are signed."""
    if _subject(claims) != subject:
        raise NotBelieved("sub of userinfo")
    if is_signed:
        _check_made_for_us(claims, provider)


def email_of(claims: Mapping[str, object]) -> str:
    """The address that the provider gives, lower case; "" when it gives none or says that it is not verified."""
    said = claims.get("email")
    if not isinstance(said, str) or claims.get("email_verified") is False:
        return ""
    return said.strip().lower()[:254]


def _check_made_for_us(claims: Mapping[str, object], provider: Provider) -> None:
    if claims.get("iss") != provider.issuer:
        raise NotBelieved("iss")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if audiences != [provider.client_id]:
        raise NotBelieved("aud")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise NotBelieved("azp")


def _check_times(claims: Mapping[str, object], at: datetime) -> None:
    now = at.timestamp()
    ends, made, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", now)
    if not _is_number(ends) or not _is_number(made) or not _is_number(begins):
        raise NotBelieved("dates")
    if ends + LEEWAY <= now or begins - LEEWAY > now:  # type: ignore[operator]
        raise NotBelieved("exp or nbf")
    if made - LEEWAY > now or made + OLDEST < now or ends <= made:  # type: ignore[operator]
        raise NotBelieved("iat")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 2**53


def _subject(claims: Mapping[str, object]) -> str:
    said = claims.get("sub")
    if not isinstance(said, str) or not said.strip() or len(said) > 255 or not said.isprintable():
        raise NotBelieved("sub")
    return said
