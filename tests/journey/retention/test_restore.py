"""Backup, life goes on, restore: what was erased or stopped in between is so again, by the documented command.

Dumped and restored by PostgreSQL's own programs, the journal written by the worker's own duty.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from ensemblier.cli.duties import DUTIES
from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.erasure import erase_files
from ensemblier.journey.actions.restoring import keep_outside, outside_lines, replay
from ensemblier.journey.adapters import outside
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.retention import ErasureReason
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput
from tests.architecture.house import ROOT
from tests.directory.test_dump import _empty_database, _run, _where
from tests.factories.journey import MONDAY, make_desk_of_two, make_sent

BACK = """
select
    (select count(*) from journey_person where uid = any (%(erased)s::uuid[])),
    (select count(*) from journey_consent where uid = any (%(stopped)s::uuid[]) and revoked_at is null),
    (select count(*) from journey_relay r join journey_consent c on c.id = r.consent_id
        where c.uid = any (%(stopped)s::uuid[]) and r.ended_at is null),
    (select 3 - count(*) from journey_person where not uid = any (%(erased)s::uuid[]))
"""
NAMES = ("erased, back", "stopped, alive", "open on a stopped sharing", "kept, gone")


def faults(database: str, erased: list[UUID], stopped: list[UUID]) -> Counter[str]:
    """What came back that should not have, and what is missing."""
    with psycopg.connect(dbname=database, autocommit=True, **_where()) as reader:
        row = reader.execute(BACK, {"erased": erased, "stopped": stopped}).fetchone()
    assert row is not None
    return +Counter(dict(zip(NAMES, map(int, row), strict=True)))


def command(database: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`ensemblier …` on that database."""
    where = _where()
    host = str(where.get("host", "")).replace("/", "%2F")
    port = f":{where['port']}" if where.get("port") else ""
    env = os.environ | {
        "DATABASE_URL": f"postgresql://{where['user']}:{where.get('password', '')}@{host}{port}/{database}",
        "ERASURES_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "ensemblier.settings.test",
    }
    return subprocess.run(
        [sys.executable, "-m", "ensemblier", *words], env=env, cwd=ROOT, check=False, capture_output=True, text=True
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_stays_erased_and_stopped(
    tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ERASURES_FOLDER = tmp_path / "outside"
    desk = make_desk_of_two()
    relays = [make_sent(desk, RelayKind.REFERRAL) for _ in range(5)]
    dump, source = tmp_path / "of-the-night.dump", str(connection.settings_dict["NAME"])
    assert _run("pg_dump", "--format=custom", f"--file={dump}", source).returncode == 0

    at = timezone.now()
    erased = [relay.person.uid for relay in relays[:2]]
    stopped = [relay.consent.uid for relay in relays[2:4] if relay.consent]
    with acting(SYSTEM):
        erase_files([relay.person_id for relay in relays[:2]], reason=ErasureReason.REQUEST, at=at)
    for relay in relays[2:4]:
        withdraw_consent(relay.consent.uid, by=PersonHerself(relay.person_id), at=at)  # type: ignore[union-attr]
    next(duty for duty in DUTIES if duty.name == "effacements").run(timezone.now())
    assert not any(str(uid) in line for uid in [*erased, *stopped] for line in outside_lines())

    with _empty_database(f"{source}_restored") as copy:
        assert _run("pg_restore", "--exit-on-error", f"--dbname={copy}", str(dump)).stderr == ""
        back = {"erased, back": 2, "stopped, alive": 2, "open on a stopped sharing": 2}
        assert faults(copy, erased, stopped) == back  # a restore that replays nothing is caught
        done = command(copy, tmp_path / "outside", "retention", "replay")
        assert done.returncode == 0, done.stderr
        assert faults(copy, erased, stopped) == Counter()
        again = command(copy, tmp_path / "outside", "retention", "replay")
        assert again.stdout.startswith("0 dossier(s) effacé(s), 0 partage(s) arrêté(s), 0 relais")
        assert command(copy, tmp_path / "nowhere", "retention", "replay").returncode != 0
    with capsys.disabled():
        print("\n  restore: 2 erased and 2 stopped after the backup; replay off, 6 faults; replayed, 0")


@pytest.mark.django_db
def test_the_journal_outside_is_written_once_and_outlives_a_crash(settings: Any, tmp_path: Path) -> None:
    settings.ERASURES_FOLDER = tmp_path
    desk = make_desk_of_two()
    first, second = make_sent(desk, RelayKind.REFERRAL), make_sent(desk, RelayKind.REFERRAL)
    withdraw_consent(first.consent.uid, by=PersonHerself(first.person_id), at=MONDAY)  # type: ignore[union-attr]
    assert (keep_outside(MONDAY), keep_outside(MONDAY)) == (1, 0)
    [file] = outside.files()
    assert file.stat().st_mode & 0o077 == 0
    with file.open("a") as torn:
        torn.write('{"revoked": "00')  # the machine stopped here
    withdraw_consent(second.consent.uid, by=PersonHerself(second.person_id), at=MONDAY)  # type: ignore[union-attr]
    assert keep_outside(MONDAY + timedelta(seconds=1)) == 1
    assert len(outside_lines()) == 2
    assert replay(outside_lines(), at=MONDAY).revoked == 0


@pytest.mark.django_db
def test_a_month_that_no_backup_needs_is_forgotten(settings: Any, tmp_path: Path) -> None:
    settings.ERASURES_FOLDER = tmp_path
    for name in ("2026-08", "2026-09", "2026-10"):
        (tmp_path / f"effacements-{name}.jsonl").write_text("")
    outside.add(['{"erased": "ab", "at": "2026-11-23T09:00:00+00:00"}'], at=MONDAY)
    assert [file.name[12:19] for file in outside.files()] == ["2026-09", "2026-10", "2026-11"]


@pytest.mark.django_db
def test_another_secret_key_is_said_not_ignored(settings: Any) -> None:
    line = outside.line_of("erased", UUID(int=1), MONDAY)
    assert json.loads(line)["erased"] == outside.keyed(UUID(int=1))
    settings.SECRET_KEY = "another one"
    with pytest.raises(BadInput, match="autre clé secrète"):
        replay([line], at=MONDAY)
