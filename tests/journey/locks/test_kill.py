"""`kill -9` in the middle of writes, of PostgreSQL and of the process that writes: nothing said done is lost, nothing
is half done, each move has its line of the journal, and the chains of the journal still hold."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest

from ensemblier.cli.server.cluster import Cluster
from ensemblier.cli.server.console import silent
from ensemblier.cli.server.local import ROOT
from ensemblier.cli.server.processes import dies_with_us
from ensemblier.settings.local_server import DATABASE, OWNER, PORT, place_of
from tests.cli.server import bench_of_servers as bench
from tests.cli.server.test_cluster import end

pytestmark = pytest.mark.slow
IS_SOAK = bool(os.environ.get("ENSEMBLIER_SOAK"))
OF_WRITER, OF_SERVER = (500, 500) if IS_SOAK else (18, 12)  # with those of the pages and of the worker: 50
COUNTS = """
select
    (select count(*) from journey_person p where not exists (select 1 from journey_episode e where e.person_id = p.id)),
    (select count(*) from journey_person p where not exists (select 1 from journey_access a where a.person_id = p.id)),
    (select count(*) from journey_person p where not exists (
        select 1 from journey_journalentry j where j.person_id = p.id and j.act = 'open_file')),
    (select count(*) from journey_relay r where r.version <> (
        select count(*) from journey_relayevent e where e.relay_id = r.id)),
    (select count(*) from journey_relayevent e join journey_relay r on r.id = e.relay_id where not exists (
        select 1 from journey_journalentry j where j.subject_uid = r.uid and j.act = 'move_relay')),
    (select count(*) from journey_journalentry j where not exists (
        select 1 from journey_journallink l where l.entry_id = j.id))
"""
NAMES = ("file without episode", "file without access", "file without line", "hole", "move without line", "no link")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A durable server of its own, with the tables, one organisation and one adviser."""
    folder = tmp_path_factory.mktemp("kill")
    cluster = Cluster(place_of(folder), silent)
    cluster.start()
    run(cluster, [sys.executable, "-m", "django", "migrate", "-v0"])
    run(cluster, [sys.executable, "-c", MAKE])
    yield cluster
    cluster.stop()
    end(folder)


MAKE = """
import django; django.setup()
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
actor = make_actor("Bruno", make_organisation("France Travail Gap"))
"""


def environment(cluster: Cluster) -> dict[str, str]:
    socket = str(cluster.place.socket).replace("/", "%2F")
    return bench.environment(
        DATABASE_URL=f"postgresql://{OWNER}@{socket}:{PORT}/{DATABASE}",
        DJANGO_SETTINGS_MODULE="ensemblier.settings.test",
        PYTHONPATH=str(ROOT),
    )


def run(cluster: Cluster, command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment(cluster), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def writer(cluster: Cluster) -> Iterator["Writer"]:
    """Somebody who writes without pause, whenever told to."""
    with cluster.connect(DATABASE) as reader:
        row = reader.execute("select user_id, organisation_id from accounts_membership").fetchone()
    assert row is not None
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journey.locks.writer", str(row[0]), str(row[1])],
        cwd=ROOT,
        env=environment(cluster),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=dies_with_us(signal.SIGKILL),  # noqa: PLW1509 - no thread runs yet
    ) as process:
        yield Writer(process)
        process.kill()


class Writer:
    """The process of `writer.py`: loaded once, it makes a child for each round."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def round(self, seconds: float, server: Cluster | None) -> list[tuple[str, str]]:
        """What a child acknowledged before it was killed, or before `server` was."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        pid = int(self._line().split()[1])
        time.sleep(seconds)
        if server is not None:
            for dweller in [bench.postmaster(server.place), *bench.dwell(server.place)]:
                bench.kill(dweller)
            time.sleep(0.05)
        bench.kill(pid)
        lines = list(iter(self._line, "gone"))
        # The last line may be glued to "gone": what was cut in the middle was not said.
        return [(parts[0], parts[1]) for line in lines if len(parts := line.split()) == 2 and len(parts[1]) == 36]


def lost(reader: "psycopg.Connection[tuple[object, ...]]", acknowledged: list[tuple[str, str]]) -> int:
    """Acknowledged writes that are not there."""
    questions = {
        "file": "select count(*) from journey_episode where uid = any(%s::uuid[])",
        "relay": "select count(*) from journey_relay where uid = any(%s::uuid[])",
        "cancel": "select count(*) from journey_relay where uid = any(%s::uuid[]) and state = 'cancelled'",
    }
    missing = 0
    for what, question in questions.items():
        uids = [uid for name, uid in acknowledged if name == what]
        row = reader.execute(question, [uids]).fetchone()
        assert row is not None
        missing += len(uids) - int(str(row[0]))
    return missing


def test_nothing_said_done_is_lost_and_nothing_is_half_done(
    cluster: Cluster, writer: Writer, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(50)  # noqa: S311 - a reproducible draw
    points = ["server"] * OF_SERVER + ["writer"] * OF_WRITER
    chance.shuffle(points)
    acknowledged, faults, started = 0, Counter[str](), time.monotonic()
    for point in points:
        done = writer.round(chance.uniform(0.2, 0.6), cluster if point == "server" else None)
        cluster.start()
        with cluster.connect(DATABASE) as reader:
            faults["lost"] += lost(reader, done)
            row = reader.execute(COUNTS).fetchone()
            assert row is not None
            faults.update({name: int(count) for name, count in zip(NAMES, row, strict=True)})
        acknowledged += len(done)
    run(cluster, [sys.executable, "-c", VERIFY])
    with capsys.disabled():
        print(
            f"\n  kill -9: {OF_SERVER} of PostgreSQL, {OF_WRITER} of the writer, {acknowledged} writes acknowledged, "
            f"{+faults or 'nothing lost, nothing half done'}; {time.monotonic() - started:.0f} s"
        )
    assert +faults == Counter()
    assert acknowledged > len(points)


VERIFY = """
import django; django.setup()
from ensemblier.journey.queries.journal_chain import journal_faults, journal_heads
assert journal_faults() == [], journal_faults()
assert len(journal_heads()) > 4
"""


def test_a_server_that_does_not_wait_for_the_disk_is_caught(cluster: Cluster, writer: Writer) -> None:
    """The proof can fail: with synchronous_commit off, what was said done is lost."""
    with cluster.connect(DATABASE) as owner:
        owner.execute(f"alter database {DATABASE} set synchronous_commit = off")
    try:
        missing = 0
        for _ in range(8):
            done = writer.round(0.5, cluster)
            cluster.start()
            with cluster.connect(DATABASE) as reader:
                missing += lost(reader, done)
            if missing:
                break
        assert missing > 0
    finally:
        with cluster.connect(DATABASE) as owner:
            owner.execute(f"alter database {DATABASE} reset synchronous_commit")
