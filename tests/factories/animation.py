"""Cells, groups and events for tests, made by the gestures of everybody."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions.community import answer, ask
from ensemblier.animation.actions.events import announce, publish_event
from ensemblier.animation.actions.heads import Ground, open_head
from ensemblier.animation.actions.registrations import register
from ensemblier.animation.actions.rows import add_row
from ensemblier.animation.actions.ties import renew_feed, subscribe
from ensemblier.animation.core.heads import HeadKind, RowKind
from ensemblier.animation.models import Event, Registration
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.views import ZoneView
from tests.factories.accounts import make_actor
from tests.factories.directory import make_organisation
from tests.factories.territory import BRIANCON, GAP, make_commune

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def ground() -> Ground:
    """Gap and Briançon."""
    return Ground("Bassin gapençais", frozenset({make_commune(GAP).code, make_commune(BRIANCON).code}))


def make_lea() -> Actor:
    """Léa coordinates for the Cité des métiers."""
    return make_actor("Léa", make_organisation("Cité des métiers"), Role.COORDINATOR)


def make_cell(by: Actor, **values: Any) -> UUID:
    """A cell of the organisation of the actor."""
    said = {"name": "Cellule du gapençais", "kind": "cell", "mission": "Agir ensemble.", "started_on": date(2025, 1, 1)}
    return open_head(HeadKind.CELL, ground(), said | values, by=by, at=NOW, key=uuid4())


def make_group(by: Actor, cell: UUID | None = None, **values: Any) -> UUID:
    """A working group, animated by the organisation of the actor."""
    said = {"name": "Ingénierie financière", "mandate": "Payer les formations courtes.", "started_on": date(2026, 1, 5)}
    place = Ground("Bassin gapençais", ground().communes, cell)
    return open_head(HeadKind.GROUP, place, said | values, by=by, at=NOW, key=uuid4())


def event_values(**values: Any) -> Mapping[str, Any]:
    """What an event says: a workshop of ten seats in a week."""
    start = NOW + timedelta(days=7)
    return {
        "kind": "workshop", "title": "Atelier du réseau", "summary": "Deux heures pour se parler.",
        "audience": "professionals", "starts_at": start, "ends_at": start + timedelta(hours=2), "mode": "on_site",
        "place": "Salle des fêtes", "commune_id": GAP.code, "capacity": 10, "waiting_capacity": 5,
    } | values  # fmt: skip


def in_a_week() -> dict[str, Any]:
    """When an event stands whose page is read: pages look at the clock of the machine."""
    start = timezone.now() + timedelta(days=7)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


def make_event(by: Actor, *, published: bool = True, cell: UUID | None = None, **values: Any) -> Event:
    """An event that everybody sees, unless told otherwise."""
    place = Ground("Bassin gapençais", ground().communes, cell)
    uid = announce(place, event_values(**values), by=by, at=NOW, key=uuid4())
    if published:
        publish_event(uid, by=by, at=NOW)
    return Event.objects.get(uid=uid)


def make_pages(by: Actor) -> dict[str, object]:
    """One row of each kind that has an address, kept by the organisation of the actor: its keys by name."""
    cell, group, event = make_cell(by), make_group(by), make_event(by, audience="professionals", **in_a_week())
    register(event.uid, by=by, at=NOW)
    place = ground()
    circle = open_head(HeadKind.CIRCLE, place, {"name": "Partenaires"}, by=by, at=NOW, key=uuid4())
    due = {"organisation": Organisation.objects.get(pk=by.organisation_id or 0).uid, "words": "Écrire", "due_on": TODAY}
    commitment = add_row(HeadKind.GROUP, group, RowKind.COMMITMENT, due, by=by, key=uuid4())
    question = ask("Qui paie ?", "", by=by, at=NOW, key=uuid4())
    zone_view = ZoneView(ZoneKind.DEPARTEMENT, "05", "Hautes-Alpes")
    return {
        "cell": cell, "group": group, "event": event.uid, "circle": circle, "commitment": commitment,
        "question": question, "answer": answer(question, "Nous.", by=by, at=NOW, key=uuid4()),
        "seat": Registration.objects.get(event=event).link_key, "feed": renew_feed(by=by),
        "letters": subscribe(zone_view, by=by, at=NOW),
    }  # fmt: skip
