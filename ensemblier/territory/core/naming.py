"""Names of places as people type them: one key for the stored name and for the question."""

import re
import unicodedata
from dataclasses import dataclass

from ensemblier.kernel.identifiers import is_commune_code, is_postcode

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i", "đ": "d", "ł": "l"})
# Letters of other alphabets that look like Latin ones: a pasted name must not miss its place for what no eye sees.
_LOOKALIKES = str.maketrans(
    "аеорсухіѕјԁһӏкмнтвαορνικητυχβεμζ",
    "aeopcyxisjdhlkmhtbaopvikhtuxbemz",
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "mt": "mont",
    "pce": "provence",
    "prov": "provence",
    "cdx": "",
    "cedex": "",
}
_MIDDLE = {"s": "sur", "ss": "sous"}  # "chalon s saone"
_DEPARTEMENT = re.compile(r"^(?:0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-8]|98[4-9])$")
MAX_LENGTH = 120


def plain(text: str) -> str:
    """Lower-case ASCII words separated by one space: no accent, hyphen, apostrophe, look-alike letter."""
    folded = unicodedata.normalize("NFKD", text[: 4 * MAX_LENGTH].casefold().translate(_LIGATURES))
    bare = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LOOKALIKES)
    return _NOT_WORD.sub(" ", bare).strip()


def search_key(text: str) -> str:
    """The key under which a place name is stored and looked for, at most 120 characters.

    "Saint-Étienne", "ST ETIENNE" and "st-étienne" have the same key.
    """
    words = plain(text).split()
    inner = [_MIDDLE.get(word, word) for word in words[1:-1]]
    whole = [*words[:1], *inner, *words[1:][-1:]]
    return " ".join(w for w in (_ABBREVIATIONS.get(word, word) for word in whole) if w)[:MAX_LENGTH].strip()


def sort_key(text: str) -> str:
    """The key that sorts names as a French reader expects, without ICU."""
    return plain(text)[:160]


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """A typed question about a commune, taken apart. Any part may be ""."""

    name: str
    departement: str = ""
    postcode: str = ""
    commune_code: str = ""
    postcode_prefix: str = ""


def parse_search(text: str) -> SearchTerms:
    """Take "la balme 05", "05100", "05100 briançon", "2A004" or "aix en pce" apart; never raises."""
    words = plain(text).split()
    name: list[str] = []
    departement = postcode = code = prefix = ""
    for place, word in enumerate(words):
        upper = word.upper()
        if is_postcode(upper):
            postcode = upper
        elif is_commune_code(upper):
            code = upper
        elif word.isdigit() and len(word) in (3, 4) and len(words) == 1:
            prefix = word
        elif _DEPARTEMENT.match(word) and (place > 0 or len(words) == 1):
            departement = upper
        else:
            name.append(word)
    return SearchTerms(search_key(" ".join(name)), departement, postcode, code, prefix)
