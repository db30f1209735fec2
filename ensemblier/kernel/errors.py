"""The tree of errors that every floor may raise.

DomainError
├── NotFound             what was asked for does not exist (on that date)
├── NotAllowed           the actor may not see or do this
├── RuleViolated         the request contradicts a rule of the law or of the house
├── BadInput             what was typed, sent or imported cannot be read
├── StaleVersion         somebody else changed it first
└── SourceUnavailable    an outside source does not answer

The doors map this tree once each: `web/errors.py` (a page), `api/errors.py` (problem+json),
`cli/errors.py` (an exit code).
A message says what, where and what to do, in French, for the person who reads it.
"""

from collections.abc import Mapping

from ensemblier.kernel.words import Sentence


class DomainError(Exception):
    """Something the user can understand and act upon.

    `message` is a whole French sentence; `field` names the field, column or option concerned, "" if there is none.
    With `values`, the sentence is a template ("Aucune commune n'a le code %(code)s.") that a door can translate.
    """

    def __init__(self, message: str, *, field: str = "", values: Mapping[str, object] | None = None) -> None:
        self.message = message if isinstance(message, Sentence) else Sentence(message, **dict(values or {}))
        self.field = field
        super().__init__(self.message)


class NotFound(DomainError):
    """What was asked for does not exist, or not on that date."""


class NotAllowed(DomainError):
    """The actor may not see or do this."""


class RuleViolated(DomainError):
    """The request contradicts a rule of the law or of the house."""


class BadInput(DomainError):
    """What was typed, sent or imported cannot be read."""


class StaleVersion(DomainError):
    """Somebody else changed it first: read again, then decide."""


class SourceUnavailable(DomainError):
    """An outside source (national directory, geo service…) does not answer."""
