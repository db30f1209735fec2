"""Reminders written to the outbox: once each, whatever the workers and the stops, and no state ever moves."""

import threading
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.notices import address_notices
from ensemblier.journey.actions.reminders import send_reminders
from ensemblier.journey.core.machine import NONE_KNOWN
from ensemblier.journey.core.states import DeclineReason, RelayKind
from ensemblier.journey.models import Relay, RelayEvent, RelayReminder
from ensemblier.kernel.orm.models import OutboxMessage
from tests.factories.journey import MONDAY, make_desk_of_two, make_sent, order_for

DAY = timedelta(days=1)
MANY = 12


def reminded() -> Counter[str]:
    """How many notices of each kind were written, moves apart."""
    kinds = OutboxMessage.objects.filter(channel="notice").values_list("kind", flat=True)
    return Counter(kind for kind in kinds if "reminder" in kind or "late" in kind or "half" in kind)


@pytest.mark.django_db
def test_a_desk_is_reminded_then_its_lead_and_nothing_moves() -> None:
    relay = make_sent(make_desk_of_two())
    said = [send_reminders(MONDAY + number * DAY) for number in range(6)]
    assert said == [0, 0, 1, 0, 1, 0]
    assert reminded() == {"relay.reminder.recipient": 1, "relay.late.team_lead": 1}
    relay.refresh_from_db()
    assert (relay.state, relay.version) == ("sent", 1)
    assert RelayEvent.objects.filter(relay=relay).count() == 1


@pytest.mark.django_db
def test_who_answered_is_left_in_peace() -> None:
    desk = make_desk_of_two()
    relay = make_sent(desk)
    decline = order_for(relay, MONDAY + DAY)
    relays.decline(decline, by=desk.chloe, reason=DeclineReason.FULL, proposal=NONE_KNOWN)
    for number in range(2, 20):
        send_reminders(MONDAY + number * DAY)
    assert reminded() == {"relay.sequel_reminder.source": 1}


@pytest.mark.django_db
def test_a_reminder_says_nothing_of_what_the_relay_holds() -> None:
    make_sent(make_desk_of_two())
    send_reminders(MONDAY + 2 * DAY)
    address_notices(MONDAY + 2 * DAY)
    letter = OutboxMessage.objects.get(kind="relay.reminder.recipient", channel="email")
    assert letter.to == "chloe@exemple.fr"
    assert letter.subject == "Rappel : un relais attend votre réponse"
    assert not any(word in letter.body for word in ("Awa", "soudeuse", "France Travail"))


@pytest.mark.django_db(transaction=True)
def test_four_workers_and_jumps_of_the_clock_say_each_once() -> None:
    """Days 2, then a stop of three days, then day 8: each step of each relay once, 4 workers at a time."""
    desk = make_desk_of_two()
    for _ in range(MANY):
        make_sent(desk, RelayKind.REFERRAL)
    total = [0]

    def work(at: datetime) -> None:
        try:
            for _ in range(3):
                total[0] += send_reminders(at)
        finally:
            connection.close()

    for days in (2, 7, 8):
        workers = [threading.Thread(target=work, args=(MONDAY + days * DAY,)) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    # A row that a worker held was left to it: one last look.
    send_reminders(MONDAY + 8 * DAY)
    assert reminded() == {"relay.reminder.recipient": MANY, "relay.late.team_lead": MANY}
    assert RelayReminder.objects.filter(is_said=True).count() == 2 * MANY
    assert Relay.objects.exclude(state="sent").count() == 0
