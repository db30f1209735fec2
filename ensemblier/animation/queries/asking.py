"""Reads: whom to ask when the library has no answer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.animation.core.heads import HeadKind
from ensemblier.animation.sql.asking import whom_to_ask
from ensemblier.kernel.actor import Actor

MANY = 3


@dataclass(frozen=True, slots=True)
class Knowing:
    """A group that works on it, or who decides about it. `holder`: who animates, or decides."""

    kind: HeadKind
    uid: UUID
    name: str
    holder: str


def knowing(text: str, *, actor: Actor, on: date) -> tuple[Knowing, ...]:
    """Groups and deciders whose words are those of the question, three at most: one query."""
    rows = whom_to_ask(text[:300], is_member=actor.is_signed_in, on=on, many=MANY)
    return tuple(Knowing(HeadKind(kind), uid, name, holder) for kind, uid, name, holder in rows)
