"""What a question means: words, weights, corrections, the floor."""

import math

import pytest

from ensemblier.library.core.questions import (
    Candidate,
    Meaning,
    Word,
    corrections,
    covered,
    plain,
    plan,
    rarity,
    typed_words,
    weight_of_unknown,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x", ()),
        ("", ()),
        ("é", ()),
        ("cv", ("cv",)),
        ("le la", ("le", "la")),
        ("Quel est le congé de l'employé ?", ("conge", "employe")),
        ("Saint-Étienne-du-Bois", ("saint", "etienne", "bois")),
        ("Œuvre", ("oeuvre",)),
        ("' | & ! :* <->", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert typed_words(text) == words


def test_plain_words_are_letters_and_figures_only() -> None:
    assert plain("a'b\"c\x00d|e&f!g:*(h)") == "a b c d e f g h"


def test_rarity_is_that_of_bm25() -> None:
    assert rarity(10, 1000) == pytest.approx(math.log(1 + 990.5 / 10.5))
    assert rarity(1000, 1000) > 0
    assert rarity(2000, 1000) == rarity(1000, 1000)


def near(word: str, resources: int = 5) -> Candidate:
    return Candidate(word, word, word, resources)


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("formaiton", ["formation", "formations", "format"], "formation"),  # two letters swapped count as one error
        ("saisonier", ["saisonnier", "saison"], "saisonnier"),
        ("compétances", ["competences", "competence"], "competences"),
        ("profesionel", ["professionnel"], "professionnel"),  # two errors in a long word
    ],
)
def test_a_typing_error_is_corrected(typed: str, known: list[str], meant: str) -> None:
    found = corrections(plain(typed), tuple(near(word) for word in known))
    assert found[0].stem == meant
    assert found[0].weight < 1


@pytest.mark.parametrize(("typed", "known"), [("chat", ["char1", "dog"]), ("2019", ["2018"]), ("bleu", ["vert"])])
def test_another_word_is_not_a_typing_error(typed: str, known: list[str]) -> None:
    assert corrections(typed, tuple(near(word) for word in known)) == ()


def word(text: str, resources: int) -> Word:
    return Word(text, (Meaning(text, resources, 1.0, "typed"),), resources)


def test_common_words_alone_bring_no_candidate_beside_a_rare_one() -> None:
    made = plan((word("travail", 90_000), word("saisonnier", 40)), total=100_000)
    assert made is not None
    assert made.wide == "(('saisonnier'))"
    assert [term.query for term in made.first] == ["'travail'", "'saisonnier'"]


def test_common_words_together_bring_what_holds_them_all() -> None:
    made = plan((word("travail", 90_000), word("emploi", 80_000)), total=100_000)
    assert made is not None
    assert made.wide == "(('emploi')&('travail'))"


def test_nothing_known_is_no_plan() -> None:
    assert plan((Word("zzz", ()),), total=10) is None


def test_a_word_that_nobody_wrote_weighs_as_the_rarest() -> None:
    held = covered((True,), (rarity(500, 1000),), 1, 1000)
    assert held == pytest.approx(rarity(500, 1000) / (rarity(500, 1000) + weight_of_unknown(1000)))
    assert held < 0.34
