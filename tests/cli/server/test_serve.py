"""`ensemblier serve` with real processes: what it says, what it refuses, what it survives."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ensemblier.cli.server.local import ROOT
from ensemblier.cli.server.processes import dies_with_us
from ensemblier.settings.local_server import Place, place_of
from tests.cli.server import bench_of_servers as bench

pytestmark = pytest.mark.slow
NAME = f"{os.environ['ENSEMBLIER_SERVER']}-serve{os.environ.get('PYTEST_XDIST_WORKER', '')}"
"""Beside the server of this pass: two passes of the suite, on two PostgreSQL, may run at the same time."""
TAKEN = f"{NAME}-port"


@dataclass(frozen=True)
class Served:
    """A running `ensemblier serve`."""

    process: subprocess.Popen[str]
    place: Place
    port: int


def command(port: int, **extra: str) -> tuple[list[str], dict[str, str]]:
    """The command of the README and its environment."""
    return [str(Path(sys.executable).with_name("ensemblier")), "serve"], bench.environment(
        ENSEMBLIER_SERVER=NAME, PORT=str(port), WEB_WORKERS="2", **extra
    )


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code == 404
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Ids of the children of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but not yet reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def granian(served: Served) -> int:
    """The master of the web server."""
    names = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in children(served.process.pid)}
    return next(pid for pid, line in names.items() if "granian" in line)


def mail_worker(served: Served) -> int | None:
    """The process that sends the messages; None while there is none."""
    names = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in children(served.process.pid)}
    return next((pid for pid, line in names.items() if line.rstrip("\0").endswith("worker\0--supervised")), None)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENSEMBLIER_SERVER", NAME)
        place = place_of(ROOT)
    yield place
    for pid in bench.dwell(place):
        bench.kill(pid)
    bench.until(lambda: bench.is_empty(place), "the server of the test did not end")
    shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(place.socket, ignore_errors=True)
    (ROOT / "var" / f"lock-{NAME}").unlink(missing_ok=True)


def begin(place: Place, log: Path) -> Served:
    port = bench.free_port()
    arguments, env = command(port)
    with log.open("w") as file:
        process = subprocess.Popen(
            arguments, env=env, cwd="/", stdout=file, stderr=file, text=True, preexec_fn=dies_with_us(signal.SIGTERM)
        )
    # A test that is interrupted leaves no `serve` behind: it would refuse the next one its folder.
    bench.until(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, "serve never was ready", 180)
    assert process.poll() is None, log.read_text()
    return Served(process, place, port)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def served(place: Place, log: Path) -> Iterator[Served]:
    """A running `serve`, stopped after the test."""
    served = begin(place, log)
    yield served
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(30)


def test_it_prints_the_address_and_answers(served: Served, log: Path) -> None:
    bench.until(lambda: f"http://127.0.0.1:{served.port}/" in log.read_text(), "no address")
    assert answers(served.port)


def test_a_second_run_from_the_folder_is_told_where_the_first_is(served: Served) -> None:
    arguments, env = command(bench.free_port())
    second = subprocess.run(arguments, env=env, cwd="/", check=False, capture_output=True, text=True)
    assert second.returncode == 7
    assert f"http://127.0.0.1:{served.port}/" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_taken_port_is_said_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments, env = command(port)
        env["ENSEMBLIER_SERVER"] = TAKEN
        refused = subprocess.run(arguments, env=env, cwd="/", check=False, capture_output=True, text=True)
    (ROOT / "var" / f"lock-{TAKEN}").unlink(missing_ok=True)
    assert refused.returncode == 7
    assert f"Le port {port}" in refused.stderr
    assert "base de données" not in refused.stderr


@pytest.mark.parametrize("port", ["zero", "0", "70000"])
def test_an_impossible_port_is_a_sentence(port: str) -> None:
    arguments, env = command(8000)
    refused = subprocess.run(arguments, env=env | {"PORT": port}, cwd="/", check=False, capture_output=True, text=True)
    assert refused.returncode == 7
    assert "PORT doit être un nombre" in refused.stderr


def test_it_survives_the_death_of_the_postmaster(served: Served) -> None:
    dead = bench.postmaster(served.place)
    bench.kill(dead)
    bench.until(
        lambda: (served.place.data / "postmaster.pid").exists() and bench.postmaster(served.place) != dead, "no new"
    )
    bench.until(lambda: answers(served.port), "the pages did not come back")


def test_it_survives_the_death_of_the_web_master(served: Served) -> None:
    dead = granian(served)
    workers = children(dead)
    bench.kill(dead)
    bench.until(lambda: not any(map(is_alive, workers)), "workers were left behind")
    bench.until(lambda: answers(served.port), "the pages did not come back")
    assert granian(served) != dead


def test_it_survives_the_death_of_a_worker(served: Served) -> None:
    worker = children(granian(served))[-1]
    bench.kill(worker)
    bench.until(lambda: answers(served.port), "the pages did not come back")


def test_it_survives_the_death_of_the_one_who_sends_messages(served: Served) -> None:
    bench.until(lambda: mail_worker(served) is not None, "nobody sends the messages")
    dead = mail_worker(served)
    assert dead is not None
    bench.kill(dead)
    bench.until(lambda: mail_worker(served) not in (None, dead), "nobody sends the messages any more")
    assert answers(served.port)


def test_ctrl_c_ends_everything(served: Served) -> None:
    web = granian(served)
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(30) == 0
    assert bench.is_empty(served.place)
    assert not is_alive(web)


def test_killed_itself_it_leaves_nothing_and_starts_again(served: Served, tmp_path: Path) -> None:
    web = granian(served)
    bench.kill(served.process.pid)
    served.process.wait()
    bench.until(lambda: bench.is_empty(served.place) and not answers(served.port), "something outlived serve")
    bench.until(lambda: not is_alive(web), "the web server outlived serve")
    second = begin(served.place, tmp_path / "second")
    assert answers(second.port)
    assert "migrations" not in (tmp_path / "second").read_text()  # the second start prepares nothing
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(30) == 0
