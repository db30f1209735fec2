"""`ensemblier import` at the terminal: a file without naming a sub-command, a report for people and for programs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ensemblier.cli.errors import ExitCode
from ensemblier.cli.imports import app
from ensemblier.directory.models import Site
from ensemblier.kernel.errors import BadInput
from tests.directory.exchange.files import ground, structure, written

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    return result.exit_code, result.stdout


def test_a_file_is_imported_without_naming_a_sub_command(tmp_path: Path) -> None:
    ground()
    path = written(tmp_path, "structures.json", [structure(1), structure(2, latitude="NaN")])
    code, text = run(str(path))
    assert code == ExitCode.DONE
    assert "mises de côté" in text
    assert "ligne 2, latitude" in text
    assert Site.objects.count() == 1


def test_options_may_come_first_and_the_report_may_be_json(tmp_path: Path) -> None:
    ground()
    path = written(tmp_path, "structures.json", [structure(1)])
    code, text = run("--dry-run", "--json", str(path))
    report = json.loads(text)
    assert (code, report["accepted"], report["stored"], report["dry_run"]) == (0, 1, False, True)
    assert not Site.objects.exists()


def test_of_several_files_one_that_is_not_recognised_stops_no_other(tmp_path: Path) -> None:
    """Seeded fault: `import file sites/*.csv` stored nothing, because the first table held names only."""
    ground()
    odd = tmp_path / "a-names.csv"
    odd.write_text("zz;yy\n1;2\n", encoding="utf-8")
    good = written(tmp_path, "structures.json", [structure(1)])
    code, text = run(str(odd), str(good))
    assert code == ExitCode.BAD_INPUT and Site.objects.count() == 1
    assert "a-names.csv n’a pas été importé, les autres l’ont été. Format non reconnu" in text
    code, text = run(str(odd), str(good), "--json")
    assert [sorted(one)[:1] for one in json.loads(text)] == [["accepted"], ["error"]]
    with pytest.raises(BadInput):
        run(str(odd), str(good), "--strict")


def test_strict_refuses_with_its_exit_code(tmp_path: Path) -> None:
    ground()
    path = written(tmp_path, "structures.json", [structure(1), structure(1)])
    code, text = run(str(path), "--strict")
    assert code == ExitCode.BAD_INPUT
    assert "Rien n'a été enregistré" in text
    assert not Site.objects.exists()


def test_the_list_of_sub_commands_is_shown() -> None:
    code, text = run("--help")
    assert code == 0
    assert all(name in text for name in ("pull", "save-mapping", "duplicates"))
