"""An interlocutor as a vCard 4.0 (RFC 6350), which telephones and mail programs read."""

from dataclasses import dataclass
from uuid import UUID

from ensemblier.directory.core.exchange.phones import international


@dataclass(frozen=True, slots=True)
class Card:
    """What a vCard says of an interlocutor. Empty text is left out."""

    uid: UUID
    name: str
    organisation: str
    role: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, continued after a blank, never inside a character."""
    parts: list[str] = []
    current, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 75:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*parts, current])


def vcard(card: Card) -> str:
    """The card, lines ended by CR LF as the standard wants."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:uuid:{card.uid}",
        f"FN:{_escaped(card.name)}",
        f"ORG:{_escaped(card.organisation)}",
    ]
    if card.role:
        lines.append(f"TITLE:{_escaped(card.role)}")
    if card.phone:
        lines.append(f"TEL;VALUE=uri;TYPE=work:tel:{international(card.phone)}")
    if card.email:
        lines.append(f"EMAIL;TYPE=work:{_escaped(card.email)}")
    if card.note:
        lines.append(f"NOTE:{_escaped(card.note)}")
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])
