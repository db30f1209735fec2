"""Are two places the same one? Compared field by field; what is unknown on a side says nothing.

The score is a weighted mean of what is known, drawn towards DOUBT when little is known:
(Σ wᵢ·sᵢ + W₀·DOUBT) / (Σ wᵢ + W₀), with sᵢ in [0, 1]. Two operators under one roof are never a duplicate.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from ensemblier.directory.core.exchange.phones import international
from ensemblier.directory.core.exchange.text import key_of
from ensemblier.kernel.words import marked
from ensemblier.territory.core.geo import Point, great_circle_km

THRESHOLD = 0.70
DOUBT, DOUBT_WEIGHT = 0.35, 1.5
OTHER_NETWORK_CAP = 0.4
WEIGHTS = {"siret": 4.0, "name": 3.0, "phone": 3.0, "address": 2.5, "distance": 2.0, "email": 2.0, "website": 1.0}
LABELS = {
    "siret": marked("SIRET"),
    "name": marked("nom"),
    "phone": marked("téléphone"),
    "address": marked("adresse"),
    "distance": marked("distance"),
    "email": marked("courriel"),
    "website": marked("site internet"),
    "network": marked("réseau"),
}
_STREETS = {"av": "avenue", "bd": "boulevard", "bvd": "boulevard", "r": "rue", "pl": "place", "imp": "impasse",
            "all": "allee", "rte": "route", "chem": "chemin", "ch": "chemin", "sq": "square"}  # fmt: skip
_SHORT_NAMES = (
    (" pole emploi ", " france travail "),
    (" ml ", " mission locale "),
    (" pe ", " france travail "),
)
# Sharing one of these mail or web hosts says nothing about two places.
_COMMON_HOSTS = frozenset({"gmail.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "france-services.gouv.fr",
                           "francetravail.fr", "www.francetravail.fr", "facebook.com", "www.facebook.com"})  # fmt: skip
_CEDEX = re.compile(r"\b(?:cedex|bp|cs)\b(?:\s*\d+)?")


class Verdict(StrEnum):
    """What a field says."""

    SAME = "same"
    CLOSE = "close"
    DIFFERENT = "different"

    @property
    def label(self) -> str:
        """French label."""
        return {"same": marked("identique"), "close": marked("proche"), "different": marked("différent")}[self.value]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row to compare. Empty text and None are unknown; `point` only when the position is exact."""

    row_id: int
    name: str
    address: str = ""
    commune_code: str = ""
    siret: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    point: Point | None = None
    networks: frozenset[str] = frozenset()
    source_id: int | None = None
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a field says of the two rows: both values, a likeness in [0, 1], its verdict."""

    field: str
    left: str
    right: str
    likeness: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of a pair and its evidence, strongest field first."""

    score: float
    evidence: tuple[Evidence, ...]


def street_key(address: str) -> str:
    """An address for comparison: abbreviations spelt out, no cedex nor postal box."""
    words = _CEDEX.sub(" ", key_of(address)).split()
    return " ".join(_STREETS.get(word, word) for word in words)


def name_key(name: str) -> str:
    """A name for comparison: Pôle emploi is France Travail, ML and PE spelt out."""
    key = f" {key_of(name)} "
    for short, long in _SHORT_NAMES:
        key = key.replace(short, long)
    return key.strip()


def host_of(website: str) -> str:
    """The host of an address, without "www."."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def _evidence(field: str, left: str, right: str, likeness: float) -> Evidence:
    verdict = Verdict.SAME if likeness >= 0.95 else Verdict.CLOSE if likeness >= 0.6 else Verdict.DIFFERENT
    return Evidence(field, left, right, round(likeness, 3), verdict)


def _equal(field: str, left: str, right: str, keys: tuple[str, str]) -> Evidence | None:
    if not keys[0] or not keys[1]:
        return None
    return _evidence(field, left, right, 1.0 if keys[0] == keys[1] else 0.0)


def _name(a: Candidate, b: Candidate) -> Evidence:
    left, right = name_key(a.name), name_key(b.name)
    likeness = (fuzz.token_sort_ratio(left, right) + fuzz.token_set_ratio(left, right)) / 200
    return _evidence("name", a.name, b.name, likeness)


def _address(a: Candidate, b: Candidate) -> Evidence | None:
    left, right = street_key(a.address), street_key(b.address)
    if not left or not right:
        return None
    return _evidence("address", a.address, b.address, fuzz.token_sort_ratio(left, right) / 100)


def _distance(a: Candidate, b: Candidate) -> Evidence | None:
    if a.point is None or b.point is None:
        return None
    km = great_circle_km(a.point, b.point)
    likeness = 1.0 if km <= 0.1 else max(0.0, 1 - km / 2)
    shown = f"{km * 1000:.0f} m" if km < 1 else f"{km:.1f} km"
    return _evidence("distance", shown, "", likeness)


def _email_key(email: str) -> str:
    return email.casefold()


def _website_key(website: str) -> str:
    host = host_of(website)
    return "" if host in _COMMON_HOSTS else host


def compare(a: Candidate, b: Candidate) -> Comparison:
    """The score and the evidence; symmetric: comparing b with a gives the same score."""
    found = [
        _equal("siret", a.siret, b.siret, (a.siret, b.siret)),
        _name(a, b),
        _equal("phone", a.phone, b.phone, (international(a.phone), international(b.phone))),
        _address(a, b),
        _distance(a, b),
        _equal("email", a.email, b.email, (_email_key(a.email), _email_key(b.email))),
        _equal("website", a.website, b.website, (_website_key(a.website), _website_key(b.website))),
    ]
    known = [one for one in found if one is not None]
    weight = sum(WEIGHTS[one.field] for one in known)
    score = sum(WEIGHTS[one.field] * one.likeness for one in known) + DOUBT_WEIGHT * DOUBT
    score /= weight + DOUBT_WEIGHT
    if a.networks and b.networks:
        shared = a.networks & b.networks
        left, right = ", ".join(sorted(a.networks)), ", ".join(sorted(b.networks))
        known.append(_evidence("network", left, right, 1.0 if shared else 0.0))
        if not shared:
            score = min(score, OTHER_NETWORK_CAP)
    order = {name: place for place, name in enumerate((*WEIGHTS, "network"))}
    known.sort(key=lambda one: (-one.likeness, order[one.field]))
    return Comparison(round(score, 4), tuple(known))


# A block larger than this is not compared pair by pair: its rows meet in finer blocks.
LARGEST_BLOCK = 60


def block_keys(row: Candidate) -> Iterable[tuple[str, ...]]:
    """Keys under which a row meets those it may duplicate; two rows are compared if they share one."""
    world = "fictif" if row.is_fictitious else ""
    if row.siret:
        yield (world, "siret", row.siret)
    if row.phone:
        yield (world, "phone", international(row.phone), row.commune_code[:2])
    if not row.commune_code:
        return
    for network in row.networks:
        yield (world, "network", row.commune_code, network)
    street = street_key(row.address)
    if street:
        yield (world, "street", row.commune_code, street)
    for word in set(name_key(row.name).split()):
        if len(word) > 3:
            yield (world, "word", row.commune_code, word)


def pairs_to_compare(rows: Iterable[Candidate]) -> set[tuple[int, int]]:
    """Positions (i < j) of the rows to compare: in one block, from different sources."""
    held = list(rows)
    blocks: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(held):
        for key in block_keys(row):
            blocks.setdefault(key, []).append(place)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) > LARGEST_BLOCK:
            continue
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if held[i].source_id is None or held[i].source_id != held[j].source_id:
                    found.add((i, j))
    return found
