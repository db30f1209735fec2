"""Searches that somebody keeps: where, and how often they say what is new."""

from enum import StrEnum

from ensemblier.kernel.words import marked

MAX_SAVED = 30


class Shelf(StrEnum):
    """Where a kept search looks."""

    LIBRARY = "library"
    DIRECTORY = "directory"

    @property
    def label(self) -> str:
        """The French name."""
        return {"library": marked("bibliothèque"), "directory": marked("annuaire")}[self.value]


class Rhythm(StrEnum):
    """How often an alert may come."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "never": marked("sans alerte"),
            "daily": marked("une fois par jour au plus"),
            "weekly": marked("une fois par semaine au plus"),
        }[self.value]

    @property
    def days(self) -> int | None:
        """Days between two alerts; None: no alert."""
        return {"never": None, "daily": 1, "weekly": 7}[self.value]
