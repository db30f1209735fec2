"""The database for the time of one command."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from ensemblier.cli.server.cluster import Cluster
from ensemblier.cli.server.console import Say, silent
from ensemblier.cli.server.locks import held, held_at_once
from ensemblier.cli.words import _
from ensemblier.settings.local_server import place_of

ROOT = Path(__file__).resolve().parents[3]


@contextlib.contextmanager
def local_server(*, say: Say = silent, durable: bool = True) -> Iterator[None]:
    """The local PostgreSQL answers inside the block: the running one is adopted, else one is started for its duration.

    Does nothing when DATABASE_URL names a server. Who started it stops it, but not before the other commands that use
    it have ended (`ensemblier serve` needs no such care: it starts its own again).
    """
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = Cluster(place_of(ROOT), say, durable=durable)
    cluster.make_folders()
    users = cluster.place.home / "users"
    try:
        with held(users, shared=True):
            cluster.start()
            yield
    finally:
        if cluster.is_ours:
            _stop_when_unused(cluster, users, say)


def _stop_when_unused(cluster: Cluster, users: Path, say: Say) -> None:
    try:
        with held_at_once(users, "") as holder:
            if not holder:
                cluster.stop()
                return
        say(_("une autre commande se sert encore de la base : un instant"))
        with held(users):
            cluster.stop()
    finally:
        cluster.stop()
