"""SMS by the HTTP interface of a provider, and signed webhooks."""

import hashlib
import hmac
import ipaddress
import socket
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from ensemblier.kernel.carriers.answers import RefusedForGood, TryLater
from ensemblier.kernel.messages import OutMessage

_TIMEOUT = httpx.Timeout(20.0, connect=5.0)


@dataclass(frozen=True, slots=True)
class SmsCarrier:
    """A provider that takes `POST {"to", "from", "text", "id"}` with a bearer token, directly or by a gateway.

    The key goes in `Idempotency-Key`: a provider that knows it sends a duplicate once.
    """

    url: str
    token: str
    sender: str = "Ensemblier"

    def carry(self, message: OutMessage) -> None:
        """Hand it to the provider."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(message.key)}
        body = {"to": message.to, "from": self.sender, "text": message.body, "id": str(message.key)}
        with _answers():
            _check(httpx.post(self.url, json=body, headers=headers, timeout=_TIMEOUT))


@dataclass(frozen=True, slots=True)
class WebhookCarrier:
    """Calls the system of an organisation, signed: `X-Ensemblier-Signature: t=<seconds>,v1=<HMAC-SHA256 of "t.body">`.

    The secret of an address is derived from our own, so none is stored. `may_stay_home`: also calls private addresses
    (tests, and systems in the same building).
    """

    secret: bytes
    may_stay_home: bool = False

    def carry(self, message: OutMessage) -> None:
        """Post the body, which is JSON."""
        url = message.to.partition("#")[0]
        if not self.may_stay_home:
            _refuse_private(url)
        seconds = int(datetime.now(tz=UTC).timestamp())
        headers = {
            "Content-Type": "application/json",
            "X-Ensemblier-Key": str(message.key),
            "X-Ensemblier-Signature": signature(self.secret, message.to, seconds, message.body),
        }
        with _answers():
            answer = httpx.post(url, content=message.body, headers=headers, timeout=_TIMEOUT, follow_redirects=False)
            _check(answer)


def webhook_secret(secret: bytes, to: str) -> str:
    """What an organisation checks signatures with (hexadecimal); `to`: the whole address, fragment included."""
    return hmac.new(secret, f"webhook {to}".encode(), hashlib.sha256).hexdigest()


def signature(secret: bytes, to: str, seconds: int, body: str) -> str:
    """The header of a call made at that second."""
    key = webhook_secret(secret, to).encode()
    return f"t={seconds},v1={hmac.new(key, f'{seconds}.{body}'.encode(), hashlib.sha256).hexdigest()}"


def _refuse_private(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise RefusedForGood("l’adresse d’appel doit commencer par https")
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(parts.hostname, parts.port or 443)}
    except OSError as error:
        raise TryLater("le nom du serveur n’est pas connu") from error
    if not all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found):
        raise RefusedForGood("l’adresse d’appel est privée")


class _answers:  # noqa: N801 - reads as a clause: with _answers()
    """Turns what goes wrong on the wire into TryLater."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
            raise RefusedForGood("adresse illisible") from error
        if isinstance(error, httpx.HTTPError):
            raise TryLater(type(error).__name__) from error


def _check(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    reason = f"réponse {answer.status_code}"
    if answer.status_code in (408, 425, 429) or answer.status_code >= 500:
        raise TryLater(reason, _asked(answer.headers.get("Retry-After", "")))
    raise RefusedForGood(reason)


def _asked(text: str) -> float:
    """Seconds of a Retry-After: a number, or a date."""
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(tz=UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0
