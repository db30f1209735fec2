"""The token of an organisation's system: shown once, kept by its mark, states only, gone at once when revoked."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from fhir.resources.R4B.bundle import Bundle

from ensemblier.accounts.actions.tokens import make_token, revoke_token
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.tokens import TokenScope
from ensemblier.accounts.models import ApiToken, Convention, User
from ensemblier.accounts.queries.tokens import tokens_of
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions import relays
from ensemblier.journey.models import JournalEntry, WebhookSubscription
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.accounts import make_actor
from tests.web.relays.conftest import NAME, PHONE, make_desks

pytestmark = pytest.mark.django_db
STATES = frozenset({TokenScope.RELAY_STATES})


def manager_of(organisation_id: int | None, name: str) -> Actor:
    """Who manages the accounts there, and advises nobody."""
    return make_actor(name, Organisation.objects.get(pk=organisation_id or 0), Role.ACCOUNT_MANAGER)


def token_for(manager: Actor) -> str:
    """A token of a month."""
    now = timezone.now()
    return make_token("i-milo", scopes=STATES, until=now + timedelta(days=30), actor=manager, at=now)


def read(token: str, path: str = "") -> tuple[int, str]:
    """What a program gets."""
    answer = Client().get(f"/api/v1/relays{path}", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.content.decode()


def test_a_token_reads_the_states_of_its_organisation_s_relays_and_no_name() -> None:
    desks = make_desks()
    relay = desks.sent()
    relays.acknowledge(desks.order(relay), by=desks.chloe)
    for by in (desks.bruno, desks.chloe):
        status, body = read(token_for(manager_of(by.organisation_id, f"Léa {by.label}")))
        assert status == 200 and json.loads(body)["total"] == 1
        Bundle.model_validate_json(body)
        task = json.loads(body)["entry"][0]["resource"]
        assert (task["status"], task["id"]) == ("received", relay.uid.hex)
        for secret in (NAME.split()[1], PHONE, "soudeuse", "Diallo", "France Travail"):
            assert secret not in body
    elsewhere = make_actor("Omar", Organisation.objects.exclude(pk__in=[relay.source_id, relay.recipient_id])[0])
    outsider = Actor(elsewhere.user_id, elsewhere.organisation_id, frozenset({"account_manager"}), "Omar")
    assert json.loads(read(token_for(outsider))[1])["total"] == 0
    status, _body = read(token_for(outsider), f"/{relay.uid}")
    assert status == 403, "un jeton ne lit pas le contenu d’un relais"
    with acting(SYSTEM):
        assert JournalEntry.objects.filter(subject="token").count() == 3


def test_it_is_shown_once_kept_by_its_mark_and_ends() -> None:
    desks = make_desks()
    manager = manager_of(desks.bruno.organisation_id, "Léa")
    now = timezone.now()
    token = token_for(manager)
    row = ApiToken.objects.get()
    assert token.startswith("ens_") and token not in str(ApiToken.objects.values()) and len(row.token_key) == 64
    assert read(token)[0] == 200 and tokens_of(actor=manager, at=now)[0].name == "i-milo"
    for wrong in (token[:-1], f"{token}x", "ens_", "x"):
        assert read(wrong)[0] == 403
    ApiToken.objects.update(created_at=now - timedelta(days=9), expires_at=now - timedelta(seconds=1))
    assert read(token)[0] == 403, "échu"
    ApiToken.objects.update(expires_at=now + timedelta(days=9))
    assert read(token)[0] == 200
    Convention.objects.filter(organisation_id=manager.organisation_id or 0).update(valid_to=now.date())
    assert read(token)[0] == 403, "sans convention, rien"
    Convention.objects.update(valid_to=None)
    with pytest.raises(NotFound):
        revoke_token(row.uid, actor=manager_of(desks.chloe.organisation_id, "Max"), at=now)
    revoke_token(row.uid, actor=manager, at=now)
    assert read(token)[0] == 403, "retiré : à la requête suivante"
    verbs = set(AuditRow.objects.filter(table="api_token").order_by().values_list("verb", flat=True))
    assert verbs == {"make_token", "revoke_token"}
    for until in (now, now + timedelta(days=400)):
        with pytest.raises(BadInput):
            make_token("x", scopes=STATES, until=until, actor=manager, at=now)
    with pytest.raises(NotAllowed):
        make_token("x", scopes=STATES, until=now + timedelta(days=3), actor=desks.bruno, at=now)


def test_the_function_of_the_database_asks_for_the_role_of_systems() -> None:
    desks = make_desks()
    desks.sent()
    asked = "select count(*) from journey_relay_states(now() - interval '1 month', 10)"
    with acting(desks.chloe), connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone()[0] == 0, "une page de conseiller ne l’appelle pas"
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('journey_relay_states(timestamptz, integer)'::regprocedure)")
        cursor.execute(str(cursor.fetchone()[0]).replace("journey_is('system_states') and", ""))
    with acting(desks.chloe), connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone()[0] > 0, "la faute semée est vue"


def test_the_page_makes_a_token_and_names_a_system_and_says_their_secrets_to_nobody_else() -> None:
    desks = make_desks()
    manager = manager_of(desks.bruno.organisation_id, "Léa")
    client, org = Client(), {"acting_for": str(manager.organisation_id)}
    client.force_login(User.objects.get(pk=manager.user_id or 0))
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    made = client.post("/equipe/systemes/jeton/", {"name": "i-milo", "scopes": ["relay_states"], "until": until} | org)
    token = re.search(r"<code>(ens_[\w-]+)</code>", made.content.decode())
    assert token and read(token[1])[0] == 200 and made["Cache-Control"] == "no-store"
    page = client.get("/equipe/systemes/").content.decode()
    assert token[1] not in page and "i-milo" in page
    assert client.post("/equipe/systemes/appel/", {"url": "http://exemple.fr"} | org).status_code == 400
    assert client.post("/equipe/systemes/appel/", {"url": "https://outil.exemple.fr/relais"} | org).status_code == 302
    page = client.get("/equipe/systemes/").content.decode()
    assert "outil.exemple.fr" in page and re.search(r"<code>[0-9a-f]{64}</code>", page)
    with acting(SYSTEM):
        hook = WebhookSubscription.objects.get()
    other = Client()
    chief = manager_of(desks.chloe.organisation_id, "Max")
    other.force_login(User.objects.get(pk=chief.user_id or 0))
    assert "outil.exemple.fr" not in other.get("/equipe/systemes/").content.decode()
    theirs = {"acting_for": str(chief.organisation_id)}
    assert other.post(f"/equipe/systemes/appel/{hook.uid}/arreter/", theirs).status_code == 404
    assert client.post(f"/equipe/systemes/appel/{hook.uid}/arreter/", org).status_code == 302
    assert client.post(f"/equipe/systemes/jeton/{ApiToken.objects.get().uid}/retirer/", org).status_code == 302
    assert read(token[1])[0] == 403
    desk = Client()
    desk.force_login(User.objects.get(pk=desks.bruno.user_id or 0))
    assert desk.get("/equipe/systemes/").status_code == 403
