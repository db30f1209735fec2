"""Everything a wrong provider, a thief or a mix-up could send back: each must be refused."""

import hmac
import time
from collections.abc import Callable
from typing import Any

from joserfc.jwk import ECKey, RSAKey

from tests.factories.identity_provider import CLIENT, SECRET, FakeProvider, Saying, part, sign

Change = Callable[[FakeProvider, Saying], None]
MISSING = object()


def _claim(name: str, value: Any) -> Change:
    def change(provider: FakeProvider, told: Saying) -> None:
        told.claims.pop(name) if value is MISSING else told.claims.update({name: value})

    return change


def _detail(name: str, value: Any) -> Change:
    def change(provider: FakeProvider, told: Saying) -> None:
        told.userinfo.pop(name) if value is MISSING else told.userinfo.update({name: value})

    return change


def _answer(**values: Any) -> Change:
    return lambda _, told: told.answer.update(values)


def _header(**values: Any) -> Change:
    return lambda _, told: told.header.update(values)


def _raw(make: Callable[[FakeProvider, Saying], str]) -> Change:
    def change(provider: FakeProvider, told: Saying) -> None:
        told.token = make(provider, told)

    return change


def _unsigned(alg: str) -> Change:
    return _raw(lambda _, told: f"{part({'alg': alg})}.{part(told.claims)}.")


def _hmac(secret: Callable[[FakeProvider], bytes]) -> Change:
    def make(provider: FakeProvider, told: Saying) -> str:
        body = f"{part({'alg': 'HS256', 'kid': 'rsa-1'})}.{part(told.claims)}"  # by hand: the library refuses to
        return f"{body}.{part(hmac.digest(secret(provider), body.encode(), 'sha256'))}"

    return _raw(make)


def _stranger_rsa(kid: str, **header: Any) -> Change:
    def change(provider: FakeProvider, told: Saying) -> None:
        told.key = RSAKey.generate_key(2048, {"kid": kid})
        told.header = {"alg": "RS256", "kid": kid, **header}

    return change


def _embedded_key(provider: FakeProvider, told: Saying) -> str:
    stranger = RSAKey.generate_key(2048)
    return sign({"alg": "RS256", "jwk": stranger.as_dict(private=False)}, told.claims, stranger)


def _swapped(provider: FakeProvider, told: Saying) -> str:
    head, _, signature = sign(told.header, told.claims, told.key).split(".")
    return f"{head}.{part({**told.claims, 'sub': 'somebody-else'})}.{signature}"


def _without_signature(provider: FakeProvider, told: Saying) -> str:
    return sign(told.header, told.claims, told.key).rsplit(".", 1)[0] + "."


def _other_curve(provider: FakeProvider, told: Saying) -> str:
    return sign({"alg": "ES384", "kid": "ec-1"}, told.claims, ECKey.generate_key("P-384", {"kid": "ec-1"}))


def _critical(provider: FakeProvider, told: Saying) -> str:
    whole = sign(told.header, told.claims, told.key)
    return ".".join([part({**told.header, "crit": ["surprise"], "surprise": 1}), *whole.split(".")[1:]])


def _details_by_a_stranger(provider: FakeProvider, told: Saying) -> None:
    told.userinfo_key = ECKey.generate_key("P-256", {"kid": "ec-1"})


def _details_unsigned(provider: FakeProvider, told: Saying) -> None:
    told.signed_userinfo = False


def _details_alg_none(provider: FakeProvider, told: Saying) -> None:
    told.details = f"{part({'alg': 'none'})}.{part(told.userinfo)}."


def _status(provider: FakeProvider, told: Saying) -> None:
    told.status = 400


NOW = int(time.time())

TOKENS: dict[str, Change] = {
    "iss of somebody else": _claim("iss", "https://ailleurs.example"),
    "no iss": _claim("iss", MISSING),
    "iss with a slash more": lambda provider, told: told.claims.update(iss=provider.issuer + "/"),
    "iss in capitals": lambda provider, told: told.claims.update(iss=provider.issuer.upper()),
    "iss in a list": lambda provider, told: told.claims.update(iss=[provider.issuer]),
    "aud of somebody else": _claim("aud", "autre-client"),
    "no aud": _claim("aud", MISSING),
    "aud of two": _claim("aud", [CLIENT, "autre-client"]),
    "aud twice": _claim("aud", [CLIENT, CLIENT]),
    "aud in a list, not ours": _claim("aud", ["autre-client"]),
    "aud that begins like ours": _claim("aud", CLIENT + "-autre"),
    "azp of somebody else": _claim("azp", "autre-client"),
    "expired": _claim("exp", NOW - 120),
    "no exp": _claim("exp", MISSING),
    "exp in words": _claim("exp", "demain"),
    "exp without end": _claim("exp", 1e300),
    "exp true": _claim("exp", True),
    "exp before iat": lambda _, told: told.claims.update(exp=told.claims["iat"] - 1),
    "no iat": _claim("iat", MISSING),
    "iat to come": _claim("iat", NOW + 3000),
    "iat an hour ago": _claim("iat", NOW - 3600),
    "nbf to come": _claim("nbf", NOW + 3000),
    "no nonce": _claim("nonce", MISSING),
    "nonce of another sign-in": _claim("nonce", "celui d'hier"),
    "empty nonce": _claim("nonce", ""),
    "nonce in a list": lambda _, told: told.claims.update(nonce=[told.claims["nonce"]]),
    "no sub": _claim("sub", MISSING),
    "empty sub": _claim("sub", "  "),
    "sub that is a number": _claim("sub", 42),
    "sub too long": _claim("sub", "x" * 256),
    "sub with a line break": _claim("sub", "a\nb"),
    "sub of the client": _claim("sub", CLIENT),
    "no acr": _claim("acr", MISSING),
    "acr too low": _claim("acr", "eidas0"),
    "acr in a list": _claim("acr", ["eidas1"]),
    "amr in one word": _claim("amr", "mfa"),
    "amr with a number": _claim("amr", ["pwd", 2]),
    "at_hash of another token": _claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
    "at_hash that is a number": _claim("at_hash", 7),
    "not signed": _unsigned("none"),
    "not signed, in capitals": _unsigned("NONE"),
    "signed with the public key as a secret": _hmac(lambda provider: provider.rsa.as_pem(private=False)),
    "signed with the client's secret": _hmac(lambda _: SECRET.encode()),
    "signature taken away": _raw(_without_signature),
    "another body under the signature": _raw(_swapped),
    "another key under the same name": _stranger_rsa("rsa-1"),
    "a key that nobody published": _stranger_rsa("rsa-9"),
    "a key brought in the header": _raw(_embedded_key),
    "a key to fetch elsewhere": _stranger_rsa("rsa-1", jku="http://127.0.0.1:9/jwks"),
    "an algorithm we do not take (RS512)": _header(alg="RS512"),
    "an algorithm we do not take (PS256)": _header(alg="PS256"),
    "another curve": _raw(_other_curve),
    "a header that must be understood": _raw(_critical),
    "no token": _answer(id_token=""),
    "half a token": _raw(lambda _, told: sign(told.header, told.claims, told.key).rsplit(".", 1)[0]),
    "a token of five parts": _raw(lambda *_: "a.b.c.d.e"),
    "a token that is no text": _answer(id_token={"payload": "x"}),
    "an access token that is not a bearer's": _answer(token_type="mac"),
    "a refusal with a token": _status,
    "details of somebody else": _detail("sub", "somebody-else"),
    "details of nobody": _detail("sub", MISSING),
    "details made elsewhere": _detail("iss", "https://ailleurs.example"),
    "details made for somebody else": _detail("aud", "autre-client"),
    "details signed by a stranger": _details_by_a_stranger,
    "details not signed": _details_unsigned,
    "details with alg none": _details_alg_none,
}
