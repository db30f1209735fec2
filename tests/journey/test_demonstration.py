"""The demonstration of the journey is made by the gestures of everybody, and stands where its files say."""

from datetime import UTC, datetime

import pytest

from ensemblier.accounts.actions.demonstration import open_demonstration_accounts
from ensemblier.journey.actions.demonstration import load_demonstration_files
from ensemblier.journey.adapters.demonstration import written
from ensemblier.journey.models import Person, Relay
from tests.factories.demonstration import make_demonstration

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_each_relay_stands_where_the_files_say_and_a_second_load_changes_nothing() -> None:
    make_demonstration()
    open_demonstration_accounts(password="torrent-neige-porte-1234")
    assert load_demonstration_files(now=NOW) == len(written())
    said = [(one["email"], relay["kind"], relay["state"]) for one in written() for relay in one["relays"]]
    found = Relay.objects.order_by("pk").values_list("person__email", "kind", "state")
    assert list(found) == said
    assert load_demonstration_files(now=NOW) == 0
    assert Person.objects.filter(email="awa@example.org").count() == 1
