"""A provider of identities that says whatever a test wants: a real server, real keys, tokens right or wrong."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT = "ensemblier"
SECRET = "un secret de client, pour les essais seulement"
SUBJECT = "f6048641-9b5e-4a0d-b1c5-2f5c9d2a1e77"
ACCESS = "access-token"

Token = Callable[["Saying"], str]


@dataclass
class Saying:
    """What the provider says of one sign-in; a test changes any of it. `token` and `details`: whole texts instead."""

    claims: dict[str, Any]
    header: dict[str, Any]
    userinfo: dict[str, Any]
    key: Any
    userinfo_key: Any
    signed_userinfo: bool = True
    token: str | None = None
    details: str | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    status: int = 200


class FakeProvider:
    """Its keys, its address, and what it says next."""

    def __init__(self) -> None:
        self.rsa = RSAKey.generate_key(2048, {"kid": "rsa-1", "use": "sig"})
        self.ec = ECKey.generate_key("P-256", {"kid": "ec-1", "use": "sig"})
        self.issuer = ""
        self.saying: Saying | None = None

    def right(self, nonce: str, **claims: Any) -> Saying:
        """What an honest provider says."""
        now = int(time.time())
        told = {
            "iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "nonce": nonce, "iat": now, "exp": now + 300,
            "acr": "eidas1", "amr": ["pwd", "mfa"],
        }  # fmt: skip
        details = {"iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "email": "bruno@exemple.fr"}
        self.saying = Saying(
            {**told, **claims}, {"alg": "RS256", "kid": "rsa-1", "typ": "JWT"}, details, self.rsa, self.ec
        )
        return self.saying

    def pages(self) -> dict[str, Any]:
        """What anybody may read of it."""
        keys = KeySet([self.rsa, self.ec]).as_dict(private=False)
        metadata = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end",
        }
        return {"/.well-known/openid-configuration": metadata, "/jwks": keys}

    def tokens(self) -> tuple[int, dict[str, Any]]:
        """The answer of its token page."""
        told = self.saying
        assert told is not None
        raw = told.token if told.token is not None else sign(told.header, told.claims, told.key)
        return told.status, {"access_token": ACCESS, "token_type": "Bearer", "id_token": raw, **told.answer}

    def details(self) -> tuple[str, str]:
        """The answer of its details page: media type and text."""
        told = self.saying
        assert told is not None
        if told.details is not None:
            return "application/jwt", told.details
        if not told.signed_userinfo:
            return "application/json", json.dumps(told.userinfo)
        return "application/jwt", sign({"alg": "ES256", "kid": "ec-1"}, told.userinfo, told.userinfo_key)


def sign(header: dict[str, Any], claims: dict[str, Any], key: Any) -> str:
    """A signed token, whatever it says."""
    return jwt.encode(header, claims, key, algorithms=[header["alg"]])


def part(value: Any) -> str:
    """One part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """The provider, answering on a free port of this machine."""
    provider = FakeProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the library's name
            if self.path == "/userinfo":
                kind, text = provider.details()
                return self.say(200, kind, text.encode())
            page = provider.pages().get(self.path)
            return self.say(200 if page else 404, "application/json", json.dumps(page or {}).encode())

        def do_POST(self) -> None:  # noqa: N802 - the library's name
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, told = provider.tokens()
            self.say(status, "application/json", json.dumps(told).encode())

        def say(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
    thread.join()
