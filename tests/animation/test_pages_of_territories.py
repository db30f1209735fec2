"""Cells, problems, groups, commitments: opened, kept by their own, guarded, recalled to their owner only."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.animation.actions.heads import Ground, change_head, open_head
from ensemblier.animation.actions.rows import Move, Place, add_row, change_row, move_commitment, remove_row, take_charge
from ensemblier.animation.actions.upkeep import remind_commitments
from ensemblier.animation.core.heads import ROWS_OF, HeadKind, RowKind
from ensemblier.animation.core.kinds import Progress
from ensemblier.animation.core.seasonal import ACTIONS, PUBLIC, SEASONAL, SENTENCE
from ensemblier.animation.models import Cell, Commitment, Minutes, Problem, ProblemAction
from ensemblier.animation.queries.heads import funding_alerts, head_page, own_commitments, territory_life
from ensemblier.directory.models import Organisation
from ensemblier.kernel.actor import ANONYMOUS, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import AuditRow, OutboxMessage
from tests.factories.accounts import make_actor
from tests.factories.animation import NOW, TODAY, ground, make_cell, make_group, make_lea
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lea() -> Actor:
    return make_lea()


@pytest.fixture
def chloe() -> Actor:
    return make_actor("Chloé", make_organisation("France Travail Gap"), Role.ADVISER)


def uid_of(actor: Actor) -> object:
    return Organisation.objects.get(pk=actor.organisation_id or 0).uid


def test_a_cell_has_its_own_perimeter_and_its_carrier(lea: Actor) -> None:
    uid = make_cell(lea)
    cell = Cell.objects.get(uid=uid)
    assert set(cell.perimeter.communes.values_list("code", flat=True)) == ground().communes
    page = head_page(HeadKind.CELL, uid, actor=ANONYMOUS, on=TODAY)
    assert [row.name for row in page.sections[0].rows] == ["Cité des métiers"]
    assert not page.may_keep
    assert head_page(HeadKind.CELL, uid, actor=lea, on=TODAY).may_keep


def test_the_same_click_twice_opens_one(lea: Actor) -> None:
    key = uuid4()
    values = {"name": "Cellule", "kind": "guichet", "mission": "Ensemble."}
    for _ in range(2):
        open_head(HeadKind.CELL, ground(), values, by=lea, at=NOW, key=key)
    assert Cell.objects.count() == 1


def test_any_organisation_may_carry_a_cell_with_others(lea: Actor, chloe: Actor) -> None:
    uid = make_cell(lea)
    elsewhere = make_actor("Denis", make_organisation("Région"), Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        change_head(HeadKind.CELL, uid, {"name": "La nôtre"}, by=elsewhere, version=1)
    add_row(HeadKind.CELL, uid, RowKind.CARRIER, {"organisation": uid_of(elsewhere)}, by=lea, key=uuid4())
    assert change_head(HeadKind.CELL, uid, {"name": "La nôtre"}, by=elsewhere, version=1)
    with pytest.raises(NotAllowed):  # an adviser opens none
        make_cell(chloe)


def test_an_edit_is_guarded_by_the_version_that_was_read(lea: Actor) -> None:
    uid = make_cell(lea)
    assert change_head(HeadKind.CELL, uid, {"name": "Un"}, by=lea, version=1)
    with pytest.raises(StaleVersion):
        change_head(HeadKind.CELL, uid, {"name": "Deux"}, by=lea, version=1)
    assert Cell.objects.get(uid=uid).name == "Un"
    assert AuditRow.objects.filter(table="animation_cell", verb="change").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "lune"}, "kind"),
        ({"mission": "a\x00b"}, "mission"),
        ({"ended_on": date(2020, 1, 1)}, ""),
    ],
)
def test_bad_input_says_its_field_and_stores_nothing(lea: Actor, values: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        make_cell(lea, **values)
    assert refused.value.field == field
    assert not Cell.objects.exists()


def test_a_funding_that_ends_soon_says_what_would_stop(lea: Actor) -> None:
    uid = make_cell(lea)
    for days, name in ((100, "Bientôt"), (400, "Plus tard"), (-10, "Passé")):
        values = {"funder": name, "until": TODAY + timedelta(days=days), "would_stop": "L’agenda"}
        add_row(HeadKind.CELL, uid, RowKind.FUNDING, values, by=lea, key=uuid4())
    assert [row.name for row in head_page(HeadKind.CELL, uid, actor=lea, on=TODAY).alerts] == ["Bientôt"]
    (alert,) = funding_alerts(ground().communes, on=TODAY)
    assert (alert.funder, alert.would_stop) == ("Bientôt", "L’agenda")


def test_a_problem_needs_no_cell_and_its_template_fills_itself(lea: Actor) -> None:
    values = {"name": SENTENCE, "public": PUBLIC, "template": SEASONAL, "started_on": date(2026, 11, 2)}
    uid = open_head(HeadKind.PROBLEM, ground(), values, by=lea, at=NOW, key=uuid4())
    rows = ProblemAction.objects.filter(problem__uid=uid).order_by("pk")
    assert [row.kind for row in rows] == ["one_stop", "follow_up", "training_fund", "orientation", "job_forum"]
    assert all(row.role and row.since and row.until and row.since <= row.until for row in rows)
    assert (rows[0].since, rows[0].until) == (date(2026, 11, 1), date(2027, 4, 28))
    assert rows[4].since == date(2027, 10, 1)  # this year's forum was over when the problem was taken up
    page = head_page(HeadKind.PROBLEM, uid, actor=ANONYMOUS, on=TODAY)
    assert [len(section.rows) for section in page.sections] == [len(ACTIONS), 1, 3, 0, 0, 0]
    indicator = page.sections[2].rows[0].uid
    add_row(
        HeadKind.PROBLEM, uid, RowKind.YEAR, {"indicator": indicator, "year": 2026, "value": 12}, by=lea, key=uuid4()
    )
    assert head_page(HeadKind.PROBLEM, uid, actor=lea, on=TODAY).sections[3].rows[0].label == "12"


def test_a_template_without_a_start_leaves_its_dates_unknown(lea: Actor) -> None:
    values = {"name": "x", "public": "y", "template": SEASONAL}
    open_head(HeadKind.PROBLEM, ground(), values, by=lea, at=NOW, key=uuid4())
    assert not ProblemAction.objects.filter(since__isnull=False).exists()
    assert Problem.objects.get().cell is None


def test_html_in_minutes_is_kept_as_words(lea: Actor) -> None:
    uid = make_group(lea)
    words = "<p>Décidé&nbsp;: <script>alert(1)</script>oui</p><img src=x onerror=alert(1)>"
    add_row(HeadKind.GROUP, uid, RowKind.MINUTES, {"held_on": TODAY, "words": words}, by=lea, key=uuid4())
    assert Minutes.objects.get().words == "Décidé&nbsp;:  oui"
    with pytest.raises(BadInput, match="déjà là"):
        add_row(HeadKind.GROUP, uid, RowKind.MINUTES, {"held_on": TODAY}, by=lea, key=uuid4())


def commitment(lea: Actor, owner: Actor, due_on: date) -> Place:
    group = make_group(lea)
    add_row(
        HeadKind.GROUP, group, RowKind.PARTICIPANT, {"organisation": uid_of(owner), "role": "member"}, by=lea,
        key=uuid4(),
    )  # fmt: skip
    values = {"organisation": uid_of(owner), "words": "Écrire nos règles", "due_on": due_on}
    return Place(RowKind.COMMITMENT, add_row(HeadKind.GROUP, group, RowKind.COMMITMENT, values, by=lea, key=uuid4()), 1)


def test_a_commitment_is_moved_by_its_owner_and_seen_by_all(lea: Actor, chloe: Actor) -> None:
    place = commitment(lea, chloe, TODAY + timedelta(days=3))
    assert [each.words for each in own_commitments(actor=chloe, on=TODAY)] == ["Écrire nos règles"]
    with pytest.raises(NotAllowed):
        move_commitment(place, Move(Progress.DONE), by=lea, on=TODAY)
    with pytest.raises(BadInput, match="pourquoi"):
        move_commitment(place, Move(Progress.DROPPED), by=chloe, on=TODAY)
    move_commitment(place, Move(Progress.DONE, "C’est écrit."), by=chloe, on=TODAY)
    row = Commitment.objects.get()
    assert (row.progress, row.ended_on, row.outcome) == ("done", TODAY, "C’est écrit.")
    with pytest.raises(RuleViolated, match="reste écrit"):
        remove_row(place, by=lea)
    assert own_commitments(actor=chloe, on=TODAY) == ()


def test_only_the_owner_is_reminded_once_for_each_step(lea: Actor, chloe: Actor) -> None:
    place = commitment(lea, chloe, TODAY + timedelta(days=20))
    assert remind_commitments(NOW) == 0
    assert remind_commitments(NOW + timedelta(days=14)) == 0  # nobody took it, nobody sits there by name
    take_charge(place, by=chloe)
    with pytest.raises(NotAllowed):
        take_charge(place, by=lea)
    assert [remind_commitments(NOW + timedelta(days=days)) for days in (20, 20, 21, 27, 60)] == [1, 0, 0, 1, 0]
    assert {message.to for message in OutboxMessage.objects.all()} == {"chloe@exemple.fr"}
    assert not any("règles" in message.subject for message in OutboxMessage.objects.all())


def test_pages_of_work_are_for_professionals_and_a_territory_lists_what_goes_on(lea: Actor) -> None:
    cell = make_cell(lea)
    group = make_group(lea, cell)
    with pytest.raises(NotAllowed):
        head_page(HeadKind.GROUP, group, actor=ANONYMOUS, on=TODAY)
    life = territory_life(ground().communes, actor=lea, on=TODAY)
    assert (life.of("cellule")[0].uid, life.of("groupe")[0].uid) == (cell, group)
    assert territory_life(ground().communes, actor=ANONYMOUS, on=TODAY).of("groupe") == ()
    assert territory_life(frozenset({"75056"}), actor=lea, on=TODAY).of("cellule") == ()


def test_a_row_belongs_to_its_page(lea: Actor, chloe: Actor) -> None:
    uid = make_cell(lea)
    with pytest.raises(NotFound):
        add_row(HeadKind.CELL, uid, RowKind.COMMITMENT, {}, by=lea, key=uuid4())
    row = add_row(HeadKind.CELL, uid, RowKind.MEMBER, {"organisation": uid_of(chloe)}, by=lea, key=uuid4())
    with pytest.raises(NotAllowed):
        change_row(Place(RowKind.MEMBER, row, 1), {"until": TODAY}, by=chloe)
    assert change_row(Place(RowKind.MEMBER, row, 1), {"until": TODAY}, by=lea)
    assert set(ROWS_OF) <= set(HeadKind)


def test_a_cell_that_does_not_exist_opens_nothing(lea: Actor) -> None:
    with pytest.raises(NotFound):
        open_head(
            HeadKind.GROUP,
            Ground("x", frozenset(), uuid4()),
            {"name": "G", "mandate": "M"},
            by=lea,
            at=NOW,
            key=uuid4(),
        )
