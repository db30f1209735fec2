"""The floors and rooms hold, and bite: nine faults are planted one at a time, each is caught by its contract."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

APP = {"__init__.py": "", "models.py": "", "core/__init__.py": ""}
PRACTICE = {f"animation/{file}": text for file, text in APP.items()}

FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "routing looks up at journey": ({"routing/queries/faulty.py": "import ensemblier.journey.core\n"}, "Les étages"),
    "journey looks at its neighbour": (
        {"journey/actions/faulty.py": "import ensemblier.animation.models\n"},
        "Les étages",
    ),
    "a room that does not exist": ({"journey/utils.py": ""}, "Les pièces"),
    "a core knows Django": ({"journey/core/relay.py": "import django\n"}, "Les cœurs"),
    "a core knows its tables": ({"journey/core/relay.py": "import ensemblier.journey.models\n"}, "Les pièces"),
    "a page opens a table": ({"web/faulty.py": "import ensemblier.journey.models\n"}, "Les portes"),
    "numpy outside the three cores": ({"journey/core/relay.py": "import numpy\n"}, "Seuls les cœurs"),
    "a query calls an action": (
        {"journey/queries.py": "import ensemblier.journey.actions.relays\n"},
        "Les pièces",
    ),
    "a stray module in the house": ({"misc.py": ""}, "Les étages"),
}


def copy_of_the_house(folder: Path) -> Path:
    """The tree with a practice app that does not exist yet, empty."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "locale", "node_modules")
    shutil.copytree(ROOT / "ensemblier", folder / "ensemblier", ignore=ignored)
    shutil.copytree(ROOT / "tests" / "architecture", folder / "tests" / "architecture", ignore=ignored)
    (folder / "tests" / "__init__.py").touch()
    shutil.copy(ROOT / "pyproject.toml", folder)
    plant(folder, {name: text for name, text in PRACTICE.items() if not (folder / "ensemblier" / name).exists()})
    return folder


def plant(folder: Path, files: dict[str, str]) -> None:
    """Writes the files; those that exist are lengthened."""
    for name, text in files.items():
        path = folder / "ensemblier" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(text)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """lint-imports on the tree in `folder`, on one wide line per contract."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "300", "LC_ALL": "C.UTF-8"},
        check=False,
        capture_output=True,
        text=True,
    )


def broken(output: str) -> list[str]:
    """Names of the contracts that a report declares broken."""
    return [line for line in output.splitlines() if " BROKEN" in line or line.rstrip().endswith("BROKEN")]


def test_the_house_stands(tmp_path: Path) -> None:
    report = lint(copy_of_the_house(tmp_path))
    assert report.returncode == 0, report.stdout + report.stderr
    assert not broken(report.stdout)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str, tmp_path: Path) -> None:
    files, contract = FAULTS[fault]
    plant(copy_of_the_house(tmp_path), files)
    report = lint(tmp_path)
    assert report.returncode == 1, report.stdout + report.stderr
    assert any(line.startswith(contract) for line in broken(report.stdout)), report.stdout
