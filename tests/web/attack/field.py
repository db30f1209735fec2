"""Everybody who may ask anything, around three files: Awa's and Cléo's at Chloé's, Béa's at Renée's, another operator.

Twelve people of `tests/web/records/ground.py`; Awa and Béa in their own spaces; a partner behind an opened link; a
passer-by. Whatever a request writes is taken back.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.adapters.sessions import SessionStore
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.queries.members import actor_for
from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.appointments import open_feed
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.links import accept_invitation, invite
from ensemblier.journey.actions.needs import add_need
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Consent, Person, Relay, RelayPacket, SharedDocument
from ensemblier.kernel.actor import Actor
from tests.factories.accounts import make_member, make_person_account, make_user, sign_in_person
from tests.factories.directory import make_organisation
from tests.factories.journey import MONDAY
from tests.factories.plan import make_neighbours
from tests.factories.relays import make_relays
from tests.web.matrix import Ground, take_back
from tests.web.records.ground import key, make_record_ground, put

PARTNER_SEES = "canari-du-partenaire"


@dataclass
class Field:
    """`files`: of each file, the names of its rows; `cookies`: of each reader; `writes`: of the last request."""

    ground: Ground
    files: dict[str, dict[str, str]]
    cookies: dict[str, dict[str, str]]
    acting: dict[str, str]
    feeds: dict[str, str]
    writes: list[str] = field(default_factory=list)

    def client(self, who: str) -> Client:
        """A browser that holds the cookies of a reader ("" for a passer-by)."""
        client = Client()
        for name, value in self.cookies.get(who, {}).items():
            client.cookies[name] = value
        return client

    def ask(self, who: str, method: str, path: str, **sent: Any) -> HttpResponseBase:
        """An answer; what the request writes, but for its session, stands in `writes` and is taken back.

        A field that is None is not sent."""
        client, self.writes = self.client(who), []
        point = transaction.savepoint()
        try:
            with connection.execute_wrapper(self._watch):
                if method == "GET":
                    return client.get(path, sent)
                if "json" in sent:
                    return client.post(path, sent["json"], content_type="application/json")
                fields = {"acting_for": self.acting.get(who, "")} | sent
                return client.post(path, {name: value for name, value in fields.items() if value is not None})
        finally:
            take_back(point)

    def _watch(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql).lstrip().upper()
        if text.startswith(("INSERT", "UPDATE", "DELETE")) and "SESSION" not in text:
            self.writes.append(str(sql)[:120])
        return execute(sql, params, many, context)

    @contextmanager
    def state(self, state: str, consent: str = "live") -> Iterator[None]:
        """Awa's relay in this state, on such a consent, for a while."""
        point = transaction.savepoint()
        put(self.ground, state, consent)
        yield
        take_back(point)


def make_field() -> Field:
    """The rows, in a transaction of the test."""
    ground = make_record_ground()
    names = dict(ground.names)
    awa = Person.objects.get(uid=names["file"])
    ground = _with_nina(ground)
    chloe, renee = actor(ground, "chloé"), actor(ground, "renée")
    files = {"awa": names | {"uid": names["file"]}, "cléo": _file("Cléo", chloe), "béa": _file("Béa", renee)}
    relay = Relay.objects.get(uid=names["relay"])
    SharedDocument.objects.create(person=awa, document=awa.documents.get(), relay=relay, at=MONDAY)
    cookies: dict[str, dict[str, str]] = {"": {}}
    for name in ground.users:
        client = ground.client(name)
        cookies[name] = {each: morsel.value for each, morsel in client.cookies.items()}
    for name, person, by in (
        ("awa herself", awa, chloe),
        ("béa herself", Person.objects.get(uid=files["béa"]["uid"]), renee),
    ):
        cookies[name] = _herself(person, by, f"{name.split()[0].replace('é', 'e')}.elle@exemple.fr")
    files["partner"], cookies["partner"] = _partner(ground, awa)
    acting = dict(ground.acting_for) | {"awa herself": "", "béa herself": "", "partner": "", "": ""}
    feeds = {"chloé": open_feed(by=chloe, at=MONDAY), "awa": open_feed(by=PersonHerself(awa.pk), at=MONDAY)}
    return Field(ground, files, cookies, acting, feeds)


def _with_nina(ground: Ground) -> Ground:
    """A colleague of Renée's without the relay; at Awa's operator, its desk and who manages its accounts."""
    users, acting = dict(ground.users), dict(ground.acting_for)
    for name, like, role in (("nina", "renée", Role.ADVISER), ("dolorès", "chloé", Role.DESK),
                             ("alma", "chloé", Role.ACCOUNT_MANAGER)):  # fmt: skip
        users[name] = user = make_user(name, email=f"{name.replace('è', 'e')}@exemple.fr")
        make_member(user, Organisation.objects.get(pk=acting[like]), role)
        acting[name] = acting[like]
    return replace(ground, users=users, acting_for=acting)


def actor(ground: Ground, name: str) -> Actor:
    user = ground.users[name]
    place = Organisation.objects.get(pk=ground.acting_for[name])
    return actor_for(key(user), place.uid, on=date(2026, 11, 23), label=name.capitalize())


def _file(name: str, by: Actor) -> dict[str, str]:
    """A file with a row of each neighbour."""
    draft = PersonDraft(name, f"{name}-nom", "+33600000042", f"{name.replace('é', 'e')}@exemple.fr")
    person = open_file(draft, request=f"demande de {name}", by=by, at=MONDAY).person
    rows: Mapping[str, Any] = {
        "uid": person.uid,
        "file": person.uid,
        "need": add_need(person.uid, NeedDraft(NeedTheme.HOUSING), by=by, at=MONDAY),
        **make_neighbours(person, by),
        **make_relays(person, by),
    }
    return {key: str(value) for key, value in rows.items()}


def _herself(person: Person, by: Actor, email: str) -> dict[str, str]:
    account, now = make_person_account(email), timezone.now()
    invitation = invite(person.uid, by=by, at=now)
    accept_invitation(invitation.token, invitation.code, account_id=account.id, at=now)
    client = Client()
    sign_in_person(client, account)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def _partner(ground: Ground, person: Person) -> tuple[dict[str, str], dict[str, str]]:
    """A second relay of Awa, held by somebody without account, whose browser opened its link."""
    now, relay = timezone.now(), Relay.objects.get(uid=ground.names["relay"])
    there = make_organisation("Épicerie solidaire", email="accueil@epicerie.example")
    consent = Consent.objects.create(
        person=person, organisation=there, categories=["identity"], purpose="relay", given_at=now - timedelta(days=9),
        ends_at=now + timedelta(days=90), text_version="2", channel="account",
    )  # fmt: skip
    uid = uuid4()
    mine = Relay.objects.create(
        uid=uid, kind="partner_request", person=person, episode=relay.episode, source=relay.source,
        source_adviser=relay.source_adviser, recipient=there, consent=consent, partner="Mme Blanc",
        state="acknowledged", categories=["identity"], envelope={"need": "un colis"}, summary=PARTNER_SEES,
        sent_at=now - timedelta(days=1),
        created_at=now - timedelta(days=2), due_on=(now + timedelta(days=3)).date(), offered=[there.pk],
        shown="x", sent="x", choice_channel="account", answer_due_on=(now + timedelta(days=3)).date(),
    )  # fmt: skip
    RelayPacket.objects.create(relay=mine, category="identity", text=PARTNER_SEES, data={"given_name": PARTNER_SEES})
    session = SessionStore()
    session["partner"] = {
        "relay": str(uid), "organisation": there.pk, "name": "Mme Blanc", "at": now.isoformat(),
    }  # fmt: skip
    session.create()
    return {"relay": str(uid)}, {settings.SESSION_COOKIE_NAME: session.session_key or ""}
