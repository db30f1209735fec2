"""Store perimeters: dated sets of communes with a holder and a purpose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotFound
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.period import Period
from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.intake.perimeters import Part, PerimeterKey
from ensemblier.territory.core.kinds import COLUMN_KINDS, PerimeterPurpose, ZoneKind
from ensemblier.territory.core.rows import Problem, Report, zone_key
from ensemblier.territory.models import Commune, Perimeter, Zone, ZoneMember


@dataclass(frozen=True, slots=True)
class NewPerimeter:
    """What a new perimeter is made of."""

    name: str
    holder_label: str
    purpose: PerimeterPurpose
    communes: frozenset[str]
    valid_from: date | None = None
    valid_to: date | None = None
    holder_uid: UUID | None = None
    source: str = ""


@transaction.atomic
def record_perimeter(new: NewPerimeter, *, actor: Actor = SYSTEM) -> UUID:
    """Record a perimeter, or replace the communes of the same one (name, holder, purpose, start); returns its uid.

    Raises BadInput when it has no commune, an impossible period, or a commune that does not exist.
    """
    period = Period(new.valid_from, new.valid_to)
    if not new.communes:
        raise BadInput("Un périmètre contient au moins une commune.", field="communes")
    found = set(Commune.objects.filter(code__in=new.communes).order_by().values_list("code", flat=True))
    if unknown := sorted(new.communes - found):
        raise BadInput(
            "Ces codes ne sont pas des communes d'aujourd'hui : %(names)s.",
            values={"names": ", ".join(unknown[:10])},
            field="communes",
        )
    row, is_new = Perimeter.objects.update_or_create(
        name=new.name,
        holder_label=new.holder_label,
        purpose=new.purpose,
        valid_from=period.start,
        defaults={"valid_to": period.end, "holder_uid": new.holder_uid, "source": new.source},
    )
    before = set(row.communes.order_by().values_list("code", flat=True))
    if before != new.communes:
        row.communes.set(Commune.objects.filter(code__in=new.communes).order_by("code"))
    if is_new or before != new.communes:
        changes = {"added": sorted(new.communes - before), "removed": sorted(before - new.communes)}
        AuditRow.objects.create(
            actor_id=actor.user_id,
            actor_label=actor.label,
            organisation_id=actor.organisation_id,
            table="territory_perimeter",
            row_id=str(row.uid),
            verb="record" if is_new else "redraw",
            changes=changes,
        )
    return row.uid


@transaction.atomic
def end_perimeter(uid: UUID, *, on: date, actor: Actor = SYSTEM) -> None:
    """Close a perimeter: `on` is the first day it no longer holds. Raises NotFound, BadInput."""
    row = Perimeter.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        raise NotFound("Ce périmètre n'existe pas (ou plus).")
    Period(row.valid_from, on)
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="territory_perimeter",
        row_id=str(uid),
        verb="end",
        changes={"valid_to": [str(row.valid_to or ""), str(on)]},
    )
    row.valid_to = on
    row.save(update_fields=["valid_to"])


def store_perimeters(parts: Iterable[Part], source: str, report: Report, *, actor: Actor) -> None:
    """Store the perimeters of a table inside the caller's transaction; a part that does not exist is refused."""
    grouped: dict[PerimeterKey, set[str]] = {}
    known = set(Commune.objects.order_by().values_list("code", flat=True))
    for part in parts:
        codes = {part.code} & known if part.kind is ZoneKind.COMMUNE else _communes_of(part.kind, part.code)
        if not codes:
            report.refuse(
                Problem(
                    part.row,
                    part.kind.value,
                    Sentence("%(label)s « %(code)s » : inconnue", label=part.kind.label, code=part.code),
                )
            )
            continue
        grouped.setdefault(part.perimeter, set()).update(codes)
    for key, codes in grouped.items():
        same = Perimeter.objects.filter(
            name=key.name, holder_label=key.holder, purpose=key.purpose, valid_from=key.start
        ).first()
        before = set(same.communes.order_by().values_list("code", flat=True)) if same else None
        new = NewPerimeter(key.name, key.holder, key.purpose, frozenset(codes), key.start, key.end, None, source)
        record_perimeter(new, actor=actor)
        report.accepted += before is None
        report.unchanged += before == codes
        report.changed += before is not None and before != codes


def _communes_of(kind: ZoneKind, code: str) -> set[str]:
    key = zone_key(kind, code)
    if kind in COLUMN_KINDS:
        rows = Commune.objects.filter(**{f"{kind.value}_id": key}, parent__isnull=True).order_by()
        return set(rows.values_list("code", flat=True))
    if not Zone.objects.filter(key=key).exists():
        return set()
    return set(ZoneMember.objects.filter(zone_id=key).order_by().values_list("commune_id", flat=True))
