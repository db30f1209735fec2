"""Money and months: what is missing is told, nothing is overwritten, the doors of each day are those of the law."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ensemblier.directory.core.operators import Operator
from ensemblier.journey.actions.calendar import ActivityDraft, change_activity
from ensemblier.journey.actions.financing import CostDraft, FundingDraft, change_cost, change_funding, record_cost
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.core.calendar import Certainty
from ensemblier.journey.core.financing import AlertKind, CostKind, Funder, Funding, FundingState
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import ContentChange, CostLine
from ensemblier.journey.queries.calendar import read_calendar
from ensemblier.journey.queries.due import due_fundings
from ensemblier.journey.queries.financing import read_financing
from ensemblier.kernel.errors import BadInput, NotFound, StaleVersion
from ensemblier.routing.core.answer import Level
from ensemblier.routing.core.facts import PersonFacts, Status
from ensemblier.routing.queries.orientation import answer_for
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_episode
from tests.factories.plan import make_training, make_year

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def test_what_is_missing_and_what_is_due(desk: Desk) -> None:
    awa = make_episode(desk).person
    make_training(awa, desk.bruno)
    (training,) = read_financing(awa.uid, by=desk.bruno, at=MONDAY, on=TODAY)
    assert (training.balance.cost, training.balance.missing) == (732_000, 62_000)
    assert [a.kind for a in training.alerts] == [AlertKind.ANSWER]
    (due,) = due_fundings(actor=desk.bruno, on=TODAY)
    assert (due.training, due.alert.day) == ("Conductrice de car", date(2026, 12, 1))
    assert due_fundings(actor=desk.chloe, on=TODAY) == ()


def test_an_expense_not_known_yet_makes_what_is_missing_unknown(desk: Desk) -> None:
    awa = make_episode(desk).person
    rows = make_training(awa, desk.bruno)
    herself = Edit(PersonHerself(awa.pk), MONDAY)
    line = record_cost(awa.uid, rows["training"], CostDraft(CostKind.TRAVEL), herself)
    assert read_financing(awa.uid, by=desk.bruno, at=MONDAY, on=TODAY)[0].balance.missing is None
    change_cost(awa.uid, line, None, Edit(desk.bruno, MONDAY))
    assert read_financing(awa.uid, by=desk.bruno, at=MONDAY, on=TODAY)[0].balance.missing == 62_000
    assert CostLine.objects.count() == 3
    assert ContentChange.objects.filter(subject=line, after={"is_removed": True}).exists()


def test_a_line_keeps_the_first_answer(desk: Desk) -> None:
    awa, other = make_episode(desk).person, make_episode(desk).person
    rows = make_training(awa, desk.bruno)
    refused = FundingDraft(Funding(Funder.REGION, FundingState.REFUSED, 450_000))
    change_funding(awa.uid, rows["funding"], refused, Edit(PersonHerself(awa.pk), MONDAY))
    with pytest.raises(StaleVersion):
        change_funding(awa.uid, rows["funding"], replace(refused, note="autre"), Edit(desk.bruno, MONDAY))
    with pytest.raises(BadInput):
        unknown = FundingDraft(Funding(Funder.REGION, FundingState.OBTAINED, None))
        change_funding(awa.uid, rows["funding"], unknown, Edit(desk.bruno, MONDAY, 1))
    for file, by in ((other.uid, desk.bruno), (awa.uid, desk.chloe), (awa.uid, PersonHerself(other.pk))):
        with pytest.raises(NotFound):
            change_funding(file, rows["funding"], refused, Edit(by, MONDAY, 1))


def test_the_doors_of_the_year_are_those_of_the_law_on_each_day(desk: Desk) -> None:
    awa = make_episode(desk).person
    make_year(awa, desk.bruno)
    found = read_calendar(awa.uid, by=desk.bruno, at=MONDAY, on=TODAY)
    for stretch in found.year.stretches:
        for day in {stretch.start, stretch.end - timedelta(days=1)}:
            if stretch.doors is not None:
                answer = answer_for(PersonFacts(statuses=stretch.statuses), on=day, commune=None)
                assert stretch.doors.express == answer.operators(Level.EXPRESS)
                assert stretch.doors.possible == answer.operators(Level.POSSIBLE)
    first = found.year.changes[0]
    assert (first.on, first.propose_by) == (date(2026, 12, 12), date(2026, 12, 4))
    assert first.opening == (Operator.REGIONAL_OPERATOR,)
    assert [w.weeks for w in found.year.windows] == [2, 8, 14]


def test_a_training_of_thirteen_weeks_fits_after_the_summer(desk: Desk) -> None:
    awa = make_episode(desk).person
    make_year(awa, desk.bruno)
    make_training(awa, desk.bruno)
    found = read_calendar(awa.uid, by=PersonHerself(awa.pk), at=MONDAY, on=TODAY)
    assert (found.wanted_weeks, [w.fits for w in found.year.windows]) == (13, [False, False, True])


def test_an_activity_is_changed_by_one_at_a_time(desk: Desk) -> None:
    awa = make_episode(desk).person
    winter = make_year(awa, desk.bruno)
    signed = ActivityDraft("Pistes", Status.EMPLOYEE_PRIVATE, Certainty.SIGNED, date(2026, 12, 19))
    change_activity(awa.uid, winter, signed, Edit(PersonHerself(awa.pk), MONDAY))
    with pytest.raises(StaleVersion):
        change_activity(awa.uid, winter, replace(signed, label="Caisse"), Edit(desk.bruno, MONDAY))
    with pytest.raises(BadInput):
        upside_down = replace(signed, ends_on=date(2026, 12, 1))
        change_activity(awa.uid, winter, upside_down, Edit(desk.bruno, MONDAY, 1))
    with pytest.raises(NotFound):
        change_activity(awa.uid, winter, signed, Edit(desk.denis, MONDAY, 1))
