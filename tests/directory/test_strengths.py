"""What a network is known for: written by its members, with a source, ended and never erased."""

from datetime import date, timedelta

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.strengths import MOST, StrengthDraft, end_strength, record_strength
from ensemblier.directory.models import Strength
from ensemblier.directory.queries.networks import strengths
from ensemblier.directory.queries.strengths import strengths_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.accounts import make_actor
from tests.factories.directory import make_networks, make_organisation

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
EVENING = StrengthDraft("Des ateliers collectifs le soir, sans inscription", "Convention de bassin, 2026")


@pytest.fixture
def bruno() -> Actor:
    """He keeps the rows of a Mission locale."""
    make_networks()
    return make_actor("Bruno", make_organisation(network="mission-locale"), Role.DIRECTORY_EDITOR)


def texts(on: date = ON) -> list[str]:
    return [row.text for row in strengths_of("mission-locale", actor=Actor(), on=on).rows]


def test_a_member_says_what_its_network_does_with_a_source(bruno: Actor) -> None:
    record_strength("mission-locale", EVENING, actor=bruno, on=ON)
    assert EVENING.text in texts()
    assert any(EVENING.text in said for said in strengths(on=ON).values())  # where doors show them
    row = AuditRow.objects.get(table="strength")
    assert (row.verb, row.organisation_id) == ("record_strength", bruno.organisation_id)


def test_ended_it_stays_in_the_past_and_may_be_said_again(bruno: Actor) -> None:
    number = record_strength("mission-locale", EVENING, actor=bruno, on=ON - timedelta(days=30))
    end_strength("mission-locale", number, actor=bruno, on=ON)
    assert EVENING.text not in texts()
    assert EVENING.text in texts(ON - timedelta(days=1))
    with pytest.raises(NotFound):
        end_strength("mission-locale", number, actor=bruno, on=ON)
    record_strength("mission-locale", EVENING, actor=bruno, on=ON)
    assert texts().count(EVENING.text) == 1


def test_a_slip_of_the_day_is_taken_away(bruno: Actor) -> None:
    number = record_strength("mission-locale", EVENING, actor=bruno, on=ON)
    end_strength("mission-locale", number, actor=bruno, on=ON)
    assert not Strength.objects.filter(pk=number).exists()


def test_others_may_not_write_it(bruno: Actor) -> None:
    chloe = make_actor("Chloé", make_organisation("Apec", network="apec"), Role.DIRECTORY_EDITOR)
    number = record_strength("mission-locale", EVENING, actor=bruno, on=ON)
    for actor in (chloe, make_actor("Denis", None), Actor()):
        with pytest.raises(NotAllowed):
            record_strength("mission-locale", StrengthDraft("Autre chose", "nous"), actor=actor, on=ON)
        with pytest.raises(NotAllowed):
            end_strength("mission-locale", number, actor=actor, on=ON)
        assert not strengths_of("mission-locale", actor=actor, on=ON).can_write


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (StrengthDraft("", "nous"), "text"),
        (StrengthDraft("Le soir", " "), "source_name"),
        (StrengthDraft("Le soir", "nous", "javascript:alert(1)"), "source_url"),
    ],
)
def test_what_is_missing_is_said(bruno: Actor, draft: StrengthDraft, field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        record_strength("mission-locale", draft, actor=bruno, on=ON)
    assert refusal.value.field == field


def test_the_same_twice_or_too_many_is_refused(bruno: Actor) -> None:
    record_strength("mission-locale", EVENING, actor=bruno, on=ON)
    with pytest.raises(RuleViolated, match="déjà écrit"):
        record_strength("mission-locale", EVENING, actor=bruno, on=ON)
    for number in range(MOST - Strength.objects.filter(network_id="mission-locale", valid_to=None).count()):
        record_strength("mission-locale", StrengthDraft(f"Atout {number}", "nous"), actor=bruno, on=ON)
    with pytest.raises(RuleViolated, match="beaucoup"):
        record_strength("mission-locale", StrengthDraft("Un de trop", "nous"), actor=bruno, on=ON)


def test_an_unknown_network_is_said(bruno: Actor) -> None:
    with pytest.raises(NotFound):
        record_strength("reseau-invente", EVENING, actor=bruno, on=ON)
    with pytest.raises(NotFound):
        strengths_of("inconnu", actor=bruno, on=ON)
