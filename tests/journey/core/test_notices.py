"""Everything that may be written to somebody is read here: nothing in it tells who, by whom, or why."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.machine import RULES
from ensemblier.journey.core.notices import WORDS, Audience, Words, body_of, kind_of, short_of, told, words_of
from ensemblier.journey.core.relay import Relay
from ensemblier.journey.core.states import Move, Party, RelayKind

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BEFORE = Relay(kind=RelayKind.REFERRAL, person=1, source=2, categories=frozenset({Category.IDENTITY}))
SHOWN = replace(BEFORE, shown="a")
SENT = replace(SHOWN, sent="a", sent_at=AT, recipient=3)
LINKS = {"read": "https://ensemblier.exemple.fr/mon-espace/", "stop": "https://ensemblier.exemple.fr/arreter/x/"}

# Operators and networks, needs and obstacles, health, justice, money: what a passer-by must not read.
SENSITIVE = (
    "cap emploi|mission locale|france travail|pole emploi|apec|fongecif|avenir actifs|ccas|departement|operateur|"
    "handicap|rqth|sante|maladie|medecin|medical|psycho|addiction|alcool|invalid|"
    "justice|judiciaire|prison|penal|dette|surendettement|argent|rsa|allocation|chomage|chomeu|"
    "logement|hebergement|transport|garde d.enfant|langue|francais|illettr|emploi|licenci|formation|bilan|vae|"
    "demandeur|jeune|saisonni|conseiller|accompagnement|frein|situation"
)


def plain(text: str) -> str:
    """Without accents or capitals."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def gives_away(text: str) -> list[str]:
    """Words that say too much."""
    return re.findall(rf"\b(?:{SENSITIVE})", plain(text.replace("Ce message ne dit ni qui vous accompagne", "")))


@pytest.mark.parametrize(("key", "words"), WORDS.items(), ids=lambda value: str(value)[:40])
def test_no_text_gives_anything_away(key: tuple[str, Audience], words: Words) -> None:
    assert gives_away(words.subject) == []
    assert gives_away(body_of(words, key[1], LINKS)) == []
    assert len(words.subject) < 60
    assert key[0] == "late" or words.subject.count("relais") <= 1


def test_the_reader_of_texts_has_teeth() -> None:
    assert gives_away("Votre rendez-vous à Cap emploi") == ["cap emploi"]
    assert gives_away("Une question de santé et de logement") == ["sante", "logement"]
    assert all(gives_away(operator.label) for operator in Operator if "emploi" in operator.label.lower())


def test_a_short_message_says_only_that_there_is_one() -> None:
    assert short_of(LINKS) == "Ensemblier : un message vous attend. https://ensemblier.exemple.fr/mon-espace/"


def test_every_move_has_its_words_for_everybody_told() -> None:
    for rule in RULES:
        for party in rule.parties:
            for audience in told(rule.move, party, SENT) - {Audience.SYSTEMS}:
                assert words_of(kind_of(rule.move, party), audience).text


# Written by hand: (move, as whom, how far the relay had gone) → who reads of it, systems apart.
TOLD = [
    (Move.PROPOSE, Party.SOURCE, SHOWN, "person"),
    (Move.SEND, Party.PERSON, SENT, "person recipient source"),
    (Move.SEND, Party.PAPER, SENT, "person recipient"),
    (Move.ACKNOWLEDGE, Party.RECIPIENT, SENT, "person source"),
    (Move.RELEASE, Party.CLOCK, SENT, "recipient"),
    (Move.REQUEST_INFO, Party.RECIPIENT, SENT, "person source"),
    (Move.GIVE_INFO, Party.PERSON, SENT, "recipient"),
    (Move.GIVE_INFO, Party.SOURCE, SENT, "person recipient"),
    (Move.ACCEPT, Party.RECIPIENT, SENT, "person source"),
    (Move.DECLINE, Party.RECIPIENT, SENT, "person source"),
    (Move.MEET, Party.RECIPIENT, SENT, "person source"),
    (Move.COMPLETE, Party.RECIPIENT, SENT, "person source"),
    (Move.FAIL, Party.RECIPIENT, SENT, "person source"),
    (Move.WITHDRAW, Party.PERSON, SENT, "person recipient source"),
    (Move.WITHDRAW, Party.PERSON, SHOWN, "person source"),
    (Move.CANCEL, Party.SOURCE, BEFORE, ""),
    (Move.CANCEL, Party.SOURCE, SHOWN, "person"),
    (Move.CANCEL, Party.SOURCE, SENT, "person recipient"),
    (Move.EXPIRE, Party.CLOCK, SHOWN, "person source"),
    (Move.EXPIRE, Party.CLOCK, SENT, "person recipient source"),
    (Move.MARK_ERROR, Party.ADMINISTRATOR, BEFORE, "source"),
    (Move.MARK_ERROR, Party.ADMINISTRATOR, SENT, "person recipient source"),
]


@pytest.mark.parametrize(("move", "party", "after", "expected"), TOLD)
def test_who_is_told(move: Move, party: Party, after: Relay, expected: str) -> None:
    assert told(move, party, after) == {Audience.SYSTEMS, *map(Audience, expected.split())}


def test_every_move_is_in_the_table_written_by_hand() -> None:
    assert {move for move, *_ in TOLD} == set(Move)
