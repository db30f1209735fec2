"""Reads: what the page of a link says before any proof."""

from datetime import datetime
from uuid import UUID

from ensemblier.accounts.core.links import MAX_ATTEMPTS, LinkPurpose, LinkView, ProofKind, token_key
from ensemblier.accounts.models import SignedLink


def link_of(token: str, purpose: LinkPurpose, *, at: datetime) -> LinkView | None:
    """The link of this token and purpose, without its subject; None when there is none. One query, nothing written."""
    link = SignedLink.objects.filter(token_key=token_key(token), purpose=purpose.value).first()
    if link is None:
        return None
    return LinkView(
        purpose=purpose,
        proof_kind=ProofKind(link.proof_kind),
        is_open=link.closed_at is None and link.expires_at > at,
        attempts_left=max(0, MAX_ATTEMPTS - link.attempts),
        expires_at=link.expires_at,
    )


def subject_of(token: str, purpose: LinkPurpose) -> UUID | None:
    """What a link is about, open or not: for the floors above, never for a page before the second proof."""
    rows = SignedLink.objects.filter(token_key=token_key(token), purpose=purpose.value)
    return rows.values_list("subject_uid", flat=True).first()
