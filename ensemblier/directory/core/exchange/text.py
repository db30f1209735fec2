"""Texts met in files of unknown origin: what is harmless is tidied, what is dangerous is named and refused."""

import math
import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from ensemblier.kernel.words import Sentence

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0\u2007\u202f]+")
# UTF-8 read as Windows-1252: "é" becomes "Ã©", "’" becomes "â€™".
_MOJIBAKE = re.compile("\ufffd|Ã[\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u2122]|Â[\u00a0-\u00bf]")
_WORD = re.compile(r"\w+")
_LETTERS_FRIENDLY_TO_LATIN = ("LATIN", "MODIFIER", "SUPERSCRIPT", "FEMININE", "MASCULINE", "MICRO")


def as_text(value: object) -> str:
    """The text a person sees in the cell: whole numbers without ".0", dates in ISO form, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float | Decimal):
        return _number_text(float(value))
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _number_text(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    return str(int(number)) if number.is_integer() and abs(number) < 1e16 else str(number)


def tidy(text: str) -> str:
    """Same text without invisible characters, in NFC, blanks collapsed, ends trimmed, lines ended by "\\n"."""
    if text.isascii() and "\r" not in text and "\t" not in text and "  " not in text:
        return text.strip()
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", text)
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


_DANGERS = (
    (
        _CONTROL,
        Sentence("Le texte contient un caractère de contrôle invisible : retapez-le ou supprimez ce caractère."),
    ),
    (_SURROGATE, Sentence("Le texte contient une moitié de caractère Unicode : réenregistrez le fichier en UTF-8.")),
    (_BIDI, Sentence("Le texte contient un caractère qui inverse le sens de lecture : retapez-le.")),
    (
        _MOJIBAKE,
        Sentence("Les accents sont abîmés (mauvais encodage) : réenregistrez le fichier en UTF-8 puis réimportez-le."),
    ),
)


def danger_in(text: str) -> str:
    """Why a text must be refused (French, with what to do), or "" when it is harmless."""
    if text.startswith("="):
        return Sentence("La cellule contient une formule : remplacez-la par sa valeur (collage spécial, valeurs).")
    return next((reason for pattern, reason in _DANGERS if pattern.search(text)), "")


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    first = name.split(" ", 1)[0]
    return "LATIN" if first in _LETTERS_FRIENDLY_TO_LATIN else first


def look_alike_in(text: str) -> str:
    """A word that mixes alphabets so that it looks like another one ("Саp emploi" with a Cyrillic С), or ""."""
    if text.isascii():
        return ""
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        scripts = {_script(character) for character in word if character.isalpha()}
        if len(scripts) > 1 and "LATIN" in scripts:
            return str(word)
    return ""


def key_of(text: str) -> str:
    """The text for comparison: no accent, no case, no punctuation, hyphens as spaces, Saint for St."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = plain.replace("œ", "oe").replace("æ", "ae")
    plain = re.sub(r"[^a-z0-9]+", " ", plain).strip()
    return re.sub(r"\bste\b", "sainte", re.sub(r"\bst\b", "saint", plain))
