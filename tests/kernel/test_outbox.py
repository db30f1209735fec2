"""The outbox: a message exists if and only if its change does, once for each key."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from ensemblier.kernel.carriers.answers import RefusedForGood, TryLater
from ensemblier.kernel.carriers.smtp import SmtpCarrier
from ensemblier.kernel.messages import MAX_TRIES, Attachment, Channel, OutMessage
from ensemblier.kernel.orm.delivery import Delivered, deliver_due, requeue_parked
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.kernel.orm.outbox import cancel_queued, enqueue, shown_messages
from tests.kernel.servers import smtp_server

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def make_message(to: str = "awa@exemple.fr", **fields: Any) -> OutMessage:
    given = {
        "kind": "t",
        "channel": Channel.EMAIL,
        "subject": "Un message",
        "body": "Bonjour.",
        "key": uuid4(),
        **fields,
    }
    return OutMessage(to=to, **given)


class Spy:
    """A carrier that keeps what it carries, or answers what the test says."""

    def __init__(self, *answers: Exception) -> None:
        self.answers, self.carried = list(answers), list[OutMessage]()

    def carry(self, message: OutMessage) -> None:
        if self.answers:
            raise self.answers.pop(0)
        self.carried.append(message)


def deliver(spy: Spy, at: datetime = AT, limit: int = 100) -> Delivered:
    return deliver_due({Channel.EMAIL: spy}, at=at, limit=limit)


def only_row() -> OutboxMessage:
    return OutboxMessage.objects.get()


def test_a_change_undone_sends_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue(make_message())
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


def test_a_key_is_sent_once() -> None:
    key = uuid4()
    enqueue(make_message(key=key), at=AT)
    enqueue(make_message(key=key, body="autre"), at=AT)
    spy = Spy()
    assert deliver(spy).sent == 1
    assert deliver(spy).sent == 0
    assert [(message.key, message.body) for message in spy.carried] == [(key, "Bonjour.")]


def test_what_is_not_due_waits() -> None:
    enqueue(make_message(), at=AT + HOUR)
    spy = Spy()
    assert deliver(spy).total == 0
    assert deliver(spy, AT + HOUR).sent == 1


def test_what_is_cancelled_does_not_leave() -> None:
    relay, other = uuid4(), uuid4()
    for uid in (relay, relay, other):
        enqueue(make_message(subject_uid=uid), at=AT)
    enqueue(make_message("chloe@exemple.fr", subject_uid=relay), at=AT)
    assert cancel_queued(relay, at=AT, to="chloe@exemple.fr") == 1
    assert cancel_queued(relay, at=AT) == 2
    spy = Spy()
    deliver(spy)
    assert [message.subject_uid for message in spy.carried] == [other]


def test_a_revocation_while_others_are_sent_stops_what_has_not_left() -> None:
    relay = uuid4()
    first, second = make_message(subject_uid=uuid4()), make_message(subject_uid=relay)
    enqueue(first, at=AT)
    enqueue(second, at=AT + timedelta(seconds=1))

    class Revokes(Spy):
        def carry(self, message: OutMessage) -> None:
            super().carry(message)
            cancel_queued(relay, at=AT)

    spy = Revokes()
    assert deliver(spy, AT + HOUR).total == 1
    assert [message.key for message in spy.carried] == [first.key]


def test_a_busy_server_is_tried_again_when_it_asks() -> None:
    enqueue(make_message(), at=AT)
    spy = Spy(TryLater("occupé", 7200))
    assert deliver(spy).later == 1
    assert (only_row().due_at, only_row().last_error) == (AT + 2 * HOUR, "occupé")
    assert deliver(spy, AT + HOUR).total == 0
    assert deliver(spy, AT + 2 * HOUR).sent == 1


def test_ten_tries_then_set_aside_and_taken_up_again_by_a_person() -> None:
    enqueue(make_message(), at=AT)
    spy = Spy(*[TryLater("en panne")] * MAX_TRIES)
    at, later = AT, 0
    while only_row().state == "queued":
        later += deliver(spy, at).later
        at = only_row().due_at
    assert (later, only_row().tries, only_row().state) == (MAX_TRIES - 1, MAX_TRIES, "parked")
    assert requeue_parked(at=at) == 1
    assert deliver(spy, at).sent == 1


@pytest.mark.parametrize("fault", [RefusedForGood("inconnu"), ZeroDivisionError("Awa, santé")])
def test_a_message_that_cannot_leave_holds_up_no_other(fault: Exception) -> None:
    enqueue(make_message(), at=AT)
    enqueue(make_message(), at=AT + timedelta(seconds=1))
    done = deliver(Spy(fault), AT + HOUR)
    assert (done.parked, done.sent) == (1, 1)
    assert OutboxMessage.objects.get(state="parked").last_error in ("inconnu", "ZeroDivisionError")


def test_a_message_that_kills_its_worker_is_set_aside_in_the_end() -> None:
    enqueue(make_message(), at=AT)

    class Killed(BaseException):
        """As SIGKILL: nothing after it runs."""

    class Deadly(Spy):
        def carry(self, message: OutMessage) -> None:
            raise Killed(message.key)

    at, deaths = AT, 0
    while only_row().state == "queued":
        try:
            deliver(Deadly(), at)
        except Killed:
            deaths += 1
        at = only_row().due_at
    assert (deaths, only_row().state) == (MAX_TRIES, "parked")


def test_a_code_that_has_ended_is_not_sent_and_one_that_is_sent_is_forgotten() -> None:
    enqueue(make_message(body="code 111", until=AT + HOUR), at=AT)
    enqueue(make_message(body="code 222", until=AT), at=AT)
    done = deliver(Spy())
    assert (done.sent, done.useless) == (1, 1)
    assert [row.body for row in OutboxMessage.objects.all()] == ["", ""]


def test_a_means_that_is_not_there_keeps_its_messages() -> None:
    enqueue(make_message("0492000000", channel=Channel.SMS), at=AT)
    assert deliver(Spy()).total == 0
    assert only_row().tries == 0


def test_a_fictitious_address_is_shown_and_never_carried() -> None:
    enqueue(make_message("conseil@example.org", body="Le code est 123456."), at=AT)
    spy = Spy()
    assert deliver(spy).total == 0
    assert [(shown.to, shown.body) for shown in shown_messages()] == [("conseil@example.org", "Le code est 123456.")]
    assert shown_messages(to="relais@example.org") == []


def test_a_letter_by_a_real_server() -> None:
    key = UUID("12345678-1234-5678-1234-567812345678")
    invitation = Attachment("rendez-vous.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    enqueue(make_message(key=key, subject="Un rendez-vous à noter", attachments=(invitation,)), at=AT)
    with smtp_server("451 plus tard") as box:
        carrier = SmtpCarrier.from_url(box.url, sender="Ensemblier <ne-pas-repondre@ensemblier.exemple.fr>")
        carriers = {Channel.EMAIL: carrier}
        assert deliver_due(carriers, at=AT).later == 1
        assert deliver_due(carriers, at=AT + HOUR).sent == 1
    [letter] = box.letters
    assert letter["Message-ID"] == f"<{key}@ensemblier.exemple.fr>"
    assert (letter["To"], letter["Subject"]) == ("awa@exemple.fr", "Un rendez-vous à noter")
    [piece] = letter.iter_attachments()
    assert (piece.get_content_type(), piece.get_filename()) == ("text/calendar", "rendez-vous.ics")
    assert "VCALENDAR" in piece.get_content()
