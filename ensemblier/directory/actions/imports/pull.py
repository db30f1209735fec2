"""Downloading an open national source and importing it."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ensemblier.directory.actions.imports.file import ImportOptions, import_file
from ensemblier.directory.adapters.download import download
from ensemblier.directory.core.exchange import dila, france_services
from ensemblier.directory.core.exchange.report import ImportReport
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, SourceUnavailable

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pull:
    """A source that can be downloaded: what it is, where, in which format."""

    code: str
    label: str
    url: str
    format: str
    is_whole: bool = True
    """Its file is all that it knows: what it no longer holds is proposed for closing."""


PULLS = {
    one.code: one
    for one in (
        Pull("dila", "Annuaire officiel des guichets (DILA)", dila.SOURCE.url, "dila"),
        Pull(
            "dila-competence",
            "Communes servies par chaque guichet (DILA)",
            dila.COMPETENCE_URL,
            "dila-competence",
            False,
        ),
        Pull("france-services", "Espaces France services (ANCT)", france_services.SOURCE.url, "france-services"),
    )
}


def pull(
    code: str,
    *,
    url: str = "",
    options: ImportOptions,
    actor: Actor,
    on: date,
    progress: Callable[[str, int, int], None] | None = None,
) -> ImportReport:
    """Download the source (from `url` if given) and import it; the address and the file's name are kept.

    Raises BadInput for an unknown source, SourceUnavailable when it does not answer; then nothing is stored.
    """
    if code not in PULLS:
        raise BadInput(
            "Source « %(code)s » inconnue. Sources : %(names)s.",
            values={"code": code, "names": ", ".join(PULLS)},
            field="source",
        )
    source = PULLS[code]
    with tempfile.TemporaryDirectory(prefix="ensemblier-pull-") as name:
        folder = Path(name)
        address = url or source.url
        path = download(address, folder, progress=_named(progress, "Téléchargement"))
        if listed := _newest_resource(path):
            chosen, address = address, listed
            path = download(address, folder, chosen=chosen, progress=_named(progress, "Téléchargement"))
        options = replace(options, is_whole=source.is_whole, format=source.format, address=address, file_name=path.name)
        return import_file(path, options=options, actor=actor, on=on, progress=_named(progress, "Import"))


def _named(progress: Callable[[str, int, int], None] | None, what: str) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(what, done, total)


def _newest_resource(path: Path) -> str:
    """Address of the newest CSV when the file is a data.gouv.fr description of a data set, "" otherwise."""
    if path.stat().st_size > 5_000_000:
        return ""
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return ""
    resources = document.get("resources") if isinstance(document, dict) else None
    if not isinstance(resources, list):
        return ""
    tables = [
        one
        for one in resources
        if isinstance(one, dict) and str(one.get("format", "")).lower() == "csv" and isinstance(one.get("url"), str)
    ]
    if not tables:
        raise SourceUnavailable("Le jeu de données ne contient plus de fichier CSV : donnez son adresse avec --url.")
    newest = max(tables, key=lambda one: str(one.get("last_modified") or one.get("published") or ""))
    return str(newest["url"])
