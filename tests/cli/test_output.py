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

from ensemblier.cli.imports import show
from ensemblier.cli.output import plain, print_json
from ensemblier.directory.core.exchange.records import Problem
from ensemblier.directory.core.exchange.report import ImportReport, Noted


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


def test_a_report_is_cut_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    """Not on a terminal of 80 columns, nor in a file: the reason is what the reader looks for."""
    reason = "le code postal ne va avec aucune commune de ce nom ; " * 5
    noted = (Noted(12, "", Problem("code_postal", reason, "05 ?")),)
    report = ImportReport(
        "data-inclusion", "une source dont le nom est long", "un-fichier-dont-le-nom-est-long.json", 1_234_567,
        1_234_567, 1_234_567, 1_234_567, 1_234_567, 1_234_567, {reason: 3}, {}, noted, (), stored=True,
    )  # fmt: skip
    show([report], as_json=False)
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert f"  ligne 12, code_postal : {reason} (« 05 ? »)" in lines
    assert f"  3 hors sujet : {reason}".rstrip() in lines
    assert any("champ laissé de côté" in line and "mises de côté" in line for line in lines)
