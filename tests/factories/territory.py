"""Real communes for tests, made one by one: no test loads the whole country unless it says so."""

from dataclasses import dataclass

from ensemblier.territory.core.kinds import NameKind, ZoneKind
from ensemblier.territory.core.naming import search_key, sort_key
from ensemblier.territory.core.rows import zone_key
from ensemblier.territory.models import Commune, PlaceName, Zone

REGIONS = {"93": "Provence-Alpes-Côte d'Azur", "84": "Auvergne-Rhône-Alpes", "04": "La Réunion", "11": "Île-de-France"}
DEPARTEMENTS = {
    "13": ("Bouches-du-Rhône", "93"),
    "05": ("Hautes-Alpes", "93"),
    "38": ("Isère", "84"),
    "42": ("Loire", "84"),
    "974": ("La Réunion", "04"),
    "75": ("Paris", "11"),
}


@dataclass(frozen=True)
class Place:
    """What a test says of a commune."""

    code: str
    name: str
    postcodes: tuple[str, ...]
    population: int
    lat: float
    lon: float
    epci: tuple[str, str] = ("", "")
    is_estimated: bool = False


GAP = Place("05061", "Gap", ("05000",), 40631, 44.5612, 6.0820, ("200067825", "CA Gap-Tallard-Durance"))
BRIANCON = Place("05023", "Briançon", ("05100",), 10900, 44.8997, 6.6428, ("240500439", "CC du Briançonnais"))
ARGENTIERE = Place(
    "05006", "L'Argentière-la-Bessée", ("05120",), 2288, 44.7934, 6.5590, ("240500462", "CC du Pays des Ecrins"), True
)
GRENOBLE = Place("38185", "Grenoble", ("38000", "38100"), 156389, 45.1787, 5.7215, ("200040715", "Grenoble-Alpes"))
SAINT_ETIENNE = Place("42218", "Saint-Étienne", ("42000", "42100"), 172718, 45.4397, 4.3872, ("244200770", "SEM"))
SAINT_DENIS_REUNION = Place("97411", "Saint-Denis", ("97400",), 155634, -20.8789, 55.4481, ("249740119", "CINOR"))
PARIS = Place("75056", "Paris", ("75001", "75002"), 2103778, 48.8566, 2.3522, ("200054781", "Grand Paris"))

EVERYWHERE = (GAP, BRIANCON, ARGENTIERE, GRENOBLE, SAINT_ETIENNE, SAINT_DENIS_REUNION, PARIS)


def make_zone(kind: ZoneKind, code: str, name: str, *, parent: str = "") -> Zone:
    """A zone, found again when it is already there."""
    return Zone.objects.get_or_create(
        key=zone_key(kind, code),
        defaults={"kind": kind, "code": code, "name": name, "sort_key": sort_key(name), "parent_id": parent or None},
    )[0]


def make_commune(place: Place = GAP) -> Commune:
    """A commune with its region, département, EPCI and names, found again when it is already there."""
    departement = place.code[:3] if place.code.startswith("97") else place.code[:2]
    name, region = DEPARTEMENTS[departement]
    in_region = make_zone(ZoneKind.REGION, region, REGIONS[region])
    row, is_new = Commune.objects.get_or_create(
        code=place.code,
        defaults={
            "name": place.name,
            "sort_key": sort_key(place.name),
            "search_key": search_key(place.name),
            "postcodes": list(place.postcodes),
            "population": place.population,
            "lat": place.lat,
            "lon": place.lon,
            "is_estimated": place.is_estimated,
            "region": in_region,
            "departement": make_zone(ZoneKind.DEPARTEMENT, departement, name, parent=in_region.key),
            "epci": make_zone(ZoneKind.EPCI, *place.epci) if place.epci[0] else None,
        },
    )
    if is_new:
        make_name(row, place.name, NameKind.CURRENT, departement)
        for postcode in place.postcodes:
            make_name(row, postcode, NameKind.POSTCODE, departement)
    return row


def make_name(commune: Commune, name: str, kind: NameKind, departement: str) -> PlaceName:
    """One more name under which the commune is found."""
    return PlaceName.objects.create(
        commune=commune,
        name=name,
        search_key=search_key(name),
        kind=kind,
        departement_code=departement,
        weight=commune.population or 0 if kind in {NameKind.CURRENT, NameKind.POSTCODE} else 0,
    )


def make_places(*places: Place) -> dict[str, Commune]:
    """Several communes by code; all of `EVERYWHERE` when none is named."""
    return {place.code: make_commune(place) for place in places or EVERYWHERE}
