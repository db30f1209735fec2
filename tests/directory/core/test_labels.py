"""Every code of publics and needs has words with their accents; none is invented; an unknown one is shown."""

import pytest

from ensemblier.directory.core.exchange.di_codes import NEEDS as DI_NEEDS
from ensemblier.directory.core.exchange.vocabularies import DI_PUBLICS, PUBLIC_DOWN
from ensemblier.directory.core.labels import NEEDS, PUBLICS, THEMES, label_of


def test_every_code_has_words_and_no_word_stands_for_an_unknown_code() -> None:
    assert set(DI_NEEDS) <= set(NEEDS)
    assert set(NEEDS) - set(THEMES) == set(DI_NEEDS)
    assert {code.partition("--")[0] for code in DI_NEEDS} == set(THEMES)
    assert {*DI_PUBLICS, *PUBLIC_DOWN} <= set(PUBLICS)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sante--acces-aux-soins", "accès aux soins"),
        ("difficultes-financieres--situation-dendettement-surendettement", "endettement, surendettement"),
        ("choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite",
         "découvrir un métier ou un secteur d’activité"),
        ("retraites", "retraités"),
        ("theme-nouveau--besoin-nouveau", "besoin nouveau"),
    ],
)  # fmt: skip
def test_words_keep_their_accents(code: str, words: str) -> None:
    """Seeded fault: hyphens made into spaces gave « situation dendettement »."""
    assert label_of(code) == words
