"""The description (OpenAPI 3.1) is kept under a snapshot, and the interface keeps its word under random requests."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from syrupy.assertion import SnapshotAssertion

from ensemblier.api.v1.words import SHAPES, in_words

load_all_checks()
HEALTH = list(HealthCheck)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def no_limit(settings: Any) -> None:
    """Random requests are many: the brake has its own tests."""
    settings.API_PER_MINUTE = 0


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A live application closes its connection after each request; here it is the one of the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


DESCRIBED: Any = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations()]


def test_the_description_changes_only_on_purpose(client: Client, snapshot: SnapshotAssertion) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    assert document["openapi"] == "3.1.0"
    assert document == snapshot


def test_each_operation_says_what_it_does_and_how_it_refuses(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) >= 15
    for operation in operations:
        assert operation["summary"] and operation["operationId"]
        assert {"404", "422", "429"} <= set(operation["responses"])


@pytest.mark.usefixtures("demonstration", "no_limit", "one_connection")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_random_requests_never_meet_a_fault(operation: Any) -> None:
    @settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=HEALTH)
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    run()


def test_the_page_of_operations_lists_them_all_without_anything_from_outside(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    response = client.get("/api/v1/docs")
    assert response.status_code == 200
    text = response.content.decode()
    for path in document["paths"]:
        assert f" {path}<" in text
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert 'src="http' not in text and "style=" not in text


FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|une|un|est|et|ou|pour|dans|avec|sans|qui|que|sur|par|ce|cette|ne|pas)\b", re.I
)


def texts_of(document: Any) -> set[str]:
    """Every description, summary and subject of the document."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.add(text)
        return text

    in_words(document, note)
    return found


def test_the_description_is_in_the_language_that_is_asked_for(client: Client) -> None:
    english = texts_of(json.loads(client.get("/api/v1/openapi.json", headers={"accept-language": "en"}).content))
    french = texts_of(json.loads(client.get("/api/v1/openapi.json").content))
    assert len(english) > 100
    assert [text for text in english if len(FRENCH.findall(text)) > 1] == []
    assert [text for text in french if re.search(r"\b(?:the|and|of|with|which)\b", text)] == []
    page = client.get("/api/v1/docs", headers={"accept-language": "en"}).content.decode()
    assert "Who can accompany this person?" in page and "whole number" in page


def test_every_shape_is_described_in_french(client: Client) -> None:
    shapes = json.loads(client.get("/api/v1/openapi.json").content)["components"]["schemas"]
    assert {name for name, shape in shapes.items() if "description" in shape} == set(SHAPES)


def test_a_refusal_is_said_in_the_language_that_is_asked_for(client: Client) -> None:
    sent = {"data": '{"commune": 3, "zz": 1}', "content_type": "application/json"}
    french = client.post("/api/v1/orientation", sent["data"], content_type=sent["content_type"]).json()
    in_english = {"accept-language": "en"}
    english = client.post("/api/v1/orientation", sent["data"], sent["content_type"], headers=in_english).json()
    assert french["detail"].startswith("À corriger") and english["detail"].startswith("To correct")
    assert "Ce champ n'existe pas ici." in str(french["errors"]) or "n’existe pas" in str(french["errors"])
    assert "This field does not exist here." in str(english["errors"]) and "Input should" not in str(english["errors"])
