"""The versions of the socle d'indicateurs, from their data files."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from ensemblier.journey.core.indicators import Socle, parse_socle
from ensemblier.kernel.errors import NotFound

_FOLDER = Path(__file__).parents[1] / "core" / "socle"


@cache
def socle_on(on: date) -> Socle:
    """The version in force on a day. Raises NotFound before the first."""
    known = [parse_socle(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(_FOLDER.glob("*.yaml"))]
    found = [socle for socle in known if socle.valid_from <= on]
    if not found:
        raise NotFound("Aucun socle d’indicateurs n’est connu à cette date.")
    return max(found, key=lambda socle: socle.valid_from)
