"""The profile of a place in words: what is known with its source, what is missing by name; zonings compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.profile import Indicator
from ensemblier.territory.core.views import CommuneView
from ensemblier.territory.queries.figures import Profile


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One indicator as a line of a table."""

    label: str
    value_text: str
    reference_text: str
    period: str
    source: str
    method: str


@dataclass(frozen=True, slots=True)
class ZoneOverlap:
    """What another zone shares with this territory; the share is of the people of this territory."""

    kind: ZoneKind
    kind_label: str
    code: str
    name: str
    communes: int
    share_text: str


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return _("non connu")
    text = f"{value:,.2f}" if abs(value) < 2 else f"{value:,.1f}"
    if not (get_language() or "fr").startswith("en"):
        text = text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    return f"{text}\N{NO-BREAK SPACE}{unit}"


def figure_rows(profile: Profile) -> list[FigureRow]:
    """Indicators that could be computed."""
    return [_row(indicator) for indicator in profile.indicators if indicator.value is not None]


def _row(indicator: Indicator) -> FigureRow:
    known = [figure for _name, figure in indicator.inputs]
    return FigureRow(
        _(indicator.label),
        _number(indicator.value, _(indicator.unit)),
        _number(indicator.reference, _(indicator.unit)),
        ", ".join(dict.fromkeys(figure.period for figure in known)),
        ", ".join(dict.fromkeys(figure.source for figure in known)),
        "; ".join(dict.fromkeys([indicator.formula, *(figure.method for figure in known if figure.method)])),
    )


def missing_lines(profile: Profile) -> list[str]:
    """For each indicator that could not be computed, what to import."""
    return [
        _("%(label)s : il manque %(what)s.") % {"label": _(row.label), "what": ", ".join(map(_, row.missing)).lower()}
        for row in profile.indicators
        if row.value is None and row.missing
    ]


COMPARED: tuple[tuple[ZoneKind, str], ...] = (
    (ZoneKind.EPCI, "epci"),
    (ZoneKind.BASSIN_VIE, "bassin_vie"),
    (ZoneKind.ZONE_EMPLOI, "zone_emploi"),
    (ZoneKind.DEPARTEMENT, "departement"),
)


def overlaps(communes: Sequence[CommuneView], *, besides: ZoneKind) -> list[ZoneOverlap]:
    """How the other zonings cut a territory: its communes and people zone by zone, the largest part first."""
    people = sum(c.population or 0 for c in communes)
    found: list[ZoneOverlap] = []
    for kind, field in COMPARED:
        if kind is besides:
            continue
        parts: dict[tuple[str, str], list[CommuneView]] = {}
        for commune in communes:
            key = (getattr(commune, f"{field}_code"), getattr(commune, f"{field}_name"))
            if key[0]:
                parts.setdefault(key, []).append(commune)
        found += sorted(_parts(kind, parts, people), key=lambda row: (-row.communes, row.name))
    return found


def _parts(kind: ZoneKind, parts: Mapping[tuple[str, str], Sequence[CommuneView]], people: int) -> list[ZoneOverlap]:
    return [
        ZoneOverlap(
            kind, _(kind.label), code, name, len(inside), _share(sum(c.population or 0 for c in inside), people)
        )
        for (code, name), inside in parts.items()
    ]


def _share(part: int, whole: int) -> str:
    """Of the known population; "" never stands for zero."""
    if not whole:
        return _("non connue")
    return f"{100 * part / whole:.0f}\N{NO-BREAK SPACE}%"
