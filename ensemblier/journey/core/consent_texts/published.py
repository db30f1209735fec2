"""All texts ever published, and which one is read on a day. An old version stays here for ever: a consent names it."""

from datetime import date

from ensemblier.journey.core.consent import Purpose
from ensemblier.journey.core.consent_texts import evaluation, outcome, relay
from ensemblier.journey.core.consent_texts.wording import ConsentText, Wording
from ensemblier.kernel.errors import NotFound

PUBLISHED: tuple[ConsentText, ...] = (
    relay.FRENCH,
    relay.EASY_FRENCH,
    relay.ENGLISH,
    relay.EASY_ENGLISH,
    outcome.FRENCH,
    outcome.EASY_FRENCH,
    outcome.ENGLISH,
    outcome.EASY_ENGLISH,
    evaluation.FRENCH,
    evaluation.EASY_FRENCH,
    evaluation.ENGLISH,
    evaluation.EASY_ENGLISH,
)
_BY_VERSION = {text.version: text for text in PUBLISHED}


def text_of(version: str) -> ConsentText:
    """The text that a consent names. Raises NotFound: a text kept on paper, or by another software, is not here."""
    if version not in _BY_VERSION:
        raise NotFound("Le texte de cet accord n’est pas gardé ici.")
    return _BY_VERSION[version]


def text_on(
    day: date, purpose: Purpose = Purpose.RELAY, language: str = "fr", wording: Wording = Wording.FULL
) -> ConsentText:
    """The text to read on that day: the last one published; in French when the language has none. Raises NotFound."""
    for spoken in dict.fromkeys((language, "fr")):
        found = [t for t in PUBLISHED if (t.purpose, t.language, t.wording) == (purpose, spoken, wording)]
        known = [text for text in found if text.since <= day]
        if known:
            return max(known, key=lambda text: text.number)
    raise NotFound("Aucun texte d’accord n’est publié à cette date.")
