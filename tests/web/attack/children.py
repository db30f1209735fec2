"""Every address with two records or more, asked with the child of another parent: it does not exist there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from uuid import uuid4

from tests.web.attack.field import Field
from tests.web.attack.forms import fields_of
from tests.web.matrix import all_routes, word_of

READERS = {"chloé": ("awa", "cléo"), "renée": ("béa",), "awa herself": ("awa",), "béa herself": ("béa",)}
"""Who opens which files whole."""
NAMES_OF_FILE = "dossiers/<uuid:uid>/", "mon-espace/dossiers/<uuid:uid>/"
_PLACE = re.compile(r"<uuid:(\w+)>")
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}')
BUTTON = {"name": "Quelqu’un", "proof": "classeur", "shown": "x", "move": "confirm", "version": "1"}


@dataclass(frozen=True)
class Try:
    """One request: who, where, with the child of which file under the address of which other."""

    who: str
    method: str
    route: str
    parent: str
    child: str


def nested() -> list[str]:
    """Routes of a file with one record or more below it."""
    return [r for r in all_routes() if r.startswith(NAMES_OF_FILE) and len(_PLACE.findall(r)) > 1]


def tries() -> Iterator[Try]:
    """Each route with each wrong child; below a training, the training alone is foreign, or what hangs on it too."""
    for route, (who, own) in product(nested(), READERS.items()):
        if route.startswith("mon-espace") is not who.endswith("herself"):
            continue
        for parent, child, method in product(own, ("awa", "cléo", "béa"), ("GET", "POST")):
            if parent != child:
                yield Try(who, method, route, parent, child)


def address(field: Field, route: str, parent: str, child: str) -> str:
    """The address with the child's rows under the parent."""
    names = dict(field.files[child]) | {"row": field.files[child]["need"], "uid": field.files[parent]["uid"]}
    names = {**names, "merge": str(uuid4())}
    return "/" + _PLACE.sub(lambda m: names.get(m[1]) or str(uuid4()), route).replace("<slug:kind>", "besoins")


def sent(field: Field, who: str, route: str, child: str) -> dict[str, str]:
    """The real form of the child, where it belongs; what a button sends when there is no form."""
    page = field.ask(who, "GET", address(field, route, child, child))
    html = page.content.decode(errors="replace") if word_of(page) == "200" and not page.streaming else ""  # type: ignore[attr-defined]
    return BUTTON | {"key": str(uuid4())} | fields_of(html)


def plain(content: bytes) -> str:
    """A page without what changes each time: identifiers and tokens."""
    return _TOKEN.sub("", content.decode(errors="replace"))


def answer_of(field: Field, each: Try, form: dict[str, str] | None = None) -> str:
    """What is wrong in the answer to a try; "" when the child does not exist there."""
    if form is None or each.method == "GET":
        form = sent(field, _opener(each.child), each.route, each.child) if each.method == "POST" else {}
    got = field.ask(each.who, each.method, address(field, each.route, each.parent, each.child), **form)
    if field.writes:
        return f"writes: {field.writes[0]}"
    word = word_of(got)
    if word == "go" and each.method == "GET" and field.files[each.parent]["uid"] in got["Location"]:
        return ""  # the address of a gesture, asked and not posted: back to the page of the parent
    if word != "404":
        return f"answers {word}"
    return ""


def _opener(child: str) -> str:
    return {"awa": "chloé", "cléo": "chloé", "béa": "renée"}[child]


def wrong_children(field: Field, chosen: list[Try]) -> list[str]:
    """Tries that are not answered as they should. Each real form is read once."""
    found: list[str] = []
    forms: dict[tuple[str, str], dict[str, str]] = {}
    for each in chosen:
        if each.method == "POST" and (each.route, each.child) not in forms:
            forms[each.route, each.child] = sent(field, _opener(each.child), each.route, each.child)
        if fault := answer_of(field, each, forms.get((each.route, each.child))):
            found.append(f"{each.who} {each.method} {each.route} ({each.child} under {each.parent}): {fault}")
    return found


def right_children(field: Field) -> list[str]:
    """Routes whose own child answers its reader: proof that the others are refused for being elsewhere."""
    found = []
    for route in nested():
        who, file = ("awa herself", "awa") if route.startswith("mon-espace") else ("chloé", "awa")
        form = sent(field, who, route, file)
        got = field.ask(who, "POST", address(field, route, file, file), **form)
        if word_of(got) in ("go", "200", "400", "409"):
            found.append(route)
    return found
