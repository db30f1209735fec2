"""Writes: networks and who belongs to them, desks of the regional operators."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.changes import audit, find
from ensemblier.directory.core.access import PLATFORM_ROLES, check_may_edit
from ensemblier.directory.core.networks import NETWORKS, STRENGTHS, STRENGTHS_SOURCE, SUCCESSIONS
from ensemblier.directory.core.text import clean_line, clean_name, clean_phone, clean_url
from ensemblier.directory.models import (
    Network,
    NetworkMembership,
    NetworkName,
    NetworkSuccession,
    Organisation,
    RegionalDesk,
    Strength,
)
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow, valid_on
from ensemblier.kernel.period import Period


@transaction.atomic
def ensure_networks() -> int:
    """The reference list stands in the database: what is missing is added, nothing that was changed here is undone.

    Returns the number of networks added. Twice changes nothing.
    """
    added = 0
    for reference in NETWORKS:
        _, is_new = Network.objects.get_or_create(
            code=reference.code,
            defaults={
                "role": reference.operator.value if reference.operator else "",
                "circle": reference.circle.value,
                "is_cep_only": reference.is_cep_only,
                "data_inclusion_code": reference.data_inclusion_code,
            },
        )
        added += is_new
        if not NetworkName.objects.filter(network_id=reference.code).exists():
            NetworkName.objects.bulk_create(
                NetworkName(
                    network_id=reference.code,
                    name=name.name,
                    short_name=name.short_name,
                    valid_from=name.valid_from,
                    valid_to=name.valid_to,
                    source_url=name.source_url,
                )
                for name in reference.names
            )
    for before, after, on, note in SUCCESSIONS:
        NetworkSuccession.objects.get_or_create(before_id=before, after_id=after, on=on, defaults={"note": note})
    for code, text in STRENGTHS:
        Strength.objects.get_or_create(network_id=code, text=text, defaults={"source_name": STRENGTHS_SOURCE})
    return added


@transaction.atomic
def join_network(organisation_uid: UUID | str, code: str, *, period: Period, actor: Actor) -> None:
    """The organisation belongs to the network during the period; several networks at once are usual.

    Raises NotAllowed (only the platform makes an operator of CEP), NotFound, RuleViolated (already a member then).
    """
    row = find(Organisation, organisation_uid)
    network = Network.objects.filter(code=code).first()
    if network is None:
        raise NotFound("Le réseau « %(code)s » n'est pas connu.", values={"code": code[:60]}, field="network")
    check_may_edit(actor, {row.pk, row.maintainer_id}, "cette structure")
    if network.role and not actor.roles & PLATFORM_ROLES:
        raise NotAllowed("La qualité d'opérateur du CEP est enregistrée par la personne qui administre la plateforme.")
    known = NetworkMembership.objects.filter(organisation=row, network=network)
    if any(member.period.overlaps(period) for member in known):
        raise RuleViolated("« %(name)s » appartient déjà à ce réseau pendant cette période.", values={"name": row.name})
    NetworkMembership.objects.create(
        organisation=row, network=network, valid_from=period.start, valid_to=period.end, source=row.source
    )
    audit(row, "join_network", {"network": ["", code]}, actor=actor)


@transaction.atomic
def leave_network(organisation_uid: UUID | str, code: str, *, on: date, actor: Actor) -> None:
    """The organisation no longer belongs to the network from `on` on. Raises NotAllowed, NotFound, RuleViolated."""
    row = find(Organisation, organisation_uid)
    check_may_edit(actor, {row.pk, row.maintainer_id}, "cette structure")
    member = NetworkMembership.objects.filter(valid_on(on), organisation=row, network_id=code).order_by("id").first()
    if member is None:
        raise NotFound("« %(name)s » n'appartient pas à ce réseau à cette date.", values={"name": row.name})
    if member.valid_from is not None and member.valid_from >= on:
        raise RuleViolated("Cette appartenance commence ce jour-là : elle ne peut pas finir le même jour.")
    member.valid_to = on
    member.save(update_fields=["valid_to"])
    audit(row, "leave_network", {"network": [code, ""]}, actor=actor)


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """The number and portal of the regional operator of a region."""

    region_code: str
    name: str
    phone: str = ""
    portal_url: str = ""
    source_name: str = ""
    source_url: str = ""


@transaction.atomic
def record_desk(draft: DeskDraft, *, on: date, actor: Actor) -> None:
    """From the day `on` the region has this desk; the one before ends that day. Raises NotAllowed, BadInput."""
    if not actor.roles & PLATFORM_ROLES:
        raise NotAllowed("L'accueil régional est enregistré par la personne qui administre la plateforme.")
    if not (draft.phone.strip() or draft.portal_url.strip()):
        raise BadInput("Donnez un numéro ou un portail.", field="phone")
    before = RegionalDesk.objects.filter(valid_on(on), region_code=draft.region_code, is_fictitious=False)
    before.filter(valid_from=on).delete()
    before.update(valid_to=on)
    row = RegionalDesk.objects.create(
        region_code=draft.region_code,
        name=clean_name(draft.name, limit=200),
        phone=clean_phone(draft.phone),
        portal_url=clean_url(draft.portal_url, field="portal_url"),
        source_name=clean_line(draft.source_name, field="source_name", limit=300),
        source_url=clean_url(draft.source_url, field="source_url"),
        valid_from=on,
    )
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="regionaldesk",
        row_id=str(row.pk),
        verb="record_desk",
        changes={"region_code": ["", draft.region_code], "phone": ["", row.phone]},
    )
