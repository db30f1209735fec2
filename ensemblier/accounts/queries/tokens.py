"""Reads: the tokens of an organisation's systems."""

from datetime import datetime

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.core.tokens import TokenScope, TokenView
from ensemblier.accounts.models import ApiToken
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed


def tokens_of(*, actor: Actor, at: datetime) -> list[TokenView]:
    """Tokens that still open something, latest first. One query. Raises NotAllowed."""
    if Role.ACCOUNT_MANAGER.value not in actor.roles:
        raise NotAllowed("Seule la personne qui administre les comptes de la structure voit ses jetons.")
    rows = ApiToken.objects.filter(
        organisation_id=actor.organisation_id or 0, revoked_at__isnull=True, expires_at__gt=at
    ).select_related("made_by")
    return [
        TokenView(
            uid=row.uid,
            name=row.name,
            scopes=frozenset(TokenScope(scope) for scope in row.scopes),
            made_by=row.made_by.name,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
        )
        for row in rows.order_by("-created_at", "-pk")
    ]
