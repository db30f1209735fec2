"""Make, open and close the links sent to people without an account. Nothing here is ever called by a GET."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from ensemblier.accounts.core.links import MAX_ATTEMPTS, LinkPurpose, SecondProof, plain_answer, token_key
from ensemblier.accounts.models import SignedLink
from ensemblier.kernel.errors import BadInput, NotAllowed

CLOSED = "Ce lien ne s'ouvre plus : il a servi, il est trop ancien ou il a été remplacé. Demandez-en un nouveau."
WRONG = "Ce n'est pas la bonne réponse. Encore %(left)s essais, puis le lien se fermera."


def draw_code() -> str:
    """Six digits, to be given by another channel than the link."""
    return f"{secrets.randbelow(1_000_000):06d}"


def make_link(purpose: LinkPurpose, subject_uid: UUID, *, second_proof: SecondProof, expires_at: datetime) -> str:
    """The token of a new link to a subject, to put in one message and nowhere else: only its hash is kept.

    Earlier links of the same purpose and subject stay as they are (`close_links` replaces them). Raises BadInput when
    the second proof is empty.
    """
    if not plain_answer(second_proof.answer):
        raise BadInput("Un lien demande une seconde preuve : un code, ou une année de naissance.")
    token = secrets.token_urlsafe(32)
    key = token_key(token)
    SignedLink.objects.create(
        purpose=purpose.value,
        subject_uid=subject_uid,
        token_key=key,
        proof_kind=second_proof.kind.value,
        proof_key=_proof_key(key, second_proof.answer),
        expires_at=expires_at,
    )
    return token


def open_link(token: str, purpose: LinkPurpose, proof: str, at: datetime) -> UUID:
    """The subject of a link whose two proofs are right; a link for a single use closes.

    Its own transaction: a wrong answer counts even though it raises, so call it before opening yours. Raises
    NotAllowed: unknown, expired, used or closed link (one same sentence), or a wrong answer.
    """
    with transaction.atomic(durable=True):
        link = SignedLink.objects.select_for_update().filter(token_key=token_key(token), purpose=purpose.value).first()
        if link is None or link.closed_at is not None or link.expires_at <= at:
            raise NotAllowed(CLOSED)
        is_right = constant_time_compare(link.proof_key, _proof_key(link.token_key, proof))
        if is_right:
            link.used_at = at
            link.closed_at = at if purpose.is_single_use else None
        else:
            link.attempts += 1
            link.closed_at = at if link.attempts >= MAX_ATTEMPTS else None
        link.save(update_fields=["attempts", "used_at", "closed_at"])
    if is_right:
        return link.subject_uid
    if link.closed_at is not None:
        raise NotAllowed(CLOSED)
    raise NotAllowed(WRONG, values={"left": MAX_ATTEMPTS - link.attempts}, field="proof")


def close_links(purpose: LinkPurpose, subject_uid: UUID, *, at: datetime) -> int:
    """No link of this purpose to this subject opens any more; returns how many were still open."""
    return SignedLink.objects.filter(purpose=purpose.value, subject_uid=subject_uid, closed_at__isnull=True).update(
        closed_at=at
    )


def _proof_key(key: str, answer: str) -> str:
    """Keyed with the secret of the installation and the link's own mark: a stolen table gives no answer away."""
    return salted_hmac(f"signed-link:{key}", plain_answer(answer), algorithm="sha256").hexdigest()
