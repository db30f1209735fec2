"""Relays as FHIR R4B: valid resources, the states of the agreement, and no name before the relay is in hand."""

import json
from uuid import uuid4

import pytest
from fhir.resources.R4B.bundle import Bundle

from ensemblier.journey.actions import relays
from ensemblier.journey.core.fhir import TASK_STATUS
from ensemblier.journey.core.states import RelayState
from ensemblier.kernel.actor import Actor
from tests.web.relays.conftest import NAME, PHONE, Desks, make_desks

pytestmark = pytest.mark.django_db

# By hand, from the agreement on relays (Task statuses of the SDOH closed loop).
BY_HAND = """
draft draft | awaiting_person draft | sent requested | acknowledged received | info_requested on-hold
accepted accepted | in_progress in-progress | completed completed | declined rejected | withdrawn cancelled
cancelled cancelled | failed failed | expired failed | entered_in_error entered-in-error
"""


@pytest.fixture
def desks() -> Desks:
    return make_desks()


def read(desks: Desks, actor: Actor | None, path: str, status: int = 200) -> str:
    response = desks.client(actor).get(f"/api/v1/relays{path}")
    assert response.status_code == status, response.content
    if status == 200:
        assert response["Content-Type"] == "application/fhir+json"
        assert response["Cache-Control"] == "no-store"
        Bundle.model_validate_json(response.content)
    return str(response.content.decode())


def test_states_are_those_of_the_agreement() -> None:
    pairs = dict(cell.split() for line in BY_HAND.strip().splitlines() for cell in line.split("|"))
    assert {state.value: status for state, status in TASK_STATUS.items()} == pairs
    assert set(TASK_STATUS) == set(RelayState)


def test_a_relay_is_valid_and_names_nobody_before_it_is_in_hand(desks: Desks) -> None:
    relay = desks.sent()
    before = read(desks, desks.chloe, f"/{relay.uid}")
    assert NAME.split()[1] not in before and PHONE not in before and "soudeuse" not in before
    relays.acknowledge(desks.order(relay), by=desks.chloe)
    bundle = json.loads(read(desks, desks.chloe, f"/{relay.uid}"))
    task, request = (entry["resource"] for entry in bundle["entry"])
    assert (task["status"], task["focus"]["reference"]) == ("received", f"ServiceRequest/{relay.uid.hex}")
    assert request["contained"][0]["telecom"] == [{"system": "phone", "value": PHONE}]
    assert PHONE not in read(desks, desks.farid, f"/{relay.uid}")
    assert PHONE not in read(desks, desks.bruno, f"/{relay.uid}")


def test_the_list_has_a_task_for_each_open_relay_and_no_name(desks: Desks) -> None:
    relay = desks.sent()
    relays.acknowledge(desks.order(relay), by=desks.chloe)
    listed = read(desks, desks.chloe, "")
    assert json.loads(listed)["total"] == 1
    assert "Diallo" not in listed


def test_nobody_else_reads_one(desks: Desks) -> None:
    relay = desks.sent()
    read(desks, None, f"/{relay.uid}", 403)
    read(desks, None, "", 403)
    assert read(desks, desks.denis, f"/{relay.uid}", 404) == read(desks, desks.denis, f"/{uuid4()}", 404)
