"""Cores load where Django, the database driver and the network client cannot be imported at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, sources

PROBE = """
import importlib, sys
for blocked in ("django", "psycopg", "httpx"):
    sys.modules[blocked] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
PURE_KERNEL = {"period", "errors", "actor", "identifiers"}


def pure_modules() -> list[str]:
    """Dotted names of every module that must stay pure."""
    names = []
    for path in sources():
        parts = path.relative_to(ROOT).with_suffix("").parts
        if path.is_relative_to(PACKAGE) and (
            (len(parts) > 2 and parts[2] == "core") or (parts[1:2] == ("kernel",) and parts[-1] in PURE_KERNEL)
        ):
            names.append(".".join(parts).removesuffix(".__init__"))
    return names


def probe(names: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Imports the modules in a fresh interpreter without Django."""
    return subprocess.run(
        [sys.executable, "-c", PROBE, *names], cwd=folder, check=False, capture_output=True, text=True
    )


def test_cores_know_no_django() -> None:
    names = pure_modules()
    assert len(names) > 8
    result = probe(names, ROOT)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("blocked", ["django.db", "psycopg", "httpx"])
def test_a_core_that_knows_it_is_caught(blocked: str, tmp_path: Path) -> None:
    (tmp_path / "seeded.py").write_text(f"import {blocked}\n")
    result = probe(["seeded"], tmp_path)
    assert result.returncode == 1
    assert blocked.split(".", maxsplit=1)[0] in result.stderr
