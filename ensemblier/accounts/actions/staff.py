"""Leaving and being away. Files are handed over by the journey; here rights end, substitutes are named."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.accounts.actions.members import audit, check_may_grant
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import MemberAbsence, Membership, Session, User
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import valid_on
from ensemblier.kernel.period import Period


@transaction.atomic
def leave_organisation(user_id: int, *, on: date, actor: Actor) -> int:
    """Every membership of a user in the actor's organisation ends on the day `on` (excluded); returns how many.

    Her files must have been handed over before, in the same transaction: the door does both. Raises NotAllowed,
    NotFound (not a member that day), RuleViolated (nobody would manage the accounts any more).
    """
    number = actor.organisation_id or 0
    check_may_grant(actor, number, Role.ADVISER)
    rows = list(
        Membership.objects.select_for_update(of=("self",))
        .filter(user_id=user_id, organisation_id=number)
        .exclude(valid_to__lte=on)
        .order_by("id")
    )
    if not rows:
        raise NotFound("Cette personne n'a plus de rôle dans votre structure à cette date.")
    _keep_a_manager(number, user_id, on)
    for row in rows:
        _end(row, on)
    # Whoever she was to replace has nobody any more, and the team page says so.
    MemberAbsence.objects.filter(substitute_id=user_id, organisation_id=number, last_day__gte=on).update(
        substitute=None
    )
    audit(actor, "user", user_id, "leave_organisation", {"on": ["", str(on)]})
    return len(rows)


def _keep_a_manager(organisation_id: int, user_id: int, on: date) -> None:
    managers = Membership.objects.filter(
        valid_on(on), organisation_id=organisation_id, role=Role.ACCOUNT_MANAGER.value, user__is_active=True
    )
    if managers.filter(user_id=user_id).exists() and not managers.exclude(user_id=user_id).exists():
        raise RuleViolated("C'est la seule personne qui administre les comptes : donnez d'abord ce rôle à quelqu'un.")


@transaction.atomic
def record_member_absence(user_id: int, *, period: Period, substitute_id: int | None, actor: Actor) -> UUID:
    """A member is away for whole days, somebody of the same organisation stands in; returns the absence's identifier.

    By herself, by a team lead or by who manages the accounts. `period`: both ends are needed. Raises NotAllowed,
    NotFound (not members then), BadInput (dates), RuleViolated (herself as her substitute; already away).
    """
    number = actor.organisation_id or 0
    if actor.user_id != user_id and not actor.roles & {Role.TEAM_LEAD.value, Role.ACCOUNT_MANAGER.value}:
        raise NotAllowed("Une absence est écrite par la personne elle-même, ou par la personne référente de l'équipe.")
    if period.start is None or period.end is None:
        raise BadInput("Donnez le premier et le dernier jour.", field="last_day")
    if substitute_id == user_id:
        raise RuleViolated("Choisissez une autre personne pour remplacer.", field="substitute")
    for one in {user_id, substitute_id or user_id}:
        if not Membership.objects.filter(valid_on(period.start), user_id=one, organisation_id=number).exists():
            raise NotFound("Cette personne n'a pas de rôle dans votre structure à cette date.")
    last = date.fromordinal(period.end.toordinal() - 1)
    same = MemberAbsence.objects.filter(user_id=user_id, organisation_id=number)
    if same.filter(first_day__lte=last, last_day__gte=period.start).exists():
        raise RuleViolated("Une absence est déjà écrite pour ces jours.", field="first_day")
    row = MemberAbsence.objects.create(
        user_id=user_id, organisation_id=number, first_day=period.start, last_day=last, substitute_id=substitute_id
    )
    audit(actor, "absence", row.pk, "record_absence", {"days": ["", f"{period.start} – {last}"]})
    return row.uid


@transaction.atomic
def end_member_absence(uid: UUID, *, on: date, actor: Actor) -> None:
    """Back on the day `on`: what was left of the absence is taken away. Raises NotFound, NotAllowed."""
    row = MemberAbsence.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("Cette absence n'existe pas.")
    if actor.user_id != row.user_id and not actor.roles & {Role.TEAM_LEAD.value, Role.ACCOUNT_MANAGER.value}:
        raise NotAllowed("Seules cette personne et la personne référente de l'équipe modifient son absence.")
    if on <= row.first_day:
        row.delete()
    else:
        row.last_day = min(row.last_day, date.fromordinal(on.toordinal() - 1))
        row.save(update_fields=["last_day"])
    audit(actor, "user", row.user_id, "end_absence", {"on": ["", str(on)]})


@transaction.atomic
def close_account(user_id: int, *, actor: Actor) -> None:
    """The account enters nowhere any more, and every session of it ends now. Raises NotAllowed, NotFound."""
    if not actor.roles & {Role.ADMINISTRATOR.value, "system"}:
        raise NotAllowed("Seule la personne qui administre la plateforme ferme un compte.")
    if not User.objects.filter(pk=user_id, is_active=True).update(is_active=False):
        raise NotFound("Ce compte n'existe pas, ou il est déjà fermé.")
    Session.objects.filter(user_id=user_id).delete()
    audit(actor, "user", user_id, "close_account", {})


@transaction.atomic
def change_roles(user_id: int, roles: frozenset[Role], *, on: date, actor: Actor) -> None:
    """The roles of a member of the actor's organisation are these from the day `on`.

    Raises NotAllowed, NotFound (not a member), BadInput (no role left: that is leaving), RuleViolated (the last one who
    manages the accounts).
    """
    number = actor.organisation_id or 0
    rows = Membership.objects.select_for_update(of=("self",)).filter(user_id=user_id, organisation_id=number)
    held = {Role(row.role): row for row in rows.exclude(valid_to__lte=on).order_by("id")}
    if not held:
        raise NotFound("Cette personne n'a pas de rôle dans votre structure.")
    for role in held.keys() ^ roles:
        check_may_grant(actor, number, role)
    if not roles:
        raise BadInput("Laissez au moins un rôle, ou notez son départ.", field="roles")
    if Role.ACCOUNT_MANAGER in held and Role.ACCOUNT_MANAGER not in roles:
        _keep_a_manager(number, user_id, on)
    for role, row in held.items():
        if role not in roles:
            _end(row, on)
    for role in sorted(roles - held.keys()):
        Membership.objects.create(user_id=user_id, organisation_id=number, role=role.value, valid_from=on)
    changes = {"roles": [", ".join(sorted(held)), ", ".join(sorted(roles))]}
    audit(actor, "user", user_id, "change_roles", changes)


def _end(row: Membership, on: date) -> None:
    if row.valid_from is not None and row.valid_from >= on:
        row.delete()  # a right that would never have begun
        return
    row.valid_to = on
    row.save(update_fields=["valid_to"])
