"""Who decided what, across operators, inside the consent: read and written by a joint adviser, whole to the person."""

from datetime import timedelta

import pytest

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_relay
from ensemblier.journey.actions.group import write_decision
from ensemblier.journey.core.consent import Category
from ensemblier.journey.core.group import Decider, DecisionDraft
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Consent, Decision, Relay
from ensemblier.journey.queries.files import file_page
from ensemblier.journey.queries.rights_decisions import my_decisions
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from tests.factories.journey import (
    MONDAY,
    Desk,
    make_consent,
    make_desk_of_two,
    make_draft,
    make_episode,
    make_sent,
    order_for,
    send_by_awa,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def joint(desk: Desk) -> Relay:
    """Chloé accompanies with Bruno: Awa shares who she is, and her project."""
    relay = make_sent(desk, RelayKind.JOINT)
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    # The page names whom she shares with now, by the clock of the database.
    Consent.objects.update(given_at=MONDAY - timedelta(days=30))
    return relay


def decide(relay: Relay, by: Actor, words: str) -> None:
    draft = DecisionDraft(words, Decider.TOGETHER, MONDAY.date())
    write_decision(relay.person.uid, draft, by=by, at=MONDAY + 2 * HOUR)


def read(relay: Relay, by: Actor) -> set[tuple[str, str]]:
    """(words, who noted it) as the page of the file says."""
    page = file_page(actor=by, uid=relay.person.uid, on=MONDAY.date())
    return {(one.words, one.author_name) for one in page.around.decisions} if page.around else set()


def test_two_operators_read_and_write_one_log(desk: Desk) -> None:
    relay = joint(desk)
    decide(relay, desk.bruno, "Demander la formation en mars")
    decide(relay, desk.chloe, "Faire d’abord une immersion")
    both = {("Demander la formation en mars", "Bruno"), ("Faire d’abord une immersion", "Chloé")}
    assert read(relay, desk.bruno) == read(relay, desk.chloe) == both
    page = file_page(actor=desk.chloe, uid=relay.person.uid, on=MONDAY.date())
    assert page.around is not None and page.around.members == () and page.around.episodes == ()


def test_the_log_closes_with_the_sharing_and_the_other_is_no_longer_named(desk: Desk) -> None:
    relay = joint(desk)
    decide(relay, desk.chloe, "Faire une immersion")
    withdraw_relay(order_for(relay, MONDAY + 3 * HOUR), by=PersonHerself(relay.person_id))
    with pytest.raises(NotFound):
        read(relay, desk.chloe)
    with pytest.raises(NotFound):
        decide(relay, desk.chloe, "Encore")
    assert read(relay, desk.bruno) == {("Faire une immersion", "")}


def test_a_joint_adviser_without_the_project_neither_reads_nor_writes(desk: Desk) -> None:
    episode = make_episode(desk)
    relay = make_draft(desk, episode, RelayKind.JOINT)
    Relay.objects.filter(pk=relay.pk).update(categories=[Category.IDENTITY.value])
    send_by_awa(desk, relay, make_consent(desk, episode, categories=frozenset({Category.IDENTITY})))
    relays.acknowledge(order_for(relay, MONDAY + HOUR), by=desk.chloe)
    decide(relay, desk.bruno, "CANARI")
    assert read(relay, desk.chloe) == set()
    with pytest.raises(NotFound):
        decide(relay, desk.chloe, "Chez elle")
    assert Decision.objects.count() == 1


def test_nobody_else_reads_or_writes_it(desk: Desk) -> None:
    relay = joint(desk)
    decide(relay, desk.bruno, "CANARI")
    with pytest.raises(NotFound):
        decide(relay, desk.denis, "Dehors")
    with pytest.raises(NotFound):
        read(relay, desk.denis)


def test_the_person_reads_all_of_it_with_her_relays(desk: Desk) -> None:
    relay = joint(desk)
    decide(relay, desk.bruno, "Demander la formation en mars")
    lines = my_decisions([PersonHerself(relay.person_id)], at=MONDAY + 3 * HOUR)
    assert [(one.words, one.organisation, one.is_hers) for one in lines] == [
        ("Demander la formation en mars", "France Travail Gap", False),
        ("envoyé", "Mission locale de Gap", True),
    ]
    other = make_episode(desk).person_id
    assert my_decisions([PersonHerself(other)], at=MONDAY) == ()
