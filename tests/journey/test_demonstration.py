"""The demonstration of the journey is made by the gestures of everybody, and stands where its files say."""

from datetime import UTC, datetime

import pytest
from django.apps import apps

from ensemblier.accounts.actions.demonstration import close_demonstration_accounts, open_demonstration_accounts
from ensemblier.accounts.models import User
from ensemblier.accounts.queries.demonstration import is_complete
from ensemblier.directory.actions.demonstration import remove_demonstration
from ensemblier.journey.actions.demonstration import load_demonstration_files, remove_demonstration_files
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


def test_nothing_of_it_stays_but_the_journal() -> None:
    make_demonstration()
    open_demonstration_accounts(password="torrent-neige-porte-1234")
    load_demonstration_files(now=NOW)
    assert remove_demonstration_files(now=NOW) == len(written())
    assert close_demonstration_accounts() > 0
    journal = {"journey_journalentry", "journey_journalhead"}
    tables = apps.get_app_config("journey").get_models()
    left = {table._meta.db_table for table in tables if table._default_manager.exists()}
    assert left <= journal
    remove_demonstration()


def test_a_new_version_that_brings_an_account_is_seen() -> None:
    make_demonstration()
    open_demonstration_accounts(password="torrent-neige-porte-1234")
    assert is_complete()
    User.objects.filter(email="emploi@example.org").update(is_demonstration=False)
    assert not is_complete()
