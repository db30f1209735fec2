"""What a territory produced goes into the library: the report of a meeting, what a group made. Twice updates it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.animation.actions.checked import audit
from ensemblier.animation.actions.events import held
from ensemblier.animation.core.access import ORGANISERS, check_keeper
from ensemblier.animation.core.events import PARIS
from ensemblier.animation.core.kinds import Audience
from ensemblier.animation.models import Deliverable, Event
from ensemblier.animation.queries.keepers import keepers_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound, RuleViolated
from ensemblier.library.actions.resources import deposit_resource, rewrite_content
from ensemblier.library.core import kinds
from ensemblier.library.core.notices import Issued, Notice
from ensemblier.territory.models import Perimeter
from ensemblier.territory.queries.zones import departement_of


@transaction.atomic
def shelve_report(uid: UUID, *, by: Actor, on: date) -> UUID:
    """Put the report of a meeting into the library, or bring it up to date there; its identifier there.

    A meeting of professionals gives a resource whose content is for members. Raises NotFound, NotAllowed,
    RuleViolated (nothing written yet).
    """
    row = held(uid, by)
    if not row.report:
        raise RuleViolated("Écrivez d’abord le compte rendu : c’est lui qui va dans la bibliothèque.")
    notice = Notice(
        title=row.title[:450],
        kind=kinds.ResourceKind.EVENT_REPORT,
        abstract=row.summary,
        body=row.report,
        publisher=row.organiser.name,
        issued=Issued(row.starts_at.astimezone(PARIS).date(), kinds.DatePrecision.DAY),
        domain=kinds.Domain.COOPERATION,
        zone_key=_zone(row.perimeter),
        audience=kinds.Audience.MEMBERS if row.audience == Audience.PROFESSIONALS else kinds.Audience.PUBLIC,
        is_fictitious=row.organiser.is_fictitious,
    )
    key = _shelved(row.library_key, notice, by, on)
    Event.objects.filter(pk=row.pk).update(library_key=key)
    audit(by, row, "shelve")
    return key


@transaction.atomic
def shelve_deliverable(uid: UUID, *, by: Actor, on: date) -> UUID:
    """Put what a group made into the library, or bring it up to date there; its identifier there.

    Its content is for members until its depositor opens it there. Raises NotFound, NotAllowed.
    """
    rows = Deliverable.objects.select_for_update(of=("self",)).select_related("group__perimeter", "group__holder")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise NotFound("Cette ligne n’existe pas, ou plus.")
    check_keeper(by, keepers_of(row.group), roles=ORGANISERS)
    notice = Notice(
        title=row.name,
        kind=kinds.ResourceKind.TOOL,
        publisher=row.group.holder.name,
        series=row.group.name[:200],
        issued=Issued(row.delivered_on, kinds.DatePrecision.DAY) if row.delivered_on else None,
        link=row.url,
        domain=kinds.Domain.COOPERATION,
        zone_key=_zone(row.group.perimeter),
        audience=kinds.Audience.MEMBERS,
        is_fictitious=row.group.holder.is_fictitious,
    )
    key = _shelved(row.library_key, notice, by, on)
    Deliverable.objects.filter(pk=row.pk).update(library_key=key)
    audit(by, row, "shelve")
    return key


def _shelved(known: UUID | None, notice: Notice, by: Actor, on: date) -> UUID:
    if known is not None and rewrite_content(known, notice, actor=by, on=on):
        return known
    return deposit_resource(notice, actor=by, on=on)


def _zone(perimeter: Perimeter) -> str:
    """The département in which the whole perimeter lies; "" when there is none."""
    return departement_of(list(perimeter.communes.order_by("code").values_list("code", flat=True)))
