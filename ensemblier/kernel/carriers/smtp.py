"""E-mail by SMTP (RFC 5321, messages of RFC 5322): one connection a message, certificates checked."""

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as LINES
from urllib.parse import unquote, urlsplit

from ensemblier.kernel.carriers.answers import RefusedForGood, TryLater
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.messages import OutMessage

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class SmtpCarrier:
    """A mail server. `security`: "smtp" (in clear, for a relay on the same machine), "smtp+starttls" or "smtps"."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = ""
    timeout: float = 20.0

    @classmethod
    def from_url(cls, url: str, *, sender: str) -> "SmtpCarrier":
        """From "smtp+starttls://user:password@host:587". Raises BadInput when it cannot be read."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or "@" not in sender:
            raise BadInput(
                "SMTP_URL se lit « smtp+starttls://compte:mot-de-passe@serveur:587 », MAIL_FROM une adresse."
            )
        return cls(
            host=parts.hostname,
            port=parts.port or _PORTS[parts.scheme],
            security=parts.scheme,
            sender=sender,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def carry(self, message: OutMessage) -> None:
        """Hand it to the server."""
        try:
            letter = mail_of(message, self.sender)
        except (ValueError, IndexError) as error:
            raise RefusedForGood(f"adresse illisible : {type(error).__name__}") from error
        try:
            with self._connected() as server:
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as error:
            code = next((code for code, _ in error.recipients.values()), 550)
            raise _said(code, "destinataire refusé") from error
        except smtplib.SMTPResponseException as error:
            raise _said(error.smtp_code, type(error).__name__) from error
        except smtplib.SMTPNotSupportedError as error:
            raise RefusedForGood("le serveur ne sait pas le faire") from error
        except (OSError, smtplib.SMTPException) as error:
            raise TryLater(f"serveur de courriel : {type(error).__name__}") from error

    @contextlib.contextmanager
    def _connected(self):  # type: ignore[no-untyped-def]
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.security == "smtps":
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "smtp+starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            yield server
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()


_LEAVE = re.compile(r"^(https?://\S+/quitter/[0-9a-f-]{36}/)\s*\Z", re.M)
"""The last line of a letter that one may leave: mail programs offer it as their own button (RFC 8058)."""


def _said(code: int, what: str) -> Exception:
    """4xx: later; 5xx: never, except a refused sign-in (535), which is our fault and not the message's."""
    reason = f"{what} ({code})"
    return RefusedForGood(reason) if 500 <= code < 600 and code not in (530, 535) else TryLater(reason)


def mail_of(message: OutMessage, sender: str) -> EmailMessage:
    """The letter. Its Message-ID is the key: a duplicate carries the same, and mail programs show it once."""
    letter = EmailMessage(policy=LINES)
    domain = sender.rpartition("@")[2].strip("> ")
    letter["Message-ID"] = f"<{message.key}@{domain}>"
    letter["From"] = sender
    letter["To"] = Address(addr_spec=message.to)
    if message.reply_to:
        letter["Reply-To"] = Address(addr_spec=message.reply_to)
    letter["Subject"] = message.subject
    # No answering machine answers a machine (RFC 3834).
    letter["Auto-Submitted"] = "auto-generated"
    if (leave := _LEAVE.search(message.body)) is not None:
        letter["List-Unsubscribe"] = f"<{leave.group(1)}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(message.body)
    for piece in message.attachments:
        maintype, _, rest = piece.media_type.partition("/")
        subtype, _, options = rest.partition(";")
        params = dict(option.strip().split("=", 1) for option in options.split(";") if "=" in option)
        letter.add_attachment(piece.content, maintype=maintype, subtype=subtype, filename=piece.name, params=params)
    return letter
