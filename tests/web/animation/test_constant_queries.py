"""The SQL of the agenda, of an event and of a territory: under a snapshot, the same for 10 and for 10,000 events."""

from datetime import timedelta

import pytest
from django.test import Client
from syrupy.assertion import SnapshotAssertion

from ensemblier.accounts.models import User
from ensemblier.animation.models import Event, Registration
from ensemblier.kernel.orm.sql import analyze
from tests.factories.animation import make_cell, make_event, make_group, make_lea
from tests.sql_shape import sql_of

FEW, MANY = 10, 10_000


def grow(first: Event, start: int, end: int) -> None:
    """Events like the first one, an hour apart, each with a registration."""
    columns = {
        field.attname: getattr(first, field.attname)
        for field in Event._meta.concrete_fields
        if field.name not in ("id", "uid", "starts_at", "ends_at")
    }
    rows = Event.objects.bulk_create(
        Event(
            **columns,
            starts_at=first.starts_at + timedelta(hours=number),
            ends_at=first.ends_at + timedelta(hours=number),
        )
        for number in range(start, end)
    )
    Registration.objects.bulk_create(
        Registration(
            event=row, name=f"Personne {row.pk}", email_key=str(row.pk), state="seated", created_at=first.created_at,
            changed_at=first.created_at,
        )
        for row in rows
    )  # fmt: skip
    analyze(Event._meta.db_table, Registration._meta.db_table)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_sql_is_the_same_for_ten_events_and_for_ten_thousand(snapshot: SnapshotAssertion) -> None:
    lea = make_lea()
    cell = make_cell(lea)
    make_group(lea, cell)
    event = make_event(lea, cell=cell, audience="everybody")
    signed_in, everybody = Client(), Client()
    signed_in.force_login(User.objects.get(name="Léa"))
    place = "/territoires/departement/05/"
    paths = ("/agenda/", "/agenda/?commune=gap", f"/agenda/{event.uid}/", place + "animation/", place + "agenda.ics")

    def read(client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.content

    reads = {f"{who} {path.replace(str(event.uid), '…')}": (client, path)
             for who, client in (("tous", everybody), ("pro", signed_in)) for path in paths}  # fmt: skip
    grow(event, 1, FEW)
    for client, path in reads.values():
        read(client, path)  # what is kept in memory for the whole process is kept now
    few = {name: sql_of(lambda each=each: read(*each)) for name, each in reads.items()}  # type: ignore[misc]
    grow(event, FEW, MANY)
    assert {name: sql_of(lambda each=each: read(*each)) for name, each in reads.items()} == few  # type: ignore[misc]
    assert few == snapshot
