"""Runs the function of commune_views.sql: an ORM instance with six zones would cost more than the rest."""

from collections.abc import Sequence
from typing import NamedTuple

from ensemblier.kernel.orm.sql import answers
from ensemblier.territory.core.views import CommuneView, commune_of

_VIEWS = "select * from public.territory_commune_views(%s::text[])"


class Found(NamedTuple):
    """A commune, and whether its code has ever led elsewhere."""

    view: CommuneView
    has_history: bool


def commune_views(codes: Sequence[str]) -> dict[str, Found]:
    """Current communes by code: one query."""
    return {row[0]: Found(commune_of(row), row[20]) for row in answers(_VIEWS, [list(codes)])}
