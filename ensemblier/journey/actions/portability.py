"""Taking a file that the person brings: looked at first, then written whole or not at all, and once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import Error, models, transaction

from ensemblier.accounts.core.roles import Role
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.core.portability import BROUGHT, Section
from ensemblier.journey.core.portability_reading import TakenFile, read_document
from ensemblier.journey.models import Person, RomeTitle
from ensemblier.journey.queries.portability import table_of
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.territory.models import Commune

BROUGHT_BY_PERSON = UUID("7d0f1f6e-4a54-4f0f-9a57-0d6f2b8a51c3")
"""Namespace of the key of an import: the same document in the same organisation opens one file."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a document holds for us: from which structure, whose, how many rows of each kind (title, count)."""

    organisation: str
    who: str
    counts: tuple[tuple[str, int], ...]


def look_at_export(text: str, *, by: Actor) -> tuple[Taken, ...]:
    """What each file of an export would bring here; nothing is written. Raises NotAllowed, BadInput (where and why)."""
    _check_adviser(by)
    found = []
    for file in read_document(text):
        rows = _rows(file)
        person = rows[0][1]
        titles = tuple((str(model._meta.verbose_name_plural), 1) for model, _ in rows[1:])
        counts = tuple((title, sum(1 for each, _ in titles if each == title)) for title in dict.fromkeys(dict(titles)))
        who = f"{person['given_name']} {person['family_name']}".strip()
        found.append(Taken(file.organisation, who, counts))
    return tuple(found)


def bring_export(text: str, number: int, *, by: Actor, at: datetime) -> UUID:
    """Open a file from the one that stands at that place in an export; the same document twice opens one file.

    Everything or nothing. The plan and its signatures stay with who signed them. Raises NotAllowed, BadInput.
    """
    _check_adviser(by)
    files = read_document(text)
    if not 0 <= number < len(files):
        raise BadInput("Choisissez un des dossiers du fichier.", field="file")
    (_, known), *rest = _rows(files[number])
    key = uuid5(BROUGHT_BY_PERSON, f"{by.organisation_id} {number} {sha256(text.encode()).hexdigest()}")
    try:
        with acting(by), transaction.atomic():
            person = open_file(PersonDraft(**known), request="", by=by, at=at, key=key).person
            if not Person.objects.filter(pk=person.pk, version__gt=1).exists():
                for model, values in rest:
                    model._default_manager.create(person=person, **values)
                Person.objects.filter(pk=person.pk).update(version=2)
            note(by, Act.IMPORT_FILE, person_id=person.pk, subject="person", subject_uid=person.uid, at=at)
            return person.uid
    except Error as error:
        raise BadInput("Ce fichier contient des lignes qui se contredisent : rien n’a été enregistré.") from error


def _check_adviser(by: Actor) -> None:
    if Role.ADVISER not in by.roles or by.organisation_id is None:
        raise NotAllowed("Seul un conseiller, pour sa structure, ouvre un dossier.")


def _rows(file: TakenFile) -> list[tuple[type[models.Model], dict[str, Any]]]:
    """(table, values) of every row, checked; the person first."""
    return [
        (table_of(section), _values(section, row, place))
        for section in BROUGHT
        for place, row in enumerate(file.sections[section.key], start=1)
    ]


def _values(section: Section, row: Mapping[str, Any], place: int) -> dict[str, Any]:
    """The columns that may be taken, as the table holds them; an unknown code of another nomenclature is left empty."""
    model = table_of(section)
    values: dict[str, Any] = {}
    for name, lookup in section.columns.items():
        if name in {"uid", "created_at", "brought_by", "organisation"} or name not in row:
            continue
        column: Any = model._meta.get_field(lookup.split("__")[0])
        try:
            values |= _value(column, row[name])
        except (ValidationError, TypeError, ValueError) as error:
            title = str(model._meta.verbose_name)
            raise BadInput(
                "Le fichier n’est pas lisible : %(title)s, ligne %(place)s, « %(column)s ». Rien n’a été enregistré.",
                values={"title": title, "place": place, "column": str(column.verbose_name)},
            ) from error
    return values


def _value(column: "models.Field[Any, Any]", value: Any) -> dict[str, Any]:
    if isinstance(column, models.ForeignKey):
        known = {Commune: "code", RomeTitle: "code"}[column.related_model]
        exists = value and column.related_model._default_manager.filter(**{known: str(value)}).exists()
        return {column.attname: str(value) if exists else None}
    if isinstance(value, dict | list) or (isinstance(value, bool) != isinstance(column, models.BooleanField)):
        raise TypeError(column.name)
    return {column.name: column.clean(value, None)}
