"""The synthesis of an accompaniment: a few titled texts in plain language, numbered, dated, signed by both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ensemblier.journey.core.signing import canonical
from ensemblier.kernel.words import marked

MAX_TEXT = 6_000


class Section(StrEnum):
    """The parts of a synthesis, in the order in which they are read."""

    REQUEST = "request"
    SITUATION = "situation"
    STRENGTHS = "strengths"
    PROJECT = "project"
    DONE = "done"
    NEXT = "next"
    CONTACTS = "contacts"

    @property
    def label(self) -> str:
        """The French title."""
        return _TITLES[self]


_TITLES = {
    Section.REQUEST: marked("Ce que vous cherchiez"),
    Section.SITUATION: marked("Votre situation"),
    Section.STRENGTHS: marked("Ce que vous savez faire"),
    Section.PROJECT: marked("Votre projet"),
    Section.DONE: marked("Ce que nous avons fait"),
    Section.NEXT: marked("Ce qui vient ensuite"),
    Section.CONTACTS: marked("À qui parler"),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """One numbered synthesis. `texts`: what stands under each title; an empty part is left out."""

    number: int
    dated: date
    person_name: str
    adviser_name: str
    organisation_name: str
    texts: Mapping[Section, str]


def faults(texts: Mapping[Section, str]) -> list[tuple[str, str]]:
    """(section, French sentence) of each thing that cannot be recorded."""
    found = [(s.value, f"Ce texte dépasse {MAX_TEXT} signes.") for s in Section if len(texts.get(s, "")) > MAX_TEXT]
    if not any(text.strip() for text in texts.values()):
        found.append((Section.REQUEST.value, "Écrivez au moins une partie avant d’enregistrer."))
    return found


def signed_text(edition: Edition) -> str:
    """The text whose hash is signed: everything that the paper says, in its order."""
    return canonical(
        {
            "numéro": edition.number,
            "date": edition.dated.isoformat(),
            "qui": [edition.person_name, edition.adviser_name, edition.organisation_name],
            "parties": [[s.label, edition.texts[s].strip()] for s in Section if edition.texts.get(s, "").strip()],
        }
    )
