"""A process that writes until it is killed: files and relays through the actions, one line said after each commit.

`python -m tests.journey.locks.writer <user> <organisation>` loads the program once; each line that it reads makes a
child that writes, says its number first, and is killed by `test_kill.py`.
"""

import os
import sys
from datetime import UTC, datetime
from uuid import uuid4


def main(user_id: int, organisation_id: int) -> None:
    """One child for each line of the standard input."""
    import django

    django.setup()
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            write(user_id, organisation_id)
        os.waitpid(child, 0)
        print("gone", flush=True)


def write(user_id: int, organisation_id: int) -> None:
    """Open a file, prepare a relay, cancel it: three transactions, each acknowledged once it is committed."""
    from ensemblier.journey.actions import relays
    from ensemblier.journey.actions.episodes import open_file
    from ensemblier.journey.actions.moves import Order
    from ensemblier.journey.core.persons import PersonDraft
    from ensemblier.journey.core.states import RelayKind
    from ensemblier.kernel.actor import Actor
    from tests.factories.journey import SHARED, SUMMARY

    by = Actor(user_id, organisation_id, frozenset({"adviser"}), "Bruno")
    print("pid", os.getpid(), flush=True)
    try:
        while True:
            at = datetime.now(UTC)
            episode = open_file(PersonDraft(given_name="Awa"), request="", by=by, at=at)
            print("file", episode.uid, flush=True)
            words = relays.RelayDraft(episode.uid, RelayKind.REFERRAL, SUMMARY, SHARED)
            relay = relays.prepare_relay(words, by=by, at=at)
            print("relay", relay.uid, flush=True)
            relays.cancel(Order(relay.uid, relay.version, uuid4(), datetime.now(UTC)), by=by)
            print("cancel", relay.uid, flush=True)
    finally:
        os._exit(1)  # the server was killed: the parent goes on


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
