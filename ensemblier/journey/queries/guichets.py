"""Reads: the guichets of the directory where several operators sit, and which of them is a structure's own.

A guichet is a place of an organisation whose network makes it one (*maison des saisonniers*, *maison de l'emploi*,
*France services*); those who sit there are its holder and whoever holds a published permanence in it.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ensemblier.directory.core.states import PermanenceState
from ensemblier.directory.models import Permanence, Site
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.models import Commune

GUICHET_NETWORKS = ("maison-des-saisonniers", "maisons-de-l-emploi", "france-service")
_MEMBERSHIPS = "organisation__network_memberships__"


@dataclass(frozen=True, slots=True)
class Guichet:
    """A place where several operators sit. `organisations`: all of them, its holder included."""

    site_id: int
    name: str
    commune_code: str
    organisations: tuple[int, ...]


def guichets_of(organisation_id: int, *, on: date) -> tuple[Guichet, ...]:
    """The guichets where the organisation sits on that day, by name. Two queries at most."""
    published = {"permanences__state": PermanenceState.PUBLISHED.value, "permanences__holder_id": organisation_id}
    sits = Q(organisation_id=organisation_id) | (Q(**published) & valid_on(on, "permanences__"))
    rows = (
        Site.objects.filter(valid_on(on), sits, merged_into=None)
        .filter(valid_on(on, _MEMBERSHIPS), **{f"{_MEMBERSHIPS}network__code__in": GUICHET_NETWORKS})
        .distinct()
        .order_by("sort_key", "pk")
    )
    sites = list(rows[:50])
    if not sites:
        return ()
    holders: dict[int, set[int]] = {site.pk: {site.organisation_id} for site in sites}
    permanences = Permanence.objects.filter(valid_on(on), site__in=sites, state=PermanenceState.PUBLISHED.value)
    for site_id, holder_id in permanences.values_list("site_id", "holder_id"):
        holders[site_id].add(holder_id)
    return tuple(
        Guichet(site.pk, site.name or "", site.commune_id or "", tuple(sorted(holders[site.pk]))) for site in sites
    )


def guichet_of(organisation_id: int, *, commune_code: str | None, on: date) -> Guichet | None:
    """The guichet that answers for a commune: in it, else in its EPCI, its département, else the first one."""
    found = guichets_of(organisation_id, on=on)
    if len(found) < 2 or not commune_code:
        return found[0] if found else None
    codes = {commune_code, *(guichet.commune_code for guichet in found)}
    places = {row.code: (row.epci_id, row.departement_id) for row in Commune.objects.filter(code__in=codes)}
    home = places.get(commune_code, (None, None))

    def nearness(guichet: Guichet) -> tuple[bool, bool, bool]:
        epci, departement = places.get(guichet.commune_code, ("", ""))
        return (guichet.commune_code != commune_code, epci != home[0], departement != home[1])

    return min(found, key=nearness)
