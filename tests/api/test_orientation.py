"""Orientation by the interface: the doors and their law; nothing of the person stays anywhere."""

import logging
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.test import Client

NONE = dict.fromkeys(("cadre", "disabled", "out_of_school", "recent_graduate", "seasonal", "rsa"), False)

pytestmark = pytest.mark.usefixtures("demonstration")


def ask(client: Client, **person: Any) -> Any:
    """The answer for this person."""
    response = client.post("/api/v1/orientation", person, content_type="application/json")
    assert response.status_code == 200, response.content
    return response.json()


def test_a_private_employee_is_sent_to_the_regional_operator_with_its_law(client: Client) -> None:
    answer = ask(
        client, commune="05046", on="2026-11-22", born="1980-09-09", statuses=["employee_private"], qualities=NONE
    )
    express = [door for door in answer["doors"] if door["level"] == "express"]
    assert [door["operator"] for door in express] == ["regional_operator"]
    assert all(reason["reference"] and reason["plain_fr"] for reason in express[0]["because"])
    sites = express[0]["sites"]
    assert sites and all(site["is_fictitious"] for site in sites)
    assert answer["desk"]["is_fictitious"]


def test_names_are_those_of_the_date(client: Client) -> None:
    before = ask(client, commune="05061", on="2023-06-01", statuses=["jobseeker"])
    after = ask(client, commune="05061", on="2024-06-01", statuses=["jobseeker"])
    assert (before["names"]["france_travail"], after["names"]["france_travail"]) == ("Pôle emploi", "France Travail")


def test_what_was_not_asked_stays_unknown_and_brings_questions(client: Client) -> None:
    answer = ask(client, on="2026-11-22")
    assert answer["questions"]
    known = ask(
        client,
        commune="05061",
        on="2026-11-22",
        born="1980-01-01",
        statuses=["jobseeker"],
        qualities=NONE,
        purpose="none",
    )
    assert len(known["questions"]) < len(answer["questions"])


@pytest.mark.parametrize(
    ("person", "field"),
    [
        ({"statuses": ["astronaut"]}, "statuses"),
        ({"born": "2026-02-30"}, "born"),
        ({"born": "2999-01-01"}, "born"),
        ({"on": "1066-10-14"}, "on"),
        ({"quality": {}}, "quality"),  # a misspelt member is not passed over in silence
        ({"commune": "05 046"}, "commune"),
        ({"qualities": {"cadre": "perhaps"}}, "qualities"),
    ],
)
def test_a_wrong_person_is_named_field_by_field(client: Client, person: dict[str, Any], field: str) -> None:
    response = client.post("/api/v1/orientation", person, content_type="application/json")
    assert response.status_code == 422, response.content
    assert any(field in error["field"] for error in response.json()["errors"]), response.content


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"null", b'"x"', b"\xff\xfe", b"{" * 5000, b'{"on": NaN}'])
def test_a_body_that_is_not_a_person_is_a_problem(client: Client, body: bytes) -> None:
    response = client.post("/api/v1/orientation", body, content_type="application/json")
    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"


def test_nothing_is_stored_nor_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    def stored() -> str:
        return "".join(serialize("json", model._default_manager.order_by("pk")) for model in apps.get_models())

    before = stored()
    with caplog.at_level(logging.DEBUG):
        ask(
            client, commune="05046", on="2026-11-22", born="1987-06-05", statuses=["jobseeker"], qualities={"rsa": True}
        )
    assert stored() == before
    assert "1987-06-05" not in caplog.text
    assert not client.cookies
