"""Taking everything away: no table and no column forgotten, nothing of others, and the way back into another file."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.portability import bring_export, look_at_export
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.needs import NeedTheme
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.portability import BROUGHT, NOT_HERS, SECTIONS, Section
from ensemblier.journey.models import Activity, Need, Note, Person, Project, Skill, StatusPeriod
from ensemblier.journey.queries.portability import TABLES, document, table_of, take_away
from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.routing.core.facts import Quality
from tests.architecture.house import ROOT
from tests.factories.person_space import Space, make_sent_by_awa, make_space


def forgotten(sections: tuple[Section, ...]) -> set[str]:
    """Tables and columns of the journey that no section answers for, and that no reason leaves out."""
    known = {section.table: section for section in sections}
    found = set()
    for model in apps.get_app_config("journey").get_models():
        section = known.get(model.__name__)
        if section is None:
            found |= set() if model.__name__ in NOT_HERS else {model.__name__}
            continue
        found |= {
            f"{model.__name__}.{column.name}"
            for column in model._meta.concrete_fields
            if column.name not in section.kept_columns
        }
    return found


def test_every_table_and_column_goes_or_says_why_not() -> None:
    assert forgotten(SECTIONS) == set()
    assert {s.table for s in SECTIONS} & set(NOT_HERS) == set()


def test_each_section_names_a_table_that_may_be_read_and_no_other() -> None:
    assert set(TABLES) == {section.table for section in SECTIONS}
    assert all(table_of(section).__name__ == section.table for section in SECTIONS)


def test_a_forgotten_table_and_a_forgotten_column_are_caught() -> None:
    without = tuple(section for section in SECTIONS if section.table != "Need")
    assert forgotten(without) == {"Need"}
    short = Section("needs", "Need", "person", {"theme": "theme"})
    assert {"Need.words", "Need.is_sensitive"} <= forgotten((*without, short))


@pytest.fixture
def space(db: None) -> Space:
    """Awa, with a sent relay."""
    return make_space()


def test_the_export_is_json_and_holds_her_words(space: Space) -> None:
    relay = make_sent_by_awa(space)
    files = take_away([space.herself], at=space.at + timedelta(hours=1))
    text = json.dumps(document(files, at=space.at))
    for words in ("Diallo", "Devenir soudeuse sans partir", str(relay.uid), "Mission locale de Gap", "relay-1-fr-full"):
        assert json.dumps(words)[1:-1] in text, words
    assert len(files[0].looks) > 3


def test_nothing_of_others_goes(space: Space) -> None:
    make_sent_by_awa(space)
    denis = make_space_of_denis(space)
    text = json.dumps(document(take_away([space.herself], at=space.at), at=space.at))
    assert "Denis Autre" not in text
    assert str(denis) not in text


def make_space_of_denis(space: Space) -> object:
    """Another file of the same organisation."""
    draft = PersonDraft(given_name="Denis Autre", family_name="X")
    return open_file(draft, request="Autre demande", by=space.desk.bruno, at=space.at).uid


def test_shared_notes_go_and_private_ones_do_not(space: Space) -> None:
    fields = {"person": space.episode.person, "author_id": space.desk.bruno.user_id, "held_on": space.at.date()}
    Note.objects.create(kind="shared", body="Mot partagé", written_at=space.at, **fields)
    Note.objects.create(kind="team", body="Mot de l’équipe", written_at=space.at, **fields)
    Note.objects.create(kind="private", sealed=b"CANARI", written_at=space.at, **fields)
    text = json.dumps(document(take_away([space.herself], at=space.at), at=space.at), ensure_ascii=False)
    assert "Mot partagé" in text
    assert "équipe" not in text
    assert "CANARI" not in text


def brought_back(space: Space, text: str) -> dict[str, list[dict[str, object]]]:
    """What Chloé's organisation holds after the person brought her export, as an export of its own."""
    uid = bring_export(text, 0, by=space.desk.chloe, at=space.at + timedelta(hours=2))
    theirs = PersonHerself(Person.objects.get(uid=uid).pk)
    return take_away([theirs], at=space.at)[0].sections


def rows_of(sections: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """The sections that travel, without what belongs to a file and not to her."""
    own = {"uid", "organisation", "created_at", "brought_by"}
    return {
        section.key: [{k: v for k, v in row.items() if k not in own} for row in sections[section.key]]
        for section in BROUGHT
    }


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_she_takes_away_comes_back_whole_elsewhere(space: Space, data: st.DataObject) -> None:
    with transaction.atomic():
        fill(space.episode.person, data)
        files = take_away([space.herself], at=space.at)
        text = json.dumps(document(files, at=space.at))
        assert rows_of(brought_back(space, text)) == rows_of(files[0].sections)
        assert bring_export(text, 0, by=space.desk.chloe, at=space.at) == bring_export(
            text, 0, by=space.desk.chloe, at=space.at
        ), "brought twice, one file"
        transaction.set_rollback(True)


words = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Nd"]), min_size=1, max_size=40).map(str.strip)
days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def fill(person: Person, data: st.DataObject) -> None:
    """Anything that her file may hold."""
    some = words.filter(bool)
    Person.objects.filter(pk=person.pk).update(given_name=data.draw(some), born=data.draw(st.none() | days))
    for theme in data.draw(st.lists(st.sampled_from([NeedTheme.HOUSING, NeedTheme.TRANSPORT]), max_size=2)):
        Need.objects.create(person=person, theme=theme.value, words=data.draw(some), noted_on=data.draw(days))
    for _ in range(data.draw(st.integers(0, 3))):
        Skill.objects.create(person=person, words=data.draw(some))
        Project.objects.create(person=person, words=data.draw(some))
    start = data.draw(days)
    Activity.objects.create(
        person=person, label=data.draw(some), status="jobseeker", certainty="signed", starts_on=start, ends_on=start
    )
    StatusPeriod.objects.create(person=person, status="jobseeker", valid_from=start)


BAD = [
    ("pas du JSON", "n’est pas"),
    ("[]", "n’est pas"),
    ('{"schema": "autre", "version": 1, "files": []}', "n’est pas"),
    ('{"schema": "ensemblier.person", "version": 2, "files": []}', "plus récente"),
    ('{"schema": "ensemblier.person", "version": 1, "files": [{"file": []}]}', "n’est pas"),
    ('{"schema": "ensemblier.person", "version": 1, "files": [{"file": [{"given_name": ["x"]}]}]}', "ligne 1"),
    ('{"schema": "ensemblier.person", "version": 1, "files": [{"file": [{"born": "hier"}]}]}', "ligne 1"),
    (
        '{"schema": "ensemblier.person", "version": 1, "files": [{"file": [{}], "needs": [{"theme": "zzz"}]}]}',
        "ligne 1",
    ),
    ("[" * 100_000, "n’est pas"),
    ("x" * 1_000_001, "trop lourd"),
]


@pytest.mark.parametrize(("text", "says"), BAD)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_stored(space: Space, text: str, says: str) -> None:
    before = Person.objects.count()
    for act in (look_at_export, lambda t, by: bring_export(t, 0, by=by, at=space.at)):
        with pytest.raises(BadInput, match=says):
            act(text, by=space.desk.chloe)
    assert Person.objects.count() == before


def test_rows_that_contradict_each_other_leave_nothing_behind(space: Space) -> None:
    row = {"quality": Quality.CADRE.value, "holds": True, "is_sensitive": False}
    text = json.dumps(
        {
            "schema": "ensemblier.person",
            "version": 1,
            "files": [{"file": [{"given_name": "Awa"}], "qualities": [row] * 2}],
        }
    )
    before = Person.objects.count()
    with pytest.raises(BadInput, match="se contredisent"):
        bring_export(text, 0, by=space.desk.chloe, at=space.at)
    assert Person.objects.count() == before


def test_looking_first_says_what_would_come_and_writes_nothing(space: Space) -> None:
    Skill.objects.create(person=space.episode.person, words="Souder")
    text = json.dumps(document(take_away([space.herself], at=space.at), at=space.at))
    before = Person.objects.count()
    (taken,) = look_at_export(text, by=space.desk.chloe)
    assert (taken.organisation, taken.who) == ("France Travail Gap", "Awa Diallo")
    assert taken.counts == (("compétences", 1),)
    assert Person.objects.count() == before


def test_only_an_adviser_brings_a_file(space: Space) -> None:
    for act in (look_at_export, lambda t, by: bring_export(t, 0, by=by, at=space.at)):
        with pytest.raises(NotAllowed):
            act("{}", by=ANONYMOUS)


def test_the_documentation_names_every_section_and_every_column() -> None:
    text = (ROOT / "docs" / "donnees-emportees.md").read_text(encoding="utf-8")
    missing = [
        f"{section.key}.{name}"
        for section in SECTIONS
        for row in [next((line for line in text.splitlines() if line.startswith(f"| `{section.key}`")), "")]
        for name in section.columns
        if f"`{name}`" not in row
    ]
    assert missing == []
