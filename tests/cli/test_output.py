"""What the commands print is JSON that any program reads, whatever the values."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.cli.output import plain, print_json


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Leaf:
    """A value of the domain, as queries return them."""

    day: date
    colour: Colour
    tags: frozenset[str]


def test_values_of_the_domain_become_json() -> None:
    value = {Colour.RED: Leaf(date(2026, 11, 22), Colour.RED, frozenset({"b", "a"})), "at": time(9, 30)}
    assert plain(value) == {"red": {"day": "2026-11-22", "colour": "red", "tags": ["a", "b"]}, "at": "09:30:00"}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_json_cannot_write_is_null(number: float) -> None:
    assert plain([number, 1.5]) == [None, 1.5]


leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.dates() | st.datetimes()
    | st.uuids() | st.just(Path("/a"))
)  # fmt: skip


@given(st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner)))
def test_any_value_makes_a_json_document(value: object) -> None:
    text = json.dumps(plain(value), allow_nan=False)
    assert json.loads(text) == json.loads(json.dumps(plain(plain(value))))  # plain twice is plain once


def test_half_a_surrogate_does_not_stop_the_printer(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    print_json({"name": "caf\ud800é", "id": UUID(int=0), "at": datetime(2026, 1, 1)})  # noqa: DTZ001
    assert json.loads(capfdbinary.readouterr().out)["name"] == "caf?é"
