"""Whatever is sent, the answer is an answer or a problem (RFC 9457): never a page, never a 500."""

import json

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.api.middleware import Allowance
from ensemblier.api.problems import MEDIA_TYPE


def refusal(client: Client, address: str, method: str = "get", **more: object) -> dict[str, object]:
    """The problem that this request meets."""
    response = client.generic(method.upper(), address, **more)  # type: ignore[arg-type]
    assert response["Content-Type"] == MEDIA_TYPE, response.content
    body = json.loads(response.content)
    assert body["status"] == response.status_code
    assert body["title"] and body["detail"] and body["type"]
    return dict(body)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/", 404),
        ("/api/v1/nowhere", 404),
        ("/api/v1/communes/05061/more", 404),
        ("/api/v2/communes", 404),
        ("/api/v1/communes", 422),
        ("/api/v1/communes?q=x", 422),
        ("/api/v1/communes?q=gap&limit=0", 422),
        ("/api/v1/communes?q=gap&limit=NaN", 422),
        ("/api/v1/communes?q=ga%00p", 400),
        ("/api/v1/communes?q=ga%07p", 422),
        ("/api/v1/communes/ABCDE", 422),
        ("/api/v1/communes/05061?on=2026-02-30", 422),
        ("/api/v1/communes/05061?on=0001-01-01", 422),
    ],
)
def test_every_refusal_is_a_problem(client: Client, address: str, status: int) -> None:
    assert refusal(client, address)["status"] == status


def test_the_method_is_refused_with_the_methods_that_pass(client: Client) -> None:
    response = client.delete("/api/v1/communes/05061")
    assert response.status_code == 405
    assert response["Content-Type"] == MEDIA_TYPE
    assert "GET" in response["Allow"]


def test_a_wrong_field_is_named(client: Client) -> None:
    errors = refusal(client, "/api/v1/communes?q=gap&limit=900")["errors"]
    assert isinstance(errors, list)
    assert [item["field"] for item in errors] == ["limit"]


def test_a_bad_host_is_a_problem_too(client: Client) -> None:
    response = client.get("/api/v1/communes?q=gap", headers={"host": "evil.example.org"})
    assert (response.status_code, response["Content-Type"]) == (400, MEDIA_TYPE)


def test_reading_is_open_to_any_site_and_writing_is_not_announced(client: Client) -> None:
    response = client.options("/api/v1/communes")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "POST" not in response["Access-Control-Allow-Methods"]


@given(requests=st.integers(1, 50), limit=st.integers(1, 20))
def test_the_allowance_lets_exactly_the_limit_pass(requests: int, limit: int) -> None:
    allowance = Allowance(clock=lambda: 90.0)
    waits = [allowance.wait("198.51.100.7", limit) for _ in range(requests)]
    assert waits.count(0) == min(requests, limit)
    assert all(wait == 31 for wait in waits[limit:])
    assert allowance.wait("198.51.100.8", limit) == 0  # one address never pays for another


def test_the_allowance_is_new_each_minute_and_zero_means_no_limit() -> None:
    now = [0.0]
    allowance = Allowance(clock=lambda: now[0])
    assert [allowance.wait("a", 1), allowance.wait("a", 1) > 0] == [0, True]
    now[0] = 60.0
    assert allowance.wait("a", 1) == 0
    assert all(allowance.wait("b", 0) == 0 for _ in range(1000))
