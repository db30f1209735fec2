"""What the architecture tests share: the tree of the project, its contract, its tracked files."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ensemblier"


def contracts() -> dict[str, dict[str, Any]]:
    """The import contracts of pyproject.toml by id."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["id"]: contract for contract in declared}


def floors() -> list[list[str]]:
    """Names on each floor, from the doors down to the kernel."""
    return [re.findall(r"\w+", layer) for layer in contracts()["house"]["layers"]]


def height(app: str) -> int:
    """The floor of an app, 0 for the kernel."""
    upward = list(reversed(floors()))
    return next(level for level, names in enumerate(upward) if app in names)


def tracked(*suffixes: str) -> Iterator[Path]:
    """Files that git keeps or is about to keep, of these suffixes (all when none is given)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in sorted(listed.stdout.split("\0")):
        path = ROOT / name
        if name and path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Our Python files, migrations excepted: they are written by a machine and never changed."""
    for path in tracked(".py"):
        top = path.relative_to(ROOT).parts[0]
        if "migrations" not in path.parts and (tests or top != "tests"):
            yield path
