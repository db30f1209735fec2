"""The wheel holds all that the code reads beside itself: rules, SQL, templates, static files, catalogues."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.house import ROOT, tracked

BUILD = "from setuptools import build_meta; print(build_meta.build_wheel('out'))"
TRIAL = """
import django
from django.conf import settings
django.setup()
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from ensemblier.routing.adapters.rule_files import shipped_rules
print(settings.ROOT, len(shipped_rules().rules), get_template("public/rules.html").origin.name)
assert finders.find("web/js/communes.js")
"""


def beside_the_code() -> list[str]:
    """Tracked files of the package that are not Python, what only its readers need left out."""
    inside = [path for path in tracked() if path.is_relative_to(ROOT / "ensemblier")]
    return [str(path.relative_to(ROOT)) for path in inside if path.suffix not in {".py", ".md"}]


def left_out(wheel: Path, wanted: list[str]) -> list[str]:
    """What a wheel should hold and does not."""
    with ZipFile(wheel) as archive:
        return sorted(set(wanted) - set(archive.namelist()))


def built(folder: Path, *, without: str = "") -> Path:
    """A wheel made from a copy of the tracked files; `without` takes one line of pyproject.toml away."""
    for path in tracked():
        target = folder / path.relative_to(ROOT)
        if path.is_relative_to(ROOT / "ensemblier") or path.parent == ROOT:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    project = folder / "pyproject.toml"
    lines = project.read_text().splitlines(keepends=True)
    project.write_text("".join(line for line in lines if not without or not line.startswith(without)))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD], cwd=folder, check=True, capture_output=True, text=True
    )
    return folder / "out" / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("source"))


def test_it_holds_every_file_that_is_not_python(wheel: Path) -> None:
    wanted = beside_the_code()
    assert {Path(name).suffix for name in wanted} >= {".yaml", ".sql", ".html", ".css", ".js"}
    assert left_out(wheel, wanted) == []


def test_it_holds_no_test(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        assert {name.split("/")[0].split("-")[0] for name in archive.namelist()} == {"ensemblier"}


def test_what_was_installed_reads_its_own_files(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    given = {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ensemblier.settings.test", "SECRET_KEY": "x"}
    done = subprocess.run(
        [sys.executable, "-c", TRIAL],
        cwd=tmp_path,
        env=os.environ | given,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    root, rules, template = done.stdout.split()
    assert (root, int(rules) > 10, template.startswith(str(tmp_path))) == (str(tmp_path), True, True)


def test_a_wheel_of_code_alone_is_caught(tmp_path: Path) -> None:
    assert len(left_out(built(tmp_path, without='ensemblier = ["**/*.yaml"'), beside_the_code())) > 100
