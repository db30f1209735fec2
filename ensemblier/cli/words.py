"""The language of the terminal: French, or English when `--lang en`, ENSEMBLIER_LANG or the locale says so.

The commands speak before Django is loaded (help, `serve`), so the catalogue is read by Python's own gettext.
"""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from gettext import NullTranslations, bindtextdomain, textdomain, translation
from pathlib import Path

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import Sentence, said_in

LANGUAGES = ("fr", "en")
VARIABLE = "ENSEMBLIER_LANG"
_ASKED_BY = (VARIABLE, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_CATALOGUES = Path(__file__).resolve().parents[1] / "locale"


def language_of(environment: Mapping[str, str]) -> str:
    """The first of the usual variables that names one of our languages before any other; French when none does.

    "en_GB.UTF-8" → "en"; "C", "C.UTF-8" and "POSIX" say nothing of a language.
    """
    for name in _ASKED_BY:
        for wanted in environment.get(name, "").split(":"):
            code = wanted.split(".")[0].split("_")[0].lower()
            if code in LANGUAGES:
                return code
            if code and code not in ("c", "posix"):
                return LANGUAGES[0]
    return LANGUAGES[0]


def language() -> str:
    """The language of this process, now."""
    return language_of(os.environ)


@cache
def _catalogue(code: str) -> NullTranslations:
    return translation("django", _CATALOGUES, [code], fallback=True)


def _translate(template: str) -> str:
    return _catalogue(language()).gettext(template) if template else template


def said(text: str) -> str:
    """A label, a sentence or the message of an error, in the language of the terminal."""
    return said_in(text, _translate)


def _(template: str, /, **values: object) -> str:
    """The sentence of the catalogue, filled: `_("%(count)s lignes", count=3)`. Values that are sentences follow."""
    return said(Sentence(template, **values))


def terminal() -> None:
    """The words of the command-line library itself (Usage, Options, its refusals) in the language of the process."""
    with suppress(BadInput):  # said by the command itself
        speak(sys.argv[1:])
    os.environ["LANGUAGE"] = language()
    bindtextdomain("django", str(_CATALOGUES))
    textdomain("django")


def speak(args: list[str]) -> list[str]:
    """Takes `--lang CODE` out of the arguments of a command and makes it the language of the process.

    Raises BadInput for another language than ours.
    """
    left: list[str] = []
    rest = iter(args)
    for word in rest:
        name, _sign, value = word.partition("=")
        if name != "--lang":
            left.append(word)
            continue
        code = value or next(rest, "")
        if code not in LANGUAGES:
            raise BadInput(
                "--lang attend %(names)s, pas « %(code)s ».",
                field="lang",
                values={"names": ", ".join(LANGUAGES), "code": code},
            )
        os.environ[VARIABLE] = code
    return left


def either(french: str, english: str) -> str:
    """Of two wordings that a rule carries, the one of the terminal; French when there is no English."""
    return english if english and language() == "en" else french
