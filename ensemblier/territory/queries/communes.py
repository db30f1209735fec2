"""Reads: one commune by its code, on a date; the search by what people type."""

from collections.abc import Iterable
from datetime import date

from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.kernel.period import Period
from ensemblier.territory.core.geo import Point
from ensemblier.territory.core.history import Step, follow
from ensemblier.territory.core.naming import parse_search, plain
from ensemblier.territory.core.views import CommuneHit, CommuneView
from ensemblier.territory.models import Commune, CommuneChange, Zone
from ensemblier.territory.sql import search

_ZONES = ("departement", "region", "epci", "zone_emploi", "bassin_vie", "arrondissement")


def commune(code: str, *, on: date) -> CommuneView:
    """The commune of the Insee code, an old code being followed to the commune that holds on the day `on`.

    Raises NotFound with what to do.
    """
    asked = plain(code).upper().replace(" ", "")
    row = _rows([asked]).get(asked) if is_commune_code(asked) else None
    steps = _steps(asked) if is_commune_code(asked) else {}
    if steps:
        known = frozenset({asked} if row else ())
        holding = follow(asked, steps, on=on, current=known)
        found = row if holding == asked else _rows([holding]).get(holding)
        row = found or row or _current_of(holding)
    if row is None:
        raise NotFound(_unknown(code, asked), field="commune")
    return view_of(row, followed_from="" if row.code == asked else asked)


def communes(codes: Iterable[str]) -> dict[str, CommuneView]:
    """Current communes by code, in two queries at most; unknown codes are absent from the answer."""
    return {code: view_of(row) for code, row in _rows(sorted(set(codes))).items()}


def search_communes(text: str, *, limit: int = 10) -> list[CommuneHit]:
    """Communes by name, part, old name, postcode, Insee code or département, with typing errors, best first.

    Exact name, then beginning, then part, then resemblance; the most peopled first among equals.
    """
    terms = parse_search(text)
    limit = max(1, min(limit, 50))
    return [
        CommuneHit(r.code, r.name, tuple(r.postcodes), r.departement_code, r.departement_name, r.matched)
        for r in search.places(terms, limit=limit)
    ]


def view_of(row: Commune, *, followed_from: str = "") -> CommuneView:
    """A commune row (its zones already joined) as a value."""
    return CommuneView(
        code=row.code,
        name=row.name,
        postcodes=tuple(row.postcodes),
        departement_code=_code(row.departement),
        departement_name=_name(row.departement),
        region_code=_code(row.region),
        region_name=_name(row.region),
        epci_code=_code(row.epci),
        epci_name=_name(row.epci),
        zone_emploi_code=_code(row.zone_emploi),
        zone_emploi_name=_name(row.zone_emploi),
        bassin_vie_code=_code(row.bassin_vie),
        bassin_vie_name=_name(row.bassin_vie),
        population=row.population,
        point=None if row.lat is None or row.lon is None else Point(row.lat, row.lon),
        is_estimated=row.is_estimated,
        arrondissement_code=_code(row.arrondissement),
        arrondissement_name=_name(row.arrondissement),
        parent_code=row.parent_id or "",
        followed_from=followed_from,
    )


def _rows(codes: list[str]) -> dict[str, Commune]:
    return {row.code: row for row in Commune.objects.filter(code__in=codes).select_related(*_ZONES)}


def _steps(code: str) -> dict[str, list[Step]]:
    """Every step reachable from `code`, read one generation at a time (one query when the code never changed)."""
    steps: dict[str, list[Step]] = {}
    front = {code}
    while front and len(steps) < 64:
        found = CommuneChange.objects.filter(old_code__in=front).order_by("old_code", "new_code", "valid_from")
        fresh: dict[str, list[Step]] = {}
        for row in found:
            step = Step(row.old_code, row.new_code, Period(row.valid_from, row.valid_to))
            fresh.setdefault(row.old_code, []).append(step)
        steps |= fresh
        front = {s.new_code for generation in fresh.values() for s in generation} - steps.keys()
    return steps


def _current_of(code: str) -> Commune | None:
    """The current commune that an old code leads to today, for a date when the old commune was still alone."""
    steps = _steps(code)
    target = follow(code, steps, on=date.max, current=frozenset())
    return _rows([target]).get(target)


def _unknown(typed: str, asked: str) -> str:
    """The sentence for a code that leads nowhere."""
    shown = typed.strip()[:40]
    if not is_commune_code(asked):
        return (
            f"« {shown} » n'est pas un code Insee de commune : il faut 5 caractères, par exemple 05023 "
            "(2A004 en Corse). Vous pouvez aussi chercher la commune par son nom ou son code postal."
        )
    return (
        f"Aucune commune n'a le code Insee {asked}, ni aujourd'hui ni parmi les anciens codes connus. "
        "Vérifiez qu'il ne s'agit pas d'un code postal, ou cherchez la commune par son nom."
    )


def _code(zone: Zone | None) -> str:
    return zone.code if zone else ""


def _name(zone: Zone | None) -> str:
    return zone.name if zone else ""
