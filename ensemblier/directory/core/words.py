"""Words typed in a search box, as the database's own key (`directory_key`) writes them."""

import re
import unicodedata

MIN_LENGTH = 2
MAX_WORDS = 6
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
# Said but never looked for: "log à Embrun", "les permanences du lundi".
_EMPTY = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur", "un", "une"}
)


def search_words(text: str) -> tuple[str, ...]:
    """Beginnings of words to look for: lower case, no accent, hyphens as spaces; () when fewer than two letters.

    Empty words are dropped when something else remains; at most MAX_WORDS words are kept.
    """
    folded = unicodedata.normalize("NFKD", text[:200].lower().translate(_LIGATURES))
    words = _NOT_WORD.sub(" ", "".join(c for c in folded if not unicodedata.combining(c))).split()
    kept = [word for word in words if word not in _EMPTY] or words
    if sum(map(len, kept)) < MIN_LENGTH:
        return ()
    return tuple(dict.fromkeys(kept))[:MAX_WORDS]
