"""Reads the file of the national register of trades (ROME 4.0, France Travail, Licence Ouverte): codes and titles."""

import csv
from pathlib import Path

from ensemblier.journey.core.skills import ROME_CODE
from ensemblier.kernel.errors import BadInput

_CODES = ("code_rome", "code rome", "code")
_TITLES = ("libelle_rome", "libellé rome", "libelle", "libellé", "intitule", "intitulé")
MAX_BYTES = 20_000_000


def read_titles(path: Path) -> dict[str, str]:
    """Code → title. Raises BadInput: not such a file, or too large; nothing is read by halves."""
    if path.stat().st_size > MAX_BYTES:
        raise BadInput(
            "%(name)s dépasse 20 Mo : ce n’est pas le fichier des fiches du ROME.", values={"name": path.name}
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252", errors="replace")
    first = text.partition("\n")[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    code = next((names[name] for name in _CODES if name in names), None)
    title = next((names[name] for name in _TITLES if name in names), None)
    if code is None or title is None:
        raise BadInput("%(name)s n’a pas de colonne « code_rome » et « libelle_rome ».", values={"name": path.name})
    found = {(row[code] or "").strip(): (row[title] or "").strip()[:255] for row in rows}
    kept = {key: words for key, words in found.items() if ROME_CODE.fullmatch(key) and words}
    if not kept:
        raise BadInput("%(name)s ne contient aucun intitulé du ROME.", values={"name": path.name})
    return kept
