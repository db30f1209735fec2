"""Quality of a row of the directory: a published list of criteria, each met or not (docs/algorithms/quality.md).

The score is the share of the criteria that apply, never a rank of organisations: it tells the owner what to complete.
"""

from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.states import PositionKind
from ensemblier.kernel.words import marked


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that makes a row useful to somebody who looks for a door."""

    code: str
    label: str
    weight: int


@dataclass(frozen=True, slots=True)
class Quality:
    """`score` in 0–100 (whole percent of the weights met), and what is missing, heaviest first."""

    score: int
    missing: tuple[Criterion, ...]


SITE_CRITERIA = (
    Criterion("address", marked("une adresse complète"), 2),
    Criterion("position", marked("une position exacte"), 2),
    Criterion("phone", marked("un téléphone"), 3),
    Criterion("hours", marked("des horaires"), 3),
    Criterion("email", marked("un courriel ou un site internet"), 1),
    Criterion("accessibility", marked("l'accessibilité du lieu"), 1),
    Criterion("delay", marked("un délai de premier rendez-vous déclaré depuis moins de six mois"), 2),
    Criterion("source", marked("une source"), 1),
    Criterion("review", marked("une relecture à jour"), 3),
)

ORGANISATION_CRITERIA = (
    Criterion("description", marked("une présentation"), 1),
    Criterion("identifier", marked("un SIREN ou un SIRET"), 1),
    Criterion("network", marked("un réseau d'appartenance"), 2),
    Criterion("phone", marked("un téléphone"), 2),
    Criterion("site", marked("au moins un lieu"), 3),
    Criterion("contact", marked("au moins un interlocuteur nommé"), 3),
    Criterion("source", marked("une source"), 1),
    Criterion("review", marked("une relecture à jour"), 3),
)


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the criteria of a site look at."""

    address: str
    postcode: str
    position: PositionKind
    phone: str
    hours_osm: str
    email_or_website: str
    accessibility: str
    delay_declared_on: date | None
    has_source: bool
    is_stale: bool


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What the criteria of an organisation look at."""

    description: str
    identifier: str
    networks: int
    phone: str
    sites: int
    contacts: int
    has_source: bool
    is_stale: bool


def site_quality(facts: SiteFacts, *, on: date) -> Quality:
    """Quality of a site on the day `on`."""
    declared = facts.delay_declared_on
    met = {
        "address": bool(facts.address and facts.postcode),
        "position": facts.position == PositionKind.EXACT,
        "phone": bool(facts.phone),
        "hours": bool(facts.hours_osm),
        "email": bool(facts.email_or_website),
        "accessibility": bool(facts.accessibility),
        "delay": declared is not None and 0 <= (on - declared).days < 183,
        "source": facts.has_source,
        "review": not facts.is_stale,
    }
    return _quality(SITE_CRITERIA, met)


def organisation_quality(facts: OrganisationFacts) -> Quality:
    """Quality of an organisation."""
    met = {
        "description": bool(facts.description),
        "identifier": bool(facts.identifier),
        "network": facts.networks > 0,
        "phone": bool(facts.phone),
        "site": facts.sites > 0,
        "contact": facts.contacts > 0,
        "source": facts.has_source,
        "review": not facts.is_stale,
    }
    return _quality(ORGANISATION_CRITERIA, met)


def _quality(criteria: tuple[Criterion, ...], met: dict[str, bool]) -> Quality:
    total = sum(c.weight for c in criteria)
    reached = sum(c.weight for c in criteria if met[c.code])
    missing = sorted((c for c in criteria if not met[c.code]), key=lambda c: -c.weight)
    return Quality(score=100 * reached // total, missing=tuple(missing))
