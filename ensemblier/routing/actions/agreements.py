"""Writing, signing, reviewing and ending an aiguillage agreement. Each in one transaction, with its audit row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from ensemblier.directory.core.text import clean_url
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.period import Period
from ensemblier.routing.adapters.rule_files import shipped_rules
from ensemblier.routing.core.agreement_access import may_change, of_others
from ensemblier.routing.core.agreements import check_public
from ensemblier.routing.core.states import AgreementState, ShareKind
from ensemblier.routing.models import Agreement, AgreementParty, AgreementShare
from ensemblier.territory.actions.perimeters import NewPerimeter, record_perimeter
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.core.views import ZoneView
from ensemblier.territory.models import Perimeter

WRITING_ROLES = frozenset({"coordinator", "administrator", "system"})
SIGNING_ROLES = frozenset({"coordinator", "directory_editor", "administrator"})


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One line to write: for this public (a condition of the grammar, said in French), this door, for this reason."""

    public: Mapping[str, Any]
    public_label: str
    kind: ShareKind
    reason: str
    operator: str = ""
    other_door: str = ""
    other_door_name: str = ""


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """An agreement to record. `parties`: public identifiers of the organisations that will sign."""

    title: str
    perimeter_uid: UUID | None
    parties: Sequence[UUID]
    shares: Sequence[ShareLine]
    review_on: date
    valid_from: date
    valid_to: date | None = None
    source_url: str = ""


@transaction.atomic
def record_agreement_in(zone: ZoneView, draft: AgreementDraft, *, actor: Actor) -> UUID:
    """Write an agreement on the communes of a zone as they are today: its perimeter is drawn with it, or not at all.

    `draft.perimeter_uid` is not read. Raises as `record_agreement`.
    """
    _check_may_write(actor)
    _check(draft)
    perimeter = record_perimeter(
        NewPerimeter(
            name=zone.name,
            holder_label=draft.title.strip(),
            purpose=PerimeterPurpose.CONVENTION,
            communes=frozenset(zone.communes),
            valid_from=draft.valid_from,
        ),
        actor=actor,
    )
    return record_agreement(replace(draft, perimeter_uid=perimeter), actor=actor)


@transaction.atomic
def record_agreement(draft: AgreementDraft, *, actor: Actor) -> UUID:
    """Write an agreement; it holds once every party has signed. Returns its public identifier.

    Raises NotAllowed, NotFound (perimeter, party), BadInput (dates, condition), RuleViolated (a line that would close).
    """
    _check_may_write(actor)
    _check(draft)
    perimeter = Perimeter.objects.filter(uid=draft.perimeter_uid).first() if draft.perimeter_uid else None
    if perimeter is None:
        raise NotFound("Ce périmètre n’existe pas : créez-le d’abord dans le territoire.", field="perimeter")
    parties = list(Organisation.objects.filter(uid__in=list(draft.parties)).order_by("id"))
    if len(parties) != len(set(draft.parties)) or len(parties) < 2:
        raise NotFound("Un accord se passe entre deux structures de l’annuaire au moins.", field="parties")
    agreement = Agreement.objects.create(
        title=draft.title.strip(),
        perimeter=perimeter,
        review_on=draft.review_on,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        source_url=clean_url(draft.source_url, field="source_url"),
    )
    AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, organisation=party) for party in parties)
    AgreementShare.objects.bulk_create(_share(agreement, line) for line in draft.shares)
    _audit(actor, agreement, "record", {"title": draft.title, "parties": [party.pk for party in parties]})
    return agreement.uid


def _check(draft: AgreementDraft) -> None:
    if draft.valid_to is not None and draft.valid_to <= draft.valid_from:
        raise BadInput("L’accord finit après avoir commencé.", field="valid_to")
    if not draft.title.strip():
        raise BadInput("Donnez un intitulé à l’accord.", field="title")
    if not draft.shares:
        raise BadInput("Un accord a au moins une ligne : un public et une porte.", field="shares")
    if draft.review_on <= draft.valid_from:
        raise BadInput("La date de revue vient après le début de l’accord.", field="review_on")
    for line in draft.shares:
        check_public(line.public, shipped_rules(), draft.valid_from)
        if line.kind not in set(ShareKind):
            raise RuleViolated("Un accord ajoute une porte ou répartit un public ; il ne ferme aucune porte.")
        if bool(line.operator) == (line.kind is ShareKind.OTHER_DOOR) or not (line.operator or line.other_door):
            raise BadInput("Chaque ligne désigne un opérateur, ou une autre porte, mais pas les deux.", field="shares")


def _share(agreement: Agreement, line: ShareLine) -> AgreementShare:
    return AgreementShare(
        agreement=agreement,
        public=dict(line.public),
        public_label=line.public_label,
        kind=line.kind.value,
        operator=line.operator,
        other_door=line.other_door,
        other_door_name=line.other_door_name,
        reason=line.reason,
    )


@transaction.atomic
def sign_agreement(uid: UUID, *, actor: Actor, on: date) -> AgreementState:
    """Sign for the organisation the actor acts for; the last signature puts the agreement in force.

    Raises NotAllowed when that organisation is not a party, NotFound, RuleViolated when it is ended.
    """
    agreement = _locked(uid)
    mine = AgreementParty.objects.filter(agreement=agreement, organisation_id=actor.organisation_id or 0)
    party = mine.first()
    if party is None or not actor.roles & SIGNING_ROLES:
        raise NotAllowed("Seule une personne habilitée d’une structure partie à l’accord peut le signer.")
    if agreement.state == AgreementState.ENDED:
        raise RuleViolated("Cet accord est terminé : écrivez-en un nouveau.")
    if party.signed_on is None:
        party.signed_on, party.signed_by = on, actor.label
        party.save(update_fields=["signed_on", "signed_by"])
    if not AgreementParty.objects.filter(agreement=agreement, signed_on__isnull=True).exists():
        agreement.state = AgreementState.IN_FORCE.value
    agreement.version += 1
    agreement.save(update_fields=["state", "version"])
    _audit(actor, agreement, "sign", {"state": agreement.state})
    return AgreementState(agreement.state)


@transaction.atomic
def review_agreement(uid: UUID, *, actor: Actor, on: date, next_review_on: date, version: int) -> None:
    """Confirm an agreement after its review. Raises BadInput, NotAllowed, NotFound, StaleVersion."""
    agreement = _own(uid, actor)
    if agreement.version != version:
        raise StaleVersion("Quelqu’un a modifié cet accord entre-temps : relisez-le avant de confirmer.")
    if next_review_on <= on:
        raise BadInput("La prochaine revue vient après aujourd’hui.", field="next_review_on")
    before = agreement.review_on
    agreement.reviewed_on, agreement.review_on, agreement.version = on, next_review_on, version + 1
    agreement.save(update_fields=["reviewed_on", "review_on", "version"])
    _audit(actor, agreement, "review", {"review_on": [before.isoformat(), next_review_on.isoformat()]})


@transaction.atomic
def end_agreement(uid: UUID, *, actor: Actor, last_day: date) -> None:
    """End an agreement: the first day it no longer holds is `last_day`. What was answered before stays as it was.

    Raises NotAllowed, NotFound, BadInput when it would end before it began.
    """
    agreement = _own(uid, actor)
    Period(agreement.valid_from, last_day)
    agreement.valid_to, agreement.version = last_day, agreement.version + 1
    agreement.save(update_fields=["valid_to", "version"])
    _audit(actor, agreement, "end", {"valid_to": last_day.isoformat()})


@transaction.atomic
def close_ended_agreements(*, on: date, actor: Actor) -> int:
    """Mark as ended the agreements whose last day has passed; returns how many. Twice changes nothing."""
    over = Agreement.objects.select_for_update().filter(valid_to__lte=on).exclude(state=AgreementState.ENDED.value)
    rows = list(over.order_by("id"))
    for row in rows:
        before, row.state, row.version = row.state, AgreementState.ENDED.value, row.version + 1
        row.save(update_fields=["state", "version"])
        _audit(actor, row, "close", {"state": [before, row.state]})
    return len(rows)


def _check_may_write(actor: Actor) -> None:
    if not actor.roles & WRITING_ROLES:
        raise NotAllowed("Seule l’animation du territoire peut écrire, revoir ou terminer un accord d’aiguillage.")


def _own(uid: UUID, actor: Actor) -> Agreement:
    """The agreement, locked, when its parties or who recorded it include the organisation the actor acts for."""
    _check_may_write(actor)
    agreement = _locked(uid)
    parties = list(AgreementParty.objects.filter(agreement=agreement).values_list("organisation_id", flat=True))
    history = AuditRow.objects.filter(table="routing_agreement", row_id=str(agreement.pk), verb="record")
    if not may_change(actor, [*parties, *history.values_list("organisation_id", flat=True)]):
        raise of_others()
    return agreement


def _locked(uid: UUID) -> Agreement:
    agreement = Agreement.objects.select_for_update().filter(uid=uid).first()
    if agreement is None:
        raise NotFound("Cet accord n’existe pas.", field="agreement")
    return agreement


def _audit(actor: Actor, agreement: Agreement, verb: str, changes: dict[str, Any]) -> None:
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table="routing_agreement",
        row_id=str(agreement.pk),
        verb=verb,
        changes=changes,
    )
