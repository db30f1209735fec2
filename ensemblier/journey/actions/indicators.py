"""Exporting the socle d'indicateurs of one organisation and month; alerting before six months without."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Min

from ensemblier.directory.models import NetworkMembership, Organisation
from ensemblier.journey.adapters.socle_files import socle_on
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.indicators import EpisodeFacts, age_band, is_late, months_without, rows_of
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import Episode, IndicatorTransmission, LevelOneContact, Signature
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.kernel.orm.models import valid_on


@dataclass(frozen=True, slots=True)
class Exported:
    """A file ready to send: CSV in UTF-8, semicolons; one line an episode of the month, one a contact without."""

    name: str
    version: str
    lines: int
    content: bytes


def export_indicators(organisation_uid: UUID, month: date, *, at: datetime) -> Exported:
    """The socle of the episodes that an organisation opened in a month; the sending is recorded. By the system alone.

    Raises NotFound, BadInput (a month that is not over).
    """
    first = month.replace(day=1)
    if first + relativedelta(months=1) > at.astimezone(PARIS).date():
        raise BadInput("Ce mois n’est pas fini : exportez le précédent.", field="month")
    socle = socle_on(first)
    with acting(SYSTEM):
        organisation = Organisation.objects.filter(uid=organisation_uid).first()
        if organisation is None:
            raise NotFound("Cette structure n’existe pas.")
        facts = _facts(organisation, first) + _contacts(organisation, first)
        rows = rows_of(facts, socle, _operator(organisation, first))
        names = [*socle.names(_operator(organisation, first)).values()]
        content = _csv(names, rows)
        IndicatorTransmission.objects.create(
            organisation=organisation,
            month=first,
            version=socle.version,
            lines=len(rows),
            sha256=sha256(content).hexdigest(),
            sent_at=at,
        )
    return Exported(f"socle-{organisation.pk}-{first:%Y-%m}.csv", socle.version, len(rows), content)


def _csv(names: list[str], rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _operator(organisation: Organisation, on: date) -> str:
    """The code of its operator among the networks of the day; "" for a structure that is none."""
    rows = NetworkMembership.objects.filter(valid_on(on), organisation=organisation).exclude(network__role="")
    return rows.order_by("pk").values_list("network__role", flat=True).first() or ""


def _facts(organisation: Organisation, first: date) -> list[EpisodeFacts]:
    """One for each episode: what hangs on it is counted, never multiplied."""
    start, end = _bounds(first)
    rows = Episode.objects.filter(person__organisation=organisation, opened_at__gte=start, opened_at__lt=end)
    rows = rows.select_related("person").prefetch_related("levels", "relays", "person__statuses", "person__steps")
    found = list(rows.order_by("opened_at", "pk"))
    persons = [row.person_id for row in found]
    plans = Signature.objects.filter(person__in=persons, plan_version__isnull=False)
    signed = set(plans.order_by().values_list("person", flat=True))
    return [EpisodeFacts(_of(row, organisation, signed)) for row in found]


def _contacts(organisation: Organisation, first: date) -> list[EpisodeFacts]:
    """One for each welcome of level 1 that led to no file: one that became a file is counted with its episode."""
    start, end = _bounds(first)
    rows = LevelOneContact.objects.filter(organisation=organisation, person=None, at__gte=start, at__lt=end)
    return [
        EpisodeFacts(
            {
                "operator": organisation.name,
                "department": _department(row.commune_id or ""),
                "opened_month": f"{row.at.astimezone(PARIS):%Y-%m}",
                "statuses": row.statuses,
                "entry": "contact",
            }
        )
        for row in rows.order_by("at", "pk")
    ]


def _bounds(first: date) -> tuple[datetime, datetime]:
    after = first + relativedelta(months=1)
    start, end = (datetime(day.year, day.month, 1, tzinfo=PARIS) for day in (first, after))
    return start, end


def _department(commune: str) -> str:
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _of(row: Episode, organisation: Organisation, signed: set[int]) -> dict[str, object]:
    person, opened = row.person, row.opened_at.astimezone(PARIS).date()
    levels = sorted(row.levels.all(), key=lambda level: (level.entered_on, level.pk))
    closed = None if row.closes_at == STILL_OPEN else row.closes_at.astimezone(PARIS).date()
    held = [s.status for s in person.statuses.all() if s.period.contains(opened)]
    return {
        "operator": organisation.name,
        "entry": "episode",
        "department": _department(person.commune_id or ""),
        "opened_month": f"{opened:%Y-%m}",
        "level": levels[-1].level if levels else "",
        "age_band": age_band(person.born, opened),
        "statuses": held,
        "purposes": row.purposes,
        "relays_sent": sum(relay.sent_at is not None for relay in row.relays.all()),
        "came_by_relay": person.brought_by_id is not None,
        "actions": sorted({step.kind for step in person.steps.all()}),
        "plan_signed": person.pk in signed,
        "months": "" if closed is None else months_without(opened, opened, closed),
        "ending": "" if closed is None else "clos",
    }


@dataclass(frozen=True, slots=True)
class LateOperator:
    """An organisation that keeps files and has sent nothing for months."""

    organisation_id: int
    name: str
    months: int
    limit: int


def late_operators(on: date) -> list[LateOperator]:
    """Organisations to alert before the six months of R. 6111-5, by name."""
    socle = socle_on(on)
    with acting(SYSTEM):
        opened = dict(
            Episode.objects.order_by()
            .values_list("person__organisation")
            .annotate(first=Min("opened_at"))
            .values_list("person__organisation", "first")
        )
        sent = dict(
            IndicatorTransmission.objects.order_by()
            .values_list("organisation")
            .annotate(last=Max("sent_at"))
            .values_list("organisation", "last")
        )
        names = dict(Organisation.objects.filter(pk__in=opened).order_by().values_list("pk", "name"))
    found = []
    for pk, first in opened.items():
        last = sent[pk].astimezone(PARIS).date() if pk in sent else None
        since = first.astimezone(PARIS).date()
        if is_late(last, since, on, socle):
            found.append(LateOperator(pk, names[pk], months_without(last, since, on), socle.limit_months))
    return sorted(found, key=lambda late: late.name)
