"""Store what tables say of communes: names, zones, positions, populations, figures."""

from collections.abc import Iterable, Iterator, Sequence

from ensemblier.kernel.orm.sql import analyze
from ensemblier.kernel.words import Sentence
from ensemblier.territory.actions.figures import store_figures
from ensemblier.territory.core.intake.communes import CommuneFacts
from ensemblier.territory.core.intake.figures import FigureRow
from ensemblier.territory.core.kinds import COLUMN_KINDS, NameKind, ZoneKind
from ensemblier.territory.core.naming import search_key, sort_key
from ensemblier.territory.core.rows import Problem, Report, zone_key
from ensemblier.territory.models import Commune, CommuneChange, Zone, ZoneMember
from ensemblier.territory.sql.bulk import Target, merge, update

_COMMUNE = Target(
    "territory_commune",
    (
        "code", "name", "sort_key", "search_key", "postcodes", "population", "lat", "lon", "is_estimated",
        "position_source", *(f"{kind.value}_id" for kind in COLUMN_KINDS),
    ),
    ("code",),
)  # fmt: skip
_NEW = Target("territory_commune", _COMMUNE.columns, ("code",))
_ZONE = Target("territory_zone", ("key", "kind", "code", "name", "sort_key", "vintage", "source"), ("key",))
_MEMBER = Target("territory_zonemember", ("zone_id", "commune_id"), ("zone_id", "commune_id"))
_NAME = Target(
    "territory_placename",
    ("commune_id", "name", "search_key", "kind", "departement_code", "weight"),
    ("commune_id", "name", "kind"),
)


def store_facts(facts: Iterable[CommuneFacts], source: str, report: Report, *, may_create: bool) -> None:
    """Store facts inside the caller's transaction; unknown communes are refused unless `may_create` and named."""
    known = set(Commune.objects.order_by().values_list("code", flat=True))
    kept = list(_checked(facts, known, report, may_create=may_create))
    _store_zones(kept, source)
    fresh = [f for f in kept if f.code not in known]
    report.count(merge(_NEW, (_row(f, source, is_new=True) for f in fresh)))
    report.count(update(_COMMUNE, (_row(f, source) for f in kept if f.code in known)))
    _store_members(kept)
    merge(_NAME, _names(f for f in kept if f.name and (f.code not in known or f.postcodes)))
    figures = (
        FigureRow(ZoneKind.COMMUNE, f.code, variable, period, value, source)
        for f in kept
        for variable, period, value in f.figures
    )
    side = Report("chiffres")
    store_figures(figures, side)
    if side.accepted or side.changed or side.unchanged:
        report.notes.append(
            Sentence(
                "Chiffres des communes : %(accepted)s ajouts, %(changed)s changements, %(unchanged)s inchangés.",
                accepted=side.accepted,
                changed=side.changed,
                unchanged=side.unchanged,
            )
        )
    analyze("territory_commune", "territory_zone", "territory_placename")


def rename_zones(names: Iterable[tuple[ZoneKind, str, str]], report: Report) -> None:
    """Give known zones their names inside the caller's transaction; zones that no commune has are left out."""
    wanted = {zone_key(kind, code): name for kind, code, name in names}
    known = Zone.objects.filter(key__in=list(wanted)).order_by().values_list("key", flat=True)
    target = Target("territory_zone", ("key", "name", "sort_key"), ("key",))
    report.count(update(target, [(key, wanted[key], sort_key(wanted[key])) for key in known]))


def refusal(code: str, moved: dict[str, str]) -> str:
    """Why a commune code of a table is not accepted."""
    if code in moved:
        return Sentence(
            "la commune %(code)s n'existe plus (voir %(now)s) : prenez la version du fichier qui suit "
            "le découpage actuel",
            code=code,
            now=moved[code],
        )
    return Sentence(
        "aucune commune n'a le code %(code)s dans le découpage chargé (ensemblier territory load, ou pull)", code=code
    )


def moved_codes() -> dict[str, str]:
    """Old commune codes and where they lead, for messages."""
    return dict(CommuneChange.objects.order_by().values_list("old_code", "new_code"))


def _checked(
    facts: Iterable[CommuneFacts], known: set[str], report: Report, *, may_create: bool
) -> Iterator[CommuneFacts]:
    seen: set[str] = set()
    moved = moved_codes()
    for f in facts:
        if f.code in seen:
            report.refuse(
                Problem(f.row, "code", Sentence("la commune %(code)s a déjà une ligne plus haut", code=f.code))
            )
        elif f.code not in known and not (may_create and f.name):
            report.refuse(Problem(f.row, "code", refusal(f.code, moved)))
        else:
            seen.add(f.code)
            yield f


def _store_zones(facts: Sequence[CommuneFacts], source: str) -> None:
    """Zones named by the facts; a name already known is kept when the table brings none."""
    said: dict[str, tuple[ZoneKind, str, str, str]] = {}
    for f in facts:
        for kind, (code, name, vintage) in f.zones.items():
            key = zone_key(kind, code)
            if key not in said or name:
                said[key] = (kind, code, name, vintage)
    old = {z.key: z for z in Zone.objects.filter(key__in=list(said)).order_by()}
    rows = []
    for key, (kind, code, name, vintage) in said.items():
        before = old.get(key)
        if before is not None and not name and vintage in {"", before.vintage}:
            continue
        shown = name or (before.name if before else code)
        rows.append(
            (key, kind.value, code, shown, sort_key(shown), vintage or (before.vintage if before else ""), source)
        )
    merge(_ZONE, rows)


def _store_members(facts: Sequence[CommuneFacts]) -> None:
    kinds = {kind for f in facts for kind in f.zones} - set(COLUMN_KINDS)
    for kind in kinds:
        wanted = {(zone_key(kind, f.zones[kind][0]), f.code) for f in facts if kind in f.zones}
        communes = {code for _, code in wanted}
        held = ZoneMember.objects.filter(zone__kind=kind).order_by().values_list("id", "zone_id", "commune_id")
        stale = [pk for pk, zone, commune in held if commune in communes and (zone, commune) not in wanted]
        ZoneMember.objects.filter(pk__in=stale).delete()
        merge(_MEMBER, sorted(wanted))


def _row(f: CommuneFacts, source: str, *, is_new: bool = False) -> tuple[object, ...]:
    zones = tuple(zone_key(kind, f.zones[kind][0]) if kind in f.zones else None for kind in COLUMN_KINDS)
    names = (f.name, sort_key(f.name)[:120], search_key(f.name)) if f.name else (None, None, None)
    postcodes: list[str] | None = list(f.postcodes) if f.postcodes is not None else ([] if is_new else None)
    if f.point is None:
        return (
            f.code,
            *names,
            postcodes,
            f.population,
            None,
            None,
            False if is_new else None,
            "" if is_new else None,
            *zones,
        )
    return (f.code, *names, postcodes, f.population, f.point.lat, f.point.lon, False, source[:120], *zones)


def _names(facts: Iterable[CommuneFacts]) -> Iterator[tuple[object, ...]]:
    for f in facts:
        departement = f.zones[ZoneKind.DEPARTEMENT][0] if ZoneKind.DEPARTEMENT in f.zones else departement_of(f.code)
        weight = f.population or 0
        yield (f.code, f.name, search_key(f.name), NameKind.CURRENT.value, departement, weight)
        for postcode in f.postcodes or ():
            yield (f.code, postcode, postcode, NameKind.POSTCODE.value, departement, weight)


def departement_of(code: str) -> str:
    """The département of a commune code, by its form."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]
