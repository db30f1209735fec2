"""Titles of the register of trades: loaded whole or not at all, found by their beginnings, never required."""

from pathlib import Path

import pytest

from ensemblier.journey.actions.titles import load_titles
from ensemblier.journey.models import RomeTitle
from ensemblier.journey.queries.titles import titles_like
from ensemblier.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
ROWS = "code_rome,libelle_rome\nH2913,Soudage manuel\nH2914,Réalisation et montage en tuyauterie\n,vide\nZ9999,faux\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "rome.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_titles_are_loaded_once_and_found(tmp_path: Path) -> None:
    path = written(tmp_path, ROWS)
    assert (load_titles(path), load_titles(path)) == (2, 2)
    assert RomeTitle.objects.count() == 2
    assert [hit.code for hit in titles_like("sou man")] == ["H2913"]
    assert [hit.code for hit in titles_like("realisation")] == ["H2914"]
    assert [hit.code for hit in titles_like("h2914")] == ["H2914"]
    assert titles_like("plomberie") == []


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "code_rome,libelle_rome\nX1,rien\n"])
def test_another_file_is_refused_and_nothing_is_stored(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        load_titles(written(tmp_path, text))
    assert RomeTitle.objects.count() == 0
