"""Exporting the socle d'indicateurs of one organisation and month; alerting before six months without."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Min

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import NetworkMembership, Organisation
from ensemblier.journey.adapters.socle_files import socle_on
from ensemblier.journey.core.indicators import EpisodeFacts, band_of, is_late, months_without, rows_of
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.models import Episode, IndicatorTransmission, LevelOneContact
from ensemblier.journey.sql.scope import acting
from ensemblier.journey.sql.socle import socle_facts
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound
from ensemblier.kernel.orm.models import valid_on


@dataclass(frozen=True, slots=True)
class Exported:
    """A file ready to send: CSV in UTF-8, semicolons; one line an episode of the month, one a contact without."""

    name: str
    version: str
    lines: int
    content: bytes


def export_indicators(organisation_uid: UUID, month: date, *, at: datetime, by: Actor = SYSTEM) -> Exported:
    """The socle of the episodes that an organisation opened in a month; the sending is recorded. By the system, or by a
    team lead of that organisation. Raises NotAllowed, NotFound, BadInput (a month that is not over).
    """
    if by is not SYSTEM and Role.TEAM_LEAD.value not in by.roles:
        raise NotAllowed("Seul un référent d’équipe prépare ce fichier.")
    first = month.replace(day=1)
    if first + relativedelta(months=1) > at.astimezone(PARIS).date():
        raise BadInput("Ce mois n’est pas fini : exportez le précédent.", field="month")
    socle = socle_on(first)
    with acting(by):
        organisation = Organisation.objects.filter(uid=organisation_uid).first()
        if organisation is None or by.organisation_id not in (None, organisation.pk):
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
    return [EpisodeFacts(_of(row, organisation.name)) for row in socle_facts(organisation.pk, start, end)]


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


def _of(row: dict[str, Any], operator: str) -> dict[str, object]:
    opened = date.fromisoformat(row["opened_on"])
    closed = None if row["closed_on"] is None else date.fromisoformat(row["closed_on"])
    return {
        "operator": operator,
        "entry": "episode",
        "department": _department(row["commune"] or ""),
        "opened_month": f"{opened:%Y-%m}",
        "level": row["level"] or "",
        "age_band": band_of(row["age"]),
        "statuses": row["statuses"],
        "purposes": row["purposes"],
        "relays_sent": row["relays_sent"],
        "came_by_relay": row["came_by_relay"],
        "actions": row["actions"],
        "plan_signed": row["plan_signed"],
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
