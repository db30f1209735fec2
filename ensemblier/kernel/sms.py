"""What a short message costs: the alphabet of telephones, and how many parts a text takes (3GPP TS 23.038, 23.040)."""

import unicodedata

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€")
ONE, EACH = 160, 153
"""Characters of a message alone, and of each part of a longer one; 70 and 67 once one is not in the alphabet."""
ONE_WIDE, EACH_WIDE = 70, 67
_SAID = {"’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe"}


def parts_of(text: str) -> int:
    """How many messages are paid for this text; 1 for an empty one."""
    if all(sign in _GSM7 or sign in _ESCAPED for sign in text):
        length = sum(2 if sign in _ESCAPED else 1 for sign in text)
        return 1 if length <= ONE else -(-length // EACH)
    length = len(text.encode("utf-16-be")) // 2
    return 1 if length <= ONE_WIDE else -(-length // EACH_WIDE)


def in_alphabet(text: str) -> str:
    """The same words in the alphabet of telephones: spaces plain, quotes straight, accents that it lacks left out."""
    found = []
    for sign in text:
        said = _SAID.get(sign, " " if sign.isspace() and sign != "\n" else sign)
        for one in said:
            if one in _GSM7:
                found.append(one)
                continue
            bare = unicodedata.normalize("NFKD", one).encode("ascii", "ignore").decode()
            found.append("".join(each for each in bare if each in _GSM7))
    return "".join(found)


def cut(text: str, most: int = ONE) -> str:
    """At most so many characters of the alphabet, a word never broken when there is a space to break at."""
    said = in_alphabet(text)
    if len(said) <= most:
        return said
    head = said[: most - 3]
    return (head.rsplit(" ", 1)[0] if " " in head else head) + "..."
