"""Local doors that exist only where somebody recorded one: the desk of seasonal workers."""

from datetime import date

from django.db.models import Q

from ensemblier.directory.models import Site
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.core.views import CommuneView

NETWORK_OF = {"guichet_saisonnier": "maison-des-saisonniers"}
"""Key of the door → code of the network in the directory."""


def recorded_doors(commune: CommuneView, *, on: date) -> frozenset[str]:
    """The local doors of a commune: a real site there, in its EPCI or zone d'emploi, or a perimeter that serves it."""
    near = Q(commune=commune.code)
    if commune.epci_code:
        near |= Q(commune__epci__code=commune.epci_code)
    if commune.zone_emploi_code:
        near |= Q(commune__zone_emploi__code=commune.zone_emploi_code)
    near |= Q(perimeters__perimeter__communes=commune.code) | Q(
        organisation__perimeters__perimeter__communes=commune.code
    )
    networks = list(NETWORK_OF.values())
    member = Q(organisation__network_memberships__network__code__in=networks)
    member &= valid_on(on, "organisation__network_memberships__")
    rows = Site.objects.filter(valid_on(on), merged_into=None, is_fictitious=False).filter(near).filter(member)
    codes = rows.order_by().values_list("organisation__network_memberships__network__code", flat=True).distinct()
    found = set(codes)
    return frozenset(key for key, network in NETWORK_OF.items() if network in found)
