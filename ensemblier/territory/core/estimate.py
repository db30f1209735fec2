"""Positions of communes: the gazetteer where it knows them, else deduced from neighbours and marked so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.territory.core.landmass import landmass_of
from ensemblier.territory.core.naming import search_key
from ensemblier.territory.core.rows import CommuneRow, Located

GAZETTEER = "GeoNames (CC BY 4.0)"
_FRANCE = frozenset({"FR", "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "WF", "PF", "NC"})
_SKIPPED = frozenset({"PPLX", "PPLQ", "PPLH", "PPLW"})  # districts of a town, abandoned and historical places


def gazetteer(lines: Iterable[str], names: Mapping[str, str]) -> dict[str, Located]:
    """Positions by commune code from the lines of GeoNames' `cities500.txt`; a line that is not one is skipped.

    `names`: name by commune code. The place that bears the commune's name wins, else the most peopled one.
    """
    best: dict[str, tuple[tuple[bool, int], Located]] = {}
    for line in lines:
        parts = line.split("\t")
        if len(parts) != 19 or parts[8] not in _FRANCE or parts[7] in _SKIPPED or not is_commune_code(parts[13]):
            continue
        code = parts[13]
        if code not in names or not parts[14].isdigit():
            continue
        try:
            place = Located(float(parts[4]), float(parts[5]), GAZETTEER)
        except ValueError:
            continue
        if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):  # NaN fails both
            continue
        rank = (search_key(parts[1]) == search_key(names[code]), int(parts[14]))
        if code not in best or rank > best[code][0]:
            best[code] = (rank, place)
    return {code: place for code, (_, place) in best.items()}


def estimate(communes: Iterable[CommuneRow], known: Mapping[str, Located]) -> dict[str, Located]:
    """A position for each commune: the known one, else the mean of the known communes sharing its postcode, else of
    its EPCI, else of its département, on the same land, weighted by population. Nothing where nothing is known.
    """
    rows = list(communes)
    centres = _centres(rows, known)
    found: dict[str, Located] = {}
    for row in rows:
        if row.code in known:
            found[row.code] = known[row.code]
            continue
        for group, said in _groups(row):
            if group in centres:
                lat, lon = centres[group]
                found[row.code] = Located(lat, lon, f"estimée d'après {said}", is_estimated=True)
                break
    return found


def _groups(row: CommuneRow) -> list[tuple[tuple[str, str, str], str]]:
    """The groups of a commune, nearest first, and how to say them. A land apart shares no centre with another."""
    land = landmass_of(row.code)
    groups = [(("commune", row.parent, land), "la commune entière")] if row.parent else []
    groups += [(("postcode", code, land), "les communes du même code postal") for code in row.postcodes]
    if row.epci:
        groups.append((("epci", row.epci, land), "les communes de la même intercommunalité"))
    if row.departement:
        groups.append((("departement", row.departement, land), "les communes du même département"))
    return groups


def _centres(
    rows: Iterable[CommuneRow], known: Mapping[str, Located]
) -> dict[tuple[str, str, str], tuple[float, float]]:
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in rows:
        place = known.get(row.code)
        if place is None or place.is_estimated:
            continue
        weight = float(row.population or 1)
        own = (("commune", row.code, landmass_of(row.code)), "")
        for group, _ in [*_groups(row), own]:
            total = sums[group]
            total[0] += weight * place.lat
            total[1] += weight * place.lon
            total[2] += weight
    return {group: (lat / weight, lon / weight) for group, (lat, lon, weight) in sums.items()}
