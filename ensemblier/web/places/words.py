"""Codes of publics, needs, modes and languages in French words, and the choices of the filters."""

from django.utils.translation import gettext as _

from ensemblier.directory.core.exchange.di_codes import NEEDS
from ensemblier.directory.core.exchange.vocabularies import DI_PUBLICS, PUBLIC_DOWN
from ensemblier.directory.core.labels import label_of
from ensemblier.kernel.words import marked
from ensemblier.territory.core.naming import search_key

_WORDS = {
    "en-presentiel": marked("sur place"),
    "a-distance": marked("à distance"),
    "fr": marked("français"),
    "en": marked("anglais"),
    "it": marked("italien"),
    "es": marked("espagnol"),
    "de": marked("allemand"),
    "ar": marked("arabe"),
    "pt": marked("portugais"),
    "uk": marked("ukrainien"),
    "fsl": marked("langue des signes française"),
}

LANGUAGES = ("fr", "en", "it", "es", "de", "ar", "pt", "uk", "fsl")


def words_of(code: str) -> str:
    """A code of a public, a need, a mode or a language in words, with their accents."""
    shown = _WORDS.get(code) or label_of(code)
    return _(shown) if shown else ""


def public_choices() -> list[tuple[str, str]]:
    """(code, words) of the publics of the directory, by words."""
    return sorted(((code, words_of(code)) for code in {*DI_PUBLICS, *PUBLIC_DOWN} - {"tous-publics"}), key=_by_words)


def need_choices() -> list[tuple[str, str]]:
    """(code, "theme : need") of the needs, by theme then words."""
    return sorted(((code, need_with_theme(code)) for code in NEEDS), key=_by_words)


def need_with_theme(code: str) -> str:
    """ "mobilité : préparer un permis"; the theme alone; an unknown code with spaces."""
    theme = code.partition("--")[0]
    if code == theme:
        return words_of(code)
    return _("%(theme)s : %(need)s") % {"theme": words_of(theme), "need": words_of(code)}


def _by_words(choice: tuple[str, str]) -> str:
    return search_key(choice[1])


def language_choices() -> list[tuple[str, str]]:
    """(code, words) of the languages in which one is received."""
    return sorted(((code, words_of(code)) for code in LANGUAGES), key=_by_words)


def day_choices() -> list[tuple[str, str]]:
    """("0" … "6", day) from Monday."""
    days = (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))
    return [(str(number), day) for number, day in enumerate(days)]
