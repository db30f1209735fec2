"""The data convention: what an organisation must have signed before its professionals see anybody's file."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.kernel.period import Period

VERSION = "2026-11"
"""The text that is signed today; the pages show it. A new text is a new version, signed again."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who commits an organisation, in what capacity, on which day."""

    signed_by: str
    signed_as: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class ConventionView:
    """A convention, as its page shows it."""

    uid: UUID
    organisation_name: str
    version: str
    signed_on: date
    signed_by: str
    signed_as: str
    period: Period
    is_in_force: bool
