"""Download the official files and import them."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.words import Sentence
from ensemblier.territory.actions.imports import Options, import_file
from ensemblier.territory.actions.load import Progress, silent
from ensemblier.territory.adapters.download import download
from ensemblier.territory.core.rows import Report
from ensemblier.territory.core.sources import GEO_API, INSEE, SOURCES


def pull(
    names: Sequence[str] = (),
    *,
    bases: Mapping[str, str] | None = None,
    actor: Actor = SYSTEM,
    progress: Progress = silent,
) -> list[Report]:
    """Download and import the sources named (all when none is); one transaction each.

    `bases` replaces the address of a service ("geo", "insee"). Raises NotFound for a name that is not a source,
    SourceUnavailable when a service does not answer: what came before stays.
    """
    wanted = [SOURCES[name] for name in (names or SOURCES) if name in SOURCES]
    if strange := [name for name in names if name not in SOURCES]:
        known = ", ".join(SOURCES)
        raise NotFound(
            "« %(strange)s » n'est pas une source : les sources sont %(known)s.",
            values={"strange": strange[0], "known": known},
            field="source",
        )
    addresses = {"geo": GEO_API, "insee": INSEE} | {k: v for k, v in (bases or {}).items() if v}
    reports = []
    with tempfile.TemporaryDirectory(prefix="ensemblier-") as folder:
        for place, source in enumerate(wanted):
            progress(Sentence("Téléchargement : %(label)s", label=Sentence(source.label)), place / len(wanted))
            path = Path(folder) / f"{source.name}{source.suffix}"
            download(addresses[source.service].rstrip("/") + source.path, path)
            progress(Sentence("Import : %(label)s", label=Sentence(source.label)), (place + 0.5) / len(wanted))
            report = import_file(path, options=Options(source=source.credit), actor=actor)
            report.what = source.label
            reports.append(report)
    progress(Sentence("Terminé"), 1.0)
    return reports
