"""Communes: search, one commune on a date, cache."""

import pytest
from django.test import Client

from tests.api.conftest import Reader

pytestmark = pytest.mark.usefixtures("demonstration")


def test_a_name_without_accent_finds_the_commune(read: Reader) -> None:
    assert [hit["code"] for hit in read("/communes", q="briancon")["items"]] == ["05023"]


def test_one_commune_says_its_date_and_its_zones(read: Reader) -> None:
    found = read("/communes/05046", on="2026-11-22")
    assert (found["name"], found["on"], found["departement_name"]) == ("Embrun", "2026-11-22", "Hautes-Alpes")


def test_an_unknown_commune_is_a_problem_that_helps(client: Client) -> None:
    response = client.get("/api/v1/communes/05999")
    assert response.status_code == 404
    assert "05999" in response.json()["detail"]


def test_a_second_reading_with_the_tag_carries_nothing(client: Client) -> None:
    first = client.get("/api/v1/communes/05046?on=2026-11-22")
    again = client.get("/api/v1/communes/05046?on=2026-11-22", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/communes/05061?on=2026-11-22", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200  # the tag is of the content, not of the address


def test_head_gives_the_headers_of_get_without_its_body(client: Client) -> None:
    shown, head = client.get("/api/v1/communes?q=gap"), client.head("/api/v1/communes?q=gap")
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(shown.content))
