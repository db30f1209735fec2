"""What time does by itself: names that go, commitments that are recalled to their owner, the week of a territory."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from ensemblier.accounts.models import Membership
from ensemblier.animation.actions.ties import leave_href
from ensemblier.animation.core.event_mail import commitment_due, when
from ensemblier.animation.core.events import KEEP_GUESTS, PARIS
from ensemblier.animation.core.retention import LETTER, SURVEY
from ensemblier.animation.models import (
    CircleLetter,
    Commitment,
    CommitmentReminder,
    DigestSubscription,
    Registration,
    SurveyTaken,
    WorkingGroupMember,
)
from ensemblier.animation.queries.events import Wanted, agenda, href_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.models import valid_on
from ensemblier.kernel.orm.outbox import enqueue_all
from ensemblier.territory.queries.zones import zone

STEPS = (7, 0, -7)
"""A commitment is recalled a week before its day, on its day, and once a week after; never more."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What one run erased: guests' names, marks of answers, old letters."""

    guests: int
    marks: int
    letters: int

    @property
    def total(self) -> int:
        """How many rows were touched."""
        return self.guests + self.marks + self.letters


@transaction.atomic
def forget(at: datetime) -> Upkeep:
    """Erase what has been kept long enough; twice erases nothing more."""
    over = Registration.objects.filter(event__ends_at__lte=at - KEEP_GUESTS, user__isnull=True, erased_at__isnull=True)
    nobody = Concat(Value("effacée "), Cast("pk", CharField()))
    guests = over.update(name="", email="", email_key=nobody, erased_at=at)
    marks, _ = SurveyTaken.objects.filter(month__lt=at.date() - SURVEY).delete()
    letters, _ = CircleLetter.objects.filter(sent_at__lt=at - LETTER).delete()
    return Upkeep(guests, marks, letters)


def remind_commitments(at: datetime) -> int:
    """Recall commitments to their owner and to nobody else, once for each step; returns how many messages."""
    today = at.astimezone(PARIS).date()
    told = 0
    due = Commitment.objects.filter(ended_on__isnull=True, due_on__lte=today + timedelta(days=STEPS[0]))
    for row in due.select_related("user", "group").order_by("due_on", "id")[:1000]:
        passed = [step for step in STEPS if row.due_on - timedelta(days=step) <= today]
        told += _recall(row, passed[-1], at)
    return told


def _recall(row: Commitment, step: int, at: datetime) -> int:
    """One reminder of one commitment; the unique row makes it one, whatever the number of workers."""
    try:
        with transaction.atomic():
            CommitmentReminder.objects.create(commitment=row, due_on=row.due_on, step=step, at=at)
            href = f"{settings.PUBLIC_URL}/animation/engagement/{row.uid}/avancer/"
            day = f"{row.due_on:%d/%m/%Y}"
            subject, body = commitment_due(row.words, day, href, is_late=step < 0)
            found = [
                OutMessage(
                    kind="commitment.reminder", channel=Channel.EMAIL, to=to, subject=subject, body=body,
                    key=uuid5(row.uid, f"{row.due_on} {step} {to}"), subject_uid=row.uid,
                )
                for to in owners_of(row, on=row.due_on)
            ]  # fmt: skip
            enqueue_all(found, at=at)
    except IntegrityError:
        return 0
    return len(found)


def owners_of(row: Commitment, *, on: date) -> list[str]:
    """Addresses of those who answer for a commitment: the one who took it; else those who sit in the group for it.

    Somebody whose membership has ended is not written to.
    """
    here = Membership.objects.filter(valid_on(on), organisation_id=row.organisation_id, user__is_active=True)
    if row.user_id is not None:
        return list(here.filter(user_id=row.user_id).order_by().values_list("user__email", flat=True).distinct())
    sits = WorkingGroupMember.objects.filter(group_id=row.group_id, organisation_id=row.organisation_id)
    users = sits.filter(until__isnull=True, user__isnull=False).order_by().values_list("user_id", flat=True)
    return sorted(set(here.filter(user_id__in=list(users)).order_by().values_list("user__email", flat=True)))


def send_digests(at: datetime) -> int:
    """The week of each territory, on Mondays, to those who asked for it; nothing when nothing happens. How many."""
    monday = at.astimezone(PARIS).date() - timedelta(days=at.astimezone(PARIS).weekday())
    waiting = DigestSubscription.objects.filter(user__is_active=True).exclude(last_week=monday)
    sent = 0
    for pk in waiting.order_by("id").values_list("pk", flat=True)[:5000]:
        with transaction.atomic():
            held = DigestSubscription.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
            row = held.filter(pk=pk).exclude(last_week=monday).first()
            if row is not None:
                sent += _digest(row, monday, at)
    return sent


def _digest(row: DigestSubscription, monday: date, at: datetime) -> int:
    DigestSubscription.objects.filter(pk=row.pk).update(last_week=monday)
    try:
        place = zone(row.zone_kind, row.zone_code)
    except NotFound:
        return 0
    wanted = Wanted(at, frozenset(place.communes), until=at + timedelta(days=14))
    events = agenda(wanted, actor=Actor(user_id=row.user_id), limit=20).events
    if not events:
        return 0
    lines = [
        f"– {when(each.starts_at)} : {each.title} ({each.where or 'à distance'})\n  {href_of(each.uid)}"
        for each in events
    ]
    page = f"{settings.PUBLIC_URL}/territoires/{row.zone_kind}/{row.zone_code}/animation/"
    body = "\n".join(
        ["Les deux semaines qui viennent :", "", *lines, "", "Toute la page du territoire :", page, "", "--",
         "Pour ne plus recevoir cette lettre, un clic :", leave_href(row.uid), ""]
    )  # fmt: skip
    enqueue_all(
        [
            OutMessage(
                kind="territory.digest", channel=Channel.EMAIL, to=row.user.email, subject="La semaine du territoire",
                body=body, key=uuid5(row.uid, str(monday)), subject_uid=row.uid, until=at + timedelta(days=6),
            )
        ],
        at=at,
    )  # fmt: skip
    return 1
