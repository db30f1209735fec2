"""Reads: for which organisations a user acts, and as whom she asks."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.views import MembershipView, UserView
from ensemblier.accounts.models import Membership, User
from ensemblier.accounts.queries.conventions import in_force
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import NotAllowed
from ensemblier.kernel.orm.models import valid_on


def memberships_of(user_id: int, *, on: date) -> list[MembershipView]:
    """Organisations the user may act for on the day, by name. One query; none for a closed account."""
    rows = (
        Membership.objects.filter(valid_on(on), user_id=user_id, user__is_active=True)
        .select_related("organisation")
        .annotate(has_convention=Exists(in_force(on).filter(organisation=OuterRef("organisation"))))
        .order_by("organisation__sort_key", "organisation_id", "id")
    )
    found: dict[int, list[Membership]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row)
    return [_view(same) for same in found.values()]


def _view(rows: list[Membership]) -> MembershipView:
    organisation = rows[0].organisation
    ends = [row.valid_to for row in rows if row.valid_to is not None]
    return MembershipView(
        organisation_id=organisation.pk,
        organisation_uid=organisation.uid,
        organisation_name=organisation.name,
        roles=frozenset(Role(row.role) for row in rows),
        until=max(ends) if len(ends) == len(rows) else None,
        is_fictitious=organisation.is_fictitious,
        has_convention=bool(rows[0].has_convention),  # type: ignore[attr-defined]
    )


def actor_for(user_id: int | None, organisation_uid: UUID | str | None = None, *, on: date, label: str = "") -> Actor:
    """As whom the user asks on the day: for one organisation, never several at once. One query.

    Without a choice, or when the membership chosen has ended, the first organisation by name; without any membership,
    an actor that is signed in and may do nothing more than the public. Roles that open files of persons are withheld
    while the organisation has no signed data convention.
    """
    if user_id is None:
        return ANONYMOUS
    return actor_among(memberships_of(user_id, on=on), user_id, organisation_uid, label=label)


def actor_among(
    open_ones: Sequence[MembershipView], user_id: int, organisation_uid: UUID | str | None = None, *, label: str = ""
) -> Actor:
    """The same, among memberships already read with `memberships_of`."""
    chosen = next((m for m in open_ones if str(m.organisation_uid) == str(organisation_uid)), None)
    acting = chosen or (open_ones[0] if open_ones else None)
    if acting is None:
        return Actor(user_id=user_id, label=label or "sans structure")
    return Actor(
        user_id=user_id,
        organisation_id=acting.organisation_id,
        roles=frozenset(role.value for role in acting.roles_in_force),
        withheld=frozenset(role.value for role in acting.roles - acting.roles_in_force),
        label=f"{label}, {acting.organisation_name}" if label else acting.organisation_name,
    )


def members_of(organisation_id: int, *, actor: Actor, on: date) -> list[tuple[UserView, frozenset[Role]]]:
    """Users who act for an organisation on the day, by name. One query.

    Raises NotAllowed when the actor neither acts for it nor administers the platform.
    """
    if actor.organisation_id != organisation_id and Role.ADMINISTRATOR.value not in actor.roles:
        raise NotAllowed("Seule la structure concernée voit ses comptes.")
    rows = Membership.objects.filter(valid_on(on), organisation_id=organisation_id).select_related("user")
    found: dict[int, tuple[UserView, frozenset[Role]]] = {}
    for row in rows.order_by("user__name", "user_id", "id"):
        user = row.user
        view = UserView(user.pk, user.email, user.name, user.is_active, user.is_demonstration)
        known = found.get(user.pk, (view, frozenset[Role]()))[1]
        found[user.pk] = (view, known | {Role(row.role)})
    return list(found.values())


def holders_of(organisation_id: int, role: Role, *, on: date) -> list[UserView]:
    """Open accounts that hold a role in an organisation on the day, by name: whom to ask. One query."""
    rows = Membership.objects.filter(
        valid_on(on), organisation_id=organisation_id, role=role.value, user__is_active=True
    ).select_related("user")
    users = (row.user for row in rows.order_by("user__name", "user_id", "id"))
    return list(dict.fromkeys(UserView(u.pk, u.email, u.name, u.is_active, u.is_demonstration) for u in users))


def open_user(user_id: int) -> User | None:
    """The account, while it is open: what Django's `login` takes. One query."""
    return User.objects.filter(pk=user_id, is_active=True).first()
