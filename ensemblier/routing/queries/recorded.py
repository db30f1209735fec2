"""What is recorded for a place: its agreements, and the local doors that exist only where somebody recorded one."""

from dataclasses import dataclass
from datetime import date

from ensemblier.routing.core.agreements import AgreementLine
from ensemblier.routing.sql.place import PlaceRows, commune_rows, place_rows
from ensemblier.territory.core.views import CommuneView

NETWORK_OF = {"guichet_saisonnier": "maison-des-saisonniers"}
"""Key of the door → code of the network in the directory."""
_NETWORKS = sorted(NETWORK_OF.values())


@dataclass(frozen=True, slots=True)
class PlaceLaw:
    """What a commune adds to the law on a day: keys of local doors, lines of the agreements in force."""

    doors: frozenset[str]
    lines: tuple[AgreementLine, ...]


def place_law(commune_code: str, *, on: date) -> PlaceLaw:
    """The local doors and the agreements of a commune on a day: one query.

    A local door is a real site there, in its EPCI or zone d'emploi, or a perimeter in force that serves it.
    """
    return _law(place_rows(commune_code, networks=_NETWORKS, on=on))


def commune_and_law(code: str, *, on: date) -> tuple[CommuneView, PlaceLaw] | None:
    """The commune of a current Insee code and what it adds to the law: one query.

    None when the code is unknown or has a history: then `territory.queries.communes.commune` says where it leads.
    """
    found = commune_rows(code, networks=_NETWORKS, on=on)
    return (found[0], _law(found[1])) if found else None


def _law(found: PlaceRows) -> PlaceLaw:
    return PlaceLaw(frozenset(key for key, code in NETWORK_OF.items() if code in found.networks), found.lines)
