"""The socle d'indicateurs: what is sent up, from a versioned data file. One line an episode; small numbers stay home.

The official list was not found: `socle/socle_2025.yaml` is ours, and each operator maps it to its own names.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

AGE_BANDS = ((0, 25, "moins de 26"), (26, 44, "26 à 44"), (45, 54, "45 à 54"), (55, 200, "55 et plus"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, what it is called, which fact it takes, and how that fact's values are said."""

    code: str
    label: str
    source: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Socle:
    """A version of the socle, as the data file says it."""

    version: str
    valid_from: date
    columns: tuple[Column, ...]
    operators: Mapping[str, Mapping[str, str]]
    least: int
    round_to: int
    alert_after_months: int
    limit_months: int

    def names(self, operator: str) -> dict[str, str]:
        """Column code → the name that an operator's own system gives it."""
        own = self.operators.get(operator, {})
        return {column.code: own.get(column.code, column.code) for column in self.columns}


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What is known of one episode; no name, no free text."""

    facts: Mapping[str, Any]


def parse_socle(data: Mapping[str, Any]) -> Socle:
    """A version, as its file says it."""
    return Socle(
        version=data["version"],
        valid_from=data["valid_from"],
        columns=tuple(
            Column(row["code"], row["label"], row["from"], {str(k): str(v) for k, v in row.get("values", {}).items()})
            for row in data["columns"]
        ),
        operators=data["operators"],
        least=data["publication"]["least"],
        round_to=data["publication"]["round_to"],
        alert_after_months=data["transmission"]["alert_after_months"],
        limit_months=data["transmission"]["limit_months"],
    )


def age_band(born: date | None, on: date) -> str:
    """The band of an age on a day; "" when the birth is not known."""
    return band_of(None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def band_of(age: int | None) -> str:
    """The band of an age in whole years; "" when it is not known."""
    if age is None:
        return ""
    return next(label for least, most, label in AGE_BANDS if least <= age <= most)


def rows_of(episodes: Iterable[EpisodeFacts], socle: Socle, operator: str) -> list[dict[str, str]]:
    """The lines to send, under the operator's own names. Exactly one for each episode."""
    names = socle.names(operator)
    return [
        {names[column.code]: _said(column, episode.facts.get(column.source)) for column in socle.columns}
        for episode in episodes
    ]


def _said(column: Column, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list | tuple | set | frozenset):
        return "|".join(sorted(map(str, value)))
    text = "" if value is None else str(value)
    return column.values.get(text, text)


def published(rows: Sequence[Mapping[str, str]], by: Sequence[str], socle: Socle) -> list[tuple[tuple[str, ...], str]]:
    """Counts by these columns for everybody to read: rounded, and a small cell said as "moins de 11".

    When one cell alone of a table is small, the next smallest is hidden with it: the total would give it away.
    """
    counts = Counter(tuple(row[name] for name in by) for row in rows)
    hidden = {key for key, number in counts.items() if number < socle.least}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((key for key in counts if key not in hidden), key=lambda key: (counts[key], key)))
    return [(key, _shown(counts[key], key in hidden, socle)) for key in sorted(counts)]


def _shown(number: int, is_hidden: bool, socle: Socle) -> str:
    if is_hidden:
        return f"moins de {socle.least}" if number < socle.least else "masqué"
    return str(socle.round_to * round(number / socle.round_to))


def months_without(last_sent: date | None, since: date, on: date) -> int:
    """Whole months without a transmission, counted from the last one, or from the beginning."""
    start = last_sent or since
    return (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)


def is_late(last_sent: date | None, since: date, on: date, socle: Socle) -> bool:
    """Whether an operator must be told before the six months of R. 6111-5."""
    return months_without(last_sent, since, on) >= socle.alert_after_months
