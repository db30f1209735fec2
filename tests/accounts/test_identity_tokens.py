"""Sixty-six wrong tokens and answers, one by one, against a real local provider: none is believed; the right one is."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings

from ensemblier.accounts.actions.identities import come_back, goodbye, leave
from ensemblier.accounts.adapters.oidc import forget_providers
from ensemblier.accounts.core.oidc import Identity, NotBelieved, Started, pkce_challenge
from ensemblier.kernel.errors import NotFound, SourceUnavailable
from tests.accounts.attacks import TOKENS
from tests.factories.identity_provider import CLIENT, SECRET, SUBJECT, FakeProvider, fake_provider

CALLBACK = "https://ensemblier.exemple.fr/connexion/proconnect/retour/"
FLOOR = 40


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeProvider]:
    """One server for all tokens."""
    with fake_provider() as running:
        yield running


@pytest.fixture(autouse=True)
def known(provider: FakeProvider, settings: LazySettings, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The installation knows this provider, for professionals and for persons."""
    common = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET, "acr_values": ("eidas1",)}
    settings.IDENTITY_PROVIDERS = [
        {"key": "proconnect", "label": "ProConnect", "audience": "professionals", "scope": "openid email", **common},
        {"key": "franceconnect", "label": "FranceConnect", "audience": "persons", "scope": "openid", **common},
    ]
    forget_providers()
    caplog.set_level(logging.CRITICAL)
    yield
    forget_providers()


def begun(key: str = "proconnect") -> Started:
    """Somebody left for the provider."""
    return leave(key, onward="/", callback=CALLBACK)[1]


def back(started: Started | None, **answer: str) -> Identity:
    """Somebody comes back."""
    said = {"state": started.state if started else "", "code": "un-code", **answer}
    return come_back(started, said, callback=CALLBACK, at=datetime.now(UTC))


def is_refused(provider: FakeProvider, name: str) -> bool:
    """Whether the wrong token of this name is refused."""
    started = begun()
    TOKENS[name](provider, provider.right(started.nonce))
    try:
        back(started)
    except NotBelieved:
        return True
    return False


def test_the_right_token_is_believed(provider: FakeProvider) -> None:
    started = begun()
    provider.right(started.nonce)
    who = back(started)
    assert (who.issuer, who.subject, who.email, who.is_strong) == (provider.issuer, SUBJECT, "bruno@exemple.fr", True)
    told = provider.right(started.nonce, aud=[CLIENT], azp=CLIENT)
    told.key, told.header = provider.ec, {"alg": "ES256", "kid": "ec-1"}
    assert back(started).subject == SUBJECT, "ES256, et une liste d'un seul destinataire"
    provider.right(started.nonce, amr=["pwd"])
    assert not back(started).is_strong


def test_no_wrong_token_is_believed(provider: FakeProvider) -> None:
    accepted = [name for name in TOKENS if not is_refused(provider, name)]
    print(f"attack tokens: {len(TOKENS)}, accepted: {len(accepted)}")
    assert len(TOKENS) >= FLOOR
    assert accepted == []


@pytest.mark.parametrize(
    ("guard", "let_through"),
    [
        (
            "ensemblier.accounts.core.oidc._check_made_for_us",
            {"iss of somebody else", "aud of two", "azp of somebody else"},
        ),
        ("ensemblier.accounts.core.oidc._check_times", {"expired", "iat an hour ago", "nbf to come"}),
        ("ensemblier.accounts.adapters.oidc.check_at_hash", {"at_hash of another token"}),
        ("ensemblier.accounts.adapters.oidc.check_userinfo", {"details of somebody else", "details made elsewhere"}),
    ],
)
def test_each_guard_taken_away_lets_its_tokens_through(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch, guard: str, let_through: set[str]
) -> None:
    monkeypatch.setattr(guard, lambda *_, **__: None)
    assert {name for name in let_through if not is_refused(provider, name)} == let_through


def test_answers_that_nobody_asked_for_are_refused(provider: FakeProvider) -> None:
    started = begun()
    provider.right(started.nonce)
    wrong: list[tuple[Started | None, dict[str, str]]] = [
        (None, {}),
        (started, {"state": "un autre"}),
        (started, {"state": ""}),
        (started, {"iss": "https://ailleurs.example"}),
        (started, {"error": "access_denied"}),
        (started, {"code": ""}),
        (begun("franceconnect"), {"state": started.state}),
    ]
    for one, answer in wrong:
        with pytest.raises(NotBelieved):
            back(one, **answer)
    print(f"answers refused: {len(wrong)}")


def test_a_provider_that_says_who_it_is_must_say_so_each_time(
    provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = provider.pages()
    pages["/.well-known/openid-configuration"]["authorization_response_iss_parameter_supported"] = True
    monkeypatch.setattr(provider, "pages", lambda: pages)
    started = begun()
    provider.right(started.nonce)
    with pytest.raises(NotBelieved):
        back(started)
    assert back(started, iss=provider.issuer).subject == SUBJECT


def test_what_is_asked_of_the_provider(provider: FakeProvider) -> None:
    address, started = leave("proconnect", onward="/", callback=CALLBACK)
    for piece in (
        "response_type=code", f"state={started.state}", f"nonce={started.nonce}", "code_challenge_method=S256",
        f"code_challenge={pkce_challenge(started.verifier)}", "acr_values=eidas1", "amr",
    ):  # fmt: skip
        assert piece in address, piece
    assert started.verifier not in address and len({begun().state for _ in range(20)}) == 20
    assert (
        pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )
    farewell = goodbye("jeton", "proconnect", back=CALLBACK)
    assert farewell is not None and f"state={farewell.state}" in farewell.address
    assert farewell.address.startswith(f"{provider.issuer}/end?id_token_hint=jeton")
    with pytest.raises(NotFound):
        leave("autre", onward="/", callback=CALLBACK)


def test_keys_that_the_provider_changed_are_asked_again_once(provider: FakeProvider) -> None:
    started = begun()
    provider.right(started.nonce)
    back(started)
    from joserfc.jwk import RSAKey

    old, provider.rsa = provider.rsa, RSAKey.generate_key(2048, {"kid": "rsa-2", "use": "sig"})
    told: Any = provider.right(started.nonce)
    told.header["kid"] = "rsa-2"
    assert back(started).subject == SUBJECT
    provider.rsa = old


def test_metadata_of_another_issuer_and_a_dead_provider(provider: FakeProvider, settings: LazySettings) -> None:
    forget_providers()
    settings.IDENTITY_PROVIDERS = [
        {**settings.IDENTITY_PROVIDERS[0], "issuer": provider.issuer.replace("127.0.0.1", "localhost")},
        {**settings.IDENTITY_PROVIDERS[1], "issuer": "http://127.0.0.1:9"},
    ]
    with pytest.raises(NotBelieved):
        begun()
    with pytest.raises(SourceUnavailable):
        begun("franceconnect")
