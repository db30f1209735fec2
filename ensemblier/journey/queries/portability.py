"""All her data, read in her own name: a document for machines, and the same in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.portability import SCHEMA, SECTIONS, VERSION, Section
from ensemblier.journey.models import (
    Access,
    Activity,
    Appointment,
    CalendarFeed,
    Consent,
    ConsentReading,
    ContentChange,
    CostLine,
    Decision,
    Document,
    Episode,
    EpisodeLevel,
    FileHold,
    FundingLine,
    GroupMember,
    JournalEntry,
    Lead,
    LevelOneContact,
    Need,
    Note,
    OwnNumber,
    PaperAnswer,
    Person,
    PersonLink,
    PersonQuality,
    PlannedErasure,
    PlanStep,
    PlanVersion,
    Project,
    QueueEntry,
    Reading,
    ReadingStep,
    Relay,
    RelayEvent,
    RelayMessage,
    RelayOpinion,
    RelayPacket,
    RelaySequel,
    RightsRequest,
    SharedDocument,
    Signature,
    Skill,
    StatusPeriod,
    Synthesis,
    TrainingProject,
)
from ensemblier.journey.queries.rights_log import Look, looks_of
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting

Row = dict[str, Any]
_TABLES: tuple[type[Model], ...] = (
    Access,
    Activity,
    Appointment,
    CalendarFeed,
    Consent,
    ConsentReading,
    ContentChange,
    CostLine,
    Decision,
    Document,
    Episode,
    EpisodeLevel,
    FileHold,
    FundingLine,
    GroupMember,
    Lead,
    LevelOneContact,
    Need,
    Note,
    OwnNumber,
    PaperAnswer,
    Person,
    PersonLink,
    PersonQuality,
    PlannedErasure,
    PlanStep,
    PlanVersion,
    Project,
    QueueEntry,
    Reading,
    ReadingStep,
    Relay,
    RelayEvent,
    RelayMessage,
    RelayOpinion,
    RelayPacket,
    RelaySequel,
    RightsRequest,
    SharedDocument,
    Signature,
    Skill,
    StatusPeriod,
    Synthesis,
    TrainingProject,
)
TABLES: Mapping[str, type[Model]] = {model.__name__: model for model in _TABLES}
"""Every table that a section may name; a test compares."""


@dataclass(frozen=True, slots=True)
class ReadableSection:
    """A table in words: its title, and for each row (label, words) of what is filled."""

    title: str
    rows: tuple[tuple[tuple[str, Any], ...], ...]


@dataclass(frozen=True, slots=True)
class FileTaken:
    """One file of hers. `sections`: by key, rows of plain values that JSON can hold."""

    organisation: str
    sections: dict[str, list[Row]]
    readable: tuple[ReadableSection, ...]
    looks: tuple[Look, ...]


def take_away(herself: Iterable[PersonHerself], *, at: datetime) -> tuple[FileTaken, ...]:
    """Everything about her in each of her files; the same number of queries whatever is in them."""
    return tuple(_file(one, at) for one in herself)


def document(files: Iterable[FileTaken], *, at: datetime) -> dict[str, Any]:
    """The export, as docs/donnees-emportees.md describes it."""
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "exported_at": _plain(at),
        "left_out": {s.key: dict(s.left_out) for s in SECTIONS if s.left_out},
        "files": [
            {
                "organisation": file.organisation,
                **file.sections,
                "looks": [
                    {
                        "at": _plain(look.at),
                        "name": look.name,
                        "organisation": look.organisation,
                        "act": look.act.value,
                        "is_refused": look.is_refused,
                        "is_hers": look.is_hers,
                    }
                    for look in file.looks
                ],
            }
            for file in files
        ],
    }


def _file(one: PersonHerself, at: datetime) -> FileTaken:
    with acting(one):
        found = {section.key: _rows(section, one) for section in SECTIONS}
        journal = JournalEntry.objects.filter(person_id=one.person_id).order_by("-at", "-pk")
        person = Person.objects.select_related("organisation").get(pk=one.person_id)
        taken = FileTaken(
            organisation=person.organisation.name,
            sections={key: [{k: _plain(v) for k, v in row.items()} for row in rows] for key, rows in found.items()},
            readable=tuple(_readable(section, found[section.key]) for section in SECTIONS if found[section.key]),
            looks=looks_of(journal),
        )
        note(one, Act.TAKE_DATA, person_id=one.person_id, subject="person", subject_uid=person.uid, at=at)
        return taken


def _rows(section: Section, one: PersonHerself) -> list[Row]:
    model = table_of(section)
    mine = {f"{section.owner}_id" if section.owner else "pk": one.person_id} | dict(section.only)
    rows = model._default_manager.filter(**mine).order_by("pk").values_list(*section.columns.values())
    return [dict(zip(section.columns, row, strict=True)) for row in rows]


def _readable(section: Section, rows: list[Row]) -> ReadableSection:
    model = table_of(section)
    shown = [(key, column, label) for key, column in section.columns.items() if (label := _label(model, column))]
    lines = tuple(
        tuple(
            (label, _words(model, column, row[key])) for key, column, label in shown if row[key] not in (None, "", [])
        )
        for row in rows
    )
    return ReadableSection(str(model._meta.verbose_name_plural), tuple(line for line in lines if line))


def _label(model: type[Model], column: str) -> str:
    """The French name of a column; "" for an identifier, which says nothing to a reader."""
    if column == "uid" or column.endswith("__uid"):
        return ""
    return str(getattr(_field(model, column), "verbose_name", column))


def _words(model: type[Model], column: str, value: Any) -> Any:
    choices = dict(getattr(_field(model, column), "flatchoices", None) or ())
    if isinstance(value, list):
        base = getattr(_field(model, column), "base_field", None)
        inner = dict(getattr(base, "flatchoices", None) or ())
        return ", ".join(str(_one_of(inner, item)) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} : {words}" for name, words in value.items() if words)
    return choices.get(value, value)


def _one_of(names: dict[Any, Any], item: Any) -> Any:
    """An item of a list in words: its name, or, for one that is itself several values, what they say."""
    if isinstance(item, dict):
        return " – ".join(str(words) for key, words in item.items() if words and key not in ("uid", "after"))
    return names.get(item, item)


def _field(model: type[Model], column: str) -> Field[Any, Any] | None:
    try:
        found = model._meta.get_field(column.split("__", maxsplit=1)[0])
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def table_of(section: Section) -> type[Model]:
    """The table of a section."""
    return TABLES[section.table]


def _plain(value: Any) -> Any:
    """What JSON holds: ISO dates and instants, identifiers as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return {str(k): _plain(v) for k, v in value.items()} if isinstance(value, dict) else str(value)
