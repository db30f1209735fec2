"""Reads: who works in an organisation, who is invited, who is away and who stands in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Invitation, MemberAbsence
from ensemblier.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation that waits."""

    uid: UUID
    name: str
    email: str
    roles: frozenset[Role]
    expires_at: datetime
    organisation_name: str
    invited_by: str


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """A member who is or will be away; `substitute_id` None: nobody stands in yet."""

    uid: UUID
    user_id: int
    name: str
    first_day: date
    last_day: date
    substitute_id: int | None
    substitute_name: str


def waiting_invitations(*, actor: Actor, at: datetime) -> list[InvitationView]:
    """Invitations of the actor's organisation that still open, latest first. One query."""
    rows = Invitation.objects.filter(
        organisation_id=actor.organisation_id or 0, accepted_at__isnull=True, cancelled_at__isnull=True,
        expires_at__gt=at,
    )  # fmt: skip
    return [_view(row) for row in rows.select_related("organisation", "invited_by").order_by("-created_at", "-id")]


def invitation_of(uid: UUID, *, at: datetime) -> InvitationView | None:
    """An invitation whose link and code were right, while it waits. One query."""
    rows = Invitation.objects.filter(uid=uid, accepted_at__isnull=True, cancelled_at__isnull=True, expires_at__gt=at)
    row = rows.select_related("organisation", "invited_by").first()
    return None if row is None else _view(row)


def _view(row: Invitation) -> InvitationView:
    return InvitationView(
        uid=row.uid,
        name=row.name,
        email=row.email,
        roles=frozenset(Role(role) for role in row.roles),
        expires_at=row.expires_at,
        organisation_name=row.organisation.name,
        invited_by="" if row.invited_by is None else row.invited_by.name,
    )


def absences_of(*, actor: Actor, on: date) -> list[AbsenceView]:
    """Absences of the actor's organisation, now and to come, soonest first. One query."""
    rows = MemberAbsence.objects.filter(organisation_id=actor.organisation_id or 0, last_day__gte=on)
    return [_away(row) for row in rows.select_related("user", "substitute").order_by("first_day", "id")]


def absences_on(on: date) -> list[AbsenceView]:
    """Everybody who is away on the day and has a substitute, of every organisation: for the clock. One query."""
    rows = MemberAbsence.objects.filter(first_day__lte=on, last_day__gte=on, substitute__isnull=False)
    return [_away(row) for row in rows.select_related("user", "substitute").order_by("id")]


def away_on(user_ids: list[int], organisation_id: int, *, on: date) -> dict[int, AbsenceView]:
    """Who of these members is away on the day, and who stands in. One query."""
    rows = MemberAbsence.objects.filter(
        user_id__in=user_ids, organisation_id=organisation_id, first_day__lte=on, last_day__gte=on
    )
    return {row.user_id: _away(row) for row in rows.select_related("user", "substitute").order_by("id")}


def replaced_by(user_id: int, organisation_id: int, *, on: date) -> list[AbsenceView]:
    """Absences in which this user stands in on the day: whose work is hers today. One query."""
    rows = MemberAbsence.objects.filter(
        substitute_id=user_id, organisation_id=organisation_id, first_day__lte=on, last_day__gte=on
    )
    return [_away(row) for row in rows.select_related("user", "substitute").order_by("first_day", "id")]


def _away(row: MemberAbsence) -> AbsenceView:
    return AbsenceView(
        uid=row.uid,
        user_id=row.user_id,
        name=row.user.name,
        first_day=row.first_day,
        last_day=row.last_day,
        substitute_id=row.substitute_id,
        substitute_name="" if row.substitute is None else row.substitute.name,
    )
