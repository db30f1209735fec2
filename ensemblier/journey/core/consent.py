"""Consent: person → organisation × categories × purpose × end. Its own life, never a column of the relay.

Nothing here overrides it; a consent that has ended, for whatever reason, is no consent.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from ensemblier.kernel.words import marked

MAX_MONTHS = 12
LONGEST = timedelta(days=366, hours=1)
"""No twelve months are longer: what a column may check without counting months."""


class Category(StrEnum):
    """What may be shared, ticked one by one."""

    IDENTITY = "identity"
    SITUATION = "situation"
    PROJECT = "project"
    DOCUMENTS = "documents"
    CONSTRAINTS = "constraints"
    HEALTH = "health"

    @property
    def label(self) -> str:
        """The French name."""
        return _CATEGORIES[self]


_CATEGORIES = {
    Category.IDENTITY: "identité et coordonnées",
    Category.SITUATION: "situation",
    Category.PROJECT: "compétences et projet",
    Category.DOCUMENTS: "documents nommés un par un",
    Category.CONSTRAINTS: "contraintes",
    Category.HEALTH: "santé ou handicap",
}


class Purpose(StrEnum):
    """What the sharing is for; each is consented apart."""

    RELAY = "relay"
    OUTCOME = "outcome"
    EVALUATION = "evaluation"

    @property
    def label(self) -> str:
        """The French name, as the person reads it."""
        return _PURPOSES[self]


_PURPOSES = {
    Purpose.RELAY: marked("répondre à une demande"),
    Purpose.OUTCOME: marked("donner de mes nouvelles, une fois"),
    Purpose.EVALUATION: marked("évaluer le service, sans mon nom"),
}


class ConsentChannel(StrEnum):
    """How the person gave it."""

    ACCOUNT = "account"
    SIGNED_LINK = "signed_link"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Consent:
    """What one person decided for one organisation. Instants are aware; it holds while `given_at` ≤ t < `ends_at`."""

    person: int
    organisation: int
    categories: frozenset[Category]
    given_at: datetime
    ends_at: datetime
    purpose: Purpose = Purpose.RELAY
    channel: ConsentChannel = ConsentChannel.ACCOUNT
    proof: str = ""
    is_explicit_on_health: bool = False
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What a relay needs a consent for."""

    person: int
    organisation: int
    categories: frozenset[Category]
    purpose: Purpose = Purpose.RELAY


def faults(consent: Consent) -> list[str]:
    """French sentences on what makes a consent impossible to record; empty when it may be."""
    found = []
    if not consent.categories:
        found.append("Un partage porte sur au moins une catégorie.")
    if consent.ends_at <= consent.given_at:
        found.append("La fin du partage vient après son début.")
    if consent.ends_at > consent.given_at + relativedelta(months=MAX_MONTHS):
        found.append("Un partage dure douze mois au plus.")
    if Category.HEALTH in consent.categories and not consent.is_explicit_on_health:
        found.append("La santé et le handicap demandent un accord exprès.")
    if consent.channel is ConsentChannel.PAPER and not consent.proof.strip():
        found.append("Indiquez où se trouve l’accord signé sur papier.")
    return found


def is_live(consent: Consent, at: datetime) -> bool:
    """Whether the consent holds at that instant: begun, not ended, not revoked."""
    return consent.given_at <= at < consent.ends_at and consent.revoked_at is None


def covers(consent: Consent | None, need: Need, at: datetime) -> bool:
    """Whether a consent holds for this person, this organisation, all these categories and this purpose, then."""
    return (
        consent is not None
        and is_live(consent, at)
        and (consent.person, consent.organisation, consent.purpose) == (need.person, need.organisation, need.purpose)
        and need.categories <= consent.categories
    )


def revoked(consent: Consent, at: datetime) -> Consent:
    """The consent after the person stopped it; the first instant stays when she says it twice."""
    return consent if consent.revoked_at else replace(consent, revoked_at=at)
