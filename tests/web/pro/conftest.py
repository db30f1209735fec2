"""A small real place: an operator and a partner at Gap, and the four people of the tests."""

import pytest

from tests.web.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """The world of the directory's pages."""
    return make_world()
