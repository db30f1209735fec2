"""Who asks, told for one transaction: restored after a nested one, after an exception, and never outliving it."""

import pytest
from django.db import connection, transaction

from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.models import Person
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM, Actor
from tests.factories.journey import Desk, make_desk_of_two, make_episode

pytestmark = pytest.mark.django_db
TOLD = (
    "select current_user, current_setting('ensemblier.user', true), current_setting('ensemblier.organisation', true), "
    "current_setting('ensemblier.roles', true), current_setting('ensemblier.person', true)"
)


def told() -> tuple[str, ...]:
    """What PostgreSQL knows of who asks; "" and none are the same."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        return tuple(str(value or "") for value in cursor.fetchone())


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def as_told(actor: Actor) -> tuple[str, ...]:
    return "ensemblier_web", str(actor.user_id), str(actor.organisation_id), "adviser", ""


def test_it_says_who_and_forgets_it(desk: Desk) -> None:
    before = told()
    with acting(desk.bruno):
        assert told() == as_told(desk.bruno)
    assert told() == before


def test_a_nested_one_gives_the_outer_one_back(desk: Desk) -> None:
    with acting(desk.bruno):
        with acting(PersonHerself(7)):
            assert told() == ("ensemblier_web", "", "", "", "7")
            with acting(SYSTEM):
                assert told()[0] == "ensemblier_worker"
            assert told() == ("ensemblier_web", "", "", "", "7")
        with acting(desk.bruno):
            pass
        assert told() == as_told(desk.bruno)


def test_an_exception_gives_the_outer_one_back(desk: Desk) -> None:
    before = told()
    with acting(desk.bruno):
        with pytest.raises(LookupError), acting(PersonHerself(7)):
            raise LookupError
        assert told() == as_told(desk.bruno)
        with pytest.raises(LookupError), transaction.atomic(), acting(SYSTEM):
            raise LookupError
        assert told() == as_told(desk.bruno)
    with pytest.raises(LookupError), acting(desk.bruno):
        raise LookupError
    assert told() == before


def test_what_an_exception_undoes_is_undone(desk: Desk) -> None:
    episode = make_episode(desk)
    with pytest.raises(LookupError), acting(desk.bruno):
        assert Person.objects.filter(pk=episode.person_id).update(phone="0400000000") == 1
        raise LookupError
    episode.person.refresh_from_db()
    assert episode.person.phone == ""


@pytest.mark.django_db(transaction=True)
def test_nothing_outlives_the_transaction(desk: Desk) -> None:
    make_episode(desk)
    with acting(desk.bruno):
        assert Person.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role'), current_setting('ensemblier.user', true)")
        assert cursor.fetchone() == ("none", "")


def test_without_anybody_there_is_no_row(desk: Desk) -> None:
    make_episode(desk)
    assert Person.objects.count() == 1  # the owner of the tests' database, whom nothing stops
    with connection.cursor() as cursor:
        cursor.execute("set local role ensemblier_web")
        cursor.execute("select count(*) from journey_person")
        assert cursor.fetchone() == (0,)
        cursor.execute("reset role")
    with acting(Actor()):
        assert Person.objects.count() == 0
