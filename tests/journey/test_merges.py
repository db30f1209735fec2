"""Files read as one: never wider for anybody (I20), by two people, undone exactly; only among files of one’s own."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ensemblier.journey.actions.access import grant
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.merges import decide_merge, propose_merge, undo_merge
from ensemblier.journey.actions.needs import add_need
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.files import FileFilters
from ensemblier.journey.core.merges import Evidence, Known, candidates
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import FileMerge, Need, Person
from ensemblier.journey.queries.files import file_page, list_files
from ensemblier.journey.queries.merges import merges_of, possible_duplicates
from ensemblier.journey.sql.access import Term
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import DomainError, NotAllowed, NotFound, StaleVersion
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
from tests.factories.journey import MONDAY

OPENED = MONDAY - timedelta(days=21)
ON = MONDAY.date()


class Place:
    """Bruno, Édith and Farid of one organisation, Chloé of another; a file each, with a need that names its owner."""

    def __init__(self) -> None:
        here, there = make_organisation("France Travail Gap"), make_organisation("Mission locale de Gap")
        self.people = {name: make_actor(name, here) for name in ("Bruno", "Édith", "Farid")}
        self.people["Chloé"] = make_actor("Chloé", there)
        self.files = {name: self.open(actor, name) for name, actor in self.people.items()}

    def open(self, actor: Actor, words: str) -> Person:
        draft = PersonDraft("Awa", "Diallo", phone="+33600000001", born=date(1992, 3, 1))
        person = open_file(draft, request=words, by=actor, at=OPENED).person
        add_need(person.uid, NeedDraft(NeedTheme.HOUSING, f"besoin de {words}"), by=actor, at=OPENED)
        return person

    def share(self, owner: str, colleague: str) -> None:
        person = self.people[colleague].user_id or 0
        grant(self.files[owner].uid, colleague_id=person, by=self.people[owner], term=Term(OPENED, why="suit aussi"))

    def seen(self, actor: Actor) -> set[str]:
        """Every need that the actor reads, through any page of any file, and every file that a list shows."""
        found: set[str] = set()
        for person in self.files.values():
            try:
                page = file_page(actor=actor, uid=person.uid, on=ON)
            except NotFound:
                continue
            found |= {need.words for need in page.needs}
        for pair in possible_duplicates(actor=actor):
            found |= {f"besoin de {self.owner(one.uid)}" for one in pair.both}
        for merge in merges_of(actor=actor):
            found |= {f"besoin de {self.owner(one.uid)}" for one in (merge.kept, merge.other)}
        listed = list_files(actor=actor, filters=FileFilters(), on=ON).rows
        return found | {f"besoin de {self.owner(row.uid)}" for row in listed}

    def owner(self, uid: Any) -> str:
        return next(name for name, person in self.files.items() if person.uid == uid)


def edit(merge: Any, version: int = 1) -> Edit:
    return Edit(merge, version, MONDAY, uuid4())


@pytest.fixture
def place(db: None) -> Place:
    return Place()


def test_what_two_files_have_in_common_is_said() -> None:
    one = Known(1, " diallo awa", "+33 6 00 00 00 01", "", date(1992, 3, 1))
    same = Known(2, " awa diallo", "0600000001", "", date(1992, 3, 1))
    other = Known(3, " diallo moussa", "", "awa@exemple.fr", None)
    pairs = candidates([one, same, other])
    assert [(pair.left, pair.right, set(pair.evidence)) for pair in pairs] == [
        (1, 2, {Evidence.PHONE, Evidence.NAME, Evidence.BORN})
    ]
    assert candidates([one, same], frozenset({(1, 2)})) == ()
    assert candidates([Known(4, " diallo awa", "", "", None), Known(5, " diallo awa", "", "", None)]) == ()
    crowd = [Known(number, f" x{number} y", "0492000000", "", None) for number in range(40)]
    assert candidates(crowd) == (), "the number of the desk says nothing of anybody"


def test_only_ones_own_files_are_compared(place: Place) -> None:
    """The same person is known four times: each adviser, with one file, is told nothing."""
    assert all(possible_duplicates(actor=actor) == () for actor in place.people.values())
    place.share("Édith", "Bruno")
    assert len(possible_duplicates(actor=place.people["Bruno"])) == 1
    assert possible_duplicates(actor=place.people["Édith"]) == ()
    with pytest.raises(NotFound):
        propose_merge(place.files["Bruno"].uid, place.files["Chloé"].uid, by=place.people["Bruno"], at=MONDAY)


def test_one_proposes_another_confirms_and_both_read_both(place: Place) -> None:
    bruno, edith = place.people["Bruno"], place.people["Édith"]
    place.share("Édith", "Bruno")
    merge = propose_merge(place.files["Bruno"].uid, place.files["Édith"].uid, by=bruno, at=MONDAY)
    with pytest.raises(NotAllowed):
        decide_merge(edit(merge), by=bruno, is_same=True)
    with pytest.raises(NotFound):
        decide_merge(edit(merge), by=edith, is_same=True)
    place.share("Bruno", "Édith")
    before = list(Person.objects.order_by("pk").values()) + list(Need.objects.order_by("pk").values())
    click = edit(merge)
    for _ in range(2):
        decide_merge(click, by=edith, is_same=True)
    with pytest.raises((NotFound, StaleVersion)):
        decide_merge(edit(merge), by=edith, is_same=False)
    page = file_page(actor=bruno, uid=place.files["Bruno"].uid, on=ON)
    assert {need.words for need in page.needs} == {"besoin de Bruno", "besoin de Édith"}
    assert page.together == (place.files["Édith"].uid,)
    assert len(list_files(actor=bruno, filters=FileFilters(), on=ON).rows) == 1
    undo_merge(edit(merge, 2), by=bruno)
    assert list(Person.objects.order_by("pk").values()) + list(Need.objects.order_by("pk").values()) == before
    page = file_page(actor=bruno, uid=place.files["Bruno"].uid, on=ON)
    assert {need.words for need in page.needs} == {"besoin de Bruno"}
    assert len(list_files(actor=bruno, filters=FileFilters(), on=ON).rows) == 2


def test_a_merge_that_moves_rows_is_caught(place: Place) -> None:
    """The seeded fault: rows moved into the kept file are read by those who could only open that one."""
    place.share("Édith", "Bruno")
    place.share("Bruno", "Farid")
    before = place.seen(place.people["Farid"])
    Need.objects.filter(person=place.files["Édith"]).update(person=place.files["Bruno"])
    assert not place.seen(place.people["Farid"]) <= before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["share", "propose", "confirm", "refuse", "undo"]),
        st.sampled_from(["Bruno", "Édith", "Farid", "Chloé"]),
        st.sampled_from(["Bruno", "Édith", "Farid", "Chloé"]),
        st.sampled_from(["Bruno", "Édith", "Farid", "Chloé"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_view_widens_at_any_moment(steps: list[tuple[str, str, str, str]], place: Place) -> None:
    """I20: whatever is proposed, confirmed or undone, nobody reads a file that is not open to them."""
    from django.db import transaction

    with transaction.atomic():
        allowed = {name: {name} for name in place.people}
        for verb, who, left, right in steps:
            try:
                with transaction.atomic():
                    play(place, verb, who, (left, right))
                if verb == "share":
                    allowed[right].add(left)
            except DomainError:
                pass
            for name, actor in place.people.items():
                assert place.seen(actor) <= {f"besoin de {owner}" for owner in allowed[name]}, (verb, who, left, right)
        transaction.set_rollback(True)


def play(place: Place, verb: str, who: str, files: tuple[str, str]) -> None:
    actor, (left, right) = place.people[who], files
    if verb == "share":
        place.share(left, right)
    elif verb == "propose":
        propose_merge(place.files[left].uid, place.files[right].uid, by=actor, at=MONDAY)
    else:
        row = FileMerge.objects.order_by("-pk").first()
        if row is not None and verb == "undo":
            undo_merge(edit(row.uid, row.version), by=actor)
        elif row is not None:
            decide_merge(edit(row.uid, row.version), by=actor, is_same=verb == "confirm")
