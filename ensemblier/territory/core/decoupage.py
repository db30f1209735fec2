"""Reads the JSON of npm `@etalab/decoupage-administratif` (code officiel géographique, Licence Ouverte)."""

from collections.abc import Iterable, Mapping
from typing import Any

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.territory.core.kinds import ChangeKind, NameKind, ZoneKind
from ensemblier.territory.core.rows import ChangeRow, CommuneRow, Ground, NameRow, ZoneRow, zone_key

FILES = ("communes", "epci", "ept", "arrondissements", "departements", "regions")
Records = Iterable[Mapping[str, Any]]

_OLD = {
    "commune-deleguee": (NameKind.DELEGATED, ChangeKind.DELEGATED),
    "commune-associee": (NameKind.ASSOCIATED, ChangeKind.ASSOCIATED),
}


def read(files: Mapping[str, Records], *, source: str) -> Ground:
    """A whole ground from the package's files, by name (`FILES`). Raises BadInput on a shape it does not know."""
    try:
        return _read(files, source)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadInput(
            "Les fichiers du découpage administratif n'ont pas la forme attendue (%(error)s). Réinstallez "
            "le paquet (npm ci) : rien n'a été enregistré.",
            values={"error": repr(error)},
        ) from error


def _read(files: Mapping[str, Records], source: str) -> Ground:
    epci = list(files["epci"])
    epci_of = {member["code"]: group["code"] for group in epci for member in group["membres"]}
    records = list(files["communes"])
    current = [r for r in records if r["type"] == "commune-actuelle"]
    districts = [r for r in records if r["type"] == "arrondissement-municipal"]
    communes = [_commune(r, epci_of.get(r["code"], "")) for r in current]
    communes += [_commune(r, epci_of.get(r["commune"], ""), parent=r["commune"]) for r in districts]
    codes = {c.code for c in communes}
    return Ground(
        tuple(communes),
        tuple(_zones(files, epci, source)),
        tuple(
            (zone_key(ZoneKind.EPT, group["code"]), member["code"])
            for group in files["ept"]
            for member in group["membres"]
            if member["code"] in codes
        ),
        tuple(_names(current, districts, records)),
        tuple(_changes(current, records, codes, source)),
        source,
    )


def _commune(record: Mapping[str, Any], epci: str, *, parent: str = "") -> CommuneRow:
    if not is_commune_code(record["code"]):
        raise ValueError(record["code"])
    return CommuneRow(
        record["code"],
        record["nom"],
        tuple(sorted(record.get("codesPostaux", ()))),
        record.get("population"),
        record.get("departement", ""),
        record.get("region", ""),
        record.get("arrondissement", ""),
        epci,
        parent,
    )


def _zones(files: Mapping[str, Records], epci: Records, source: str) -> Iterable[ZoneRow]:
    for r in files["regions"]:
        yield ZoneRow(ZoneKind.REGION, r["code"], r["nom"], source=source)
    for r in files["departements"]:
        yield ZoneRow(ZoneKind.DEPARTEMENT, r["code"], r["nom"], zone_key(ZoneKind.REGION, r["region"]), source=source)
    for r in files["arrondissements"]:
        parent = zone_key(ZoneKind.DEPARTEMENT, r["departement"])
        yield ZoneRow(ZoneKind.ARRONDISSEMENT, r["code"], r["nom"], parent, source=source)
    for r in epci:
        yield ZoneRow(ZoneKind.EPCI, r["code"], r["nom"], source=source)
    for r in files["ept"]:
        yield ZoneRow(ZoneKind.EPT, r["code"], r["nom"], source=source)


def _names(current: Records, districts: Records, records: Records) -> Iterable[NameRow]:
    known = {r["code"]: r for r in current}
    for r in current:
        yield NameRow(r["code"], r["nom"], NameKind.CURRENT, r.get("departement", ""), r.get("population") or 0)
    for r in [*current, *districts]:
        for postcode in r.get("codesPostaux", ()):
            yield NameRow(r["code"], postcode, NameKind.POSTCODE, r.get("departement", ""), r.get("population") or 0)
    for r in districts:
        yield NameRow(r["code"], r["nom"], NameKind.ARRONDISSEMENT, r["departement"], r.get("population") or 0)
    for r in records:
        if r["type"] in _OLD and r["chefLieu"] in known and r["nom"] != known[r["chefLieu"]]["nom"]:
            yield NameRow(r["chefLieu"], r["nom"], _OLD[r["type"]][0], r.get("departement", ""))


def _changes(current: Records, records: Records, codes: set[str], source: str) -> Iterable[ChangeRow]:
    old = {r["code"]: r for r in records if r["type"] in _OLD and r["code"] not in codes}
    done: set[tuple[str, str]] = set()
    for r in old.values():
        if r["chefLieu"] in codes:
            done.add((r["code"], r["chefLieu"]))
            yield ChangeRow(r["code"], r["chefLieu"], _OLD[r["type"]][1], source, r["nom"])
    for r in current:
        for code in r.get("anciensCodes", ()):
            if code not in codes and (code, r["code"]) not in done:
                yield ChangeRow(code, r["code"], ChangeKind.PASSAGE, source)
