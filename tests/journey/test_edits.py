"""Two editors from the same version: the second is told, nothing is lost in silence. A click repeated acts once.

300 pairs in `make test`, 5,000 in `make soak`; the naive variant, without the version, loses texts: the test can fail.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from ensemblier.journey.actions import needs, notes, persons, skills, statuses
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.needs import NeedDraft, NeedTheme
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.skills import ProjectDraft, SkillDraft
from ensemblier.journey.core.statuses import StatusDraft
from ensemblier.journey.models import ContentChange, Need, Note, Person, Project, Skill, StatusPeriod
from ensemblier.journey.models.edited import Edited
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import StaleVersion
from ensemblier.routing.core.facts import Status
from tests.factories.journey import MONDAY, make_desk_of_two, make_episode

pytestmark = pytest.mark.django_db
PAIRS = 5000 if os.environ.get("ENSEMBLIER_SOAK") else 300
Write = Callable[[Edit, str], object]


class File:
    """Awa's file with one row of each kind, and how each is corrected with a text."""

    def __init__(self) -> None:
        desk = make_desk_of_two()
        by: Actor = desk.bruno
        file = make_episode(desk, MONDAY - timedelta(days=21)).person.uid
        day = MONDAY.date()
        self.rows: list[tuple[type[Edited], UUID, str, Write]] = [
            (Person, file, "availability", lambda e, t: persons.correct_person(e, PersonDraft(availability=t), by=by)),
            (
                StatusPeriod,
                statuses.add_status(file, StatusDraft(Status.JOBSEEKER, words="avant"), by=by, at=MONDAY),
                "words",
                lambda e, t: statuses.correct_status(e, StatusDraft(Status.JOBSEEKER, words=t), by=by),
            ),
            (
                Need,
                needs.add_need(file, NeedDraft(NeedTheme.HOUSING, "avant"), by=by, at=MONDAY),
                "words",
                lambda e, t: needs.correct_need(e, NeedDraft(NeedTheme.HOUSING, t), by=by),
            ),
            (
                Skill,
                skills.add_skill(file, SkillDraft("avant"), by=by, at=MONDAY),
                "words",
                lambda e, t: skills.correct_skill(e, SkillDraft(t), by=by),
            ),
            (
                Project,
                skills.add_project(file, ProjectDraft("avant"), by=by, at=MONDAY),
                "words",
                lambda e, t: skills.correct_project(e, ProjectDraft(t), by=by),
            ),
            (
                Note,
                notes.write_note(file, NoteDraft(NoteKind.TEAM, "avant", day), by=by, at=MONDAY),
                "body",
                lambda e, t: notes.correct_note(e, NoteDraft(NoteKind.TEAM, t, day), by=by),
            ),
        ]

    def version(self, table: type[Edited], uid: UUID) -> int:
        return table._default_manager.values_list("version", flat=True).get(uid=uid)


def test_of_two_editors_the_second_is_told() -> None:
    file, told = File(), 0
    for number in range(PAIRS):
        table, uid, field, write = file.rows[number % len(file.rows)]
        version, changes = file.version(table, uid), ContentChange.objects.count()
        first, second = Edit(uid, version, MONDAY, uuid4()), Edit(uid, version, MONDAY, uuid4())
        write(first, f"le premier {number}")
        with pytest.raises(StaleVersion):
            write(second, f"le second {number}")
        told += 1
        assert table._default_manager.values_list(field, flat=True).get(uid=uid) == f"le premier {number}"
        assert ContentChange.objects.count() == changes + 1, "what the row said before is kept"
    print(f"{PAIRS} pairs of editors: {told} told, 0 lost in silence")
    assert told == PAIRS >= 300


def test_a_click_repeated_acts_once() -> None:
    file = File()
    for table, uid, _field, write in file.rows:
        click = Edit(uid, file.version(table, uid), MONDAY, uuid4())
        changes = ContentChange.objects.count()
        for _ in range(3):
            write(click, "une fois")
        assert file.version(table, uid) == click.version + 1
        assert ContentChange.objects.count() == changes + 1


def test_without_the_version_texts_are_lost() -> None:
    """The seeded fault: the same pairs, saved without comparing versions."""
    file, lost = File(), 0
    for number in range(50):
        _table, uid, _field, _write = file.rows[2]
        for who in ("le premier", "le second"):
            Need.objects.filter(uid=uid).update(words=f"{who} {number}")
        lost += Need.objects.get(uid=uid).words != f"le premier {number}"
    assert lost == 50
