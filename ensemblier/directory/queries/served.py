"""Reads: what an organisation or a site serves."""

from datetime import date

from django.db.models import Count, Q

from ensemblier.directory.core.views import Served
from ensemblier.directory.models import InterventionPerimeter, ServedCommune
from ensemblier.kernel.orm.models import valid_on


def served_by(where: Q, *, on: date) -> list[Served]:
    """Perimeters by name, then the number of communes listed one by one. Two queries."""
    perimeters = (
        InterventionPerimeter.objects.filter(where, valid_on(on))
        .annotate(size=Count("perimeter__communes"))
        .order_by("perimeter__name", "id")
        .values_list("perimeter__name", "size", "site__uid")
    )
    shown = [Served(name, size, site_uid) for name, size, site_uid in perimeters]
    listed = ServedCommune.objects.filter(where, valid_on(on)).aggregate(n=Count("commune_id", distinct=True))["n"]
    return [*shown, Served("", listed)] if listed else shown
