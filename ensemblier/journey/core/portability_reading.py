"""Reading back what a person took away: its shape and its size, before any row is looked at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ensemblier.journey.core.portability import BROUGHT, MAX_BYTES, MAX_ROWS, SCHEMA, VERSION
from ensemblier.kernel.errors import BadInput

NOT_OURS = "Ce fichier n’est pas un dossier emporté d’Ensemblier : demandez à la personne le fichier « donnees.json »."


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One file of the export: who held it, and its rows by section, only those that another organisation may take."""

    organisation: str
    sections: Mapping[str, tuple[Mapping[str, Any], ...]]


def read_document(text: str) -> tuple[TakenFile, ...]:
    """The files of an export. Raises BadInput: too big, not JSON, another schema, a later version, rows misshapen."""
    if len(text.encode()) > MAX_BYTES:
        raise BadInput("Ce fichier est trop lourd : %(most)s ko au plus.", values={"most": MAX_BYTES // 1000})
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(NOT_OURS) from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or not isinstance(found.get("files"), list):
        raise BadInput(NOT_OURS)
    if found.get("version") != VERSION:
        raise BadInput("Ce fichier vient d’une version plus récente : mettez d’abord Ensemblier à jour.")
    return tuple(_file(each) for each in found["files"])


def _file(found: Any) -> TakenFile:
    if not isinstance(found, dict):
        raise BadInput(NOT_OURS)
    sections = {section.key: _rows(found.get(section.key, [])) for section in BROUGHT}
    if len(sections["file"]) != 1 or sum(map(len, sections.values())) > MAX_ROWS:
        raise BadInput(NOT_OURS)
    return TakenFile(str(found.get("organisation", ""))[:200], sections)


def _rows(found: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise BadInput(NOT_OURS)
    return tuple(found)
