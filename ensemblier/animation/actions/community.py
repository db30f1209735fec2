"""The community: asking, answering, saying that it answered, certifying, moderating, bringing to the right group."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from ensemblier.animation.actions.checked import audit, written
from ensemblier.animation.core.access import CERTIFIERS, WRITERS, check_organiser
from ensemblier.animation.core.community import beginnings
from ensemblier.animation.core.events import plain
from ensemblier.animation.core.kinds import QuestionState
from ensemblier.animation.models import Answer, Question, UsefulMark, WorkingGroup, WorkingGroupMember
from ensemblier.animation.queries.community import NO_SUCH, readable
from ensemblier.animation.queries.keepers import members_of_group
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated

WAIT = timedelta(days=3)
"""After so long without an answer, a question is brought to the group whose words are nearest."""


@transaction.atomic
def ask(title: str, words: str, *, by: Actor, at: datetime, key: UUID, corner: UUID | None = None) -> UUID:
    """Ask the community, or the corner of a group in which one sits. Raises NotAllowed, NotFound, BadInput."""
    own = check_organiser(by)
    if Question.objects.filter(uid=key).exists():
        return key
    group = WorkingGroup.objects.filter(uid=corner).first() if corner else None
    if corner and (group is None or own not in members_of_group(group.pk)):
        raise NotAllowed("Ce coin est réservé aux membres du groupe.")
    row = Question(
        uid=key, title=" ".join(plain(title).split()), words=plain(words), author_id=by.user_id,
        organisation=Organisation.objects.get(pk=own), corner=group, asked_at=at,
    )  # fmt: skip
    audit(by, written(row), "ask")
    return key


def _question(uid: UUID, by: Actor) -> Question:
    row = readable(by).select_for_update(of=("self",)).filter(uid=uid).first()
    if row is None:
        raise NotFound(NO_SUCH)
    return row


@transaction.atomic
def answer(uid: UUID, words: str, *, by: Actor, at: datetime, key: UUID) -> UUID:
    """Answer a question. Raises NotAllowed, NotFound, BadInput, RuleViolated (hidden)."""
    own, question = check_organiser(by), _question(uid, by)
    if question.state == QuestionState.HIDDEN:
        raise RuleViolated("Cette question est masquée : on n’y répond plus.")
    if not Answer.objects.filter(uid=key).exists():
        row = Answer(
            uid=key, question=question, words=plain(words), author_id=by.user_id,
            organisation=Organisation.objects.get(pk=own), written_at=at,
        )  # fmt: skip
        audit(by, written(row), "answer")
    return key


def _answer(uid: UUID, by: Actor) -> Answer:
    row = Answer.objects.select_related("question").filter(uid=uid, question__in=readable(by)).first()
    if row is None:
        raise NotFound("Cette réponse n’existe pas, ou plus.")
    return row


@transaction.atomic
def say_useful(uid: UUID, *, by: Actor) -> bool:
    """ "This answered me", once; from who asked, it closes the question. Raises NotAllowed, NotFound."""
    check_organiser(by)
    row = _answer(uid, by)
    if row.author_id == by.user_id:
        raise NotAllowed("C’est votre réponse : aux autres de dire si elle leur sert.")
    _, is_new = UsefulMark.objects.get_or_create(answer=row, user_id=by.user_id or 0)
    if row.question.author_id == by.user_id and row.question.state == QuestionState.OPEN:
        Question.objects.filter(pk=row.question_id).update(state=QuestionState.ANSWERED.value)
    return is_new


@transaction.atomic
def certify(uid: UUID, role_words: str, *, by: Actor, on: date) -> None:
    """Answer for an answer, in a named role that everybody reads ("référente juridique"). Raises NotAllowed."""
    check_organiser(by)
    if not by.roles & CERTIFIERS:
        raise NotAllowed("Une réponse est certifiée par une personne qui anime ou encadre.")
    row, said = _answer(uid, by), " ".join(role_words.split())[:120]
    if not said:
        raise BadInput("Dites à quel titre vous la certifiez.", field="role")
    organisation = Organisation.objects.get(pk=by.organisation_id or 0)
    Answer.objects.filter(pk=row.pk).update(certified_as=f"{said}, {organisation.name}"[:200], certified_on=on)
    audit(by, row, "certify")


@transaction.atomic
def moderate(uid: UUID, why: str, *, by: Actor, is_answer: bool) -> None:
    """Hide a question or an answer, with a reason that everybody reads; an empty reason shows it again.

    Raises NotAllowed, NotFound.
    """
    check_organiser(by)
    if not by.roles & WRITERS:
        raise NotAllowed("La modération revient aux personnes qui animent le territoire.")
    said = " ".join(why.split())[:300]
    if is_answer:
        row = _answer(uid, by)
        Answer.objects.filter(pk=row.pk).update(hidden_why=said)
        audit(by, row, "hide" if said else "show")
        return
    question = _question(uid, by)
    state = QuestionState.HIDDEN if said else QuestionState.OPEN
    Question.objects.filter(pk=question.pk).update(state=state.value, hidden_why=said)
    audit(by, question, "hide" if said else "show")


@transaction.atomic
def bring_unanswered(at: datetime) -> int:
    """Bring each question that nobody answered in three days to the group whose words are nearest; how many.

    Only groups that go on, and only once for each question; without any shared word it stays where it is.
    """
    nobody = ~Exists(Answer.objects.filter(question=OuterRef("pk"), hidden_why=""))
    waiting = Question.objects.filter(
        nobody, state=QuestionState.OPEN.value, corner__isnull=True, brought_to__isnull=True, asked_at__lte=at - WAIT
    )
    rows = list(waiting.select_for_update(skip_locked=True, of=("self",)).order_by("id")[:200])
    groups = [
        (group, beginnings(f"{group.name} {group.mandate}"))
        for group in WorkingGroup.objects.filter(ended_on__isnull=True).order_by("id")
    ]
    sits = set(
        WorkingGroupMember.objects.filter(until__isnull=True).order_by().values_list("group_id", "organisation_id")
    )
    brought = 0
    for row in rows:
        asked = beginnings(f"{row.title} {row.words}")
        ranked = sorted(groups, key=lambda each: (-len(asked & each[1]), (each[0].pk, row.organisation_id) not in sits))
        if ranked and asked & ranked[0][1]:
            Question.objects.filter(pk=row.pk).update(brought_to=ranked[0][0], brought_at=at)
            brought += 1
    return brought
