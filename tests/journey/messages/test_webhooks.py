"""A system is told of its organisation's relays: by a call that it can check, carried by a real server."""

import hashlib
import hmac
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.notices import address_notices
from ensemblier.journey.actions.webhooks import subscribe, unsubscribe
from ensemblier.journey.models import WebhookSubscription
from ensemblier.kernel.carriers.http import WebhookCarrier, webhook_secret
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.kernel.messages import Channel
from ensemblier.kernel.orm.delivery import deliver_due
from tests.factories.journey import MONDAY, make_desk_of_two, make_sent
from tests.kernel.servers import http_server

pytestmark = pytest.mark.django_db


def test_it_is_asked_once_and_ended_once() -> None:
    desk = make_desk_of_two()
    organisation = Organisation.objects.get(pk=desk.recipient)
    uid, secret = subscribe(organisation.uid, "https://si.exemple.fr/relais", at=MONDAY)
    assert secret == webhook_secret(settings.SECRET_KEY.encode(), f"https://si.exemple.fr/relais#{uid}")
    with pytest.raises(RuleViolated):
        subscribe(organisation.uid, "https://si.exemple.fr/relais", at=MONDAY)
    unsubscribe(uid, at=MONDAY)
    with pytest.raises(NotFound):
        unsubscribe(uid, at=MONDAY)
    with pytest.raises(NotFound):
        subscribe(uuid4(), "https://si.exemple.fr/relais", at=MONDAY)


@pytest.mark.parametrize("url", ["http://si.exemple.fr/", "https://si.exemple.fr/#x", "si.exemple.fr"])
def test_an_address_in_clear_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        subscribe(uuid4(), url, at=MONDAY)


def test_a_move_calls_and_the_call_can_be_checked() -> None:
    desk = make_desk_of_two()
    with http_server((503, {})) as calls:
        row = WebhookSubscription.objects.create(organisation_id=desk.recipient, url=calls.url, created_at=MONDAY)
        relay = make_sent(desk)
        address_notices(MONDAY)
        carriers = {Channel.WEBHOOK: WebhookCarrier(settings.SECRET_KEY.encode(), may_stay_home=True)}
        assert deliver_due(carriers, at=MONDAY).later == 1
        assert deliver_due(carriers, at=MONDAY + timedelta(minutes=1)).sent == 1
    (_, first, _), (_, second, body) = calls.received
    assert first["X-Ensemblier-Key"] == second["X-Ensemblier-Key"]
    assert json.loads(body) == {"relay": str(relay.uid), "state": "sent", "version": 1}
    stamp, mark = (part.partition("=")[2] for part in second["X-Ensemblier-Signature"].split(","))
    key = webhook_secret(settings.SECRET_KEY.encode(), row.address).encode()
    assert mark == hmac.new(key, f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
