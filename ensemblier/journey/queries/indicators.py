"""Reads: where an organisation stands with its socle d'indicateurs – months, transmissions, what each column counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import NetworkMembership
from ensemblier.journey.adapters.socle_files import socle_on
from ensemblier.journey.core.disclosure import TwoWays, two_ways
from ensemblier.journey.core.indicators import Socle, band_of, is_late, months_without
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import IndicatorTransmission
from ensemblier.journey.sql.scope import acting
from ensemblier.journey.sql.socle import socle_facts, socle_months
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import valid_on

READING = frozenset({Role.TEAM_LEAD.value, Role.ACCOUNT_MANAGER.value})
MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month that is over. `episodes` None: fewer than five, not said; `sent_at`: its last transmission."""

    month: date
    episodes: int | None
    sent_at: datetime | None
    version: str


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file: our code, the operator's own name for it, what it says."""

    code: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Indicators:
    """The page. `months_without`: whole months since the last transmission; `limit`: those of R. 6111-5."""

    version: str
    columns: tuple[ColumnLine, ...]
    months: tuple[MonthLine, ...]
    months_without: int
    limit: int
    is_late: bool
    may_export: bool
    table: TwoWays | None


def indicators(*, actor: Actor, on: date) -> Indicators:
    """The socle of the actor's organisation, the latest twelve months that are over. Raises NotAllowed."""
    number = actor.organisation_id
    if number is None or not READING & actor.roles:
        raise NotAllowed("Cette page est à qui anime l’équipe ou administre les comptes de la structure.")
    socle, first = socle_on(on), on.replace(day=1)
    start, end = (
        datetime(day.year, day.month, 1, tzinfo=PARIS) for day in (first - relativedelta(months=MONTHS), first)
    )
    may_export = Role.TEAM_LEAD.value in actor.roles
    with acting(actor):
        counted = dict(socle_months(number, start))
        sent = {row.month: row for row in IndicatorTransmission.objects.filter(organisation=number).order_by("sent_at")}
        facts = socle_facts(number, start, end) if may_export else []
    last = max((row.sent_at for row in sent.values()), default=None)
    since = min(counted, default=on)
    sent_on = None if last is None else last.astimezone(PARIS).date()
    return Indicators(
        version=socle.version,
        columns=_columns(socle, number, on),
        months=tuple(_line(first - relativedelta(months=back), counted, sent) for back in range(1, MONTHS + 1)),
        months_without=months_without(sent_on, since, on),
        limit=socle.limit_months,
        is_late=bool(counted) and is_late(sent_on, since, on, socle),
        may_export=may_export,
        table=_table(facts, socle),
    )


def _line(month: date, counted: dict[date, int], sent: dict[date, IndicatorTransmission]) -> MonthLine:
    number, row = counted.get(month, 0), sent.get(month)
    shown = number if number == 0 or number >= 5 else None
    return MonthLine(month, shown, None if row is None else row.sent_at, "" if row is None else row.version)


def _columns(socle: Socle, organisation_id: int, on: date) -> tuple[ColumnLine, ...]:
    rows = NetworkMembership.objects.filter(valid_on(on), organisation_id=organisation_id).exclude(network__role="")
    names = socle.names(rows.order_by("pk").values_list("network__role", flat=True).first() or "")
    return tuple(ColumnLine(column.code, names[column.code], column.label) for column in socle.columns)


def _table(facts: list[dict[str, object]], socle: Socle) -> TwoWays | None:
    """Levels by ages, for everybody to read: nothing about fewer than eleven, nor found by subtraction."""
    levels = next((column.values for column in socle.columns if column.code == "level"), {})
    counts: Counter[tuple[str, str]] = Counter()
    for fact in facts:
        age = fact["age"]
        counts[levels.get(str(fact["level"] or ""), ""), band_of(age) if isinstance(age, int) else ""] += 1
    return two_ways(counts, socle.least) if counts else None
