"""What an import did, line by line and in figures."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from ensemblier.directory.core.exchange.records import Problem, RawRow

MOST_SHOWN = 1_000


class Outcome(StrEnum):
    """What became of a row."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem, and the line of the file where it stands."""

    number: int
    sheet: str
    problem: Problem


@dataclass(slots=True)
class Tally:
    """The report being made: figures are complete, only the first MOST_SHOWN problems of each kind are kept."""

    rows: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    set_aside: int = 0
    corrected: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    by_kind: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    blocking: list[Noted] = field(default_factory=list)
    lost_fields: list[Noted] = field(default_factory=list)
    aside_values: set[str] = field(default_factory=set)
    """Every value of the lines set aside: an identifier among them is not missing from the file."""
    vanished: int = 0
    is_partial: bool = False

    def aside(self, row: RawRow, problems: tuple[Problem, ...]) -> None:
        """A row that is not stored."""
        self.set_aside += 1
        self.aside_values.update(value for value in row.fields.values() if isinstance(value, str))
        if len(self.blocking) < MOST_SHOWN:
            self.blocking.extend(Noted(row.number, row.sheet, one) for one in problems if one.blocking)

    def lost(self, row: RawRow, problems: tuple[Problem, ...]) -> None:
        """A row that is stored without some of its fields."""
        if problems:
            self.corrected += 1
            if len(self.lost_fields) < MOST_SHOWN:
                self.lost_fields.extend(Noted(row.number, row.sheet, one) for one in problems)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The report of an import. `stored` is False for a dry run and for a file refused by `strict`.

    `vanished`: rows of the source that its whole file no longer holds, whose closing is proposed; `is_partial`: so many
    are missing that the file is taken for a part, and nothing is proposed.
    """

    format: str
    source: str
    file_name: str
    rows: int
    accepted: int
    changed: int
    unchanged: int
    set_aside: int
    corrected: int
    ignored: dict[str, int]
    by_kind: dict[str, dict[str, int]]
    blocking: tuple[Noted, ...]
    lost_fields: tuple[Noted, ...]
    stored: bool
    dry_run: bool = False
    refused: bool = False
    run_id: int | None = None
    vanished: int = 0
    is_partial: bool = False


def report_of(
    tally: Tally, *, format_code: str, source: str, file_name: str, stored: bool, run_id: int | None
) -> ImportReport:
    """The finished report of a tally."""
    kinds: dict[str, dict[str, int]] = {}
    for (kind, outcome), count in sorted(tally.by_kind.items()):
        kinds.setdefault(kind, {})[outcome.value] = count
    return ImportReport(
        format=format_code,
        source=source,
        file_name=file_name,
        rows=tally.rows,
        accepted=tally.outcomes[Outcome.ACCEPTED],
        changed=tally.outcomes[Outcome.CHANGED],
        unchanged=tally.outcomes[Outcome.UNCHANGED],
        set_aside=tally.set_aside,
        corrected=tally.corrected,
        ignored=dict(tally.ignored.most_common()),
        by_kind=kinds,
        blocking=tuple(tally.blocking),
        lost_fields=tuple(tally.lost_fields),
        stored=stored,
        run_id=run_id,
        vanished=tally.vanished,
        is_partial=tally.is_partial,
    )
