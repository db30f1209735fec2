"""French words of the cores that a door shows: marked here for the catalogue, translated at the doors.

The cores know no Django, so they cannot call gettext: `marked` only tells `make messages` that a constant has an
English version, and `Sentence` keeps apart what a sentence always says and what it says this time. The web asks for
the translation when it shows the words (the `said` filter of the templates), the terminal when it prints them.
"""

from collections.abc import Callable


def marked(text: str) -> str:
    """The same text: it is in the catalogue."""
    return text


class Sentence(str):
    """A French sentence that a door can say in another language: `template` is in the catalogue, `values` fill it.

    It is an ordinary text for who only shows or keeps it. Without values, the template is the sentence as it stands.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        made = super().__new__(cls, template % values if values else template)
        made.template, made.values = template, values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        """What copying and pickling need to make it again."""
        return (self.template,), self.values


def said_in(text: str, translate: Callable[[str], str]) -> str:
    """The text in the language of `translate` (template → template); a value that is a sentence is said in it too."""
    if not isinstance(text, Sentence):
        return translate(text) if text else text
    values = {
        key: said_in(value, translate) if isinstance(value, Sentence) else value for key, value in text.values.items()
    }
    template = translate(text.template) if text.template else ""
    return template % values if values else template


def kept(text: str) -> tuple[str, dict[str, str]]:
    """(template, values) to keep beside a sentence, so that it can be said again; ("", {}) for a plain text."""
    if not isinstance(text, Sentence):
        return "", {}
    return text.template, {key: str(value).replace("\x00", "")[:300] for key, value in text.values.items()}


def kept_sentence(text: str, template: str, values: dict[str, str]) -> str:
    """What `kept` kept, as a sentence again; the text as it stands when it had no template."""
    return Sentence(template, **values) if template else text
