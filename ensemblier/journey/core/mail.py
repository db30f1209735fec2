"""An e-mailed answer, read: who wrote, to which secret address, and what is new in the text.

Source of the forms: RFC 5322 (messages), RFC 3834 (machines that answer).
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from html.parser import HTMLParser

from ensemblier.kernel.errors import BadInput

MAX_BYTES = 2_000_000
_QUOTE = re.compile(
    r"^(?:>|Le .{0,120}a écrit\s*:\s*$|On .{0,120}wrote:\s*$|-{2,} ?(?:Message d.origine|Original Message|Forwarded)"
    r"|_{8,}\s*$|De\s?: .{1,200}$|From: .{1,200}$|-- $)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """`to`: every address it names; `text`: what was written above the quotation; `is_automatic`: by a machine."""

    sender: str
    to: tuple[str, ...]
    message_id: str
    text: str
    is_automatic: bool


def read_mail(raw: bytes) -> ReceivedMail:
    """A message as a mail server pipes it. Raises BadInput when it is too big or cannot be read."""
    if len(raw) > MAX_BYTES:
        raise BadInput("Ce courriel est trop gros : écrivez votre réponse sans pièce jointe.")
    try:
        message = message_from_bytes(raw, policy=policy.default)
        if not isinstance(message, EmailMessage):
            raise BadInput("Ce courriel ne se lit pas.")
        return ReceivedMail(
            sender=_addresses(message, "From")[0] if _addresses(message, "From") else "",
            to=tuple(a for name in ("Delivered-To", "X-Original-To", "To", "Cc") for a in _addresses(message, name)),
            message_id=str(message.get("Message-ID", "")).strip()[:300],
            text=above_the_quotation(_text(message)),
            is_automatic=_is_automatic(message),
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise BadInput("Ce courriel ne se lit pas.") from error


def _addresses(message: EmailMessage, name: str) -> list[str]:
    pairs = getaddresses([str(value) for value in message.get_all(name, [])])
    return [address.strip().lower() for _, address in pairs if "@" in address]


def _is_automatic(message: EmailMessage) -> bool:
    submitted = str(message.get("Auto-Submitted", "no")).strip().lower()
    bulk = str(message.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list", "auto_reply")
    return submitted != "no" or bulk or "X-Autoreply" in message or not _addresses(message, "From")


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = str(part.get_content())
    return _bare(content) if part.get_content_subtype() == "html" else content


def above_the_quotation(text: str) -> str:
    """What is new: lines before the first that quotes, signs or forwards."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\x00", "").split("\n"):
        if _QUOTE.match(line.rstrip("\r")[:400]):
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()


class _Words(HTMLParser):
    """Keeps the words of a page; a paragraph or a break is a new line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in ("style", "script", "blockquote")
        if tag in ("br", "p", "div", "li", "tr"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script", "blockquote") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _bare(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.words)).strip()
