"""Reads: what is known of a trade around the person, beside her plan. What nobody imported stays unknown."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.journey.core.consent import Category
from ensemblier.journey.models import Project
from ensemblier.journey.queries.own_file import Author, reading
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.communes import commune
from ensemblier.territory.queries.figures import FigureView, Profile, figures, territory_profile


@dataclass(frozen=True, slots=True)
class TradeView:
    """A project and the figures imported for its trade there, latest first; none = nobody imported any."""

    words: str
    rome_code: str
    rome_title: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class AroundView:
    """The trades that the person thinks of, and the place where she lives; None when it is not known."""

    place_name: str
    trades: tuple[TradeView, ...]
    profile: Profile | None


def read_around(file: UUID, *, by: Author, at: datetime, on: date) -> AroundView:
    """Her projects and her employment zone (else her commune): figures with source and date. Raises NotFound."""
    with reading(file, by=by, at=at, needs=Category.PROJECT) as person:
        rows = list(Project.objects.filter(person=person).select_related("rome").order_by("pk"))
        home = person.commune_id
    place = commune(home, on=on) if home else None
    kind, code, name = _zone(place) if place is not None else (ZoneKind.COMMUNE, "", "")
    known = figures(kind, code) if code else []
    trades = tuple(
        TradeView(
            words=row.words,
            rome_code=row.rome_id or "",
            rome_title=row.rome.title if row.rome else "",
            figures=tuple(f for f in known if row.rome_id and row.rome_id.lower() in f.variable.lower()),
        )
        for row in rows
    )
    return AroundView(name, trades, territory_profile(kind, code) if code else None)


def _zone(place: CommuneView) -> tuple[ZoneKind, str, str]:
    if place.zone_emploi_code:
        return ZoneKind.ZONE_EMPLOI, place.zone_emploi_code, place.zone_emploi_name
    return ZoneKind.COMMUNE, place.code, place.name
