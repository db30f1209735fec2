"""Putting a name to a text: each signs once, for oneself; the person's signature on paper is kept by her adviser."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ensemblier.journey.core.consent import ConsentChannel
from ensemblier.journey.core.movers import PersonHerself, user_of
from ensemblier.journey.core.signing import Signatory, SigningChannel
from ensemblier.journey.models import Signature
from ensemblier.journey.queries.own_file import Author
from ensemblier.kernel.errors import BadInput

_CHANNELS = {
    ConsentChannel.ACCOUNT: SigningChannel.ACCOUNT,
    ConsentChannel.SIGNED_LINK: SigningChannel.SIGNED_LINK,
    ConsentChannel.PAPER: SigningChannel.PAPER,
}


@dataclass(frozen=True, slots=True)
class Pen:
    """How one signs. `name`: as it will be shown; `proof`: where the paper that the person signed is kept.

    With a proof, an adviser records the person's own signature, not hers.
    """

    name: str
    proof: str = ""


def put_name(what: Mapping[str, Any], text_hash: str, pen: Pen, *, by: Author, at: datetime) -> None:
    """One signature on one text; signing twice does nothing more. Raises BadInput without a name."""
    if not pen.name.strip():
        raise BadInput("Écrivez votre nom pour signer.", field="name")
    party, channel = _as_whom(pen, by)
    Signature.objects.get_or_create(
        **what,
        party=party.value,
        defaults={
            "person_id": next(iter(what.values())).person_id,
            "adviser_id": user_of(by),
            "name": pen.name.strip()[:200],
            "channel": channel.value,
            "proof": pen.proof.strip(),
            "text_hash": text_hash,
            "at": at,
        },
    )


def _as_whom(pen: Pen, by: Author) -> tuple[Signatory, SigningChannel]:
    if isinstance(by, PersonHerself):
        return Signatory.PERSON, _CHANNELS[by.channel]
    if pen.proof.strip():
        return Signatory.PERSON, SigningChannel.PAPER
    return Signatory.ADVISER, SigningChannel.ACCOUNT
