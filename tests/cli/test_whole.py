"""The commands one after the other on a database of their own, as on the first day of a new machine."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.cli.running import Ran, run
from tests.paths import SHARED

pytestmark = pytest.mark.slow
NAME = "ensemblier_commands"
Command = Callable[..., Ran]


@pytest.fixture(scope="module")
def ensemblier(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Command]:
    """`ensemblier …` on a fresh database: tables, every commune of France, nothing else."""
    values: dict[str, Any] = connection.settings_dict
    host = str(values["HOST"]).replace("/", "%2F")
    secret = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    port = f":{values['PORT']}" if values["PORT"] else ""
    address = f"postgresql://{values['USER']}{secret}@{host}{port}/{NAME}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database if exists {NAME}")
        cursor.execute(f"create database {NAME}")
    settings_name = "ensemblier.settings.run"
    assert settings_name != settings.SETTINGS_MODULE  # the commands choose theirs
    migrate(address, settings_name)
    yield lambda *words: run(*words, DATABASE_URL=address, DJANGO_SETTINGS_MODULE=settings_name)
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database {NAME} with (force)")


def migrate(address: str, settings_name: str) -> None:
    """The tables, by the command that an administrator of another server types."""
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": settings_name}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True, cwd=settings.ROOT)


def told(ran: Ran) -> Any:
    """The JSON document of a command that succeeded."""
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_first_day(ensemblier: Command) -> None:
    """One long story: each step needs the one before."""
    without_communes = ensemblier("demo", "load", "--json")
    assert without_communes.returncode == 3
    assert "territory load" in json.loads(without_communes.stderr)["error"]["message"]

    assert ensemblier("territory", "load").returncode == 0
    assert told(ensemblier("territory", "search", "st etienne", "--json"))

    loaded = told(ensemblier("demo", "load", "--json"))
    assert (loaded["loaded"]["organisations"], len(loaded["accounts"])) == (14, 8)
    assert told(ensemblier("demo", "load", "--json"))["loaded"] == loaded["loaded"]

    removed = ensemblier("demo", "remove")
    assert (removed.returncode, removed.stderr) == (0, "")
    assert ensemblier("demo", "load").returncode == 0

    cases = SHARED / "cases" / "routing.json"
    if cases.is_file():
        answers = told(ensemblier("orient", "--cases", str(cases)))
        assert [answer["id"] for answer in answers] == [case["id"] for case in json.loads(cases.read_text())]
    unknown = ensemblier("orient", "--cases", "/nowhere.json")
    assert unknown.returncode in (2, 4)
    assert "Traceback" not in unknown.stderr
