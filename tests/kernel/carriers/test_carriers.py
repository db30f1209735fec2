"""Each carrier against a real server: what it sends, what it does of each answer."""

import hashlib
import hmac
import json
import socket
from uuid import uuid4

import pytest

from ensemblier.kernel.carriers.answers import RefusedForGood, TryLater
from ensemblier.kernel.carriers.http import SmsCarrier, WebhookCarrier, webhook_secret
from ensemblier.kernel.carriers.smtp import SmtpCarrier
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.messages import Channel, OutMessage
from tests.kernel.servers import http_server, smtp_server

SENDER = "ne-pas-repondre@ensemblier.exemple.fr"
SECRET = b"un secret"


def message(to: str = "awa@exemple.fr", channel: Channel = Channel.EMAIL, body: str = "Bonjour.") -> OutMessage:
    return OutMessage("t", channel, to, "Un message", body, uuid4())


@pytest.mark.parametrize(("said", "error"), [("550 inconnu", RefusedForGood), ("451 plus tard", TryLater)])
def test_smtp_tells_never_from_not_now(said: str, error: type[Exception]) -> None:
    with smtp_server(said) as box, pytest.raises(error):
        SmtpCarrier.from_url(box.url, sender=SENDER).carry(message())
    assert box.letters == []


def test_smtp_that_does_not_answer_is_tried_later() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(TryLater):
        SmtpCarrier("127.0.0.1", port, "smtp", SENDER, timeout=2).carry(message())


def test_smtp_never_signs_in_where_it_cannot_hide_the_password() -> None:
    with smtp_server() as box:
        carrier = SmtpCarrier.from_url(box.url.replace("smtp:", "smtp+starttls:"), sender=SENDER)
        with pytest.raises(RefusedForGood):
            carrier.carry(message())
    assert box.letters == []


def test_an_address_that_cannot_be_read_is_set_aside() -> None:
    with smtp_server() as box, pytest.raises(RefusedForGood):
        SmtpCarrier.from_url(box.url, sender=SENDER).carry(message("pas une adresse"))


@pytest.mark.parametrize("url", ["http://a", "smtp://", "localhost:25"])
def test_a_setting_that_cannot_be_read_is_said(url: str) -> None:
    with pytest.raises(BadInput):
        SmtpCarrier.from_url(url, sender=SENDER)


def test_smtp_url_gives_all() -> None:
    carrier = SmtpCarrier.from_url("smtps://b%40x:p%3Aw@mail.exemple.fr", sender=SENDER)
    assert (carrier.user, carrier.password, carrier.port) == ("b@x", "p:w", 465)


def test_sms_goes_to_the_provider_with_its_key() -> None:
    sent = message("0612345678", Channel.SMS)
    with http_server() as calls:
        SmsCarrier(calls.url, "jeton").carry(sent)
    [(_, headers, body)] = calls.received
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer jeton", str(sent.key))
    assert json.loads(body) == {"to": "0612345678", "from": "Ensemblier", "text": "Bonjour.", "id": str(sent.key)}


@pytest.mark.parametrize(
    ("answer", "error", "seconds"),
    [
        ((429, {"Retry-After": "90"}), TryLater, 90),
        ((503, {}), TryLater, 0),
        ((500, {"Retry-After": "bientôt"}), TryLater, 0),
        ((404, {}), RefusedForGood, None),
        ((302, {"Location": "http://ailleurs.exemple.fr/"}), RefusedForGood, None),
    ],
)
def test_what_a_provider_answers(answer: tuple[int, dict[str, str]], error: type[Exception], seconds: int) -> None:
    with http_server(answer) as calls, pytest.raises(error) as raised:
        SmsCarrier(calls.url, "jeton").carry(message("0612345678", Channel.SMS))
    assert getattr(raised.value, "seconds", None) == seconds


def test_a_webhook_is_signed_and_its_fragment_stays_here() -> None:
    with http_server() as calls:
        sent = message(f"{calls.url}relais#7c9e", Channel.WEBHOOK, '{"state": "accepted"}')
        WebhookCarrier(SECRET, may_stay_home=True).carry(sent)
    [(path, headers, body)] = calls.received
    assert (path, body) == ("/relais", '{"state": "accepted"}')
    stamp, signed = (part.split("=")[1] for part in headers["X-Ensemblier-Signature"].split(","))
    key = webhook_secret(SECRET, sent.to).encode()
    assert hmac.new(key, f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest() == signed
    assert webhook_secret(SECRET, sent.to) != webhook_secret(SECRET, sent.to.replace("7c9e", "0000"))


@pytest.mark.parametrize("to", ["http://exemple.fr/", "https://127.0.0.1/", "https://localhost/x", "https://10.0.0.1/"])
def test_a_webhook_never_calls_home(to: str) -> None:
    with pytest.raises(RefusedForGood):
        WebhookCarrier(SECRET).carry(message(to, Channel.WEBHOOK))
