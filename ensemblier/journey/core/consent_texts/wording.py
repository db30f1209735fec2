"""A consent text: its version, its sentences, and how the names of a relay are put into it.

A published version never changes (a test holds its fingerprint): a new wording is a new number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from dateutil.relativedelta import relativedelta

from ensemblier.journey.core.consent import MAX_MONTHS, Category, Purpose
from ensemblier.journey.core.relay import READ_AFTER_END
from ensemblier.kernel.words import marked


class Wording(StrEnum):
    """How a text is written. EASY follows the European rules of easy-to-read language."""

    FULL = "full"
    EASY = "easy"

    @property
    def label(self) -> str:
        """The French name."""
        return _WORDINGS[self]


_WORDINGS = {Wording.FULL: marked("texte complet"), Wording.EASY: marked("texte facile à lire")}
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One published text. Sentences hold {source}, {recipient}, {why} and {last_day}; `lines`: one per category."""

    purpose: Purpose
    number: int
    language: str
    wording: Wording
    since: date
    title: str
    sentences: tuple[str, ...]
    lines: tuple[tuple[Category, str], ...]
    health: str

    @property
    def version(self) -> str:
        """What a consent keeps: "relay-1-fr-easy"."""
        return f"{self.purpose}-{self.number}-{self.language}-{self.wording}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of every word of it."""
        lines = tuple(f"{category}={words}" for category, words in self.lines)
        return sha256("\n".join((self.title, *self.sentences, *lines, self.health)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Names:
    """What the sentences name. `last_day` in words; `why`: what the relay is for, in words."""

    source: str
    recipient: str
    why: str
    last_day: str


@dataclass(frozen=True, slots=True)
class ReadableText:
    """A text ready to be read. `health`: the sentence that is ticked apart, "" when health is not shared."""

    version: str
    title: str
    sentences: tuple[str, ...]
    lines: tuple[tuple[Category, str], ...]
    health: str

    @property
    def whole(self) -> str:
        """All of it, as it is kept with the consent."""
        lines = tuple(f"– {words}" for _, words in self.lines)
        return "\n".join((self.title, *self.sentences, *lines, *((self.health,) if self.health else ())))


def with_names(text: ConsentText, names: Names, categories: Iterable[Category]) -> ReadableText:
    """The text about this relay: only the lines of what would be shared."""
    asked = frozenset(categories)
    values = {"source": names.source, "recipient": names.recipient, "why": names.why, "last_day": names.last_day}
    return ReadableText(
        version=text.version,
        title=text.title,
        sentences=tuple(sentence.format(**values) for sentence in text.sentences),
        lines=tuple((category, words) for category, words in text.lines if category in asked),
        health=text.health.format(**values) if Category.HEALTH in asked else "",
    )


def last_instant(given_at: datetime) -> datetime:
    """The end that a consent is given with: twelve months, the longest allowed; the end of its relay comes first."""
    return given_at + relativedelta(months=MAX_MONTHS)


def effective_end(ends_at: datetime, relay_ends: Iterable[datetime | None]) -> datetime:
    """When a consent stops in fact: 30 days after the last of its relays ended, and at `ends_at` at the latest.

    `relay_ends`: the end of each relay that rests on it, None while it is open.
    """
    ends = list(relay_ends)
    over = [end for end in ends if end is not None]
    if not over or len(over) < len(ends):
        return ends_at
    return min(ends_at, max(over) + READ_AFTER_END)


SOON = timedelta(days=14)
"""How long before its end a person is told that a sharing stops."""


def is_ending(end: datetime, at: datetime) -> bool:
    """Whether a sharing stops by itself in the coming two weeks."""
    return at < end <= at + SOON
