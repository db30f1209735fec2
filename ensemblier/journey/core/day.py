"""What an adviser's day holds, before any word is chosen."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayCount:
    """How much waits. `late`: relays past their day; `today`: meetings of the day; `steps`: due by tomorrow."""

    relays: int
    late: int
    answers: int
    today: int
    steps: int
    callbacks: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits."""
        return not any((self.relays, self.answers, self.today, self.steps, self.callbacks))


def near_words(due_on: date | None, on: date) -> str:
    """ "late", "today", "tomorrow", "later"; "" when there is no day."""
    if due_on is None:
        return ""
    days = (due_on - on).days
    if days < 0:
        return "late"
    return ("today", "tomorrow")[days] if days < 2 else "later"
