"""Every address, with the rows of every file in its places, asked by everybody, in every state of the relay: whose
tokens may stand in the answer is written here by hand; any other is a leak."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from pypdf import PdfReader

from ensemblier.accounts.models import Membership
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Person, PersonLink
from tests.web.attack.canaries import Canaries, Said, owner_name
from tests.web.attack.field import Field
from tests.web.matrix import all_routes, take_back
from tests.web.records.ground import key, put
from tests.web.test_access_matrix import POLICY

WHOLE: Mapping[str, set[str]] = {
    "chloé": {"awa", "cléo"}, "suzanne": {"awa"}, "renée": {"béa"},
    "awa herself": {"awa"}, "béa herself": {"béa"},
}  # fmt: skip
"""Who reads which files, whatever the relay."""
NEVER: Mapping[str, set[str]] = {
    # between the person and the machine: no professional reads it
    "professional": {"personlink", "relayopinion", "calendarfeed", "consentproof", "erasure"},
    # written by professionals for themselves: she asks for it (art. 15)
    "herself": {"consentproof", "erasure", "queueentry"},
}
AUTHOR = {"awa": "chloé", "béa": "renée"}
"""Who wrote the private note of each file: nobody else opens it, neither a substitute nor the person."""
RECIPIENT = {"renée", "nina", "dora"}
HOLDER = {"renée"}
SENT = {state.value for state in RelayState} - {"draft", "awaiting_person"}
CARRIED = {"acknowledged", "info_requested", "accepted", "in_progress", "completed"}
OF_RELAY = {"relay", "relaypacket", "relaymessage", "relayevent", "document", "relaysequel"}
OF_ENVELOPE = (("relay", "envelope"), ("relay", "partner"), ("queueentry", "need"))
"""What a desk reads of a relay before anybody has it in hand, and the name of who has."""
OF_DESK = {"levelonecontact", "queueentry"}
OF_TEAM = {"user", "convention", "memberabsence"}
ADVISERS = {"chloé", "suzanne", "renée", "nina", "colette", "edmond", "oscar"}
DESKS = ADVISERS | {"dora", "dolorès"}
MANAGERS = {"alma", "léa", "ada"}


@dataclass
class Crawl:
    """The ground, the tokens, and what was found."""

    ground: Field
    canaries: Canaries
    owners: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    """How tokens call the account of each person who reads."""
    seen: int = 0
    answers: int = 0

    def __post_init__(self) -> None:
        for name in ("awa", "cléo", "béa"):
            self.owners[name] = owner_name(Person.objects.get(uid=self.ground.files[name]["uid"]).pk)
        for name in ("awa", "béa"):
            link = PersonLink.objects.get(person__uid=self.ground.files[name]["uid"])
            self.accounts[f"{name} herself"] = f"a{link.account_id}"

    def foreign(self, who: str, state: str, consent: str, text: str) -> set[Said]:
        """Tokens of a text that its reader may not read."""
        said = self.canaries.said_in(text)
        self.seen += len(said)
        return {each for each in said if not self.may(who, state, consent, each)}

    def may(self, who: str, state: str, consent: str, said: Said) -> bool:
        """Whether somebody may read a token."""
        owner, table, column = said
        if column == "secret" or table == "recoverycode":
            return False
        if owner[0] == "a":
            return owner == self.accounts.get(who)
        if owner[0] in "ut":
            return self._may_of_nobody(who, said)
        kind = "herself" if who.endswith("herself") else "professional"
        if table == "note" and column in ("private", "team"):
            return self._may_of_note(who, said)
        if owner in {self.owners[name] for name in WHOLE.get(who, ())}:
            return table not in NEVER[kind]
        return owner == self.owners["awa"] and self._may_of_relay(who, state, consent, said)

    def _may_of_note(self, who: str, said: Said) -> bool:
        """Private: its author's. Of the team: who opens the file at its organisation."""
        owner, _, kind = said
        if kind == "team":
            return owner in {self.owners[name] for name in WHOLE.get(who, ())} and not who.endswith("herself")
        return any(owner == self.owners[name] and who == author for name, author in AUTHOR.items())

    def _may_of_relay(self, who: str, state: str, consent: str, said: Said) -> bool:
        """The envelope to its desk from the sending; what it carries to who holds it, while the consent lives."""
        if who == "partner":
            return said[1] in OF_RELAY
        if who in RECIPIENT and state in SENT and said[1:] in OF_ENVELOPE:
            return True
        return who in HOLDER and state in CARRIED and consent == "live" and said[1] in OF_RELAY

    def _may_of_nobody(self, who: str, said: Said) -> bool:
        """Names of professionals are known to whoever is signed in; addresses to colleagues; the rest to desks."""
        owner, table, column = said
        if not who or table in ("session", "totpdevice", "passkey", "knowndevice"):
            return bool(who) and owner == f"u{self._number(who)}"
        if table == "user":
            return column == "name" or owner == f"u{self._number(who)}" or owner[1:] in self._colleagues(who)
        if table in OF_TEAM or (table == "invitation" and who in MANAGERS):
            return True
        return table in OF_DESK and who in DESKS

    def _number(self, who: str) -> int:
        user = self.ground.ground.users.get(who)
        return user.pk if user is not None else 0

    def _colleagues(self, who: str) -> set[str]:
        if who not in self.ground.ground.users:
            return set()
        places = Membership.objects.filter(user_id=key(self.ground.ground.users[who])).values("organisation")
        return {str(pk) for pk in Membership.objects.filter(organisation__in=places).values_list("user_id", flat=True)}


Case = tuple[tuple[str, str], str, str, str, str]
"""(state, consent), who, method, route, whose rows stand in the address."""


def addresses() -> list[str]:
    """Every route that has a line in the access matrix."""
    return [name for name in all_routes() if name in POLICY and not name.startswith("api/^")]


def cases(crawl: Crawl, sample: int | None) -> list[Case]:
    """All of them, or a draw made with a seed, sorted so that the relay changes rarely."""
    states = list(product((state.value for state in RelayState), ("live", "revoked")))
    readers = list(crawl.ground.cookies)
    every: list[Case] = []
    for where, who, method, route in product(states, readers, ("GET", "POST"), addresses()):
        files = ("awa", "béa") if "<uuid" in route else ("awa",)
        every += [(where, who, method, route, file) for file in files]
    drawn = every if sample is None else random.Random(11).sample(every, sample)  # noqa: S311 - a reproducible draw
    return sorted(drawn)


def address(crawl: Crawl, route: str, file: str) -> str:
    """The address of the policy, with the rows of a file in its places."""
    found = "/" + POLICY[route].address.format_map(_names(crawl, file))
    return found if "?" in found or not route.startswith("dossiers/") else found + "?q=cn"


def _names(crawl: Crawl, file: str) -> dict[str, Any]:
    names: dict[str, Any] = dict(crawl.ground.ground.names) | crawl.ground.files[file]
    return {**names, "file": crawl.ground.files[file]["uid"], "acting": "0"}


def asked(crawl: Crawl, who: str, method: str, route: str, file: str) -> HttpResponseBase:
    """The answer to a reader; a form is the one of the access matrix, sent for the organisation she acts for."""
    at, posted = address(crawl, route, file), POLICY[route]
    if method == "GET":
        return crawl.ground.ask(who, "GET", at)
    if posted.json:
        return crawl.ground.ask(who, "POST", at, json=posted.json)
    body = posted.body.format_map(_names(crawl, file))
    return crawl.ground.ask(who, "POST", at, **dict(pair.split("=", 1) for pair in body.split("&") if pair))


def answers(crawl: Crawl, chosen: list[Case]) -> Iterator[tuple[Case, set[Said] | str]]:
    """Each case with its foreign tokens, or the error of a page that breaks."""
    current = None
    for case in chosen:
        where, who, method, route, file = case
        if where != current:
            current = where
            put(crawl.ground.ground, *where)
        point = transaction.savepoint()
        try:
            text = whole(asked(crawl, who, method, route, file))
        except Exception as broken:  # a page that breaks is told apart
            text, fault = "", f"{type(broken).__name__}: {broken}"[:160]
        else:
            fault = ""
        take_back(point)
        if fault:
            yield case, fault
            continue
        crawl.answers += 1
        yield case, crawl.foreign(who, *where, text)


def whole(response: HttpResponseBase) -> str:
    """Headers and words of an answer."""
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    content = b"".join(response)
    return heads + "\n" + (drawn(content) if content.startswith(b"%PDF") else content.decode(errors="replace"))


def drawn(content: bytes) -> str:
    """The words of a PDF: its pages, its outline, its metadata, and its bytes as they are."""
    read = PdfReader(BytesIO(content))
    pages = "\n".join(page.extract_text() for page in read.pages)
    told = " ".join(map(str, (read.metadata or {}).values())) + str(read.outline)
    packet = read.xmp_metadata.stream.get_data().decode(errors="replace") if read.xmp_metadata else ""
    return "\n".join((pages, told, packet, content.decode("latin-1")))
