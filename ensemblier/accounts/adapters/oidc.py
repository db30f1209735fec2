"""Conversations with a provider of identities: the code flow (RFC 6749, 7636) by httpx, signatures by joserfc."""

import time
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from ensemblier.accounts.core.oidc import (
    Identity,
    NotBelieved,
    Provider,
    Started,
    check_at_hash,
    check_userinfo,
    checked_subject,
    email_of,
    is_strong,
    pkce_challenge,
)
from ensemblier.kernel.errors import SourceUnavailable

TIMEOUT = 8.0
KEPT_SECONDS = 3600
UNAVAILABLE = "Le service d'identité ne répond pas. Réessayez dans quelques minutes, ou entrez autrement."


@dataclass(slots=True)
class _Known:
    """What a provider publishes, kept an hour: its addresses and its keys."""

    metadata: dict[str, Any]
    keys: dict[str, Any]
    until: float


_KNOWN: dict[str, _Known] = {}


def leave_address(provider: Provider, started: Started, callback: str) -> str:
    """Where the browser goes to sign in: code flow, state, nonce, PKCE S256, two proofs wished for."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback,
        "scope": provider.scope,
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": pkce_challenge(started.verifier),
        "code_challenge_method": "S256",
    }
    if provider.acr_values:
        asked["acr_values"] = " ".join(provider.acr_values)
    if provider.audience == "professionals":
        asked["claims"] = '{"id_token":{"amr":{"essential":true}}}'
    return f"{_published(provider).metadata['authorization_endpoint']}?{urlencode(asked)}"


def identity_of(provider: Provider, started: Started, code: str, callback: str, *, at: datetime) -> Identity:
    """Who came back with this code. Raises NotBelieved, SourceUnavailable."""
    token = _exchanged(provider, started, code, callback)
    raw, access = str(token.get("id_token") or ""), str(token.get("access_token") or "")
    claims, algorithm = _signed(provider, raw)
    subject = checked_subject(claims, provider, nonce=started.nonce, at=at)
    check_at_hash(claims, access, algorithm)
    details = _details(provider, access, subject) if provider.asks_userinfo else claims
    return Identity(provider.issuer, subject, email_of(details), is_strong(claims), raw)


def goodbye_address(provider: Provider, id_token: str, back: str, state: str) -> str:
    """Where the browser goes to end the provider's own session; "" when it has no such page."""
    end = _published(provider).metadata.get("end_session_endpoint")
    words = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "state": state}
    return f"{end}?{urlencode(words)}" if end else ""


def requires_issuer(provider: Provider) -> bool:
    """Whether the provider says who it is when the browser comes back (RFC 9207): then it must."""
    return bool(_published(provider).metadata.get("authorization_response_iss_parameter_supported"))


def forget_providers() -> None:
    """Ask again for what providers publish."""
    _KNOWN.clear()


def _exchanged(provider: Provider, started: Started, code: str, callback: str) -> dict[str, Any]:
    """The code against its tokens; the client proves itself as the provider likes best."""
    metadata = _published(provider).metadata
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "code_verifier": started.verifier,
    }
    auth: tuple[str, str] | None = (quote_plus(provider.client_id), quote_plus(provider.client_secret))
    if "client_secret_basic" not in (metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]):
        sent |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        auth = None
    try:
        answer = httpx.post(metadata["token_endpoint"], data=sent, auth=auth, timeout=TIMEOUT)
        said = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise SourceUnavailable(UNAVAILABLE) from error
    if answer.status_code != HTTPStatus.OK or not isinstance(said, dict):
        raise NotBelieved(f"token: {answer.status_code}")
    if str(said.get("token_type", "")).lower() != "bearer":
        raise NotBelieved("token type")
    return said


def _details(provider: Provider, access: str, subject: str) -> dict[str, Any]:
    address = _published(provider).metadata["userinfo_endpoint"]
    try:
        answer = httpx.get(address, headers={"Authorization": f"Bearer {access}"}, timeout=TIMEOUT)
        answer.raise_for_status()
        is_signed = answer.headers.get("content-type", "").split(";")[0].strip() == "application/jwt"
        claims = _signed(provider, answer.text.strip())[0] if is_signed else answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise SourceUnavailable(UNAVAILABLE) from error
    if provider.signed_userinfo and not is_signed:
        raise NotBelieved("userinfo is not signed")
    if not isinstance(claims, dict):
        raise NotBelieved("userinfo")
    check_userinfo(claims, provider, subject, is_signed=is_signed)
    return claims


def _signed(provider: Provider, raw: str) -> tuple[dict[str, Any], str]:
    """The claims of a token signed by the provider, and by which algorithm; its keys are asked again once."""
    for keys in (_published(provider).keys, None):
        try:
            known = KeySet.import_key_set(keys or _published(provider, again=True).keys)  # type: ignore[arg-type]
            token = jwt.decode(raw, known, algorithms=list(provider.algorithms))
        except (JoseError, ValueError, TypeError, KeyError) as error:
            if keys is None:
                raise NotBelieved(f"signature: {type(error).__name__}") from None
            continue
        break
    algorithm = str(token.header.get("alg"))
    if algorithm not in provider.algorithms or not isinstance(token.claims, dict):
        raise NotBelieved("alg")
    return token.claims, algorithm


def _published(provider: Provider, *, again: bool = False) -> _Known:
    known = _KNOWN.get(provider.issuer)
    if known is not None and known.until > time.monotonic() and not again:
        return known
    try:
        metadata = _read(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != provider.issuer:
            raise NotBelieved("issuer of the metadata")
        keys = _read(metadata["jwks_uri"])
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise SourceUnavailable(UNAVAILABLE) from error
    _KNOWN[provider.issuer] = _Known(metadata, keys, time.monotonic() + KEPT_SECONDS)
    return _KNOWN[provider.issuer]


def _read(address: str) -> dict[str, Any]:
    answer = httpx.get(address, timeout=TIMEOUT)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
