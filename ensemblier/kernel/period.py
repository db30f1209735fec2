"""Periods of validity: half-open intervals of days, `start` included, `end` excluded; None means without limit."""

from dataclasses import dataclass
from datetime import date

from ensemblier.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` (included) to `end` (excluded).

    Raises BadInput when it would contain no day at all.
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise BadInput(
                "La fin (%(end)s) doit venir après le début (%(start)s).",
                values={"end": f"{self.end:%d/%m/%Y}", "start": f"{self.start:%d/%m/%Y}"},
            )

    def contains(self, on: date) -> bool:
        """Whether the day `on` lies inside."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day lies in both."""
        return (self.end is None or other.start is None or other.start < self.end) and (
            other.end is None or self.start is None or self.start < other.end
        )
