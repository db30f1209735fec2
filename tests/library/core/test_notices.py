"""Notices: dates as far as they are known, licences in words, nothing hidden."""

from datetime import date

import pytest

from ensemblier.kernel.errors import BadInput
from ensemblier.library.core.kinds import Audience, Licence, licence_of
from ensemblier.library.core.notices import Notice, clean_doi, cleaned, issued


@pytest.mark.parametrize("text", ["2019", "2019-11", "2019-11-29"])
def test_a_date_stays_as_precise_as_it_came(text: str) -> None:
    known = issued(text)
    assert known is not None
    assert known.iso == text


@pytest.mark.parametrize("text", ["19", "2019-13", "2019-02-30", "hier", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        issued(text)


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("http://creativecommons.org/licenses/by-nd/4.0/", Licence.CC_BY_ND),
        ("CC BY-NC-SA 4.0", Licence.CC_BY_NC_SA),
        ("Attribution-NoDerivatives", None),
        ("https://creativecommons.org/publicdomain/zero/1.0/", Licence.CC0),
        ("Licence Ouverte / Open Licence version 2.0", Licence.ETALAB),
        ("", None),
        ("All rights", None),
    ],
)
def test_licences(text: str, licence: Licence | None) -> None:
    assert licence_of(text) is licence


def test_no_derivatives_is_said_in_words() -> None:
    assert "Aucune copie adaptée" in Licence.CC_BY_ND.words


@pytest.mark.parametrize(
    "notice",
    [
        Notice(title=" "),
        Notice(title="a\u202eb"),
        Notice(title="x", link="javascript:alert(1)"),
        Notice(title="x", media_url="data:text/html,x"),
        Notice(title="x", doi="<script>"),
        Notice(title="x", audience=Audience.CORNER),
        Notice(title="x", authors=tuple(f"a{n}" for n in range(61))),
        Notice(title="x", in_force_from=date(2020, 1, 1), repealed_on=date(2019, 1, 1)),
    ],
)
def test_bad_notices_are_refused(notice: Notice) -> None:
    with pytest.raises(BadInput):
        cleaned(notice)


def test_a_doi_loses_its_address() -> None:
    assert clean_doi("https://doi.org/10.4000/abc") == "10.4000/abc"
