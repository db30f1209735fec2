"""Files and communes for the tests of imports."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from ensemblier.directory.actions.imports.file import ImportOptions, import_file
from ensemblier.directory.core.exchange.report import ImportReport
from ensemblier.kernel.actor import SYSTEM
from tests.factories.directory import make_networks
from tests.factories.territory import BRIANCON, GAP, GRENOBLE, make_commune

ON = date(2026, 11, 22)


def ground() -> None:
    """Three communes and the networks."""
    for place in (GAP, BRIANCON, GRENOBLE):
        make_commune(place)
    make_networks()


def structure(number: int = 1, **values: Any) -> dict[str, Any]:
    """A structure of data·inclusion at Gap."""
    return {
        "source": "dora",
        "id": f"dora--{number}",
        "nom": f"Mission locale n° {number}",
        "date_maj": "2026-05-01",
        "description": "Accompagne les jeunes du département.",
        "commune": "Gap",
        "code_postal": "05000",
        "code_insee": "05061",
        "adresse": f"{number} rue de France",
        "latitude": 44.5612,
        "longitude": 6.0820,
        "telephone": "+33492208029",
        "courriel": "accueil@example.org",
        "site_web": "https://example.org/",
        "horaires_accueil": "Mo-Fr 09:00-12:00",
        "reseaux_porteurs": ["mission-locale"],
    } | values


def service(number: int = 1, structure: int = 1, **values: Any) -> dict[str, Any]:
    """A service of that structure, at its place."""
    return {
        "source": "dora",
        "id": f"dora--s{number}",
        "structure_id": f"dora--{structure}",
        "nom": f"Atelier n° {number}",
        "description": "Préparer une candidature, à plusieurs.",
        "date_maj": "2026-05-01",
        "type": "atelier",
        "thematiques": ["choisir-un-metier--confirmer-son-choix-de-metier"],
        "publics": ["jeunes"],
        "modes_accueil": ["en-presentiel"],
        "mobilisable_par": ["usagers"],
        "modes_mobilisation": ["telephoner"],
        "zone_eligibilite": ["05"],
        "adresse": f"{structure} rue de France",
        "code_insee": "05061",
    } | values


def written(folder: Path, name: str, content: Any) -> Path:
    """A file: text and bytes as they are, anything else as JSON."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def imported(path: Path, **options: Any) -> ImportReport:
    """Import the file as the system, on a fixed day."""
    return import_file(path, options=ImportOptions(**options), actor=SYSTEM, on=ON)


def figures(report: ImportReport) -> tuple[int, int, int, int]:
    """Accepted, changed, unchanged, set aside."""
    return (report.accepted, report.changed, report.unchanged, report.set_aside)
