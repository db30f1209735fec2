"""An adviser's list: mapped by itself, checked line by line, all or nothing, twice = once, and given back."""

import csv
import io

import openpyxl
import pytest

from ensemblier.journey.actions.caseload import Taken, export_list, import_list, read_list
from ensemblier.journey.models import OwnNumber, Person
from ensemblier.kernel.errors import BadInput, NotAllowed
from tests.factories.journey import MONDAY, Desk, make_desk_of_two

HEAD = "N° dossier;Prénom;NOM;Né le;Tél.;Courriel;Couleur\n"
LIST = (HEAD + "A1;Awa;Diallo;02/04/1999;06 12 34 56 78;awa@exemple.fr;bleu\nA2;Malo;=cmd;;;;\n").encode()


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk_of_two()


def test_columns_are_known_by_their_names() -> None:
    found = read_list(LIST)
    assert found.mapping == {
        "number": "N° dossier",
        "given_name": "Prénom",
        "family_name": "NOM",
        "born": "Né le",
        "phone": "Tél.",
        "email": "Courriel",
    }
    assert (found.ignored, found.flaws) == (("Couleur",), ())
    assert str(found.rows[0].born) == "1999-04-02"


def test_a_workbook_is_read_the_same() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in (["Prénom", "Nom"], ["Awa", "Diallo"]):
        sheet.append(line)
    book.save(file)
    assert [row.given_name for row in read_list(file.getvalue()).rows] == ["Awa"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A3;Awa;2 99 04 75 123 456 89;;;;", "sécurité sociale"),
        (";;;;;;bleu", ""),
        (";;;01/01/2000;;;", "Il faut un nom"),
        ("A3;Awa3;Diallo;;;;", "chiffre"),
        ("A3;Awa;Diallo;;;pas une adresse;", "courriel"),
        ("A3;Awa;Diallo;hier;;;", "date de naissance"),
        ("A1;Awa;Diallo;;;;\nA1;Malo;Le Gall;;;;", "déjà à la ligne 2"),
    ],
)
def test_each_flaw_is_said_with_its_line(line: str, words: str) -> None:
    flaws = read_list((HEAD + line + "\n").encode()).flaws
    assert [words in flaw.words for flaw in flaws] == ([True] if words else [])


@pytest.mark.parametrize("content", [b"", b"   ", b"a;b\n1;2\n", b"PK\x03\x04xx", b"x" * 2_000_001])
def test_what_cannot_be_read_is_a_sentence(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_list(content)


def test_dry_run_writes_nothing_then_once_then_twice_is_once(desk: Desk) -> None:
    rows = read_list(LIST).rows
    assert import_list(rows, by=desk.bruno, at=MONDAY, dry_run=True) == Taken(2, 0)
    assert not Person.objects.exists()
    assert import_list(rows, by=desk.bruno, at=MONDAY) == Taken(2, 0)
    assert import_list(rows, by=desk.bruno, at=MONDAY) == Taken(0, 2)
    assert (Person.objects.count(), OwnNumber.objects.count()) == (2, 2)


def test_a_wrong_line_leaves_nothing(desk: Desk) -> None:
    rows = read_list("Prénom;Commune\nAwa;\nMalo;Zzzzqq\n".encode()).rows
    with pytest.raises(BadInput, match="Ligne 3"):
        import_list(rows, by=desk.bruno, at=MONDAY)
    assert not Person.objects.exists()


def test_two_organisations_know_nothing_of_each_other(desk: Desk) -> None:
    rows = read_list(LIST).rows
    import_list(rows, by=desk.bruno, at=MONDAY)
    assert import_list(rows, by=desk.chloe, at=MONDAY) == Taken(2, 0)


def test_only_an_adviser_of_a_structure_brings_a_list(desk: Desk) -> None:
    from ensemblier.kernel.actor import ANONYMOUS

    with pytest.raises(NotAllowed):
        import_list(read_list(LIST).rows, by=ANONYMOUS, at=MONDAY)


def test_what_happened_goes_back_under_her_own_numbers(desk: Desk) -> None:
    import_list(read_list(LIST).rows, by=desk.bruno, at=MONDAY)
    back = list(csv.DictReader(io.StringIO(export_list(by=desk.bruno, at=MONDAY).decode("utf-8-sig")), delimiter=";"))
    assert {row["numero"]: row["nom"] for row in back} == {"A1": "Diallo", "A2": "'=cmd"}
    assert export_list(by=desk.chloe, at=MONDAY).decode("utf-8-sig").count("\n") == 1
