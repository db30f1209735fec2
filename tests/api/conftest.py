"""The interface over the demonstration territory, as any program meets it: no account, no cookie."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories.demonstration import make_demonstration

Reader = Callable[..., Any]


@pytest.fixture
def demonstration(db: None) -> None:
    """Fictitious structures on real communes, as a user loads them."""
    make_demonstration()


@pytest.fixture
def read(client: Client) -> Reader:
    """GET an address under /api/v1, with parameters; the answer must be a 200."""

    def reader(path: str, **parameters: object) -> Any:
        response = client.get(f"/api/v1{path}", {key: str(value) for key, value in parameters.items()})
        assert response.status_code == 200, response.content
        return response.json()

    return reader
