"""What a database needs before the first answer: tables, communes, a demonstration territory. Idempotent and quick."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ensemblier.cli.server.console import Say
from ensemblier.cli.server.errors import ServerProblem
from ensemblier.cli.words import _, said

_LOCK = 0x0E45E3B1  # any fixed number: two commands never prepare the same database at once


def prepare_database(say: Say) -> None:
    """Brings the database of the settings up to date: migrations, then what a new one must contain."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ensemblier.settings.run")
    import django  # late: the pages are already being loaded by then

    django.setup()
    with _alone():
        _migrate(say)
        _communes(say)
        _library()
        _demonstration(say)


def disconnect() -> None:
    """Leaves the database, with the threads of the pool: a process that will start others must not keep any."""
    from django.db import connections

    database: Any = connections["default"]  # its pool is known to the PostgreSQL wrapper only
    database.close()
    database.close_pool()


@contextmanager
def _alone() -> Iterator[None]:
    from django.db import OperationalError, connection

    from ensemblier.kernel.orm.sql import only_one

    probe: Any = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)  # a pool would try for 3 s and hide why
    try:
        probe.ensure_connection()
        probe.close()
    except OperationalError as error:
        raise ServerProblem(
            "La base de données ne répond pas : %(error)s\nVérifiez DATABASE_URL (forme "
            "postgresql://compte:mot-de-passe@machine/base, le compte possède la base).",
            values={"error": str(error).strip()},
        ) from error
    try:
        with only_one(_LOCK):
            yield
    finally:
        disconnect()


def _migrate(say: Say) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from ensemblier.journey.actions.regime import lock_tables

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        say(_("tables de la base : %(count)s migrations à appliquer", count=len(waiting)))
        call_command("migrate", verbosity=0, interactive=False)
    elif lock_tables().is_changed:
        say(_("règles d'accès de la base mises à jour"))


def _communes(say: Say) -> None:
    from django.conf import settings

    from ensemblier.territory.actions.load import load_ground
    from ensemblier.territory.queries.zones import regions

    if not regions():
        say(_("communes de France : une vingtaine de secondes, une seule fois"))
        load_ground(packages=settings.PACKAGES, progress=lambda what, share: say(f"  {said(what)} ({share:.0%})"))


def _library() -> None:
    """The founding texts stand in the library of every installation."""
    from django.utils import timezone

    from ensemblier.library.actions.founding import deposit_founding_texts

    deposit_founding_texts(on=timezone.localdate())


def _demonstration(say: Say) -> None:
    """Fictitious structures, accounts and files in a database that never had them, and what a new version adds to them.

    ENSEMBLIER_DEMO=0 keeps them out; once removed, they do not come back by themselves.
    """
    from ensemblier.accounts.queries.demonstration import is_complete
    from ensemblier.directory.queries.demonstration import is_loaded, was_ever_loaded

    is_wanted = os.environ.get("ENSEMBLIER_DEMO", "1") != "0"
    if is_wanted and (not was_ever_loaded() or (is_loaded() and not is_complete())):
        from ensemblier.cli.demo import load_all  # 23 MB that no other command needs

        say(_("territoire de démonstration : structures fictives, communes réelles"))
        load_all()
