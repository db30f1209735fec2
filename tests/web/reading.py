"""What a page says, sentence by sentence, and in which language: what the tests of the English pages look at."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

_SMALL = (
    "le la les des une un du de est sont et ou où pour dans avec vous votre vos nous qui que ce cette cet ces au aux "
    "sur pas ne par il elle ils elles en à plus sans mon ma mes je suis aucun aucune leur leurs son sa ses été être "
    "d l n s c j qu y a"
)
FRENCH = frozenset(_SMALL.split())
"""Small words that any French sentence holds. Some are English too ("a", "on", "plus"): one alone proves nothing."""
ENOUGH = 3
_SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-label", "content", "value")
_SILENT = frozenset({"script", "style", "code", "textarea"})
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_WORD = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœæ]+")


class _Reader(HTMLParser):
    """Collects texts and spoken attributes that are in the language of the page; an element may say its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.said: list[str] = []

    @property
    def language(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self.language)
        if language != "fr":
            spoken = [name for name in _SPOKEN if name in given and not _is_code(tag, name, given)]
            self.said += [given[name] for name in spoken]
        if tag not in _VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.language != "fr" and not any(tag in _SILENT for tag, _language in self.open):
            self.said.append(data)


def _is_code(tag: str, name: str, given: Mapping[str, str]) -> bool:
    """A value that nobody reads: of a hidden field, a choice, a button, or what the reader typed."""
    if name == "value":
        return given.get("type") not in {"submit", "button"}
    return name == "content" and given.get("name") != "description"


def sentences(html: str) -> list[str]:
    """Everything that a reader sees or hears in the language of the page, one line each."""
    reader = _Reader()
    reader.feed(html)
    lines = (_tidy(text) for text in reader.said)
    return list(dict.fromkeys(line for line in lines if any(letter.isalpha() for letter in line)))


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'").split())


def left_in_french(html: str, catalogue: Mapping[str, str]) -> list[str]:
    """Lines of an English page that are still French: known to the catalogue, or made of French small words."""
    french = {_tidy(source) for source, english in catalogue.items() if _tidy(source) != _tidy(english)}
    english = {_tidy(text) for text in catalogue.values()}
    return [line for line in sentences(html) if line not in english and (line in french or _is_french(line))]


def _is_french(line: str) -> bool:
    words = _WORD.findall(line.lower())
    small = [word for word in words if word in FRENCH]
    return len(set(small)) >= ENOUGH and len(small) * 4 >= len(words)
