"""The community: a question, its answers, "this answered me". What Comcep was, for advisers who have ten minutes."""

from django.db import models
from django.db.models import Q

from ensemblier.accounts.models import User
from ensemblier.animation.core.kinds import QuestionState
from ensemblier.animation.models.bases import Keyed
from ensemblier.animation.models.groups import WorkingGroup
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Question(Keyed):
    """A work question. `corner`: only members of that group read it; `brought_to`: the group asked after three days."""

    title = models.CharField(max_length=200)
    words = models.TextField(max_length=4000, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    corner = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="questions")
    brought_to = models.ForeignKey(WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=choices_of(QuestionState), default=QuestionState.OPEN.value)
    hidden_why = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "question de la communauté"
        verbose_name_plural = "questions de la communauté"
        constraints = [
            closed_list("state", QuestionState, name="question_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="question_has_a_title"),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(hidden_why=""), name="question_hidden_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="question_newest")]

    def __str__(self) -> str:
        return self.title


class Answer(Keyed):
    """An answer. `certified_as`: the named role that answers for it, with its day and the organisation."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    words = models.TextField(max_length=8000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    certified_as = models.CharField(max_length=200, blank=True)
    certified_on = models.DateField(null=True, blank=True)
    hidden_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "réponse de la communauté"
        verbose_name_plural = "réponses de la communauté"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="answer_says_something"),
            models.CheckConstraint(
                condition=Q(certified_as="", certified_on__isnull=True)
                | (~Q(certified_as="") & Q(certified_on__isnull=False)),
                name="answer_certified_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class UsefulMark(models.Model):
    """ "This answered me": once each."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="useful_marks")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "« ça m’a répondu »"
        verbose_name_plural = "« ça m’a répondu »"
        constraints = [models.UniqueConstraint(fields=["answer", "user"], name="useful_mark_once")]

    def __str__(self) -> str:
        return str(self.answer_id)
