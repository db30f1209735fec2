"""Twelve people around one file and one relay: the ground of every proof about records."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.states import RelayState
from ensemblier.journey.models import Access, Consent, Need, Person, Relay, RelayPacket
from tests.factories.accounts import make_member, make_user
from tests.factories.directory import make_organisation
from tests.web.matrix import Ground, make_ground

OF_FILE, OF_RELAY = "canari-du-dossier", "canari-du-relais"
CONSENTS = ("live", "revoked", "ended", "none")


def make_record_ground() -> Ground:
    """Chloé leads the file at France Travail; the relay goes to the Mission locale."""
    made = make_ground()
    person = Person.objects.get(uid=made.names["file"])
    sender, recipient = person.organisation, Organisation.objects.get(uid=made.names["organisation"])
    users, acting = dict(made.users), dict(made.acting_for)
    people = {
        "colette": (sender, Role.ADVISER),
        "suzanne": (sender, Role.ADVISER),
        "edmond": (sender, Role.ADVISER),
        "ada": (sender, Role.ADMINISTRATOR),
        "renée": (recipient, Role.ADVISER),
        "dora": (recipient, Role.DESK),
        "oscar": (make_organisation("Afpa"), Role.ADVISER),
    }
    for name, (organisation, role) in people.items():
        users[name] = user = make_user(name, email=f"{name.replace('é', 'e')}@exemple.fr")
        make_member(user, organisation, role)
        acting[name] = str(organisation.pk)
    now = timezone.now()
    same: dict[str, Any] = {"person": person, "organisation": sender, "since": now}
    until = now + timedelta(9)
    Access.objects.create(reason="substitute", why="congé", until=until, user_id=key(users["suzanne"]), **same)
    Access.objects.create(reason="member", ended_at=now, user_id=key(users["edmond"]), **same)
    Person.objects.filter(pk=person.pk).update(given_name=OF_FILE, phone="0611111111")
    Need.objects.filter(person=person).update(words=OF_FILE)
    relay = Relay.objects.get(uid=made.names["relay"])
    RelayPacket.objects.filter(relay=relay).update(text=OF_RELAY)
    Relay.objects.filter(pk=relay.pk).update(summary=OF_RELAY)
    Consent.objects.create(
        person=person,
        organisation=recipient,
        categories=["identity", "project"],
        purpose="relay",
        given_at=now - timedelta(days=9),
        ends_at=now + timedelta(days=90),
        text_version="1",
        channel="account",
    )
    return replace(made, users=users, acting_for=acting)


def sessions_last(patch: pytest.MonkeyPatch) -> None:
    """What a proof asks is taken back, also that a session was used: after half an hour all would be signed out."""
    patch.setattr("ensemblier.accounts.core.sessions.IDLE", timedelta(hours=11))
    patch.setattr("ensemblier.web.partner.views.LASTS", timedelta(hours=11))


def key(user: User | None) -> int:
    assert user is not None
    return user.pk


def put(ground: Ground, state: str, consent: str) -> None:
    """The relay in this state, towards the Mission locale, on such a consent."""
    now = timezone.now()
    row = Consent.objects.filter(text_version="1").order_by("-pk")[0]
    Consent.objects.filter(pk=row.pk).update(
        revoked_at=now if consent == "revoked" else None,
        given_at=now - timedelta(days=99),
        ends_at=now + timedelta(days=90 if consent != "ended" else -1),
    )
    is_over = RelayState(state) in RelayState and state in {
        *("completed", "declined", "withdrawn", "cancelled", "failed", "expired", "entered_in_error"),
    }
    Relay.objects.filter(uid=ground.names["relay"]).update(
        state=state,
        recipient_id=row.organisation_id,
        consent=None if consent == "none" else row,
        adviser=ground.users["renée"],
        sent_at=now - timedelta(days=8),
        accepted_at=now - timedelta(days=7),
        met_at=now - timedelta(days=6),
        ended_at=now - timedelta(days=1) if is_over else None,
        appointment_at=now - timedelta(days=6),
        due_on=None if is_over else (now + timedelta(days=3)).date(),
        reason="full",
        proposal="none_known",
        outcome="answered",
    )
