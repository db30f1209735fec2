"""Identifiers of the French field: pure checks of form, no look-up.

Sources: Insee (SIREN/SIRET: Luhn key; commune codes of the code officiel géographique), La Poste (postcodes).
"""

import re

_COMMUNE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
_POSTCODE = re.compile(r"[0-9]{5}")
_LA_POSTE_SIREN = "356000000"


def is_commune_code(text: str) -> bool:
    """Whether `text` has the form of an Insee commune code: 5 characters, "2A"/"2B" for Corsica."""
    return bool(_COMMUNE.fullmatch(text))


def is_postcode(text: str) -> bool:
    """Whether `text` has the form of a French postcode: 5 ASCII digits."""
    return bool(_POSTCODE.fullmatch(text))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_siren(text: str) -> bool:
    """Whether `text` is a SIREN: 9 digits with a right Luhn key."""
    return len(text) == 9 and text.isascii() and text.isdigit() and _luhn(text)


def is_siret(text: str) -> bool:
    """Whether `text` is a SIRET: 14 digits with a right Luhn key (La Poste: sum of digits divisible by 5)."""
    if len(text) != 14 or not text.isascii() or not text.isdigit():
        return False
    if text.startswith(_LA_POSTE_SIREN):
        return _luhn(text) or sum(map(int, text)) % 5 == 0
    return _luhn(text)
