"""A refusal is a sentence and an exit code that scripts rely on; never a traceback."""

import json
from pathlib import Path

import pytest
from django.db import OperationalError

from ensemblier.cli.errors import CODES, MEANINGS, ExitCode, code_of, report
from ensemblier.kernel.errors import BadInput, DomainError, NotAllowed, NotFound


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("x"), 3),
        (BadInput("x"), 4),
        (NotAllowed("x"), 6),
        (OperationalError("no server"), 7),
        (FileNotFoundError(2, "No such file", "a.csv"), 4),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError(), 1),
    ],
)
def test_the_codes_are_a_contract(error: BaseException, code: int) -> None:
    assert code_of(error) == code


def test_every_domain_error_has_its_own_code_and_every_code_its_meaning() -> None:
    assert set(CODES) == set(DomainError.__subclasses__())
    assert len(set(CODES.values())) == len(CODES)
    assert set(MEANINGS) == set(ExitCode)


def test_a_subclass_speaks_for_its_parent() -> None:
    class Unknown(NotFound):
        """A more precise refusal."""

    assert code_of(Unknown("x")) is ExitCode.NOT_FOUND


def test_the_sentence_goes_to_the_error_stream_with_its_field(capsys: pytest.CaptureFixture[str]) -> None:
    report(BadInput("Date impossible.", field="on"), as_json=False)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "Erreur [on] : Date impossible.\n")


def test_in_json_a_refusal_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    report(BadInput("Date impossible.", field="on"), as_json=True)
    assert json.loads(capsys.readouterr().err) == {
        "error": {"code": 4, "kind": "bad_input", "message": "Date impossible.", "field": "on"}
    }


def test_a_bug_keeps_its_trace_in_a_private_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    report(ZeroDivisionError("seeded fault"), as_json=False)
    [file] = tmp_path.iterdir()
    shown = capsys.readouterr().err
    assert str(file) in shown and "Traceback" not in shown
    assert "seeded fault" in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
