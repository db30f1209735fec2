"""A support episode: levels of its dated regime, statuses as a timeline, and one lead at every instant it is open.

Sources: arrêté du 16 juillet 2014 (three levels), arrêté du 29 mars 2019 (two levels, from 1 January 2020; "not
necessarily two successive steps").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise

from ensemblier.kernel.errors import RuleViolated
from ensemblier.kernel.period import Period

TWO_LEVELS_FROM = date(2020, 1, 1)
STILL_OPEN = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands for "no end yet": a real instant, so that a foreign key may hold it."""


class Level(StrEnum):
    """A level of service; the first three ended with 2019."""

    WELCOME_2014 = "welcome_2014"
    ADVICE_2014 = "advice_2014"
    SUPPORT_2014 = "support_2014"
    WELCOME_2019 = "welcome_2019"
    SUPPORT_2019 = "support_2019"

    @property
    def label(self) -> str:
        """The French name."""
        return _LEVELS[self]


_LEVELS = {
    Level.WELCOME_2014: "accueil individualisé",
    Level.ADVICE_2014: "conseil personnalisé",
    Level.SUPPORT_2014: "accompagnement à la mise en œuvre du projet",
    Level.WELCOME_2019: "accueil individualisé et adapté au besoin",
    Level.SUPPORT_2019: "accompagnement personnalisé",
}


def levels_on(on: date) -> tuple[Level, ...]:
    """The levels that exist on that day: three until 2019, two since."""
    if on < TWO_LEVELS_FROM:
        return (Level.WELCOME_2014, Level.ADVICE_2014, Level.SUPPORT_2014)
    return (Level.WELCOME_2019, Level.SUPPORT_2019)


def check_level(level: Level, on: date) -> None:
    """Any level may be entered at any moment, in any order, if it exists on that day. Raises RuleViolated."""
    if level not in levels_on(on):
        names = ", ".join(f"« {each.label} »" for each in levels_on(on))
        raise RuleViolated(
            "Le %(on)s, les niveaux de service sont : %(names)s.",
            values={"on": f"{on:%d/%m/%Y}", "names": names},
            field="level",
        )


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """A status held during a period; several may overlap (seasonal work beside an own business)."""

    status: str
    period: Period


def statuses_on(timeline: Sequence[StatusSpan], on: date) -> frozenset[str]:
    """Every status held on that day; empty means that none is known, never that there is none."""
    return frozenset(span.status for span in timeline if span.period.contains(on))


@dataclass(frozen=True, slots=True)
class LeadSpan:
    """Who leads, from `since` (included) to `until` (excluded; STILL_OPEN when it lasts)."""

    organisation: int
    adviser: int
    since: datetime
    until: datetime = STILL_OPEN


def lead_faults(leads: Sequence[LeadSpan], opened_at: datetime, closes_at: datetime) -> list[str]:
    """Where "exactly one lead at every instant from `opened_at` to `closes_at`" fails; empty when it holds."""
    if not leads:
        return ["nobody leads"]
    ordered = sorted(leads, key=lambda span: span.since)
    found = [f"empty span at {span.since}" for span in ordered if span.until <= span.since]
    if ordered[0].since != opened_at:
        found.append("the first lead does not begin with the episode")
    if ordered[-1].until != closes_at:
        found.append("the last lead does not end with the episode")
    for before, after in pairwise(ordered):
        if before.until < after.since:
            found.append(f"nobody leads from {before.until} to {after.since}")
        if before.until > after.since:
            found.append(f"two leads from {after.since}")
    return found


def lead_at(leads: Sequence[LeadSpan], at: datetime) -> LeadSpan | None:
    """The lead at that instant, None outside the episode."""
    return next((span for span in leads if span.since <= at < span.until), None)


def handed_over(leads: Sequence[LeadSpan], *, organisation: int, adviser: int, at: datetime) -> tuple[LeadSpan, ...]:
    """The spans once the lead has passed. Raises RuleViolated when nobody leads at that instant or when it is not the
    last span: the past is never rewritten."""
    current = lead_at(leads, at)
    if current is None or current.until != STILL_OPEN:
        raise RuleViolated("Cet accompagnement est clos : rouvrez-le avant de changer de conseiller référent.")
    if current.since == at:
        raise RuleViolated("Le référent vient de changer au même instant : relisez le dossier.")
    kept = tuple(replace(span, until=at) if span is current else span for span in leads)
    return (*kept, LeadSpan(organisation, adviser, at))
