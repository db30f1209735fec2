"""Reads: the other names of a commune."""

from ensemblier.territory.core.kinds import NameKind
from ensemblier.territory.models import PlaceName


def other_names(commune_code: str) -> tuple[str, ...]:
    """Old, delegated and associated names that lead to a commune, in alphabetical order: one query."""
    kinds = [NameKind.OLD, NameKind.DELEGATED, NameKind.ASSOCIATED, NameKind.ARRONDISSEMENT]
    rows = PlaceName.objects.filter(commune_id=commune_code, kind__in=kinds).order_by("search_key", "id")
    return tuple(dict.fromkeys(rows.values_list("name", flat=True)))
