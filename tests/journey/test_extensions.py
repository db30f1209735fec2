"""A sharing that the person lets go on: a new consent, relays that follow, and one word that still stops everything."""

from datetime import datetime, timedelta

import pytest

from ensemblier.journey.actions import relays
from ensemblier.journey.actions.consents import withdraw_consent
from ensemblier.journey.actions.extensions import agree_to, extend_sharing
from ensemblier.journey.actions.links import stop_by_link
from ensemblier.journey.actions.links_sent import make_stop_link
from ensemblier.journey.core.consent import Category, Purpose
from ensemblier.journey.core.consent_texts.published import text_on
from ensemblier.journey.core.consent_texts.wording import Names, ReadableText, with_names
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import RelayKind, View
from ensemblier.journey.models import Access, Consent, ConsentReading, Relay
from ensemblier.journey.queries.relays import relay_page
from ensemblier.journey.queries.rights_sharing import my_sharings
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated
from tests.factories.journey import MONDAY, Desk, make_desk_of_two, make_episode, make_sent, order_for

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NEAR_END = MONDAY + timedelta(days=170)


def read(purpose: Purpose = Purpose.RELAY) -> ReadableText:
    """What she read."""
    text = text_on(MONDAY.date(), purpose=purpose)
    return with_names(text, Names("A", "B", "c", "d"), [category for category, _ in text.lines])


@pytest.fixture
def desk() -> Desk:
    return make_desk_of_two()


def held(desk: Desk, kind: RelayKind = RelayKind.JOINT) -> Relay:
    """A relay in progress at Chloé's, on a consent of six months."""
    relay = make_sent(desk, kind)
    relays.accept(order_for(relay, MONDAY + HOUR), by=desk.chloe, appointment_at=MONDAY + 2 * HOUR)
    relays.meet(order_for(relay, MONDAY + 4 * HOUR), by=desk.chloe, met_at=MONDAY + 3 * HOUR)
    relay.refresh_from_db()
    return relay


def extended(relay: Relay, at: datetime = NEAR_END) -> Consent:
    """After Awa said that it goes on."""
    assert relay.consent is not None
    by = PersonHerself(relay.person_id)
    uid = extend_sharing(relay.consent.uid, readable=read(), is_explicit_on_health=False, by=by, at=at)
    return Consent.objects.get(uid=uid)


@pytest.mark.parametrize("kind", [RelayKind.REFERRAL, RelayKind.JOINT])
def test_the_recipient_reads_beyond_the_first_end(desk: Desk, kind: RelayKind) -> None:
    relay = held(desk, kind)
    after = MONDAY + timedelta(days=200)
    assert relay_page(relay.uid, by=desk.chloe, at=after).seen is View.STUB
    new = extended(relay)
    assert relay_page(relay.uid, by=desk.chloe, at=after).seen is View.SUMMARY
    assert (new.extends, new.categories) == (relay.consent, relay.consent.categories)  # type: ignore[union-attr]
    assert ConsentReading.objects.get(consent=new).text == read().whole
    rows = my_sharings([PersonHerself(relay.person_id)], at=NEAR_END + HOUR)
    assert [(row.is_live, row.is_extended) for row in rows] == [(True, False), (False, True)]


def test_a_joint_access_lasts_as_long_as_the_sharing(desk: Desk) -> None:
    relay = held(desk)
    new = extended(relay)
    [access] = Access.objects.filter(relay=relay, ended_at=None)
    assert access.until == new.ends_at


def test_the_same_click_extends_once(desk: Desk) -> None:
    relay = held(desk)
    assert len({extended(Relay.objects.get(pk=relay.pk)).pk if n == 0 else extended(relay).pk for n in range(3)}) == 1
    assert Consent.objects.count() == 2


@pytest.mark.parametrize("way", ["page", "link"])
def test_stopping_the_sharing_as_it_was_stops_what_extended_it(desk: Desk, way: str) -> None:
    relay = held(desk)
    old = relay.consent
    assert old is not None
    token = make_stop_link(old.uid, at=MONDAY)
    extended(relay)
    after = NEAR_END + HOUR
    if way == "link":
        stop_by_link(token, at=after)
    else:
        withdraw_consent(old.uid, by=PersonHerself(relay.person_id), at=after)
    relay.refresh_from_db()
    assert relay.state == "withdrawn"
    assert not Consent.objects.filter(revoked_at=None).exists()
    assert not Access.objects.filter(relay=relay, ended_at=None).exists()


def test_a_sharing_that_is_over_does_not_come_back(desk: Desk) -> None:
    relay = held(desk)
    with pytest.raises(RuleViolated):
        extended(relay, MONDAY + timedelta(days=181))
    withdraw_consent(relay.consent.uid, by=PersonHerself(relay.person_id), at=NEAR_END)  # type: ignore[union-attr]
    with pytest.raises(RuleViolated):
        extended(relay)
    assert Consent.objects.count() == 1


def test_nobody_extends_for_somebody_else(desk: Desk) -> None:
    relay, other = held(desk), make_episode(desk).person_id
    with pytest.raises(NotFound):
        extend_sharing(
            relay.consent.uid,  # type: ignore[union-attr]
            readable=read(),
            is_explicit_on_health=False,
            by=PersonHerself(other),
            at=NEAR_END,
        )


def test_health_is_said_apart_again(desk: Desk) -> None:
    relay = held(desk)
    Consent.objects.update(categories=[*(c.value for c in Category)], is_explicit_on_health=True)
    with pytest.raises(BadInput):
        extended(relay)


def test_a_purpose_asked_apart_stands_alone_and_touches_no_relay(desk: Desk) -> None:
    relay = held(desk)
    herself = PersonHerself(relay.person_id)
    for purpose in (Purpose.OUTCOME, Purpose.EVALUATION):
        uids = {agree_to(purpose, readable=read(purpose), by=herself, at=MONDAY + HOUR) for _ in range(2)}
        assert len(uids) == 1
        assert withdraw_consent(uids.pop(), by=herself, at=MONDAY + 2 * HOUR) == 0
    relay.refresh_from_db()
    assert relay.state == "in_progress"
    with pytest.raises(BadInput):
        agree_to(Purpose.RELAY, readable=read(), by=herself, at=MONDAY)


def test_an_agreement_for_evaluation_opens_no_relay(desk: Desk) -> None:
    """The fault that a consent of another purpose would be: the machine asks for the purpose of the relay."""
    relay = held(desk)
    Consent.objects.filter(pk=relay.consent_id or 0).update(purpose=Purpose.EVALUATION.value)
    assert relay_page(relay.uid, by=desk.chloe, at=MONDAY + 5 * HOUR).seen is View.STUB
