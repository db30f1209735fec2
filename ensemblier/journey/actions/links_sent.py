"""Links that a message to the person carries: to stop a sharing, or to choose a door without an account."""

from datetime import datetime, timedelta
from uuid import UUID

from ensemblier.accounts.actions.links import make_link
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof

STOP_LINK_LASTS = timedelta(days=400)
"""Longer than any consent: a link in an old message still stops it."""
CHOICE_LINK_LASTS = timedelta(days=31)
"""As long as a relay waits for the person, and a day."""
CLICK = SecondProof(ProofKind.CODE, "stop")
"""The second proof of a stop link is the click on the page that it opens: stopping asks nothing more, and undoes no
right of hers. A mail reader that follows links sends no form."""


def make_stop_link(consent_uid: UUID, *, at: datetime) -> str:
    """The token of a link that stops this sharing, to put in any message to the person."""
    return make_link(LinkPurpose.STOP_SHARING, consent_uid, second_proof=CLICK, expires_at=at + STOP_LINK_LASTS)


def make_choice_link(relay_uid: UUID, *, birth_year: int, at: datetime) -> str:
    """The token of a link to the choice of a relay; her year of birth, which the message does not hold, opens it."""
    proof = SecondProof(ProofKind.BIRTH_YEAR, str(birth_year))
    return make_link(LinkPurpose.RELAY_CHOICE, relay_uid, second_proof=proof, expires_at=at + CHOICE_LINK_LASTS)
