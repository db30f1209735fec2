"""Texts that arrive from outside: what a parameter or a body may contain."""

import unicodedata
from typing import Annotated

from django.utils.translation import gettext
from pydantic import AfterValidator, StringConstraints


def _clean(text: str) -> str:
    """The text without spaces around; refuses what no database stores (NUL, half surrogates) and control signs."""
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r":
            raise ValueError(gettext("le caractère U+%(code)s n'est pas permis") % {"code": f"{ord(sign):04X}"})
    return text.strip()


Text = Annotated[str, StringConstraints(max_length=200), AfterValidator(_clean)]
Code = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_-]*$")]
CommuneCode = Annotated[str, StringConstraints(pattern=r"^(\d{5}|2[ABab]\d{3})$")]
