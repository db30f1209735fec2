"""Telephone numbers: as people write and read them in France, and in the international form that machines want."""

import re
from functools import lru_cache

import phonenumbers

_FRENCH = re.compile(r"^0[1-9]\d{8}$")
_SHORT = re.compile(r"^(?:3\d{3}|1\d{1,2}|11[68]\d{3}|10\d{2})$")
_EXTENSION = re.compile(r"[/,;(]|\bou\b|\bpuis\b|\bposte\b", re.IGNORECASE)
# Departments overseas have their own country code: "0262…" is +262, not +33.
_OVERSEAS = {"0590": "590", "0690": "590", "0691": "590", "0594": "594", "0694": "594", "0596": "596", "0696": "596",
             "0697": "596", "0262": "262", "0263": "262", "0269": "262", "0639": "262", "0692": "262", "0693": "262",
             "0508": "508"}  # fmt: skip


_OVERSEAS_CODES = frozenset(int(code) for code in _OVERSEAS.values())


@lru_cache(maxsize=8192)
def readable(text: str) -> str:
    """ "04 50 56 87 49", "39 49", "+32 2 555 12 12": the first number found in `text`, "" when there is none."""
    first = _EXTENSION.split(text.strip().replace("(0)", ""), maxsplit=1)[0]
    digits = re.sub(r"[\s.\-_ \u00a0]", "", first)
    if digits.startswith(("+33", "0033")):
        digits = "0" + digits.removeprefix("+33").removeprefix("0033").removeprefix("0")
    if digits.isascii() and (_FRENCH.match(digits) or _SHORT.match(digits)):
        return " ".join(_pairs(digits))
    if not digits.isascii() or len(digits) > 20:
        return ""
    try:
        number = phonenumbers.parse(digits, "FR")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    if number.country_code in _OVERSEAS_CODES:
        return " ".join(_pairs(f"0{number.national_number}"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _pairs(digits: str) -> list[str]:
    if len(digits) % 2:
        return [digits]
    return [digits[start : start + 2] for start in range(0, len(digits), 2)]


def international(number: str) -> str:
    """E.164 form of a number made by `readable` ("+33450568749"); a short number stays as it is."""
    digits = re.sub(r"\s", "", number)
    if not _FRENCH.match(digits):
        return re.sub(r"[^\d+]", "", digits)
    return f"+{_OVERSEAS.get(digits[:4], '33')}{digits[1:]}"
