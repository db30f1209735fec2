"""Every record address × method × twelve people × fourteen states × four consents: the answer of the policy, and no
word of a file before somebody whose file it is not.

All of them in the soak; a sample drawn with a seed each time. What is expected stands here, written by hand.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Access, Consent, Need, Person, Relay, RelayPacket
from tests.factories.accounts import make_member, make_user
from tests.factories.directory import make_organisation
from tests.journey.locks.rows_world import constraints_off
from tests.web.matrix import Ground, Route, make_ground, word_of
from tests.web.test_access_matrix import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAMPLE = None if os.environ.get("ENSEMBLIER_SOAK") else 250
OF_FILE, OF_RELAY = "canari-du-dossier", "canari-du-relais"
CONSENTS = ("live", "revoked", "ended", "none")
REFUSED = {"in", "403", "404", "405"}
# Who opens the whole file, whatever the relay: its lead, and the colleague who replaces her.
OPENERS = {"chloé", "suzanne"}
# Who receives the relay: from the moment the person has sent it, never before.
RECIPIENTS = {"renée", "dora"}
BEFORE = {"draft", "awaiting_person"}
CARRIED_IN = {"acknowledged", "info_requested", "accepted", "in_progress", "completed"}


@pytest.fixture
def ground() -> Ground:
    """Chloé leads the file at France Travail; the relay goes to the Mission locale."""
    made = make_ground()
    person = Person.objects.get(uid=made.names["file"])
    sender, recipient = person.organisation, Organisation.objects.get(uid=made.names["organisation"])
    users, acting = dict(made.users), dict(made.acting_for)
    people = {
        "colette": (sender, Role.ADVISER),
        "suzanne": (sender, Role.ADVISER),
        "edmond": (sender, Role.ADVISER),
        "ada": (sender, Role.ADMINISTRATOR),
        "renée": (recipient, Role.ADVISER),
        "dora": (recipient, Role.DESK),
        "oscar": (make_organisation("Afpa"), Role.ADVISER),
    }
    for name, (organisation, role) in people.items():
        users[name] = user = make_user(name, email=f"{name.replace('é', 'e')}@exemple.fr")
        make_member(user, organisation, role)
        acting[name] = str(organisation.pk)
    now = timezone.now()
    same: dict[str, Any] = {"person": person, "organisation": sender, "since": now}
    until = now + timedelta(9)
    Access.objects.create(reason="substitute", why="congé", until=until, user_id=key(users["suzanne"]), **same)
    Access.objects.create(reason="member", ended_at=now, user_id=key(users["edmond"]), **same)
    Person.objects.filter(pk=person.pk).update(given_name=OF_FILE, phone="0611111111")
    Need.objects.filter(person=person).update(words=OF_FILE)
    relay = Relay.objects.get(uid=made.names["relay"])
    RelayPacket.objects.filter(relay=relay).update(text=OF_RELAY)
    Relay.objects.filter(pk=relay.pk).update(summary=OF_RELAY)
    Consent.objects.create(
        person=person,
        organisation=recipient,
        categories=["identity", "project"],
        purpose="relay",
        given_at=now - timedelta(days=9),
        ends_at=now + timedelta(days=90),
        text_version="1",
        channel="account",
    )
    return replace(made, users=users, acting_for=acting)


def key(user: User | None) -> int:
    assert user is not None
    return user.pk


def put(ground: Ground, state: str, consent: str) -> None:
    """The relay in this state, towards the Mission locale, on such a consent."""
    now = timezone.now()
    row = Consent.objects.filter(text_version="1").order_by("-pk")[0]
    Consent.objects.filter(pk=row.pk).update(
        revoked_at=now if consent == "revoked" else None,
        given_at=now - timedelta(days=99),
        ends_at=now + timedelta(days=90 if consent != "ended" else -1),
    )
    is_over = RelayState(state) in RelayState and state in {
        *("completed", "declined", "withdrawn", "cancelled", "failed", "expired", "entered_in_error"),
    }
    Relay.objects.filter(uid=ground.names["relay"]).update(
        state=state,
        recipient_id=row.organisation_id,
        consent=None if consent == "none" else row,
        adviser=ground.users["renée"],
        sent_at=now - timedelta(days=8),
        accepted_at=now - timedelta(days=7),
        met_at=now - timedelta(days=6),
        ended_at=now - timedelta(days=1) if is_over else None,
        appointment_at=now - timedelta(days=6),
        due_on=None if is_over else (now + timedelta(days=3)).date(),
        reason="full",
        proposal="none_known",
        outcome="answered",
    )


def record_routes() -> dict[str, Route]:
    """Addresses of professionals that name a file or a relay."""
    kinds = ("dossiers/{file}", "relais/{relay}", "api/v1/relays/{relay}")
    return {name: route for name, route in POLICY.items() if route.address.startswith(kinds)}


def is_of_relay(route: Route) -> bool:
    return "{relay}" in route.address


def wrong(route: Route, method: str, person: str, case: tuple[str, str], response: HttpResponseBase) -> str:
    """Why the answer is not that of the policy; "" when it is."""
    state, consent = case
    word = word_of(response)
    text = b"" if response.streaming else response.content  # type: ignore[attr-defined]
    receives = person in RECIPIENTS and is_of_relay(route) and state not in BEFORE
    if word == "500":
        return "breaks"
    if person not in OPENERS and not receives:
        # The address of a gesture, asked and not posted, sends whoever asks to the page, which refuses.
        is_sent_back = word == "go" and method == "GET" and response["Location"].startswith("/relais/")
        if word not in REFUSED and not is_sent_back:
            return f"leak: {word}"
        return "leak: content" if OF_FILE.encode() in text or OF_RELAY.encode() in text else ""
    carried = state in CARRIED_IN and consent == "live"
    if receives and (OF_FILE.encode() in text or (OF_RELAY.encode() in text and not carried)):
        return "leak: content"
    is_read = (person in OPENERS and is_page(route)) or (person == "renée" and route.address == "relais/{relay}/")
    return f"wrongful refusal: {word}" if method == "GET" and is_read and word != "200" else ""


def is_page(route: Route) -> bool:
    """A page that Chloé reads in every state of the relay."""
    return route.get.split()[2:3] == ["200"] and not route.address.endswith(("modifier/", "relire/"))


Case = tuple[tuple[str, str], str, str, str]


def cases(ground: Ground) -> list[Case]:
    """(state and consent, person, method, route), sorted so that the relay changes rarely."""
    states = product((state.value for state in RelayState), CONSENTS)
    every = list(product(states, ground.users, ("GET", "POST"), record_routes()))
    assert len(every) >= 40_000
    drawn = every if SAMPLE is None else random.Random(7).sample(every, SAMPLE)  # noqa: S311 - a reproducible draw
    return sorted(drawn)


def answers(ground: Ground, chosen: list[Case]) -> Iterator[tuple[Case, str]]:
    """Each case with what is wrong in its answer."""
    routes, current = record_routes(), None
    for case in chosen:
        if case[0] != current:
            current = case[0]
            put(ground, *current)
        route = routes[case[3]]
        yield case, wrong(route, case[2], case[1], case[0], ground.ask(case[1], case[2], route))


def test_each_answer_is_that_of_the_policy(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    with constraints_off():
        chosen = cases(ground)
        found = [(case, fault) for case, fault in answers(ground, chosen) if fault]
    kinds = Counter(fault.split(":")[0] for _, fault in found)
    with capsys.disabled():
        print(
            f"\n  records: {len(chosen)} answers of {len(record_routes())} addresses × 2 methods × {len(ground.users)} "
            f"people × {len(RelayState)} states × {len(CONSENTS)} consents; {dict(kinds)}"
        )
    assert found == []


def test_an_access_too_many_is_caught(ground: Ground) -> None:
    person = Person.objects.get(uid=ground.names["file"])
    same = {"organisation_id": person.organisation_id, "user_id": key(ground.users["colette"])}
    Access.objects.create(reason="member", since=timezone.now(), person=person, **same)
    with constraints_off():
        case: Case = (("sent", "live"), "colette", "GET", "dossiers/<uuid:uid>/")
        assert [fault for _, fault in answers(ground, [case])] == ["leak: 200"]
