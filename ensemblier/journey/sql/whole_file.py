"""Everything that the first page of a file holds, for somebody who reads it whole: one question, prepared once for each
connection, instead of a statement for each subject. Call inside `acting(by)`, on a file that was opened.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, models

from ensemblier.journey.core.access import AccessReason
from ensemblier.journey.models import (
    Access,
    Activity,
    Decision,
    Episode,
    GroupMember,
    Lead,
    Need,
    Note,
    PersonQuality,
    Project,
    Reading,
    Skill,
    StatusPeriod,
)
from ensemblier.kernel.orm.sql import answers

_WHOLE = Path(__file__).parent / "whole_file.sql"
COLLEAGUES = (AccessReason.MEMBER, AccessReason.SUBSTITUTE, AccessReason.JOINT)
"""Accesses of those who stand around a person besides the leads."""
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The rows, in the order in which they are shown; with what each names beside it. `below`: the other files read as
    one with this one; `above`: the file that this one is read with; `named`: structures that may be named."""

    below: tuple[UUID, ...]
    above: tuple[UUID, ...]
    named: frozenset[int]
    statuses: list[StatusPeriod]
    activities: list[Activity]
    needs: list[Need]
    qualities: list[PersonQuality]
    skills: list[Skill]
    projects: list[Project]
    notes: list[Note]
    readings: list[Reading]
    leads: list[Lead]
    accesses: list[Access]
    members: list[GroupMember]
    decisions: list[Decision]
    episodes: list[Episode]


_MODELS: tuple[type[models.Model], ...] = (
    *(StatusPeriod, Activity, Need, PersonQuality, Skill, Project, Note, Reading),
    *(Lead, Access, GroupMember, Decision, Episode),
)
"""The tables of the columns of the question, after the first two."""


def whole_file(person: int, *, reader: int, notes: int) -> WholeFile:
    """The file of this number, and those read as one with it; the last `notes` notes that the reader may read."""
    colleagues = [reason.value for reason in COLLEAGUES]
    values = {"person": person, "reader": reader, "notes": notes, "colleagues": colleagues}
    near, named, *subjects = (column and json.loads(column) for column in answers(_WHOLE, values)[0])
    others = [each for each in near or () if each["id"] != person]
    rows: list[Any] = [_rows(model, lines) for model, lines in zip(_MODELS, subjects, strict=True)]
    return WholeFile(
        tuple(UUID(each["uid"]) for each in others if not each["is_above"]),
        tuple(UUID(each["uid"]) for each in others if each["is_above"]),
        frozenset(named or ()),
        *rows,
    )


def _rows(model: type[Row], lines: Iterable[Mapping[str, Any]] | None) -> list[Row]:
    return [_row(model, line) for line in lines or ()]


def _row(model: type[Row], line: Mapping[str, Any]) -> Row:
    """The row of this line, and the rows that it names, as the ORM would have fetched them."""
    kept = [field for field in _columns(model) if field.column in line]
    names = [field.attname for field in kept]
    row = model.from_db(DEFAULT_DB_ALIAS, names, [field.to_python(line[field.column]) for field in kept])
    for name, target in _named(model):
        if name in line:
            row._state.fields_cache[name] = _row(target, line[name]) if line[name] else None
    for name, target in _listed(model):
        if name in line:
            found = target._default_manager.none()
            found._result_cache = _rows(target, line[name])
            vars(row)["_prefetched_objects_cache"] = {name: found}
    return row


@cache
def _columns(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(model._meta.concrete_fields)


@cache
def _named(model: type[models.Model]) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.related_model) for f in model._meta.concrete_fields if f.is_relation)


@cache
def _listed(model: type[models.Model]) -> tuple[tuple[str, Any], ...]:
    """Rows that point to this one: the steps of a reading, the levels of an episode."""
    related = (f for f in model._meta.related_objects if f.related_name in ("steps", "levels"))
    return tuple((str(f.related_name), f.related_model) for f in related)
