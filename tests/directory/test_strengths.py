"""What a network is known for: written by its members, with a source, ended and never erased."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.strengths import (
    MOST,
    StrengthDraft,
    end_own_strength,
    end_strength,
    record_own_strength,
    record_strength,
)
from ensemblier.directory.models import Organisation, Site, Strength
from ensemblier.directory.queries.freshness import history_of
from ensemblier.directory.queries.networks import strengths
from ensemblier.directory.queries.organisations import organisation_page
from ensemblier.directory.queries.sites import site_page
from ensemblier.directory.queries.strengths import own_strengths_of, strengths_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.accounts import make_actor
from tests.factories.directory import make_networks, make_organisation, make_site

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
    with pytest.raises(RuleViolated, match="Beaucoup"):
        record_strength("mission-locale", StrengthDraft("Un de trop", "nous"), actor=bruno, on=ON)


def test_an_unknown_network_is_said(bruno: Actor) -> None:
    with pytest.raises(NotFound):
        record_strength("reseau-invente", EVENING, actor=bruno, on=ON)
    with pytest.raises(NotFound):
        strengths_of("inconnu", actor=bruno, on=ON)


@pytest.mark.parametrize("kind", ["organisation", "site"])
def test_a_structure_or_a_place_says_what_it_does_and_its_history_keeps_it(kind: str) -> None:
    mission = make_organisation("Mission locale de Gap")
    site = make_site(mission)
    row: Organisation | Site = site if kind == "site" else mission
    bruno = make_actor("Bruno", mission, Role.DIRECTORY_EDITOR)
    number = record_own_strength(kind, row.uid, EVENING, actor=bruno, on=ON - timedelta(days=30))
    shown = own_strengths_of(kind, row.uid, actor=bruno, on=ON)
    assert [one.text for one in shown.rows] == [EVENING.text] and shown.can_write
    of_site, of_mission = (
        site_page(site.uid, actor=Actor(), on=ON),
        organisation_page(mission.uid, actor=Actor(), on=ON),
    )
    page = (of_site if kind == "site" else of_mission).strengths
    assert [(one.text, one.source_name) for one in page] == [(EVENING.text, EVENING.source_name)]
    assert [change.verb for change in history_of(kind, row.pk, actor=bruno)] == ["record_strength"]
    with pytest.raises(RuleViolated):
        record_own_strength(kind, row.uid, EVENING, actor=bruno, on=ON)
    end_own_strength(kind, row.uid, number, actor=bruno, on=ON)
    assert not own_strengths_of(kind, row.uid, actor=bruno, on=ON).rows
    assert own_strengths_of(kind, row.uid, actor=bruno, on=ON - timedelta(days=1)).rows
    assert not any(EVENING.text in said for said in strengths(on=ON - timedelta(days=1)).values())  # not the network's


def test_somebody_else_writes_nothing_of_a_place() -> None:
    site = make_site(make_organisation("Mission locale de Gap"))
    chloe = make_actor("Chloé", make_organisation("Apec"), Role.DIRECTORY_EDITOR)
    assert not own_strengths_of("site", site.uid, actor=chloe, on=ON).can_write
    with pytest.raises(NotAllowed):
        record_own_strength("site", site.uid, EVENING, actor=chloe, on=ON)
    with pytest.raises(NotAllowed):
        end_own_strength("site", site.uid, 0, actor=chloe, on=ON)
    with pytest.raises(NotFound):
        record_own_strength("offer", site.uid, EVENING, actor=chloe, on=ON)
    with pytest.raises(NotFound):
        own_strengths_of("offer", site.uid, actor=chloe, on=ON)


def test_a_strength_is_of_one_thing_only() -> None:
    site = make_site(make_organisation("Mission locale de Gap"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Strength.objects.create(site=site, organisation=site.organisation, text="x", source_name="y")
    with pytest.raises(IntegrityError), transaction.atomic():
        Strength.objects.create(text="x", source_name="y")
