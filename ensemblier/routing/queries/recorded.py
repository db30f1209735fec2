"""What is recorded for a place: its agreements, and the local doors that exist only where somebody recorded one."""

from dataclasses import dataclass
from datetime import date

from ensemblier.routing.core.agreements import AgreementLine
from ensemblier.routing.sql.place import place_rows

NETWORK_OF = {"guichet_saisonnier": "maison-des-saisonniers"}
"""Key of the door → code of the network in the directory."""


@dataclass(frozen=True, slots=True)
class PlaceLaw:
    """What a commune adds to the law on a day: keys of local doors, lines of the agreements in force."""

    doors: frozenset[str]
    lines: tuple[AgreementLine, ...]


def place_law(commune_code: str, *, on: date) -> PlaceLaw:
    """The local doors and the agreements of a commune on a day: one query.

    A local door is a real site there, in its EPCI or zone d'emploi, or a perimeter in force that serves it.
    """
    found = place_rows(commune_code, networks=sorted(NETWORK_OF.values()), on=on)
    return PlaceLaw(frozenset(key for key, code in NETWORK_OF.items() if code in found.networks), found.lines)
