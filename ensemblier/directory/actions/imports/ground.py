"""The ground under an import: communes in force on a day, loaded once, to check and complete the places of a file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ensemblier.directory.core.exchange.records import Problem, Record, ServedAreaRecord, SiteRecord
from ensemblier.directory.core.exchange.text import key_of
from ensemblier.kernel.orm.models import valid_on
from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.geo import Point, great_circle_km
from ensemblier.territory.models import Commune, CommuneChange

FURTHEST_KM = 50.0
FURTHEST_IN_GUYANE_KM = 250.0  # its communes are as large as départements


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune, reduced to what an import needs. `departement` is "" when it is not known."""

    code: str
    key: str
    departement: str
    point: Point | None
    is_estimated: bool


class Ground:
    """Communes by code (old codes followed), by postcode and name, by département."""

    def __init__(self, on: date) -> None:
        self._spots: dict[str, Spot] = {}
        self._by_postcode: dict[str, list[Spot]] = {}
        rows = Commune.objects.order_by("code").values_list(
            "code", "name", "departement__code", "postcodes", "lat", "lon", "is_estimated"
        )
        for code, name, departement, postcodes, lat, lon, is_estimated in rows.iterator(chunk_size=5000):
            point = Point(lat, lon) if lat is not None and lon is not None else None
            spot = Spot(code, key_of(name), departement or "", point, is_estimated)
            self._spots[code] = spot
            for postcode in postcodes:
                self._by_postcode.setdefault(postcode, []).append(spot)
        changes = CommuneChange.objects.filter(valid_on(on)).order_by("old_code", "new_code")
        self._new_code = dict(changes.values_list("old_code", "new_code"))

    def current(self, code: str) -> Spot | None:
        """The commune in force for that code, today's or a former one."""
        for _step in range(10):
            if code in self._spots:
                return self._spots[code]
            if code not in self._new_code:
                return None
            code = self._new_code[code]
        return None

    def named(self, postcode: str, city: str) -> Spot | None:
        """The commune of that postcode and name, or the only one of the postcode; None when in doubt."""
        candidates = self._by_postcode.get(postcode, [])
        key = key_of(city).removesuffix(" cedex").strip()
        same = [spot for spot in candidates if spot.key == key]
        if len(same) == 1:
            return same[0]
        return candidates[0] if len(candidates) == 1 and not key else None

    def of_departements(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Codes of the communes of these départements, sorted."""
        wanted = frozenset(codes)
        return tuple(sorted(spot.code for spot in self._spots.values() if spot.departement in wanted))

    def placed(self, record: Record) -> tuple[Record, tuple[Problem, ...]]:
        """The record with its commune in force and, when its position is unknown, the centre of that commune."""
        if isinstance(record, SiteRecord):
            return self._placed_site(record)
        if isinstance(record, ServedAreaRecord):
            return self._placed_area(record)
        return record, ()

    def _placed_site(self, site: SiteRecord) -> tuple[Record, tuple[Problem, ...]]:
        spot = self.current(site.commune_code) if site.commune_code else self.named(site.postcode, site.city)
        if site.commune_code and spot is None:
            reason = Sentence(
                "Commune inconnue « %(commune_code)s » : vérifiez le code Insee (ou importez les communes).",
                commune_code=site.commune_code,
            )
            return site, (Problem("code_insee", reason, site.commune_code),)
        if spot is None:
            return site, ()
        site = replace(site, commune_code=spot.code)
        if spot.point is None:
            return site, ()
        if site.lat is None or site.lon is None:
            position = "estimated" if spot.is_estimated else "commune_centre"
            return replace(site, lat=spot.point.lat, lon=spot.point.lon, position=position), ()
        away = great_circle_km(Point(site.lat, site.lon), spot.point)
        furthest = FURTHEST_IN_GUYANE_KM if spot.code.startswith("973") else FURTHEST_KM
        if away > furthest and not spot.is_estimated:
            reason = Sentence(
                "Le point est à %(away)s km de sa commune (%(code)s) : corrigez l'un ou l'autre.",
                away=f"{away:.0f}",
                code=spot.code,
            )
            return site, (Problem("latitude", reason, f"{site.lat}, {site.lon}"),)
        return site, ()

    def _placed_area(self, area: ServedAreaRecord) -> tuple[Record, tuple[Problem, ...]]:
        found: set[str] = set(self.of_departements(area.departements))
        unknown: list[str] = []
        for code in area.communes:
            spot = self.current(code)
            if spot is None:
                unknown.append(code)
            else:
                found.add(spot.code)
        problems: tuple[Problem, ...] = ()
        if unknown:
            reason = Sentence("%(count)s communes desservies inconnues, laissées de côté.", count=len(unknown))
            problems = (Problem("communes", reason, ", ".join(unknown[:10]), blocking=not found),)
        return replace(area, communes=tuple(sorted(found)), departements=()), problems
