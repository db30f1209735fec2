"""What a relay carries: the envelope, which names nobody, and one text for each category that the person shares.

The letter is all of it as one text: what is previewed, what is sent, and what the fingerprint holds together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.persons import PersonDraft, PreferredContact, full_name
from ensemblier.kernel.errors import BadInput


class Need(StrEnum):
    """What a relay is asked for. Nothing here says anything of somebody's health."""

    PROJECT = "project"
    TRAINING = "training"
    JOB = "job"
    BUSINESS = "business"
    CHANGE = "change"
    HOUSING = "housing"
    TRANSPORT = "transport"
    CHILD_CARE = "child_care"
    LANGUAGE = "language"
    DIGITAL = "digital"
    MONEY = "money"
    ADMINISTRATION = "administration"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return _NEEDS[self]


_NEEDS = {
    Need.PROJECT: "construire un projet professionnel",
    Need.TRAINING: "préparer une formation et son financement",
    Need.JOB: "trouver un emploi",
    Need.BUSINESS: "créer ou reprendre une activité",
    Need.CHANGE: "continuer l’accompagnement après un changement de situation",
    Need.HOUSING: "se loger",
    Need.TRANSPORT: "se déplacer",
    Need.CHILD_CARE: "faire garder ses enfants",
    Need.LANGUAGE: "parler, lire ou écrire en français",
    Need.DIGITAL: "se servir d’internet",
    Need.MONEY: "tenir son budget",
    Need.ADMINISTRATION: "faire une démarche administrative",
    Need.OTHER: "une autre demande",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the desk reads before anybody takes the relay in hand: nothing that identifies."""

    need: str = ""
    place: str = ""
    before: str = ""
    channel: str = ""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """(name, words) of what is known."""
        named = (("Besoin", self.need), ("Lieu", self.place), ("Avant le", self.before), ("Contact", self.channel))
        return tuple((name, words) for name, words in named if words)

    @property
    def stored(self) -> dict[str, str]:
        """As it is kept."""
        return asdict(self)


def envelope_of(stored: Mapping[str, Any]) -> Envelope:
    """What was kept, whatever else an older version kept beside."""
    return Envelope(**{name: str(stored.get(name, "")) for name in Envelope.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Packet:
    """One category, with the very words that are shared; `data`: the same facts as fields."""

    category: Category
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)


def letter(envelope: Envelope, summary: str, packets: Iterable[Packet]) -> str:
    """The whole text of a relay, in the order in which it is read."""
    order = list(Category)
    rows = sorted(packets, key=lambda packet: order.index(packet.category))
    parts = ["\n".join(f"{name} : {words}" for name, words in envelope.lines), summary.strip()]
    parts += [f"{packet.category.label}\n{packet.text.strip()}" for packet in rows]
    return "\n\n".join(part for part in parts if part)


def fingerprint(text: str) -> str:
    """What ties the text sent to the text shown (SHA-256, hexadecimal)."""
    return sha256(text.encode()).hexdigest()


def identity_packet(person: PersonDraft, commune_name: str) -> Packet:
    """Who the person is and how to reach her: all that is known, and the same in words.

    Raises BadInput when nothing would let anybody reach her.
    """
    known = {name: value for name, value in asdict(person).items() if value}
    if not (person.phone or person.email or commune_name or person.given_name or person.family_name):
        raise BadInput("Notez d’abord dans le dossier un nom et un moyen de joindre la personne.", field="categories")
    if person.born is not None:
        known["born"] = person.born.isoformat()
    preferred = PreferredContact(person.preferred_contact).label if person.preferred_contact else ""
    lines = (
        full_name(person.given_name, person.family_name),
        f"Date de naissance : {person.born:%d/%m/%Y}" if person.born else "",
        f"Commune : {commune_name}" if commune_name else "",
        f"Téléphone : {person.phone}" if person.phone else "",
        f"Courriel : {person.email}" if person.email else "",
        f"À joindre de préférence {preferred}" if preferred else "",
        f"Quand : {person.availability}" if person.availability else "",
    )
    return Packet(Category.IDENTITY, "\n".join(line for line in lines if line), known)


def person_in(packet: Packet | None) -> PersonDraft:
    """The person that an identity packet names, for a file of the recipient's own. Empty without one."""
    if packet is None or packet.category is not Category.IDENTITY:
        return PersonDraft()
    known = {name: packet.data[name] for name in PersonDraft.__dataclass_fields__ if name in packet.data}
    if known.get("born"):
        known["born"] = date.fromisoformat(str(known["born"]))
    return PersonDraft(**known)


@dataclass(frozen=True, slots=True)
class KnownStatus:
    """A status of the timeline, as a packet says it. `words`: its French name."""

    status: str
    words: str
    since: date | None = None
    until: date | None = None


def situation_text(statuses: Iterable[KnownStatus]) -> str:
    """One line for each status, with its dates when they are known."""
    return "\n".join(f"{each.words[:1].upper()}{each.words[1:]}{_dates(each)}" for each in statuses)


def _dates(status: KnownStatus) -> str:
    since = f" depuis le {status.since:%d/%m/%Y}" if status.since else ""
    return since + (f" jusqu’au {status.until:%d/%m/%Y}" if status.until else "")


def identifies(envelope: Envelope, person: PersonDraft) -> bool:
    """Whether the envelope lets something slip that names the person."""
    words = " ".join(text for _, text in envelope.lines).lower()
    digits = "".join(sign for sign in words if sign.isdigit())
    phone = "".join(sign for sign in person.phone if sign.isdigit())[-9:]
    names = (person.given_name, person.family_name, person.email)
    said = any(len(name) > 2 and name.lower() in words for name in names)
    return said or (len(phone) == 9 and phone in digits)
