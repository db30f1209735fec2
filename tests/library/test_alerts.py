"""A kept search tells what is new, at its rhythm, once, and only what its owner may find."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.library.actions.alerts import tell_what_is_new
from ensemblier.library.actions.shelves import KeptSearch, keep_search
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.models import IndexedResource, Resource
from tests.factories.accounts import make_user
from tests.factories.library import make_resource

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def bruno() -> Actor:
    """Bruno keeps a search on seasonal work, told once a day; what was there is not told."""
    make_resource(None, "Saisonniers : ce qui existe déjà")
    IndexedResource.objects.update(indexed_at=NOW - timedelta(days=30))
    actor = Actor(user_id=make_user().pk)
    keep_search(KeptSearch("saisonnier", Shelf.LIBRARY, Rhythm.DAILY), actor=actor, at=NOW)
    return actor


def deposited(title: str, at: datetime, **values: Any) -> Resource:
    """A resource indexed then."""
    row = make_resource(None, title, **values)
    IndexedResource.objects.filter(pk=row.pk).update(indexed_at=at)
    return row


def test_what_is_new_is_told_once(bruno: Actor) -> None:
    new = deposited("Loger un saisonnier", NOW + timedelta(hours=2), audience="members")
    deposited("Tout autre chose", NOW + timedelta(hours=2))
    assert tell_what_is_new(NOW + timedelta(hours=3)) == 0
    assert tell_what_is_new(NOW + timedelta(days=1)) == 1
    sent = OutboxMessage.objects.get(kind="library.alert")
    assert f"– {new.title}\n" in sent.body and str(new.uid) in sent.body
    assert "déjà" not in sent.body and "autre chose" not in sent.body
    assert "saisonnier" not in sent.subject
    assert tell_what_is_new(NOW + timedelta(days=1)) == tell_what_is_new(NOW + timedelta(days=3)) == 0


def test_nothing_new_says_nothing_and_a_corner_is_told_to_nobody(bruno: Actor) -> None:
    deposited("Coin des saisonniers", NOW + timedelta(hours=2), audience="corner", audience_key="groupe-1")
    assert tell_what_is_new(NOW + timedelta(days=2)) == 0
    assert not OutboxMessage.objects.exists()


def test_its_filters_hold_and_never_means_never(bruno: Actor) -> None:
    kept = KeptSearch("saisonnier", Shelf.LIBRARY, Rhythm.DAILY, {"kind": "law"})
    keep_search(kept, actor=bruno, at=NOW)
    silent = KeptSearch("logement", Shelf.LIBRARY, Rhythm.NEVER)
    keep_search(silent, actor=bruno, at=NOW)
    deposited("Loger un saisonnier, logement", NOW + timedelta(hours=2), kind="sheet")
    assert tell_what_is_new(NOW + timedelta(days=9)) == 1
