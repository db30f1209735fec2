"""Writes: accounts, and the dated memberships that give them rights."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership, User
from ensemblier.directory.core.text import clean_name
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.period import Period

GRANTING = frozenset({Role.ACCOUNT_MANAGER.value, Role.COORDINATOR.value})
"""Roles that open and end memberships of their own organisation."""


@transaction.atomic
def record_user(*, email: str, name: str, password: str, actor: Actor) -> int:
    """Open an account and return its id. Raises NotAllowed, BadInput (address, weak password), RuleViolated (taken)."""
    _check_platform(actor)
    try:
        validate_email(email.strip())
    except ValidationError:
        raise BadInput(
            "Cette adresse électronique ne se lit pas, par exemple nom@structure.fr.", field="email"
        ) from None
    try:
        validate_password(password, User(email=email.strip(), name=name))
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="password") from None
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, name=clean_name(name, limit=200))
    except IntegrityError:
        raise RuleViolated("Cette adresse a déjà un compte.", field="email") from None
    audit(actor, "user", user.pk, "record_user", {"name": ["", user.name]})
    return user.pk


@transaction.atomic
def grant_membership(*, user_id: int, organisation_id: int, role: Role, period: Period, actor: Actor) -> int:
    """Let a user act for an organisation in a role; returns the membership's id.

    Raises NotAllowed (only who manages that organisation's accounts, or the platform), NotFound, RuleViolated.
    """
    check_may_grant(actor, organisation_id, role)
    if not User.objects.filter(pk=user_id).exists() or not Organisation.objects.filter(pk=organisation_id).exists():
        raise NotFound("Ce compte ou cette structure n'existe pas.")
    try:
        with transaction.atomic():
            row = Membership.objects.create(
                user_id=user_id,
                organisation_id=organisation_id,
                role=role.value,
                valid_from=period.start,
                valid_to=period.end,
            )
    except IntegrityError:
        raise RuleViolated("Cette personne a déjà ce rôle à partir de ce jour.") from None
    audit(actor, "membership", row.pk, "grant_membership", {"role": ["", role.value]})
    return row.pk


@transaction.atomic
def end_membership(membership_id: int, *, on: date, actor: Actor) -> None:
    """The membership no longer holds from the day `on`. Raises NotFound, NotAllowed, RuleViolated (ended earlier)."""
    row = Membership.objects.select_for_update(of=("self",)).filter(pk=membership_id).first()
    if row is None:
        raise NotFound("Cette appartenance n'existe pas.")
    check_may_grant(actor, row.organisation_id, Role(row.role))
    if (row.valid_to is not None and row.valid_to <= on) or (row.valid_from is not None and row.valid_from >= on):
        raise RuleViolated("Cette appartenance est déjà finie, ou n'a pas encore commencé, à cette date.")
    before, row.valid_to = row.valid_to, on
    row.save(update_fields=["valid_to"])
    audit(actor, "membership", row.pk, "end_membership", {"valid_to": [str(before or ""), str(on)]})


def _check_platform(actor: Actor) -> None:
    if not actor.roles & {Role.ADMINISTRATOR.value, "system"}:
        raise NotAllowed("Seule la personne qui administre la plateforme ouvre des comptes. Écrivez-lui.")


def check_may_grant(actor: Actor, organisation_id: int, role: Role) -> None:
    """The platform grants anything; who manages an organisation's accounts grants its roles, never the platform's."""
    if actor.roles & {Role.ADMINISTRATOR.value, "system"}:
        return
    own = actor.organisation_id == organisation_id and bool(actor.roles & GRANTING)
    if not own or role == Role.ADMINISTRATOR:
        raise NotAllowed("Seule la personne qui administre les comptes de cette structure donne ou retire ce rôle.")


def audit(actor: Actor, table: str, row_id: int, verb: str, changes: dict[str, list[str]]) -> None:
    """Who changed what, in the transaction of the change."""
    AuditRow.objects.create(
        actor_id=actor.user_id,
        actor_label=actor.label,
        organisation_id=actor.organisation_id,
        table=table,
        row_id=str(row_id),
        verb=verb,
        changes=changes,
    )
