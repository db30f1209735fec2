"""Signed links: what they are for, how long they may be tried, what opens them."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ensemblier.kernel.words import marked

MAX_ATTEMPTS = 5
"""Wrong second proofs after which a link is closed; whoever needs it asks for another one."""


class LinkPurpose(StrEnum):
    """What a link lets its holder do, and nothing else."""

    PERSON_SIGN_IN = "person_sign_in"
    RELAY_ANSWER = "relay_answer"
    RELAY_CHOICE = "relay_choice"
    INVITATION = "invitation"
    STOP_SHARING = "stop_sharing"
    PASSWORD = "password"  # noqa: S105 - a purpose

    @property
    def label(self) -> str:
        """The French name."""
        return _PURPOSES[self]

    @property
    def is_single_use(self) -> bool:
        """Whether the first right proof closes the link. An answer that takes several visits is not."""
        return self in (LinkPurpose.PERSON_SIGN_IN, LinkPurpose.PASSWORD)


_PURPOSES = {
    LinkPurpose.PERSON_SIGN_IN: marked("ouvrir son espace"),
    LinkPurpose.RELAY_ANSWER: marked("répondre à une demande"),
    LinkPurpose.RELAY_CHOICE: marked("choisir une porte"),
    LinkPurpose.INVITATION: marked("rejoindre une structure"),
    LinkPurpose.STOP_SHARING: marked("arrêter un partage"),
    LinkPurpose.PASSWORD: marked("changer de mot de passe"),
}


class ProofKind(StrEnum):
    """The second proof: something that the message with the link does not hold."""

    CODE = "code"
    BIRTH_YEAR = "birth_year"

    @property
    def label(self) -> str:
        """What the page asks for."""
        return _PROOFS[self]


_PROOFS = {
    ProofKind.CODE: marked("Le code reçu autrement"),
    ProofKind.BIRTH_YEAR: marked("Votre année de naissance, en 4 chiffres"),
}


@dataclass(frozen=True, slots=True)
class SecondProof:
    """What must be typed besides holding the link: its kind, and the expected answer (never stored in clear)."""

    kind: ProofKind
    answer: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """What the page of a link may say before the second proof: never its subject."""

    purpose: LinkPurpose
    proof_kind: ProofKind
    is_open: bool
    attempts_left: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link whose two proofs are right."""

    purpose: LinkPurpose
    subject_uid: UUID


def token_key(token: str) -> str:
    """The mark under which a token is kept: SHA-256 is enough for 256 bits drawn at random."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain_answer(answer: str) -> str:
    """An answer as it is compared: spaces, hyphens, accents and capitals do not count."""
    bare = unicodedata.normalize("NFKD", answer).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in bare if letter.isalnum())
