"""Who asks in `bench.load`, and what: signed-in advisers and persons of the crowd of `bench.journey`, over HTTP."""

import http.client
import random
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

ADVISERS, PERSONS = 300, 100
CSRF = "0123456789abcdefghijklmnopqrstuv"
MIX = {
    "home": 14, "inbox": 12, "file": 16, "relay": 10, "plan": 6, "relays of a file": 5, "files": 4, "phone desk": 3,
    "person's space": 6, "result": 9, "question": 3, "commune": 2,
    "write a note": 4, "add a step": 2, "take or give back": 2, "open a file": 1, "send and answer a relay": 1,
}  # fmt: skip
"""Weights. The last one is six requests, each counted under its own name."""
STEPS = ("prepare a relay", "keep its draft", "read it with the person", "send it", "take it", "accept it")
READS = {
    "home": "/ma-journee/", "inbox": "/relais/", "file": "{file}", "relay": "/relais/{relay}/", "plan": "{file}plan/",
    "relays of a file": "{file}relais/", "files": "/dossiers/", "phone desk": "/accueil/appel/",
    "person's space": "/mon-espace/", "question": "/", "commune": "/communes/05061/",
}  # fmt: skip
WRITES = ("write a note", "add a step", "open a file", "keep its draft", "send it", "take it", "accept it")
ANSWER = {"commune": "Gap", "situation": ["jobseeker"], "age": "16_25", "points": ["out_of_school"]}
_HIDDEN = re.compile(rb'name="(read|version)"[^>]*value="([^"]*)"')

Line = http.client.HTTPConnection
Step = tuple[str, int]
"""What was asked, and the status of the answer."""


@dataclass
class Visitor:
    """A signed-in browser. A relay of hers in nobody's hand, with its version, under a lock: she takes, gives back."""

    cookie: str
    organisation: int = 0
    organisation_uid: UUID | None = None
    file: str = ""
    relay: str = ""
    taken: str = ""
    version: int = 0
    is_taken: bool = False
    alone: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True)
class Crowd:
    """Everybody who asks."""

    advisers: list[Visitor]
    persons: list[Visitor]


def visitors() -> Crowd:
    """Sessions of advisers, each with a file, a relay in her hands and one in nobody's; of persons linked to a file."""
    from ensemblier.accounts.models import User
    from ensemblier.journey.models import Lead, Relay

    draw, taken = random.Random(7), set[int]()
    users = list(User.objects.filter(email__startswith="a", email__endswith="@exemple.fr").order_by("pk"))
    advisers: list[Visitor] = []
    for user in draw.sample(users, len(users)):
        leads = Lead.objects.filter(adviser=user).select_related("episode__person", "organisation")
        lead = leads.order_by("id").first()
        sent = Relay.objects.filter(state="sent", adviser=None).exclude(pk__in=taken)
        free = sent.filter(recipient=lead.organisation).order_by("id").first() if lead else None
        mine = Relay.objects.filter(adviser=user, ended_at=None).order_by("id").first()
        if lead is None or free is None or mine is None:
            continue
        taken.add(free.pk)  # two browsers never hold the same relay: a refusal would be right, no error of the server
        cookie = _session({"_auth_user_id": str(user.pk), "_auth_user_hash": user.get_session_auth_hash()})
        file, house = f"/dossiers/{lead.episode.person.uid}/", lead.organisation
        advisers.append(Visitor(cookie, house.pk, house.uid, file, str(mine.uid), str(free.uid), free.version))
        if len(advisers) == ADVISERS:
            break
    assert len({one.organisation for one in advisers}) > 1, "a crowd too small: nobody to send a relay to"
    return Crowd(advisers, [Visitor(_session(values)) for values in _persons()])


def _persons() -> Iterator[dict[str, Any]]:
    from ensemblier.accounts.core.sessions import PERSON
    from ensemblier.accounts.models import PersonAccount
    from ensemblier.journey.models import Person, PersonLink

    at = datetime.now(UTC)
    for number, person in enumerate(Person.objects.order_by("id")[:PERSONS]):
        known = {"created_at": at, "proved_at": at}
        account, _ = PersonAccount.objects.get_or_create(email=f"p{number}@exemple.fr", defaults=known)
        if not PersonLink.objects.filter(account=account, person=person).exists():
            PersonLink.objects.create(account=account, person=person, origin="invitation", linked_at=at)
        yield {PERSON: account.pk}


def _session(values: dict[str, Any]) -> str:
    from ensemblier.accounts.adapters.sessions import SessionStore

    session: Any = SessionStore()
    session["_auth_user_backend"] = "ensemblier.accounts.actions.sign_in.LocalSignIn"
    for name, value in values.items():
        session[name] = value
    session.create()
    return str(session.session_key)


def asked(line: Line, kind: str, draw: random.Random, crowd: Crowd) -> Iterator[Step]:
    """One thing that somebody does: each of its requests, its whole answer read."""
    who = draw.choice(crowd.persons if kind == "person's space" else crowd.advisers)
    if kind == "send and answer a relay":
        yield from _relay(line, who, draw, crowd)
    elif kind == "take or give back":
        yield kind, _moved(line, who)
    elif kind == "result":
        yield kind, _posted(line, None, "/reponse/", ANSWER)[0]
    elif kind in READS:
        path = READS[kind].format(file=who.file, relay=who.relay)
        name = "personne" if kind == "person's space" else "session"
        is_public = kind in ("question", "commune")
        yield kind, _sent(line, "GET", path, {} if is_public else {"Cookie": f"{name}={who.cookie}"})[0]
    else:
        yield kind, _posted(line, who, *_written(kind, who))[0]


def _written(kind: str, who: Visitor) -> tuple[str, dict[str, Any]]:
    today = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%d}"
    forms: dict[str, tuple[str, dict[str, Any]]] = {
        "write a note": (f"{who.file}notes/ajouter/", {"held_on": today, "body": "Elle a appelé.", "kind": "shared"}),
        "add a step": (
            f"{who.file}plan/etapes/nouvelle/",
            {"title": "Visiter un atelier", "kind": "other", "doer": "adviser"},
        ),
        "open a file": ("/dossiers/nouveau/", {"given_name": "Awa", "request": "Un métier"}),
    }
    return forms[kind]


def _relay(line: Line, who: Visitor, draw: random.Random, crowd: Crowd) -> Iterator[Step]:
    """A relay prepared, agreed to on paper, sent to another organisation, taken there and accepted."""
    to = draw.choice([one for one in crowd.advisers if one.organisation != who.organisation])
    cookie, path = {"Cookie": f"session={who.cookie}"}, f"{who.file}relais/nouveau/"
    yield STEPS[0], _sent(line, "GET", path, cookie)[0]
    words = {
        "kind": "referral", "need": "training", "recipient": to.organisation_uid, "found": to.organisation_uid,
        "summary": "Elle a un devis de formation.", "share_project": "on", "words_project": "Souder.",
    }  # fmt: skip
    status, place, _ = _posted(line, who, path, words)
    yield STEPS[1], status
    if status != 302:
        return
    status, _, page = _sent(line, "GET", place, cookie)
    yield STEPS[2], status
    agreed = {"channel": "paper", "proof": "classeur 3", **_hidden(page)}
    status, place, _ = _posted(line, who, place, agreed)
    yield STEPS[3], status
    if status != 302:
        return
    yield STEPS[4], _posted(line, to, f"{place}prendre/", {"version": 1})[0]
    soon = f"{datetime.now(UTC) + timedelta(days=4):%Y-%m-%dT10:00}"
    yield STEPS[5], _posted(line, to, f"{place}accepter/", {"version": 2, "appointment_at": soon})[0]


def _hidden(page: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _HIDDEN.findall(page)}


def _moved(line: Line, who: Visitor) -> int:
    """Takes her relay, or gives it back, in turn."""
    with who.alone:
        name = "rendre" if who.is_taken else "prendre"
        status = _posted(line, who, f"/relais/{who.taken}/{name}/", {"version": who.version})[0]
        if status == 302:
            who.version, who.is_taken = who.version + 1, not who.is_taken
    return status


def _posted(line: Line, who: Visitor | None, path: str, values: dict[str, Any]) -> tuple[int, str, bytes]:
    sent: dict[str, Any] = {"csrfmiddlewaretoken": CSRF, "key": str(uuid4())} | values
    cookie = f"csrf={CSRF}"
    if who is not None:
        sent["acting_for"] = who.organisation
        cookie += f"; session={who.cookie}"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    return _sent(line, "POST", path, headers, urlencode(sent, doseq=True))


def _sent(
    line: Line, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, str, bytes]:
    """Status, where it leads, body."""
    line.request(method, path, body, headers)
    answer = line.getresponse()
    return answer.status, answer.headers.get("Location", ""), answer.read()
