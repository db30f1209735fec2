"""The child of one file under the address of another: 404, nothing read, nothing written, the page of what is not."""

import pytest

from tests.journey.locks.rows_world import constraints_off
from tests.web.attack.children import Try, address, answer_of, nested, plain, right_children, tries, wrong_children
from tests.web.attack.faults import OF_CHILDREN
from tests.web.attack.field import Field, make_field
from tests.web.attack.planting import planted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Field:
    """Three files; the words of a PDF are read before they are drawn."""
    monkeypatch.setattr("ensemblier.web.plan.plan.pdf_of", lambda html: html.encode())
    with constraints_off():
        return make_field()


def test_a_child_exists_under_its_parent_alone(field: Field, capsys: pytest.CaptureFixture[str]) -> None:
    every = list(tries())
    found = wrong_children(field, every)
    with capsys.disabled():
        print(f"\n  children: {len(every)} tries of {len(nested())} addresses, {len(found)} wrong")
    assert found == []
    assert len(every) >= 250


def test_each_child_answers_where_it_belongs(field: Field) -> None:
    missing = set(nested()) - set(right_children(field))
    # A draft of a synthesis is not the person's to read yet, and nobody signs it.
    assert missing <= {route for route in nested() if "synthesis" in route}


def test_an_unknown_child_and_a_foreign_one_have_the_same_page(field: Field) -> None:
    different = []
    for route in nested():
        if route.startswith("mon-espace"):
            continue
        foreign = field.ask("chloé", "GET", address(field, route, "awa", "béa"))
        field.files["nobody"] = {"uid": field.files["awa"]["uid"], "need": "00000000-0000-4000-8000-000000000000"}
        unknown = field.ask("chloé", "GET", address(field, route, "awa", "nobody"))
        if foreign.status_code != unknown.status_code or plain(foreign.content) != plain(unknown.content):  # type: ignore[attr-defined]
            different.append(route)
    assert different == []


def test_a_child_that_is_looked_for_anywhere_is_caught(field: Field) -> None:
    fault = next(each for each in OF_CHILDREN if each.name == "a document of any file is read")
    each = Try("chloé", "GET", "dossiers/<uuid:uid>/documents/<uuid:document>/", "awa", "cléo")
    assert answer_of(field, each) == ""
    with planted(fault):
        assert answer_of(field, each) == "answers 200"
