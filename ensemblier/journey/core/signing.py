"""What two people sign: a text, its hash, and who put their name to it. A text that changes is another text."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from ensemblier.kernel.words import marked


class Signatory(StrEnum):
    """The two who sign a plan or a synthesis; neither signs for the other."""

    PERSON = "person"
    ADVISER = "adviser"

    @property
    def label(self) -> str:
        """The French name."""
        return {"person": marked("la personne"), "adviser": marked("le conseiller")}[self.value]


class SigningChannel(StrEnum):
    """How a name was put: in one's own space, by a signed link, or by hand on paper that the adviser keeps."""

    ACCOUNT = "account"
    SIGNED_LINK = "signed_link"
    PAPER = "paper"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "account": marked("dans son espace"),
            "signed_link": marked("par un lien personnel"),
            "paper": marked("sur papier"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature. `name`: as shown that day; `proof`: where the paper is, "" otherwise."""

    party: Signatory
    name: str
    at: datetime
    channel: SigningChannel = SigningChannel.ACCOUNT
    proof: str = ""


def canonical(value: object) -> str:
    """One text for one value (JSON, keys in order): what two texts run together could make ambiguous, this does not."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """SHA-256 of the text, 64 hexadecimal digits: what is signed is what was shown, to the letter."""
    return sha256(text.encode()).hexdigest()


def missing(signings: Iterable[Signing]) -> tuple[Signatory, ...]:
    """Who has not signed yet, the person first."""
    known = {signing.party for signing in signings}
    return tuple(party for party in Signatory if party not in known)


def is_agreed(signings: Iterable[Signing]) -> bool:
    """Whether both have signed."""
    return not missing(signings)
