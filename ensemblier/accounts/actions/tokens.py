"""Make and revoke the tokens of an organisation's systems; let in who shows a good one. Every change is kept."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ensemblier.accounts.actions.members import audit
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.tokens import LONGEST, PREFIX, Bearer, TokenScope, token_mark
from ensemblier.accounts.models import ApiToken
from ensemblier.accounts.queries.conventions import in_force
from ensemblier.directory.core.text import clean_name
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound

REFUSED = "Ce jeton n’ouvre rien : il est inconnu, retiré ou échu. Demandez-en un autre à qui administre les comptes."
USED_EVERY = timedelta(minutes=10)
"""The last use is written at most once in this time."""


@transaction.atomic
def make_token(name: str, *, scopes: frozenset[TokenScope], until: datetime, actor: Actor, at: datetime) -> str:
    """A new token, to be shown once: only its mark is kept.

    Raises NotAllowed (only who manages the accounts), BadInput (no name, no scope, no end or one beyond a year).
    """
    organisation_id = _managed(actor)
    known = clean_name(name, field="name", limit=80)
    if not scopes:
        raise BadInput("Choisissez ce que ce jeton ouvre.", field="scopes")
    if not at < until <= at + LONGEST:
        raise BadInput("Un jeton a une fin, dans un an au plus : faites-en un autre ensuite.", field="until")
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        organisation_id=organisation_id, name=known, scopes=sorted(scope.value for scope in scopes),
        token_key=token_mark(token), made_by_id=actor.user_id or 0, created_at=at, expires_at=until,
    )  # fmt: skip
    audit(actor, "api_token", row.pk, "make_token", {"scopes": ["", ", ".join(row.scopes)], "until": ["", str(until)]})
    return token


@transaction.atomic
def revoke_token(uid: UUID, *, actor: Actor, at: datetime) -> None:
    """It opens nothing from now on. Raises NotAllowed, NotFound (none such here, or already revoked)."""
    rows = ApiToken.objects.select_for_update(of=("self",)).filter(uid=uid, organisation_id=_managed(actor))
    row = rows.filter(revoked_at__isnull=True).first()
    if row is None:
        raise NotFound("Ce jeton n’existe pas, ou il est déjà retiré.")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    audit(actor, "api_token", row.pk, "revoke_token", {})


def bearer_of(token: str, *, at: datetime) -> Bearer:
    """For whom a token lets in, now. Raises NotAllowed, one same sentence: unknown, revoked, expired, no convention."""
    row = ApiToken.objects.filter(token_key=token_mark(token), revoked_at__isnull=True, expires_at__gt=at).first()
    if row is None or not in_force(at.date()).filter(organisation_id=row.organisation_id).exists():
        raise NotAllowed(REFUSED)
    if row.last_used_at is None or row.last_used_at < at - USED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=at)
    return Bearer(row.organisation_id, row.uid, frozenset(TokenScope(scope) for scope in row.scopes))


def _managed(actor: Actor) -> int:
    if actor.organisation_id is None or Role.ACCOUNT_MANAGER.value not in actor.roles:
        raise NotAllowed("Seule la personne qui administre les comptes de la structure fait ou retire un jeton.")
    return actor.organisation_id
