"""Writes: lots of the regional operators, who holds them, and the groupements behind them. The platform's alone."""

from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.changes import audit, find
from ensemblier.directory.core.access import PLATFORM_ROLES
from ensemblier.directory.core.text import clean_name, clean_url
from ensemblier.directory.models import GroupementMember, Lot, LotHolder, Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.period import Period


def _check_platform(actor: Actor) -> None:
    if not actor.roles & PLATFORM_ROLES:
        raise NotAllowed("Les lots et groupements sont enregistrés par la personne qui administre la plateforme.")


@transaction.atomic
def record_lot(code: str, name: str, region_codes: tuple[str, ...], *, actor: Actor) -> None:
    """A lot of the market covers these regions; the same code again changes it. Raises NotAllowed, BadInput."""
    _check_platform(actor)
    if not region_codes:
        raise BadInput("Un lot couvre au moins une région.", field="region_codes")
    values = {"name": clean_name(name, limit=200), "region_codes": sorted(set(region_codes))}
    Lot.objects.update_or_create(code=code, defaults=values)


@transaction.atomic
def hold_lot(
    lot_code: str, organisation_uid: UUID | str, *, period: Period, source_url: str = "", actor: Actor
) -> None:
    """The organisation holds the lot during the period. Raises NotAllowed, NotFound, RuleViolated (it has a holder)."""
    _check_platform(actor)
    row, lot = find(Organisation, organisation_uid), Lot.objects.filter(code=lot_code).first()
    if lot is None:
        raise NotFound("Le lot « %(lot_code)s » n'est pas connu.", values={"lot_code": lot_code[:60]}, field="lot")
    for holder in lot.holders.select_related("organisation").order_by("id"):
        if holder.period.overlaps(period):
            raise RuleViolated(
                "« %(name)s » tient déjà ce lot pendant cette période.", values={"name": holder.organisation.name}
            )
    LotHolder.objects.create(
        lot=lot,
        organisation=row,
        valid_from=period.start,
        valid_to=period.end,
        source_url=clean_url(source_url, field="source_url"),
    )
    audit(row, "hold_lot", {"lot": ["", lot.name]}, actor=actor)


@transaction.atomic
def join_groupement(
    groupement_uid: UUID | str, member_uid: UUID | str, *, is_head: bool = False, period: Period, actor: Actor
) -> None:
    """The organisation is a member of the groupement during the period. Raises NotAllowed, NotFound, RuleViolated."""
    _check_platform(actor)
    groupement, member = find(Organisation, groupement_uid), find(Organisation, member_uid)
    if groupement.pk == member.pk:
        raise RuleViolated("Un groupement n'est pas membre de lui-même.")
    known = list(GroupementMember.objects.filter(groupement=groupement).order_by("id"))
    if any(row.member_id == member.pk and row.period.overlaps(period) for row in known):
        raise RuleViolated(
            "« %(name)s » est déjà membre de ce groupement pendant cette période.", values={"name": member.name}
        )
    if is_head and any(row.is_head and row.period.overlaps(period) for row in known):
        raise RuleViolated("Ce groupement a déjà un mandataire pendant cette période.")
    GroupementMember.objects.create(
        groupement=groupement, member=member, is_head=is_head, valid_from=period.start, valid_to=period.end
    )
    audit(groupement, "join_groupement", {"member": ["", member.name]}, actor=actor)
