"""Working groups: mandate, members, minutes, decisions, deliverables; and the commitments between operators."""

from django.db import models
from django.db.models import Q

from ensemblier.accounts.models import User
from ensemblier.animation.core.kinds import GroupRole, Progress
from ensemblier.animation.models.bases import Head, Keyed, in_order
from ensemblier.animation.models.cells import Cell
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list


class WorkingGroup(Head):
    """A group with a mandate and an end."""

    cell = models.ForeignKey(Cell, on_delete=models.SET_NULL, null=True, blank=True, related_name="groups")
    name = models.CharField(max_length=200)
    mandate = models.TextField(max_length=4000)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "groupe de travail"
        verbose_name_plural = "groupes de travail"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="group_has_a_name"),
            in_order("started_on", "ended_on", name="group_period"),
        ]

    def __str__(self) -> str:
        return self.name


class WorkingGroupMember(Keyed):
    """An organisation in a group, and who sits there for it."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=10, choices=choices_of(GroupRole), default=GroupRole.MEMBER.value)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "membre d’un groupe de travail"
        verbose_name_plural = "membres des groupes de travail"
        constraints = [
            closed_list("role", GroupRole, name="working_group_member_role_known"),
            models.UniqueConstraint(
                fields=["group", "organisation", "user", "since"],
                name="working_group_member_once",
                nulls_distinct=False,
            ),
            in_order("since", "until", name="working_group_member_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.group_id}"


class Minutes(Keyed):
    """What was on the agenda of a meeting, and what was said. Plain text: nothing in it is ever run."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="minutes")
    held_on = models.DateField()
    agenda = models.TextField(max_length=4000, blank=True)
    words = models.TextField(max_length=20000, blank=True)

    class Meta:
        verbose_name = "compte rendu"
        verbose_name_plural = "comptes rendus"
        constraints = [models.UniqueConstraint(fields=["group", "held_on"], name="minutes_once_a_day")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on}"


class GroupDecision(Keyed):
    """One decision, in one sentence, with its day."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="decisions")
    decided_on = models.DateField()
    words = models.CharField(max_length=500)

    class Meta:
        verbose_name = "décision d’un groupe"
        verbose_name_plural = "décisions des groupes"

    def __str__(self) -> str:
        return self.words


class Deliverable(Keyed):
    """What a group produced. `library_key`: the resource it became in the library, an opaque value for us."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="deliverables")
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    library_key = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "production d’un groupe"
        verbose_name_plural = "productions des groupes"

    def __str__(self) -> str:
        return self.name


class Commitment(Keyed):
    """Who promised what, by when. Every party sees it; only its owner is reminded."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="commitments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500)
    due_on = models.DateField()
    progress = models.CharField(max_length=10, choices=choices_of(Progress), default=Progress.PLANNED.value)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "engagement"
        verbose_name_plural = "engagements"
        constraints = [
            closed_list("progress", Progress, name="commitment_progress_known"),
            models.CheckConstraint(
                condition=Q(progress__in=["done", "dropped"], ended_on__isnull=False)
                | Q(progress__in=["planned", "going"], ended_on__isnull=True),
                name="commitment_ends_once",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="commitment_due", condition=Q(ended_on__isnull=True))]

    def __str__(self) -> str:
        return self.words


class CommitmentReminder(models.Model):
    """A reminder that was settled, unique whatever the number of workers."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    step = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "rappel d’un engagement"
        verbose_name_plural = "rappels des engagements"
        constraints = [
            models.UniqueConstraint(fields=["commitment", "due_on", "step"], name="commitment_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.step}"
