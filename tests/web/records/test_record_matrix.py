"""Every record address × method × twelve people × fourteen states × four consents: the answer of the policy, and no
word of a file before somebody whose file it is not.

All of them in the soak; a sample drawn with a seed each time. What is expected stands here, written by hand. Each
person signs in once; the words of a PDF are read before they are drawn (its drawing is tried by the pages' own tests).
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest
from django.http import HttpResponseBase
from django.utils import timezone

from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Access, Person
from tests.journey.locks.rows_world import constraints_off
from tests.web.matrix import Ground, Route, word_of
from tests.web.records.ground import CONSENTS, OF_FILE, OF_RELAY, key, make_record_ground, put, sessions_last
from tests.web.test_access_matrix import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAMPLE = None if os.environ.get("ENSEMBLIER_SOAK") else 250
REFUSED = {"in", "403", "404", "405"}
# Who opens the whole file, whatever the relay: its lead, and the colleague who replaces her.
OPENERS = {"chloé", "suzanne"}
# Who receives the relay: from the moment the person has sent it, never before.
RECIPIENTS = {"renée", "dora"}
BEFORE = {"draft", "awaiting_person"}
CARRIED_IN = {"acknowledged", "info_requested", "accepted", "in_progress", "completed"}


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Ground:
    """The twelve people."""
    sessions_last(monkeypatch)
    return make_record_ground()


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


def test_each_answer_is_that_of_the_policy(
    ground: Ground, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for where in ("plan.plan", "person.data"):
        monkeypatch.setattr(f"ensemblier.web.{where}.pdf_of", lambda html: html.encode())
    found = []
    with constraints_off():
        chosen = cases(ground)
        for number, (case, fault) in enumerate(answers(ground, chosen), start=1):
            if fault:
                found.append((case, fault))
                with capsys.disabled():
                    print(f"\n  wrong: {case} {fault}", end="", flush=True)
            if number % 5_000 == 0:
                with capsys.disabled():
                    print(f"\n  records: {number} of {len(chosen)} answers, {len(found)} wrong", flush=True)
    kinds = Counter(fault.split(":")[0] for _, fault in found)
    with capsys.disabled():
        print(
            f"\n  records: {len(chosen)} answers of {len(record_routes())} addresses × 2 methods × {len(ground.users)} "
            f"people × {len(RelayState)} states × {len(CONSENTS)} consents; {kinds['leak']} leaks, "
            f"{kinds['wrongful refusal']} wrongful refusals, {kinds['breaks']} errors"
        )
    assert found == []


def test_an_access_too_many_is_caught(ground: Ground) -> None:
    person = Person.objects.get(uid=ground.names["file"])
    same = {"organisation_id": person.organisation_id, "user_id": key(ground.users["colette"])}
    Access.objects.create(reason="member", since=timezone.now(), person=person, **same)
    with constraints_off():
        case: Case = (("sent", "live"), "colette", "GET", "dossiers/<uuid:uid>/")
        assert [fault for _, fault in answers(ground, [case])] == ["leak: 200"]
