"""Reads: one commune by its code, on a date; the search by what people type."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.identifiers import is_commune_code
from ensemblier.kernel.period import Period
from ensemblier.territory.core.history import Step, follow
from ensemblier.territory.core.naming import parse_search, plain
from ensemblier.territory.core.views import CommuneHit, CommuneView, Frame, Landmark, Polygons
from ensemblier.territory.models import CommuneChange
from ensemblier.territory.sql import search
from ensemblier.territory.sql.communes import commune_views
from ensemblier.territory.sql.landmarks import landmarks


def commune(code: str, *, on: date) -> CommuneView:
    """The commune of the Insee code, an old code being followed to the commune that holds on the day `on`.

    Raises NotFound with what to do.
    """
    asked = plain(code).upper().replace(" ", "")
    if not is_commune_code(asked):
        raise _unknown(code, asked)
    found = commune_views([asked]).get(asked)
    if found is not None and not found.has_history:
        return found.view
    view = _followed(asked, found.view if found else None, on)
    if view is None:
        raise _unknown(code, asked)
    return view if view.code == asked else replace(view, followed_from=asked)


def _followed(asked: str, current: CommuneView | None, on: date) -> CommuneView | None:
    """The commune that the code leads to on the day `on`, else the current one, else the one it leads to today."""
    steps = _steps(asked)
    holding = follow(asked, steps, on=on, current=frozenset({asked} if current else ()))
    if holding == asked and current is not None:
        return current
    today = follow(holding, steps, on=date.max, current=frozenset())
    found = commune_views([holding, today])
    best = found.get(holding) or found.get(today)
    return best.view if best else current


def communes(codes: Iterable[str]) -> dict[str, CommuneView]:
    """Current communes by code, one query; unknown codes are absent from the answer."""
    return {code: found.view for code, found in commune_views(sorted(set(codes))).items()}


def search_communes(text: str, *, limit: int = 10) -> list[CommuneHit]:
    """Communes by name, part, old name, postcode, Insee code or département, with typing errors, best first.

    Exact name, then beginning, then part, then resemblance; the most peopled first among equals.
    """
    terms = parse_search(text)
    limit = max(1, min(limit, 50))
    return [
        CommuneHit(r.code, r.name, tuple(r.postcodes), r.departement_code, r.departement_name, r.matched)
        for r in search.places(terms, limit=limit)
    ]


def _steps(code: str) -> dict[str, list[Step]]:
    """Every step reachable from `code`, read one generation at a time (one query when the code never changed)."""
    steps: dict[str, list[Step]] = {}
    front = {code}
    while front and len(steps) < 64:
        found = CommuneChange.objects.filter(old_code__in=front).order_by("old_code", "new_code", "valid_from")
        fresh: dict[str, list[Step]] = {}
        for row in found:
            step = Step(row.old_code, row.new_code, Period(row.valid_from, row.valid_to))
            fresh.setdefault(row.old_code, []).append(step)
        steps |= fresh
        front = {s.new_code for generation in fresh.values() for s in generation} - steps.keys()
    return steps


def _unknown(typed: str, asked: str) -> NotFound:
    """The refusal of a code that leads nowhere."""
    shown = typed.strip()[:40]
    if not is_commune_code(asked):
        return NotFound(
            "« %(typed)s » n'est pas un code Insee de commune : il faut 5 caractères, par exemple 05023 "
            "(2A004 en Corse). Vous pouvez aussi chercher la commune par son nom ou son code postal.",
            field="commune",
            values={"typed": shown},
        )
    return NotFound(
        "Aucune commune n'a le code Insee %(code)s, ni aujourd'hui ni parmi les anciens codes connus. "
        "Vérifiez qu'il ne s'agit pas d'un code postal, ou cherchez la commune par son nom.",
        field="commune",
        values={"code": asked},
    )


def landmarks_in(frame: Frame, *, limit: int = 10) -> list[Landmark]:
    """The most peopled communes whose position lies in a frame, largest first: one query.

    Positions that are estimated are left out: a landmark in the wrong place misleads.
    """
    return landmarks(frame, limit=limit, commune="")[0]


def landmarks_and_outline(frame: Frame, code: str, *, limit: int = 10) -> tuple[list[Landmark], Polygons]:
    """The same, and the outline of a commune (empty when none was imported): one query."""
    return landmarks(frame, limit=limit, commune=code)
