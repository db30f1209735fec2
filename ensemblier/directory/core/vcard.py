"""A visiting card (vCard 3.0, RFC 2426: the version that phones and mail programs all read)."""

from ensemblier.directory.core.views import ContactView

MAX_OCTETS = 75


def vcard(contact: ContactView) -> str:
    """The card of an interlocutor, CRLF lines folded at 75 octets; nothing that the view does not show."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_text(contact.name)};;;;",
        f"FN:{_text(contact.name)}",
        f"ORG:{_text(contact.organisation_name)}",
        f"TITLE:{_text(contact.role)}" if contact.role else "",
        f"TEL;TYPE=WORK,VOICE:{_text(contact.phone)}" if contact.phone else "",
        f"EMAIL;TYPE=INTERNET,WORK:{_text(contact.email)}" if contact.email else "",
        f"NOTE:{_text(_note(contact))}" if _note(contact) else "",
        f"UID:urn:uuid:{contact.uid}",
        "END:VCARD",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines if line)


def _note(contact: ContactView) -> str:
    parts = (", ".join(contact.subjects), contact.availability, "Fiche fictive" if contact.is_fictitious else "")
    return " – ".join(part for part in parts if part)


def _text(value: str) -> str:
    """A value with the characters that vCard gives a meaning escaped; a line break cannot start a new property."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> str:
    """The line cut so that no piece exceeds 75 octets and no character is split."""
    pieces: list[str] = []
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > MAX_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join([*pieces, piece])
