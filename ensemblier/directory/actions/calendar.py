"""Writes: days on which things differ – closed sites, absent interlocutors – and where an organisation may act."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.changes import audit, change, check, find
from ensemblier.directory.core.access import check_may_edit
from ensemblier.directory.core.hours import parse_hours
from ensemblier.directory.core.text import clean_line
from ensemblier.directory.models import (
    Contact,
    ContactAbsence,
    HoursException,
    InterventionPerimeter,
    Organisation,
    Site,
)
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from ensemblier.kernel.orm.models import valid_on
from ensemblier.kernel.period import Period
from ensemblier.territory.models import Perimeter


def _check_days(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise BadInput("Le dernier jour doit venir après le premier.", field="last_day")
    if (last_day - first_day).days > 366:
        raise BadInput("Une exception dure un an au plus. Changez plutôt les horaires habituels.", field="last_day")


@transaction.atomic
def record_exception(
    site_uid: UUID | str, *, first_day: date, last_day: date, hours: str = "", reason: str = "", actor: Actor
) -> None:
    """From `first_day` to `last_day` included, these hours hold ("": closed). Raises BadInput, NotAllowed."""
    row = find(Site, site_uid)
    check(row, actor)
    _check_days(first_day, last_day)
    HoursException.objects.create(
        site=row,
        first_day=first_day,
        last_day=last_day,
        hours_osm=parse_hours(hours),
        reason=clean_line(reason, field="reason", limit=200),
    )
    audit(row, "record_exception", {"exception": ["", f"{first_day} – {last_day} : {hours or 'fermé'}"]}, actor=actor)


@transaction.atomic
def record_absence(
    contact_uid: UUID | str, *, first_day: date, last_day: date, replacement_uid: UUID | None = None, actor: Actor
) -> None:
    """The interlocutor is away; a colleague may stand in. Raises BadInput, NotAllowed, RuleViolated."""
    row = find(Contact, contact_uid)
    check(row, actor)
    _check_days(first_day, last_day)
    replacement = find(Contact, replacement_uid) if replacement_uid else None
    if replacement is not None and (replacement.pk == row.pk or replacement.organisation_id != row.organisation_id):
        raise RuleViolated("Le remplacement est assuré par une autre personne de la même structure.")
    ContactAbsence.objects.create(contact=row, first_day=first_day, last_day=last_day, replacement=replacement)
    audit(row, "record_absence", {"absence": ["", f"{first_day} – {last_day}"]}, actor=actor)


@transaction.atomic
def publish_contact(contact_uid: UUID | str, *, is_published: bool, version: int, actor: Actor) -> None:
    """The interlocutor asked to be shown to everybody, or no longer. Raises NotAllowed, NotFound, StaleVersion."""
    row = find(Contact, contact_uid)
    check(row, actor)
    change(row, {"is_published": is_published}, "publish_contact", version=version, actor=actor)


@transaction.atomic
def serve_perimeter(
    organisation_uid: UUID | str,
    perimeter_uid: UUID | str,
    *,
    site_uid: UUID | None = None,
    period: Period,
    actor: Actor,
) -> UUID:
    """The organisation, or one of its sites, serves the communes of a perimeter; returns the row's uid.

    Raises NotAllowed, NotFound, RuleViolated (already so during the period; a site of somebody else).
    """
    owner = find(Organisation, organisation_uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    perimeter = Perimeter.objects.filter(uid=perimeter_uid).first()
    if perimeter is None:
        raise NotFound("Ce périmètre n'existe pas. Enregistrez-le d'abord dans le territoire.")
    site = find(Site, site_uid) if site_uid else None
    if site is not None and site.organisation_id != owner.pk:
        raise RuleViolated("Ce lieu n'est pas un lieu de cette structure.", field="site_uid")
    known = InterventionPerimeter.objects.filter(organisation=owner, site=site, perimeter=perimeter)
    if any(row.period.overlaps(period) for row in known):
        raise RuleViolated("Ce périmètre est déjà enregistré pendant cette période.")
    row = InterventionPerimeter.objects.create(
        organisation=owner, site=site, perimeter=perimeter, valid_from=period.start, valid_to=period.end
    )
    audit(owner, "serve_perimeter", {"perimeter": ["", perimeter.name]}, actor=actor)
    return row.uid


@transaction.atomic
def leave_perimeter(uid: UUID | str, *, on: date, actor: Actor) -> None:
    """The perimeter is no longer served from the day `on`. Raises NotAllowed, NotFound, RuleViolated."""
    row = (
        InterventionPerimeter.objects.select_related("organisation", "perimeter").filter(valid_on(on), uid=uid).first()
    )
    if row is None:
        raise NotFound("Ce périmètre n'est pas servi à cette date.")
    owner = row.organisation
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    if row.valid_from is not None and row.valid_from >= on:
        raise RuleViolated("Ce périmètre commence ce jour-là : il ne peut pas finir le même jour.")
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    audit(owner, "leave_perimeter", {"perimeter": [row.perimeter.name, ""]}, actor=actor)
