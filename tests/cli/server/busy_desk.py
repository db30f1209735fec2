"""A desk at work, in the database of the environment: relays that wait at Chloé's, and a session of hers in a browser.

`python -m tests.cli.server.busy_desk 4` prints JSON: the cookie, the organisation, (relay, version) of each.
"""

import json
import sys
from datetime import UTC, datetime


def main(number: int) -> None:
    """Makes the rows, prints what a browser needs."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from ensemblier.accounts.adapters.sessions import SessionStore
    from ensemblier.accounts.models import User
    from ensemblier.journey.core.states import RelayKind
    from ensemblier.journey.models import Person
    from tests.factories import journey as factory

    desk, at = factory.make_desk_of_two(), datetime.now(UTC)
    relays = []
    for _ in range(number):
        episode = factory.make_episode(desk, at)
        Person.objects.filter(pk=episode.person_id).update(email="awa@exemple.fr")
        relay = factory.make_draft(desk, episode, RelayKind.REFERRAL, at)
        factory.send_by_awa(desk, relay, factory.make_consent(desk, episode, at), at)
        relays.append((str(relay.uid), relay.version))
    user = User.objects.get(pk=desk.chloe.user_id or 0)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "ensemblier.accounts.actions.sign_in.LocalSignIn"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(json.dumps({"cookie": session.session_key, "organisation": desk.recipient, "relays": relays}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
