"""What a source no longer holds is proposed for closing to people, and closed by nobody else."""

from pathlib import Path
from typing import Any

import pytest

from ensemblier.directory.actions.imports.vanished import CLOSING
from ensemblier.directory.actions.moderation import decide_suggestion
from ensemblier.directory.models import Offer, Organisation, Site, Suggestion
from ensemblier.kernel.actor import Actor
from tests.directory.exchange.files import ON, ground, imported, service, structure, written

pytestmark = pytest.mark.django_db
LEA = Actor(user_id=1, label="Léa", roles=frozenset({"administrator"}))


def structures(folder: Path, *numbers: int, **options: Any) -> Any:
    """A file of these structures, all that the source knows."""
    path = written(folder, f"structures-{'-'.join(map(str, numbers))}.json", [structure(n) for n in numbers])
    return imported(path, is_whole=options.pop("is_whole", True), **options)


def closings() -> list[str]:
    rows = Suggestion.objects.filter(field=CLOSING, state="open").order_by("pk")
    return [f"{row.table} {row.row_label}" for row in rows]


def test_a_row_that_left_the_source_is_proposed_once_and_stays_open(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    report = structures(tmp_path, 1, 2, 3)
    assert (report.vanished, report.is_partial) == (1, False)
    assert closings() == ["organisation Mission locale n° 4"]  # its site goes with it, and is not proposed apart
    assert not Organisation.objects.filter(valid_to__isnull=False).exists()
    assert not Site.objects.filter(valid_to__isnull=False).exists()
    structures(tmp_path, 1, 2, 3)
    assert len(closings()) == 1
    message = Suggestion.objects.get(field=CLOSING).message
    assert "n'est plus dans" in message and "22/11/2026" in message


def test_accepting_closes_the_row_and_what_stands_on_it(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    structures(tmp_path, 1, 2, 3)
    decide_suggestion(Suggestion.objects.get(field=CLOSING).uid, accept=True, actor=LEA, on=ON)
    closed = Organisation.objects.get(valid_to=ON)
    assert closed.name == "Mission locale n° 4"
    assert list(Site.objects.filter(valid_to=ON).values_list("organisation_id", flat=True)) == [closed.pk]
    assert structures(tmp_path, 1, 2, 3).vanished == 0


def test_a_refusal_is_not_asked_again(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    structures(tmp_path, 1, 2, 3)
    decide_suggestion(Suggestion.objects.get(field=CLOSING).uid, accept=False, actor=LEA, on=ON)
    assert structures(tmp_path, 1, 2, 3).vanished == 0
    assert closings() == []


def test_a_row_that_comes_back_takes_its_proposal_away(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    structures(tmp_path, 1, 2, 3)
    structures(tmp_path, 1, 2, 3, 4)
    assert closings() == []


def test_a_part_of_the_source_proposes_nothing(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    report = structures(tmp_path, 1, 2)
    assert (report.vanished, report.is_partial) == (0, True)
    assert closings() == []


def test_a_file_that_is_not_said_to_be_whole_proposes_nothing(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    assert structures(tmp_path, 1, 2, 3, is_whole=False).vanished == 0
    assert closings() == []


def test_a_dry_run_says_how_many_and_proposes_nothing(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    assert structures(tmp_path, 1, 2, 3, dry_run=True).vanished == 1
    assert closings() == []


def test_a_line_that_was_set_aside_is_not_missing(tmp_path: Path) -> None:
    """Seeded fault that this catches: counting as gone what the file names badly."""
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    bad = [structure(1), structure(2), structure(3), structure(4, nom="")]
    report = imported(written(tmp_path, "bad.json", bad), is_whole=True)
    assert (report.set_aside, report.vanished) == (1, 0)


def test_an_offer_that_left_is_proposed_alone(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1)
    offers = [service(n) for n in range(1, 8)]
    imported(written(tmp_path, "services.json", offers))
    report = imported(written(tmp_path, "fewer.json", [structure(1), *offers[:-1]]), is_whole=True, format="auto")
    assert report.vanished <= 1
    assert all(name.startswith("offer") for name in closings())
    assert not Offer.objects.filter(valid_to__isnull=False).exists()


def test_what_another_source_still_holds_is_not_proposed(tmp_path: Path) -> None:
    ground()
    structures(tmp_path, 1, 2, 3, 4)
    other = [structure(n, source="soliguide", id=f"soliguide--{n}", nom=f"Autre n° {n}") for n in (7, 8)]
    report = imported(written(tmp_path, "other.json", other), is_whole=True)
    assert report.vanished == 0  # the first source does not speak in this file
    assert closings() == []
