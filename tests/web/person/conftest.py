"""Awa's space, for its pages and its browser."""

import pytest

from tests.factories.person_space import Space, make_space


@pytest.fixture
def space(db: None) -> Space:
    """Her account, one linked file."""
    return make_space()
