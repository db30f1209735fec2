"""A contact of level 1 becomes a file: nothing typed twice, one file, counted once; nobody else's desk."""

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from ensemblier.directory.models import Organisation
from ensemblier.journey.actions.contacts import open_from_contact, record_contact
from ensemblier.journey.actions.indicators import export_indicators
from ensemblier.journey.core.contacts import Answer, ContactChannel, ContactDraft
from ensemblier.journey.core.needs import NeedTheme
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import LevelOneContact, Need, Person, StatusPeriod
from ensemblier.journey.queries.contacts import contact_to_open
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.routing.core.facts import Status
from tests.factories.journey import MONDAY, Desk, make_desk_of_two

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
NOTED = ContactDraft(
    ContactChannel.ON_SITE,
    Answer.INFORMED,
    request="Changer de métier",
    statuses=frozenset({Status.JOBSEEKER}),
    themes=frozenset({NeedTheme.HOUSING}),
)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def opened(contact: UUID, by: Actor, key: UUID | None = None) -> UUID:
    return open_from_contact(contact, PersonDraft("Awa"), request="", by=by, at=MONDAY, key=key or uuid4())


def lines(desk: Desk) -> list[str]:
    """What the socle counts of November, entry by entry."""
    source = Organisation.objects.get(pk=desk.bruno.organisation_id or 0)
    text = export_indicators(source.uid, date(2026, 11, 1), at=DECEMBER).content.decode("utf-8-sig")
    return sorted(row["entry"] for row in csv.DictReader(io.StringIO(text), delimiter=";"))


def test_what_was_noted_stands_in_the_file(desk: Desk) -> None:
    contact = record_contact(NOTED, by=desk.bruno, at=MONDAY)
    file = Person.objects.get(uid=opened(contact, desk.bruno))
    assert StatusPeriod.objects.get(person=file).status == "jobseeker"
    assert Need.objects.get(person=file).theme == "housing"
    row = LevelOneContact.objects.get(uid=contact)
    assert (row.person_id, row.answer) == (file.pk, "file")


def test_one_contact_is_counted_once_whatever_it_becomes(desk: Desk) -> None:
    kept, became = (record_contact(NOTED, by=desk.bruno, at=MONDAY) for _ in range(2))
    assert lines(desk) == ["accueil sans dossier"] * 2
    opened(became, desk.bruno)
    assert lines(desk) == ["accompagnement", "accueil sans dossier"]
    assert LevelOneContact.objects.get(uid=kept).person_id is None


def test_the_same_click_opens_one_file_and_another_none(desk: Desk) -> None:
    contact, key = record_contact(NOTED, by=desk.bruno, at=MONDAY), uuid4()
    assert len({opened(contact, desk.bruno, key) for _ in range(3)}) == 1
    with pytest.raises(NotFound):
        opened(contact, desk.bruno)
    assert (Person.objects.count(), Need.objects.count()) == (1, 1)
    assert contact_to_open(contact, actor=desk.bruno) is None


def test_nobody_opens_the_contact_of_another_desk(desk: Desk) -> None:
    contact = record_contact(NOTED, by=desk.bruno, at=MONDAY)
    for stranger in (desk.chloe, desk.denis):
        assert contact_to_open(contact, actor=stranger) is None
        with pytest.raises(NotFound):
            opened(contact, stranger)
    assert not Person.objects.exists()
