"""Events: what is announced, who registered, who came, what it was worth."""

import uuid

from django.db import models
from django.db.models import F, Q

from ensemblier.accounts.models import User
from ensemblier.animation.core.kinds import Audience, EventKind, EventMode, EventState, Rhythm, SeatState
from ensemblier.animation.models.bases import Keyed
from ensemblier.animation.models.cells import Cell
from ensemblier.animation.models.groups import WorkingGroup
from ensemblier.animation.models.partnerships import Course
from ensemblier.animation.models.problems import Problem
from ensemblier.directory.models import Organisation, Site
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.territory.models import Commune, Perimeter


class EventSeries(models.Model):
    """An event that comes back: its dates are written one by one, so there is an end to them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rhythm = models.CharField(max_length=20, choices=choices_of(Rhythm))
    times = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "série d’événements"
        verbose_name_plural = "séries d’événements"
        constraints = [
            closed_list("rhythm", Rhythm, name="event_series_rhythm_known"),
            models.CheckConstraint(condition=Q(times__gte=2, times__lte=60), name="event_series_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} × {self.times}"


class Event(Keyed):
    """A meeting. `seats_taken` and `waiting` are counted under the lock of this row, and bounded by the database.

    `capacity` None: without limit. `sequence` grows with each change that a calendar must learn.
    """

    series = models.ForeignKey(EventSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=30, choices=choices_of(EventKind))
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=4000, blank=True)
    audience = models.CharField(max_length=20, choices=choices_of(Audience))
    publics = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=choices_of(EventMode))
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=300, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    online_url = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    waiting_capacity = models.PositiveIntegerField(default=20)
    opens_to_all = models.BooleanField(default=False)
    closes_at = models.DateTimeField(null=True, blank=True)
    seats_taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Organisation, related_name="+", db_table="animation_event_partner", blank=True)
    cell = models.ForeignKey(Cell, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    group = models.ForeignKey(WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings")
    problem = models.ForeignKey(Problem, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    course = models.ForeignKey(Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions")
    perimeter = models.ForeignKey(Perimeter, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=choices_of(EventState), default=EventState.DRAFT.value)
    report = models.TextField(max_length=20000, blank=True)
    library_key = models.UUIDField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "événement"
        verbose_name_plural = "événements"
        constraints = [
            closed_list("kind", EventKind, name="event_kind_known"),
            closed_list("audience", Audience, name="event_audience_known"),
            closed_list("mode", EventMode, name="event_mode_known"),
            closed_list("state", EventState, name="event_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="event_has_a_title"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_period"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1, seats_taken__lte=F("capacity")),
                name="event_never_overbooked",
            ),
            models.CheckConstraint(
                condition=Q(waiting_capacity__lte=1000, waiting__lte=F("waiting_capacity")),
                name="event_waiting_bounded",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="event_coming", condition=~Q(state="draft")),
            models.Index(fields=["perimeter", "starts_at"], name="event_in_perimeter"),
            models.Index(fields=["organiser", "starts_at"], name="event_of_organiser"),
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """Somebody comes: an account, or a name and an address that are erased some time after the event.

    `link_key` opens her own page of this registration, and nothing else. `attended` None: nobody said.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    email_key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=choices_of(SeatState))
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        constraints = [
            closed_list("state", SeatState, name="registration_state_known"),
            models.UniqueConstraint(
                fields=["event", "email_key"], name="registration_once", condition=~Q(state="withdrawn")
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "id"], name="registration_queue"),
            models.Index(fields=["user", "event"], name="registration_of_user", condition=Q(user__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.state}"


class Evaluation(models.Model):
    """A filled "fiche d’évaluation": marks from 1 to 4 and words, nobody's name. `given_on`: the day only."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="evaluations")
    useful = models.PositiveSmallIntegerField()
    met = models.PositiveSmallIntegerField()
    reuse = models.PositiveSmallIntegerField()
    kept = models.CharField(max_length=500, blank=True)
    missing = models.CharField(max_length=500, blank=True)
    given_on = models.DateField()

    class Meta:
        verbose_name = "fiche d’évaluation"
        verbose_name_plural = "fiches d’évaluation"
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__range=(1, 4), met__range=(1, 4), reuse__range=(1, 4)), name="evaluation_marks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.given_on}"


class EvaluationGiven(models.Model):
    """That a registration gave its evaluation, apart from what it said: once each, and nothing links the two."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="evaluation_given")

    class Meta:
        verbose_name = "évaluation rendue"
        verbose_name_plural = "évaluations rendues"

    def __str__(self) -> str:
        return str(self.registration_id)
