"""A DATABASE_URL that leads nowhere is one sentence, with the cause."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ensemblier.cli.server.local import ROOT
from tests.cli.server import bench_of_servers as bench

pytestmark = pytest.mark.slow
NAME = f"{os.environ['ENSEMBLIER_SERVER']}-url"


def test_a_database_that_does_not_answer_is_said_with_its_cause() -> None:
    env = bench.environment(
        DATABASE_URL="postgresql://denis@127.0.0.1:1/nowhere", PORT=str(bench.free_port()), ENSEMBLIER_SERVER=NAME
    )
    refused = subprocess.run(
        [Path(sys.executable).with_name("ensemblier"), "serve"],
        env=env,
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
    )
    (ROOT / "var" / f"lock-{NAME}").unlink(missing_ok=True)
    assert refused.returncode == 7
    assert "Connection refused" in refused.stderr
    assert "Vérifiez DATABASE_URL" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "pool" not in refused.stderr
