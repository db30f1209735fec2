"""Reads: permanences and their next days."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from ensemblier.directory.core.access import may_edit
from ensemblier.directory.core.hours import hour_text
from ensemblier.directory.core.permanence import half_day_start, next_days, sentence
from ensemblier.directory.core.states import HalfDay, PermanenceState, Season
from ensemblier.directory.core.views import PermanenceView
from ensemblier.directory.models import Permanence
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.orm.models import valid_on

MAX_ROWS = 300


def permanence_view(row: Permanence, *, actor: Actor, on: date) -> PermanenceView:
    """One row (holder, site and proposer already joined) as a value."""
    season, half_day = Season(row.season), HalfDay(row.half_day)
    days = next_days(row.rrule, row.first_day, season=season, on=on)
    return PermanenceView(
        uid=row.uid,
        holder_uid=row.holder.uid,
        holder_name=row.holder.name,
        site_uid=row.site.uid,
        site_name=row.site.name,
        city=row.site.city,
        sentence=sentence(row.rrule, row.first_day, season=season, half_day=half_day),
        half_day=half_day,
        season=season,
        state=PermanenceState(row.state),
        next_days=tuple(day for day in days if row.valid_to is None or day < row.valid_to),
        starts_at=hour_text(row.starts_at) if row.starts_at else "",
        ends_at=hour_text(row.ends_at) if row.ends_at else "",
        on_appointment=row.on_appointment,
        capacity=row.capacity,
        note=row.note,
        refusal_reason=row.refusal_reason,
        proposed_by_name=row.proposed_by.name if row.proposed_by else "",
        can_decide=may_edit(actor, {row.holder_id}),
        version=row.version,
        is_fictitious=row.is_fictitious,
    )


def _rows(where: Q) -> QuerySet[Permanence]:
    joined = Permanence.objects.select_related("holder", "site", "proposed_by")
    return joined.filter(where).order_by("site__sort_key", "holder__sort_key", "id")[:MAX_ROWS]


def visible_to(actor: Actor) -> Q:
    """Published ones for everybody; the holder and who proposed it see theirs in any state."""
    shown = Q(state=PermanenceState.PUBLISHED.value)
    if actor.organisation_id is not None:
        shown |= Q(holder_id=actor.organisation_id) | Q(proposed_by_id=actor.organisation_id)
    return shown


def permanences_of(where: Q, *, actor: Actor, on: date) -> list[PermanenceView]:
    """Permanences that satisfy `where`, that the actor may see and that hold on the day. One query."""
    return [permanence_view(row, actor=actor, on=on) for row in _rows(where & visible_to(actor) & valid_on(on))]


def permanences_to_decide(*, actor: Actor, on: date) -> list[PermanenceView]:
    """Drafts and agreed permanences that wait for the operator the actor acts for. One query."""
    waiting = [PermanenceState.DRAFT.value, PermanenceState.AGREED.value]
    if actor.organisation_id is None:
        return []
    where = Q(holder_id=actor.organisation_id, state__in=waiting)
    return [permanence_view(row, actor=actor, on=on) for row in _rows(where)]


def published_permanences(*, commune_codes: Iterable[str], on: date) -> list[PermanenceView]:
    """Published permanences held in these communes. One query."""
    where = Q(site__commune_id__in=list(commune_codes), state=PermanenceState.PUBLISHED.value)
    return [permanence_view(row, actor=ANONYMOUS, on=on) for row in _rows(where & valid_on(on))]


def next_permanences(site_ids: Iterable[int], *, on: date) -> dict[tuple[int, str], tuple[datetime, Any, str]]:
    """(site id, operator role) → (start of the next published permanence, holder uid, holder name). One query.

    Local time of the place, without a zone.
    """
    rows = (
        Permanence.objects.filter(valid_on(on), site_id__in=list(site_ids), state=PermanenceState.PUBLISHED.value)
        .filter(valid_on(on, "holder__network_memberships__"))
        .order_by("id")
        .values_list(
            "site_id", "holder__network_memberships__network__role", "rrule", "first_day", "season", "half_day",
            "starts_at", "holder__uid", "holder__name",
        )
    )  # fmt: skip
    found: dict[tuple[int, str], tuple[datetime, Any, str]] = {}
    for site_id, role, rule, first_day, season, half_day, starts_at, uid, name in rows:
        days = next_days(rule, first_day, season=Season(season), on=on, limit=1)
        if not days or not role:
            continue
        start = datetime.combine(days[0], starts_at or half_day_start(HalfDay(half_day)))
        if (site_id, role) not in found or start < found[site_id, role][0]:
            found[site_id, role] = (start, uid, name)
    return found
