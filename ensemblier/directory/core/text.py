"""Hygiene of what people type or import: names, links, telephone numbers. Raises BadInput, never mends in silence."""

import re
import unicodedata

import phonenumbers

from ensemblier.kernel.errors import BadInput

_SPACES = re.compile(r"[^\S\n]+")
_SHORT_NUMBER = re.compile(r"^(?:1\d|11[2-9]|1\d{3}|3\d{3}|118\d{3})$")
_LINK = re.compile(r"^https?://[^\s<>\"'`\\]+$", re.I)
_HOST = re.compile(r"^https?://(?:[^/@?#]*@)?[^/?#:]+\.[^/?#:.]{2,}(?:[:/?#]|$)", re.I)
# Bidirectional overrides and zero-width marks: they make a text read other than it is.
_HIDDEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad")


def clean_text(text: str, *, field: str, limit: int = 5000) -> str:
    """Several lines: NFC, no control or hidden character, at most `limit` characters."""
    if len(text) > limit:
        raise BadInput(
            "Ce texte fait %(length)s caractères, le maximum est %(limit)s.",
            field=field,
            values={"length": len(text), "limit": limit},
        )
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    bad = next((c for c in whole if c in _HIDDEN or (c != "\n" and unicodedata.category(c) in {"Cc", "Cs"})), None)
    if bad is not None:
        raise BadInput(
            "Ce texte contient un caractère invisible (U+%(code)s). Retapez-le au lieu de le coller.",
            values={"code": f"{ord(bad):04X}"},
            field=field,
        )
    return "\n".join(_SPACES.sub(" ", line).strip() for line in whole.split("\n")).strip()


def clean_line(text: str, *, field: str, limit: int = 255) -> str:
    """One line, otherwise as `clean_text`."""
    return " ".join(clean_text(text, field=field, limit=limit).split())


def clean_name(text: str, *, field: str = "name", limit: int = 255) -> str:
    """A name: one line, not empty, no word that mixes alphabets (a Cyrillic "а" in a Latin word is a trap)."""
    name = clean_line(text, field=field, limit=limit)
    if not any(c.isalnum() for c in name):
        raise BadInput("Donnez un nom : il faut au moins une lettre ou un chiffre.", field=field)
    for word in re.findall(r"[^\W\d_]+", name):
        alphabets = {_alphabet(c) for c in word} - {""}
        if len(alphabets) > 1:
            raise BadInput(
                "Le mot « %(word)s » mélange des lettres de plusieurs alphabets (%(alphabets)s) "
                "qui se ressemblent. Retapez-le au clavier.",
                values={"word": word, "alphabets": ", ".join(sorted(alphabets))},
                field=field,
            )
    return name


def _alphabet(letter: str) -> str:
    """LATIN, CYRILLIC, GREEK…: the first word of the letter's Unicode name; "" for marks and ª º."""
    first = unicodedata.name(letter, "").split(" ")[0]
    return "" if first in {"", "FEMININE", "MASCULINE", "MODIFIER"} else first


def clean_url(text: str, *, field: str = "website") -> str:
    """A web address in http(s), or "". A bare host gets https://. `javascript:` and the like are refused."""
    link = clean_line(text, field=field, limit=500)
    if not link:
        return ""
    if re.match(r"^[\w.-]+\.[a-z]{2,}(?:[/?#]|$)", link, re.I):
        link = f"https://{link}"
    if not _LINK.match(link) or not _HOST.match(link):
        raise BadInput(
            "« %(link)s » n'est pas une adresse de site : elle doit commencer par http:// ou https://.",
            field=field,
            values={"link": link[:60]},
        )
    return link


def clean_email(text: str, *, field: str = "email") -> str:
    """An e-mail address, or ""."""
    address = clean_line(text, field=field, limit=254)
    if address and not re.fullmatch(r"[^@\s<>\"']+@[^@\s<>\"'.]+(?:\.[^@\s<>\"'.]+)+", address):
        raise BadInput(
            "« %(address)s » n'est pas une adresse électronique, par exemple nom@structure.fr.",
            field=field,
            values={"address": address[:60]},
        )
    return address


def clean_phone(text: str, *, field: str = "phone") -> str:
    """A telephone number as "+33…" (E.164) or a short French one ("3949"); "" stays "".

    Overseas départements are understood through their own prefixes.
    """
    typed = clean_line(text, field=field, limit=60)
    digits = re.sub(r"[\s.\-/()]", "", typed)
    if not digits or _SHORT_NUMBER.match(digits):
        return digits
    try:
        number = phonenumbers.parse(digits, "FR")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise BadInput(
            "« %(typed)s » n'est pas un numéro de téléphone : dix chiffres, un numéro court (3949) ou +33…",
            values={"typed": typed[:40]},
            field=field,
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_text(phone: str) -> str:
    """A stored number as one reads it aloud: "04 92 00 00 00", "39 49"."""
    if phone.startswith("+33") and len(phone) == 12:
        national = "0" + phone[3:]
        return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    if len(phone) == 4:
        return f"{phone[:2]} {phone[2:]}"
    return phone
