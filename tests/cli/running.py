"""Runs the command as a user does: another process, its own streams."""

import os
import subprocess
import sys

Ran = subprocess.CompletedProcess[str]


def run(*words: str, **environment: str) -> Ran:
    """`ensemblier WORDS`, without a terminal; `environment` is added to ours."""
    return subprocess.run(
        [sys.executable, "-m", "ensemblier", *words],
        env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
