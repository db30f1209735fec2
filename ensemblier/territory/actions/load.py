"""Load the whole ground from the npm packages: communes, zones, names, history, positions."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import transaction

from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.orm.sql import analyze
from ensemblier.kernel.words import Sentence
from ensemblier.territory.adapters import packages as installed
from ensemblier.territory.core import decoupage
from ensemblier.territory.core.estimate import GAZETTEER, estimate, gazetteer
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.naming import search_key, sort_key
from ensemblier.territory.core.rows import CommuneRow, Ground, Located, Report, ZoneRow, zone_key
from ensemblier.territory.models import Commune
from ensemblier.territory.sql.bulk import Target, merge

Progress = Callable[[str, float], None]
"""Called with a French phrase and the share done (0 to 1)."""

_ZONE = Target(
    "territory_zone", ("key", "kind", "code", "name", "sort_key", "parent_id", "vintage", "source"), ("key",)
)
_COMMUNE = Target(
    "territory_commune",
    (
        "code", "name", "sort_key", "search_key", "postcodes", "population", "lat", "lon", "is_estimated",
        "position_source", "parent_id", "departement_id", "region_id", "arrondissement_id", "epci_id",
    ),
    ("code",),
)  # fmt: skip
_MEMBER = Target("territory_zonemember", ("zone_id", "commune_id"), ("zone_id", "commune_id"))
_NAME = Target(
    "territory_placename",
    ("commune_id", "name", "search_key", "kind", "departement_code", "weight"),
    ("commune_id", "name", "kind"),
)
_CHANGE = Target(
    "territory_communechange",
    ("old_code", "new_code", "old_name", "kind", "source", "valid_from", "valid_to"),
    ("old_code", "new_code", "valid_from"),
)


def silent(what: str, share: float) -> None:
    """A progress nobody watches."""


def load_ground(*, packages: Path, actor: Actor = SYSTEM, progress: Progress = silent) -> Report:
    """Load or refresh the code officiel géographique in one transaction; twice changes nothing.

    Exact positions imported from elsewhere are kept, and so are the zonings that the package does not hold.
    Raises SourceUnavailable when the package is missing, BadInput when its files are not what they should be.
    """
    progress(Sentence("Lecture du code officiel géographique"), 0.0)
    files, source = installed.decoupage(packages)
    ground = decoupage.read(files, source=source)
    progress(Sentence("Lecture des positions (GeoNames)"), 0.3)
    names = {c.code: c.name for c in ground.communes}
    known = gazetteer(installed.gazetteer_lines(packages), names)
    report = Report("communes")
    with transaction.atomic():
        known |= _exact_positions()
        progress(Sentence("Enregistrement"), 0.6)
        places = estimate(ground.communes, known)
        _write(ground, places, report, progress)
        AuditRow.objects.create(
            actor_id=actor.user_id,
            actor_label=actor.label,
            organisation_id=actor.organisation_id,
            table="territory_commune",
            row_id="*",
            verb="load",
            changes={"source": source, "created": report.accepted, "changed": report.changed},
        )
    analyze("territory_commune", "territory_placename", "territory_zone", "territory_communechange")
    progress(Sentence("Terminé"), 1.0)
    return report


def _exact_positions() -> dict[str, Located]:
    """Positions that came from a better source than the gazetteer: an import of the official export."""
    rows = Commune.objects.filter(is_estimated=False, lat__isnull=False, lon__isnull=False)
    rows = rows.exclude(position_source=GAZETTEER).order_by()
    found = rows.values_list("code", "lat", "lon", "position_source")
    return {code: Located(lat or 0.0, lon or 0.0, source) for code, lat, lon, source in found}


def _write(ground: Ground, places: dict[str, Located], report: Report, progress: Progress) -> None:
    merge(_ZONE, zone_rows(ground.zones))
    report.count(merge(_COMMUNE, (_commune(c, places.get(c.code)) for c in ground.communes)))
    progress(Sentence("Noms et histoire des communes"), 0.8)
    merge(_MEMBER, ground.members)
    merge(_NAME, unique_names(ground))
    merge(
        _CHANGE,
        ((c.old_code, c.new_code, c.old_name, c.kind.value, c.source, c.start, c.end) for c in ground.changes),
    )
    estimated = sum(place.is_estimated for place in places.values())
    report.notes.append(
        Sentence(
            "%(count)s communes et arrondissements municipaux ; position connue pour %(known)s, "
            "estimée (et signalée) pour %(estimated)s, inconnue pour %(unknown)s.",
            count=len(ground.communes),
            known=len(places) - estimated,
            estimated=estimated,
            unknown=len(ground.communes) - len(places),
        )
    )


def zone_rows(zones: Iterable[ZoneRow]) -> Iterable[tuple[object, ...]]:
    """Zones as rows of the table, parents first as the source gives them."""
    for z in zones:
        yield (z.key, z.kind.value, z.code, z.name, sort_key(z.name), z.parent or None, z.vintage, z.source)


def unique_names(ground: Ground) -> Iterable[tuple[object, ...]]:
    """Names as rows of the table, each once."""
    seen: set[tuple[str, str, str]] = set()
    for n in ground.names:
        key = (n.commune, n.name, n.kind.value)
        if key not in seen:
            seen.add(key)
            yield (n.commune, n.name, search_key(n.name), n.kind.value, n.departement, n.weight)


def _commune(c: CommuneRow, place: Located | None) -> tuple[object, ...]:
    return (
        c.code, c.name, sort_key(c.name)[:120], search_key(c.name), list(c.postcodes), c.population,
        place.lat if place else None, place.lon if place else None,
        place.is_estimated if place else False, place.source if place else "", c.parent or None,
        zone_key(ZoneKind.DEPARTEMENT, c.departement) or None, zone_key(ZoneKind.REGION, c.region) or None,
        zone_key(ZoneKind.ARRONDISSEMENT, c.arrondissement) or None, zone_key(ZoneKind.EPCI, c.epci) or None,
    )  # fmt: skip
