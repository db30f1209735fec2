"""The worker: each duty at its time, a failure stops nothing; killed at any point, it loses no message."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from ensemblier.cli.duties import DUTIES, Duty
from ensemblier.cli.server.console import silent
from ensemblier.cli.server.local import ROOT
from ensemblier.cli.worker import Worker
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.kernel.orm.outbox import Channel, OutMessage, enqueue
from tests.kernel.servers import Mailbox, smtp_server

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_each_duty_at_its_time() -> None:
    ran: list[tuple[str, int]] = []

    def duty(name: str, every: int) -> Duty:
        return Duty(name, every * SECOND, lambda now: ran.append((name, (now - AT).seconds)) or "")  # type: ignore[func-returns-value]

    worker = Worker([duty("a", 1), duty("b", 3)], silent)
    for seconds in range(5):
        worker.step(AT + seconds * SECOND)
    assert Counter(name for name, _ in ran) == {"a": 5, "b": 2}
    assert [at for name, at in ran if name == "b"] == [0, 3]


@pytest.mark.django_db
def test_a_duty_that_fails_is_said_and_stops_no_other() -> None:
    said: list[str] = []

    def fail(_: datetime) -> str:
        raise ValueError("Awa, santé")

    worker = Worker([Duty("a", SECOND, fail), Duty("b", SECOND, lambda _: "fait")], said.append)
    worker.step(AT)
    assert said == ["a : remis à plus tard (ValueError)", "b : fait"]


@pytest.mark.django_db
def test_the_duties_of_a_quiet_day_say_nothing() -> None:
    assert [duty.run(AT) for duty in DUTIES] == [""] * len(DUTIES)


def database_url() -> str:
    """The address of this test's own database."""
    given = connection.settings_dict
    host = str(given["HOST"]).replace("/", "%2F")
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{host}:{given['PORT']}/{given['NAME']}"


@contextmanager
def nursery(smtp: str) -> Iterator["Nursery"]:
    """Where real workers start, on the test's database: `python -m tests.cli.worker_nursery`."""
    env = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "ensemblier.settings.test",
        "SMTP_URL": smtp,
        "MAIL_FROM": "ne-pas-repondre@ensemblier.exemple.fr",
        "PYTHONPATH": str(ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cli.worker_nursery"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Nursery(process)


@dataclass(frozen=True)
class Nursery:
    """Starts a worker, kills the oldest, ends the oldest."""

    process: "subprocess.Popen[str]"

    def told(self, word: str) -> int:
        """What it answers to "start", "kill" or "end"."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def write_for_ever(keys: set[str], box: Mailbox, done: threading.Event) -> None:
    """Messages while workers die, a few ahead of them: what is acknowledged here must arrive."""
    try:
        while not done.is_set():
            if len(keys) > len(box.letters) + 20:
                time.sleep(0.02)
                continue
            key = uuid4()
            enqueue(OutMessage("t", Channel.EMAIL, "awa@exemple.fr", "Un message", "Bonjour.", key))
            keys.add(str(key))
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_workers_killed_at_any_point_lose_no_message(capsys: pytest.CaptureFixture[str]) -> None:
    """Eight kills among two workers; `make soak` makes it 1,000. Duplicates carry the same Message-ID."""
    kills, keys, done = 1000 if os.environ.get("ENSEMBLIER_SOAK") else 8, set[str](), threading.Event()
    started = time.monotonic()
    with smtp_server() as box, nursery(box.url) as workers:
        writer = threading.Thread(target=write_for_ever, args=(keys, box, done))
        writer.start()
        try:
            assert workers.told("start") != workers.told("start")
            for number in range(kills):
                seen, limit = len(box.letters), time.monotonic() + 30
                while len(box.letters) < seen + 3 + number % 5 and time.monotonic() < limit:
                    time.sleep(0.003)
                assert workers.told("kill") == -signal.SIGKILL
                # As if the minute after which a message is tried again had passed.
                OutboxMessage.objects.filter(state="queued").update(due_at=F("due_at") - timedelta(minutes=20))
                workers.told("start")
            done.set()
            writer.join()
            limit = time.monotonic() + 60
            while OutboxMessage.objects.filter(state="queued").exists() and time.monotonic() < limit:
                OutboxMessage.objects.filter(state="queued", due_at__gt=timezone.now()).update(due_at=timezone.now())
                time.sleep(0.5)
        finally:
            done.set()
            left = [workers.told("end"), workers.told("end")]
    received = Counter(str(letter["Message-ID"]).split("@")[0].strip("<") for letter in box.letters)
    with capsys.disabled():
        doubled = received.total() - len(received)
        print(
            f"\n  worker: {kills} kills, {len(keys)} messages, {len(keys - set(received))} lost, "
            f"{doubled} duplicates with the same key; {time.monotonic() - started:.0f} s"
        )
    assert len(keys) > kills
    assert keys - set(received) == set()
    assert left == [0, 0]
