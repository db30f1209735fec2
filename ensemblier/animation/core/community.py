"""What tells the subject of a question: the beginnings of its long words, without accents."""

import re
import unicodedata

_COMMON = frozenset({"pourquo", "comment", "quelqu", "quelque", "toujour", "travail", "groupe", "personn", "question"})


def beginnings(text: str) -> frozenset[str]:
    """The first seven letters of each word of six letters or more: "financière" and "financier" are one."""
    bare = unicodedata.normalize("NFD", text.casefold()).encode("ascii", "ignore").decode()
    return frozenset(word[:7] for word in re.findall(r"[a-z]{6,}", bare)) - _COMMON
