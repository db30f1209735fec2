"""The command as a user runs it: a process, its streams, its exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ensemblier.cli.main import ENTRIES
from tests.cli.running import run

COMMANDS = (
    *("orient", "import", "export", "territory", "coverage", "demo", "tend", "journal", "mail", "retention", "worker"),
    *("indicators", "webhook"),
    "serve",
)


def test_help_names_every_command_and_every_exit_code() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    for name in COMMANDS:
        assert f" {name} " in shown.stdout, name
    assert "130" in shown.stdout


def test_no_command_is_written_and_forgotten() -> None:
    folder = Path(__file__).resolve().parents[2] / "ensemblier" / "cli"
    written = {file.stem for file in folder.glob("*.py") if "app = typer.Typer(" in file.read_text(encoding="utf-8")}
    loaded = {entry.load.__name__.removeprefix("_") for entry in ENTRIES.values()}
    assert written - {"main"} <= loaded


def test_help_imports_neither_django_nor_a_command() -> None:
    probe = (
        "import sys; sys.argv = ['ensemblier', '--help']\n"
        "from ensemblier.cli.main import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('django', 'numpy', 'polars', 'ensemblier.cli.demo') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_needs_no_database(name: str) -> None:
    shown = run(name, "--help", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert (shown.returncode, shown.stderr) == (0, "")


@pytest.mark.parametrize(
    "words",
    [["nope"], ["--nope"], ["demo"], ["demo", "nope"], ["demo", "load", "--nope"], ["serve", "--port", "0"]],
)
def test_a_wrong_command_says_so_and_returns_2(words: list[str]) -> None:
    shown = run(*words)
    assert shown.returncode == 2
    assert "Traceback" not in shown.stdout + shown.stderr


def test_a_database_that_does_not_answer_is_said_in_one_sentence() -> None:
    shown = run("demo", "load", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert shown.returncode == 7
    assert "Traceback" not in shown.stderr
    assert shown.stderr.startswith("Erreur : ")
    told = json.loads(run("demo", "load", "--json", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none").stderr)
    assert told["error"]["code"] == 7
