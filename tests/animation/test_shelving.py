"""What a territory produced is found in the library; its keepers alone put it there; what was added there stays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions.rows import add_row
from ensemblier.animation.actions.shelving import shelve_deliverable, shelve_report
from ensemblier.animation.core.heads import HeadKind, RowKind
from ensemblier.animation.models import Deliverable, Event
from ensemblier.animation.queries.asking import knowing
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import NotAllowed, RuleViolated
from ensemblier.library.models import Resource
from ensemblier.library.queries.search import search_library
from tests.factories.accounts import make_actor
from tests.factories.animation import TODAY as ON
from tests.factories.animation import make_event, make_group, make_lea
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Shelved:
    """A meeting of professionals that was held, what a group made, who keeps both, and who keeps neither."""

    event: UUID
    deliverable: UUID
    keeper: Actor
    stranger: Actor


@pytest.fixture
def held() -> Shelved:
    """As Léa keeps them; Bruno advises elsewhere."""
    lea = make_lea()
    event = make_event(lea, title="Posture : écouter d’abord")
    then = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    said = {"starts_at": then, "ends_at": then + timedelta(hours=2), "state": "held"}
    Event.objects.filter(pk=event.pk).update(report="On garde une phrase : laisser finir.", **said)
    values = {"name": "Tableau des financements", "delivered_on": ON}
    made = add_row(HeadKind.GROUP, make_group(lea), RowKind.DELIVERABLE, values, by=lea, key=uuid4())
    return Shelved(event.uid, made, lea, make_actor("Bruno", make_organisation("Mission locale"), Role.ADVISER))


def test_a_report_is_found_by_a_misspelt_question(held: Shelved) -> None:
    key = shelve_report(held.event, by=held.keeper, on=ON)
    assert Event.objects.get(uid=held.event).library_key == key
    found = search_library("postrue d’écoute", actor=held.keeper, on=ON)
    assert [hit.row.uid for hit in found.hits] == [key]
    row = Resource.objects.get(uid=key)
    assert (row.kind, row.audience, row.issued_on) == ("event_report", "members", date(2026, 11, 12))


def test_its_content_is_not_found_by_who_is_not_signed_in(held: Shelved) -> None:
    shelve_report(held.event, by=held.keeper, on=ON)
    assert search_library("laisser finir", actor=ANONYMOUS, on=ON).count == 0
    assert search_library("laisser finir", actor=held.keeper, on=ON).count == 1


def test_put_twice_it_is_brought_up_to_date_and_what_was_added_stays(held: Shelved) -> None:
    key = shelve_report(held.event, by=held.keeper, on=ON)
    Resource.objects.filter(uid=key).update(keywords=["posture"])
    Event.objects.filter(uid=held.event).update(report="On garde deux phrases.")
    assert shelve_report(held.event, by=held.keeper, on=ON) == key
    row = Resource.objects.get(uid=key)
    assert (row.body, row.keywords) == ("On garde deux phrases.", ["posture"])
    assert Resource.objects.count() == 1


def test_withdrawn_there_it_comes_back_as_another(held: Shelved) -> None:
    key = shelve_report(held.event, by=held.keeper, on=ON)
    Resource.objects.filter(uid=key).update(state="withdrawn")
    assert shelve_report(held.event, by=held.keeper, on=ON) != key


def test_nobody_else_puts_it_there_and_nothing_is_put_without_words(held: Shelved) -> None:
    with pytest.raises(NotAllowed):
        shelve_report(held.event, by=held.stranger, on=ON)
    with pytest.raises(NotAllowed):
        shelve_deliverable(held.deliverable, by=held.stranger, on=ON)
    Event.objects.filter(uid=held.event).update(report="")
    with pytest.raises(RuleViolated):
        shelve_report(held.event, by=held.keeper, on=ON)
    assert not Resource.objects.exists()


def test_what_a_group_made_is_found(held: Shelved) -> None:
    key = shelve_deliverable(held.deliverable, by=held.keeper, on=ON)
    assert Deliverable.objects.get(uid=held.deliverable).library_key == key
    assert search_library("tableau des financements", actor=held.keeper, on=ON).exact[0].row.uid == key


def test_whom_to_ask_when_the_library_has_no_answer() -> None:
    lea = make_lea()
    group = make_group(lea)
    assert [one.uid for one in knowing("financer une formation courte ?", actor=lea, on=ON)] == [group]
    assert knowing("financer une formation courte ?", actor=ANONYMOUS, on=ON) == ()
    assert knowing("logement", actor=lea, on=ON) == ()
