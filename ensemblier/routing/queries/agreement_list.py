"""Reads: agreements as people read them – parties and signatures, publics and doors, review."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.directory.core.access import acts_for_a_structure
from ensemblier.directory.core.operators import Operator
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.routing.core.agreement_access import may_change
from ensemblier.routing.core.states import AgreementState, ShareKind
from ensemblier.routing.models import Agreement, AgreementParty, AgreementShare

MAX_ROWS = 200


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation of an agreement; `signed_on` None: its signature is waited for."""

    name: str
    signed_on: date | None
    is_actor: bool


@dataclass(frozen=True, slots=True)
class Share:
    """For this public, this door, for this reason."""

    public: str
    kind: ShareKind
    door: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement. `is_review_due`: its review day has passed; `is_actor_s`: who reads may review and end it."""

    uid: UUID
    title: str
    perimeter: str
    state: AgreementState
    valid_from: date | None
    valid_to: date | None
    review_on: date
    is_review_due: bool
    source_url: str
    parties: tuple[Party, ...]
    shares: tuple[Share, ...]
    version: int
    is_actor_s: bool = False

    @property
    def may_change(self) -> bool:
        """Whether who reads may review or end it, and there is something to end."""
        return self.is_actor_s and self.holds_still

    @property
    def holds_still(self) -> bool:
        """Whether it can be reviewed or ended."""
        return self.state is not AgreementState.ENDED and self.valid_to is None

    @property
    def awaits_actor(self) -> bool:
        """Whether the organisation of who reads still has to sign."""
        unsigned = any(party.is_actor and party.signed_on is None for party in self.parties)
        return unsigned and self.state is not AgreementState.ENDED


def _check(actor: Actor) -> None:
    if not acts_for_a_structure(actor):
        raise NotAllowed("Les accords d'aiguillage sont montrés aux professionnels qui agissent pour une structure.")


def agreements(*, actor: Actor, on: date) -> list[AgreementView]:
    """Agreements by title, for professionals: three queries, one more for a coordinator. Raises NotAllowed."""
    _check(actor)
    rows = Agreement.objects.select_related("perimeter").order_by("title", "id")
    joined = rows.prefetch_related("parties__organisation", "shares")[:MAX_ROWS]
    recorded = recorded_by([row.pk for row in joined], actor)
    return [_view(row, actor, on, recorded) for row in joined]


def agreement(uid: UUID, *, actor: Actor, on: date) -> AgreementView:
    """One agreement: three queries, one more for a coordinator. Raises NotAllowed, NotFound."""
    _check(actor)
    row = Agreement.objects.select_related("perimeter").prefetch_related("parties__organisation", "shares")
    found = row.filter(uid=uid).first()
    if found is None:
        raise NotFound("Cet accord n’existe pas.", field="agreement")
    return _view(found, actor, on, recorded_by([found.pk], actor))


def partners_of(*, actor: Actor, on: date) -> list[int]:
    """The organisations (their keys) with which the actor's signed an agreement that holds on the day. One query."""
    ours = Agreement.objects.filter(parties__organisation_id=actor.organisation_id or 0).exclude(valid_to__lte=on)
    rows = AgreementParty.objects.filter(agreement__in=ours).exclude(organisation_id=actor.organisation_id or 0)
    return sorted(set(rows.order_by("organisation_id").values_list("organisation_id", flat=True)))


def recorded_by(rows: list[int], actor: Actor) -> frozenset[int]:
    """Which of these agreements (their keys) the organisation of a coordinator recorded: their history knows it."""
    if "coordinator" not in actor.roles or actor.organisation_id is None:
        return frozenset()
    written = AuditRow.objects.filter(table="routing_agreement", verb="record", organisation_id=actor.organisation_id)
    keys = written.filter(row_id__in=[str(row) for row in rows]).values_list("row_id", flat=True)
    return frozenset(int(key) for key in keys)


def count_to_review(*, on: date) -> int:
    """How many agreements that still hold wait for their review: one query."""
    return Agreement.objects.filter(review_on__lte=on).exclude(state=AgreementState.ENDED.value).count()


def _view(row: Agreement, actor: Actor, on: date, recorded: frozenset[int]) -> AgreementView:
    parties = sorted(row.parties.all(), key=lambda party: party.organisation.sort_key)
    concerned = {party.organisation_id for party in parties} | (
        {actor.organisation_id} if row.pk in recorded else set()
    )
    return AgreementView(
        uid=row.uid,
        title=row.title,
        perimeter=row.perimeter.name,
        state=AgreementState(row.state),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        review_on=row.review_on,
        is_review_due=row.review_on <= on,
        source_url=row.source_url,
        parties=tuple(_party(party, actor) for party in parties),
        shares=tuple(_share(share) for share in sorted(row.shares.all(), key=lambda share: share.pk)),
        version=row.version,
        is_actor_s=may_change(actor, concerned),
    )


def _party(row: AgreementParty, actor: Actor) -> Party:
    return Party(row.organisation.name, row.signed_on, row.organisation_id == actor.organisation_id)


def _share(row: AgreementShare) -> Share:
    door = Operator(row.operator).label if row.operator else row.other_door_name
    return Share(row.public_label, ShareKind(row.kind), door, row.reason)
