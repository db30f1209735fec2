"""Reads: questions and answers, for those who may read them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ensemblier.animation.core.access import CERTIFIERS, WRITERS
from ensemblier.animation.core.kinds import QuestionState
from ensemblier.animation.models import Answer, Question, UsefulMark, WorkingGroup, WorkingGroupMember
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound

NO_SUCH = "Cette question n’existe pas, ou pas pour vous."
PAGE = 40


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question in a list."""

    uid: UUID
    title: str
    organisation: str
    asked_at: datetime
    state: QuestionState
    answers: int
    group: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer. `useful`: how many say that it answered them."""

    uid: UUID
    words: str
    author: str
    organisation: str
    written_at: datetime
    certified_as: str
    certified_on: date | None
    useful: int
    is_mine: bool
    did_help_me: bool
    hidden_why: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question and its answers: certified ones first, then those that helped most."""

    card: QuestionCard
    words: str
    author: str
    hidden_why: str
    corner: str
    brought_to: str
    answers: tuple[AnswerView, ...]
    may_moderate: bool
    may_certify: bool


def readable(actor: Actor) -> QuerySet[Question]:
    """Questions that somebody may read: those of everybody, and those of the groups where her organisation sits."""
    if not actor.is_signed_in:
        raise NotAllowed("Les questions entre professionnels se lisent une fois identifié.")
    sits = WorkingGroupMember.objects.filter(
        group_id=OuterRef("corner_id"), organisation_id=actor.organisation_id or 0, until__isnull=True
    )
    return Question.objects.filter(Q(corner__isnull=True) | Exists(sits))


def questions(*, actor: Actor, q: str = "", only_open: bool = False) -> tuple[QuestionCard, ...]:
    """Newest first; those that hold the word typed: one query."""
    rows = readable(actor).exclude(state=QuestionState.HIDDEN.value)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(words__icontains=q) | Q(answers__words__icontains=q)).distinct()
    if only_open:
        rows = rows.filter(state=QuestionState.OPEN.value)
    counted = rows.annotate(count=Count("answers", filter=Q(answers__hidden_why=""), distinct=True))
    found = counted.select_related("organisation", "corner", "brought_to").order_by("-asked_at", "-id")[:PAGE]
    return tuple(_card(row, row.count) for row in found)


def _card(row: Question, answers: int) -> QuestionCard:
    group = row.corner or row.brought_to
    return QuestionCard(
        row.uid, row.title, row.organisation.name, row.asked_at, QuestionState(row.state), answers,
        group.name if group else "",
    )  # fmt: skip


def question_page(uid: UUID, *, actor: Actor) -> QuestionPage:
    """One question: two queries. Raises NotAllowed, NotFound."""
    joined = ("organisation", "corner", "brought_to", "author")
    row = readable(actor).select_related(*joined).filter(uid=uid).first()
    may_moderate = bool(actor.roles & WRITERS)
    if row is None or (row.state == QuestionState.HIDDEN and not may_moderate):
        raise NotFound(NO_SUCH)
    helped = UsefulMark.objects.filter(answer=OuterRef("pk"), user_id=actor.user_id or 0)
    rows = Answer.objects.filter(question=row).select_related("organisation", "author")
    counted = rows.annotate(useful=Count("useful_marks"), helped=Exists(helped))
    answers = tuple(_answer(each, actor, may_moderate) for each in counted.order_by("certified_on", "-useful", "id"))
    return QuestionPage(
        card=_card(row, len(answers)),
        words=row.words,
        author=row.author.name if row.author else "",
        hidden_why=row.hidden_why,
        corner=row.corner.name if row.corner else "",
        brought_to=row.brought_to.name if row.brought_to else "",
        answers=answers,
        may_moderate=may_moderate,
        may_certify=bool(actor.roles & CERTIFIERS),
    )


def _answer(row: Answer, actor: Actor, may_moderate: bool) -> AnswerView:
    shown = not row.hidden_why or may_moderate
    return AnswerView(
        uid=row.uid,
        words=row.words if shown else "",
        author=row.author.name if row.author else "",
        organisation=row.organisation.name,
        written_at=row.written_at,
        certified_as=row.certified_as,
        certified_on=row.certified_on,
        useful=row.useful,  # type: ignore[attr-defined]
        is_mine=row.author_id == actor.user_id,
        did_help_me=row.helped,  # type: ignore[attr-defined]
        hidden_why=row.hidden_why,
    )


def corners_of(actor: Actor) -> list[tuple[UUID, str]]:
    """The groups in which one's organisation sits, by name: one query."""
    sits = WorkingGroupMember.objects.filter(
        group_id=OuterRef("pk"), organisation_id=actor.organisation_id or 0, until__isnull=True
    )
    rows = WorkingGroup.objects.filter(Exists(sits), ended_on__isnull=True).order_by("name", "id")
    return list(rows.values_list("uid", "name"))
