"""The texts that found the CEP stand in every library, once; the study shows its citation and its licence."""

import pytest

from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.library.actions.founding import deposit_founding_texts
from ensemblier.library.core.kinds import Licence
from ensemblier.library.models import Resource
from ensemblier.library.queries.citations import CitationForm, citation
from ensemblier.library.queries.resources import identified, resource
from ensemblier.library.queries.search import search_library
from tests.factories.library import TODAY

pytestmark = pytest.mark.django_db


def test_they_stand_once_and_what_was_changed_here_stays() -> None:
    assert deposit_founding_texts(on=TODAY).new == 7
    Resource.objects.filter(identifier="loi-2018-771").update(abstract="Relu ici.")
    assert deposit_founding_texts(on=TODAY).new == 0
    assert Resource.objects.get(identifier="loi-2018-771").abstract == "Relu ici."


def test_both_orders_and_the_guide_are_found_and_the_first_says_that_it_is_repealed() -> None:
    deposit_founding_texts(on=TODAY)
    found = search_library("cahier des charges du CEP", actor=ANONYMOUS, on=TODAY)
    titles = {hit.row.title[:23]: hit.row.is_repealed for hit in found.hits}
    assert titles["Arrêté du 16 juillet 20"] is True
    assert titles["Arrêté du 29 mars 2019 "] is False
    assert search_library("guide repere", actor=ANONYMOUS, on=TODAY).hits[0].row.title.startswith("Guide repère")


def test_the_study_is_cited_with_its_licence() -> None:
    deposit_founding_texts(on=TODAY)
    view = resource(identified("halshs-02894754"), actor=ANONYMOUS, on=TODAY)
    assert view.licence is Licence.CC_BY_ND
    text = citation(view, CitationForm.TEXT, permalink="").text
    assert text.startswith("Alexandra d’Agostino, Liza Baghioni, Agnès Legay, Laure Gayraud, Aline Valette-Wursthén.")
    assert "Céreq Bref, 2019, 383, pp. 1-4. halshs-02894754" in text
