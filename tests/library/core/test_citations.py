"""Citations of the founding study, in the four forms; what is written is read again by other tools."""

from dataclasses import replace
from datetime import date

import pytest

from ensemblier.library.adapters.bibliography import Unread, read_bibtex, read_ris, to_bibtex, to_ris
from ensemblier.library.core.citations import Cited, as_text, csl, name_parts
from ensemblier.library.core.kinds import DatePrecision, ResourceKind
from ensemblier.library.core.notices import Issued, Notice

STUDY = Cited(
    key="halshs-02894754",
    kind=ResourceKind.PUBLICATION,
    title="Coopérer pour mieux orienter : zoom sur les pratiques locales des acteurs du CEP",
    authors=(
        "Alexandra d'Agostino", "Liza Baghioni", "Agnès Legay", "Laure Gayraud", "Aline Valette-Wursthén",
    ),
    publisher="Céreq",
    series="Céreq Bref",
    number="383",
    pages="1-4",
    issued=Issued(date(2019, 11, 1), DatePrecision.MONTH),
    language="fr",
    doi="",
    link="https://shs.hal.science/halshs-02894754",
    identifier="halshs-02894754",
    keywords=("travail collaboratif",),
)  # fmt: skip


def test_the_text_cites_as_hal_does() -> None:
    assert as_text(STUDY) == (
        "Alexandra d'Agostino, Liza Baghioni, Agnès Legay, Laure Gayraud, Aline Valette-Wursthén. "
        "Coopérer pour mieux orienter : zoom sur les pratiques locales des acteurs du CEP. "
        "Céreq Bref, 2019, 383, pp. 1-4. halshs-02894754. <https://shs.hal.science/halshs-02894754>."
    )


def test_csl_names_each_part() -> None:
    item = csl(STUDY)
    assert item["type"] == "article-journal"
    assert item["issued"] == {"date-parts": [[2019, 11]]}
    assert item["author"][0] == {"family": "d'Agostino", "given": "Alexandra"}
    assert item["author"][4] == {"family": "Valette-Wursthén", "given": "Aline"}
    assert "DOI" not in item


@pytest.mark.parametrize(
    ("author", "parts"),
    [
        ("Legay, Agnès", ("Legay", "Agnès")),
        ("Alexandra d'AGOSTINO", ("d'AGOSTINO", "Alexandra")),
        ("Jean de La Fontaine", ("de La Fontaine", "Jean")),
        ("Céreq", ("Céreq", "")),
        (
            "Ministère du travail et de l'emploi",
            ("Ministère du travail et de l'emploi", ""),
        ),
    ],
)
def test_names(author: str, parts: tuple[str, str]) -> None:
    assert name_parts(author) == parts


def same(found: object) -> None:
    assert isinstance(found, Notice)
    assert found.title == STUDY.title
    assert found.authors == STUDY.authors
    assert (found.series, found.number, found.pages) == (STUDY.series, STUDY.number, STUDY.pages)
    assert found.issued is not None
    assert found.issued.on.year == 2019
    assert found.link == STUDY.link


def test_ris_goes_and_comes_back() -> None:
    (found,) = read_ris(to_ris(STUDY))
    same(found)


def test_bibtex_goes_and_comes_back() -> None:
    (found,) = read_bibtex(to_bibtex(STUDY))
    same(found)


def test_special_characters_stay_themselves_in_bibtex() -> None:
    title = "R&D à 100 % : l_étude #1 {vite} $ \\o/"
    (found,) = read_bibtex(to_bibtex(replace(STUDY, title=title)))
    assert isinstance(found, Notice)
    assert found.title == title


def test_an_entry_without_title_is_said() -> None:
    (found,) = read_ris("TY  - JOUR\nAU  - X\nER  - \n")
    assert found == Unread(1, "sans titre")
