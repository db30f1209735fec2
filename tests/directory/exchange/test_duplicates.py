"""Duplicates: found across sources, judged by people, and a merge undone leaves no trace but history."""

from typing import Any

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ensemblier.directory.actions.duplicates.pairs import find_pairs, merge_pair, reject_pair, undo_merge
from ensemblier.directory.models import (
    Contact,
    DuplicatePair,
    ImportedRow,
    Merge,
    NetworkMembership,
    Offer,
    Organisation,
    ServedCommune,
    Site,
)
from ensemblier.directory.queries.duplicates import duplicate_queue, latest_merges
from ensemblier.kernel.actor import SYSTEM, Actor
from ensemblier.kernel.errors import NotAllowed, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.directory import make_organisation, make_site, make_source
from tests.factories.routing import make_cell
from tests.factories.territory import GAP, GRENOBLE, make_commune

CONTENT: tuple[type[Model], ...] = (Organisation, Site, Offer, Contact, NetworkMembership, ServedCommune, ImportedRow)
DENIS = Actor(user_id=9, label="Denis")


def snapshot() -> list[Any]:
    return [list(table._default_manager.order_by("pk").values()) for table in CONTENT]


def twins(**second: Any) -> tuple[Site, Site]:
    """The same Mission locale said by two sources, the second without a telephone."""
    left = make_organisation("Mission locale de Gap", network="mission-locale", source=make_source("a"))
    right = make_organisation("MISSION LOCALE - GAP", network="mission-locale", source=make_source("b"))
    values = {"name": right.name, "address": "1, rue de la Paix", "phone": "", "hours_osm": ""} | second
    return make_site(left, GAP, name=left.name), make_site(right, GAP, **values)


def the_pair() -> DuplicatePair:
    find_pairs(actor=SYSTEM)
    return DuplicatePair.objects.get(kind="site")


@pytest.mark.django_db
def test_twins_are_queued_with_their_evidence() -> None:
    left, right = twins()
    found = find_pairs(actor=SYSTEM)
    assert (found.new, found.known) == (1, 0)
    view = duplicate_queue(actor=SYSTEM)[0]
    assert {view.left.row_id, view.right.row_id} == {left.pk, right.pk}
    assert {one.field for one in view.evidence} >= {"name", "address", "distance", "network"}
    assert find_pairs(actor=SYSTEM).new == 0


@pytest.mark.django_db
def test_far_or_fictitious_places_are_not_queued() -> None:
    organisation = make_organisation("Mission locale", network="mission-locale", source=make_source("a"))
    other = make_organisation("Mission locale", network="mission-locale", source=make_source("b"))
    invented = make_organisation("Mission locale", source=make_source("c"), is_fictitious=True)
    make_site(organisation, GAP, name="Mission locale", phone="")
    make_site(other, GRENOBLE, name="Mission locale", phone="")
    make_site(invented, GAP, name="Mission locale", phone="")
    find_pairs(actor=SYSTEM)
    assert not DuplicatePair.objects.exists()


@pytest.mark.django_db
def test_a_merge_keeps_everything_under_one_row() -> None:
    left, right = twins(email="accueil@example.org")
    Offer.objects.create(organisation=right.organisation, site=right, name="Atelier")
    pair = the_pair()
    owner = right.organisation_id
    merge_pair(pair_id=pair.pk, kept_id=left.pk, actor=SYSTEM)
    left.refresh_from_db()
    right.refresh_from_db()
    assert right.merged_into_id == left.pk
    assert left.email == "accueil@example.org"
    assert left.phone == "+33492000000", "what the kept row knew stays"
    assert Offer.objects.get().site_id == left.pk
    assert Organisation.objects.get(pk=owner).merged_into_id == left.organisation_id
    assert duplicate_queue(actor=SYSTEM) == []
    assert AuditRow.objects.filter(verb="merge", table="directory.site").count() == 2


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    keep_left=st.booleans(),
    offers=st.integers(0, 2),
    same_area=st.booleans(),
    position=st.sampled_from(["exact", "unknown"]),
    second=st.fixed_dictionaries({}, optional={"email": st.just("x@example.org"), "website": st.just("https://e.org")}),
)
def test_merge_then_undo_is_identity(
    keep_left: bool, offers: int, same_area: bool, position: str, second: dict[str, str]
) -> None:
    for table in (Merge, DuplicatePair, ImportedRow, ServedCommune, Offer, NetworkMembership, Site, Organisation):
        table._default_manager.all().delete()
    place = {} if position == "exact" else {"lat": None, "lon": None, "position": "unknown"}
    left, right = twins(**second, **place)
    for number in range(offers):
        Offer.objects.create(organisation=right.organisation, site=right, name=f"Offre {number}")
    make_commune(GAP)
    for site in (left, right) if same_area else (right,):
        ServedCommune.objects.create(organisation=site.organisation, site=site, commune_id=GAP.code)
    pair = DuplicatePair.objects.create(kind="site", left_id=left.pk, right_id=right.pk, score=1)
    before = snapshot()
    merge = merge_pair(pair_id=pair.pk, kept_id=left.pk if keep_left else right.pk, actor=SYSTEM)
    assert snapshot() != before
    undo_merge(merge_id=merge, actor=SYSTEM)
    assert snapshot() == before
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("open", "")


@pytest.mark.django_db
def test_undoing_keeps_what_somebody_wrote_since() -> None:
    left, right = twins(email="accueil@example.org")
    pair = the_pair()
    merge = merge_pair(pair_id=pair.pk, kept_id=left.pk, actor=SYSTEM)
    Site.objects.filter(pk=left.pk).update(email="nouveau@example.org")
    undo_merge(merge_id=merge, actor=SYSTEM)
    assert Site.objects.get(pk=left.pk).email == "nouveau@example.org"
    assert Site.objects.get(pk=right.pk).merged_into_id is None
    assert not latest_merges(actor=SYSTEM)[0].can_undo
    with pytest.raises(RuleViolated, match="déjà annulée"):
        undo_merge(merge_id=merge, actor=SYSTEM)


@pytest.mark.django_db
def test_rejected_pairs_stay_rejected() -> None:
    twins()
    pair = the_pair()
    reject_pair(pair_id=pair.pk, actor=SYSTEM, note="Deux antennes.")
    find_pairs(actor=SYSTEM)
    assert duplicate_queue(actor=SYSTEM) == []


@pytest.mark.django_db
def test_outsiders_judge_nothing() -> None:
    twins()
    pair = the_pair()
    for attempt in (
        lambda: merge_pair(pair_id=pair.pk, kept_id=pair.left_id, actor=DENIS),
        lambda: reject_pair(pair_id=pair.pk, actor=DENIS),
        lambda: find_pairs(actor=DENIS),
        lambda: duplicate_queue(actor=DENIS),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def lea_of(organisation: Organisation, user_id: int = 11) -> Actor:
    """Somebody who coordinates for this organisation."""
    return Actor(user_id=user_id, organisation_id=organisation.pk, roles=frozenset({"coordinator"}), label="Léa")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["cell", "place"])
def test_a_coordinator_judges_her_territory_and_no_other(how: str) -> None:
    twins()
    pair = the_pair()
    here, elsewhere = make_organisation("Cellule de Gap"), make_organisation("Cellule de Grenoble")
    if how == "cell":
        make_cell(here, GAP)
        make_cell(elsewhere, GRENOBLE)
        make_site(elsewhere, GAP, name="Bureau")  # a cell says more than an address
    else:
        make_site(here, GAP, name="Bureau")
        make_site(elsewhere, GRENOBLE, name="Bureau")
    assert duplicate_queue(actor=lea_of(elsewhere)) == [] and latest_merges(actor=lea_of(elsewhere)) == []
    for attempt in (
        lambda: reject_pair(pair_id=pair.pk, actor=lea_of(elsewhere)),
        lambda: merge_pair(pair_id=pair.pk, kept_id=pair.left_id, actor=lea_of(elsewhere)),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert [view.pair_id for view in duplicate_queue(actor=lea_of(here))] == [pair.pk]
    merge = merge_pair(pair_id=pair.pk, kept_id=pair.left_id, actor=lea_of(here))
    with pytest.raises(NotAllowed):
        undo_merge(merge_id=merge, actor=lea_of(elsewhere))
    undo_merge(merge_id=merge, actor=lea_of(here))


@pytest.mark.django_db
def test_a_coordinator_without_a_territory_judges_nothing() -> None:
    twins()
    pair = the_pair()
    nowhere = lea_of(make_organisation("Cellule sans lieu"))
    assert duplicate_queue(actor=nowhere) == []
    with pytest.raises(NotAllowed):
        reject_pair(pair_id=pair.pk, actor=nowhere)


@pytest.mark.django_db
def test_an_editor_sees_the_pairs_of_her_rows_and_judges_those_she_holds_both() -> None:
    left, _right = twins()
    pair = the_pair()
    editor = Actor(
        user_id=12, organisation_id=left.organisation_id, roles=frozenset({"directory_editor"}), label="Bruno"
    )
    assert [view.pair_id for view in duplicate_queue(actor=editor)] == [pair.pk]
    with pytest.raises(NotAllowed):
        reject_pair(pair_id=pair.pk, actor=editor)
    stranger = Actor(user_id=13, organisation_id=make_organisation("X").pk, roles=editor.roles, label="Chloé")
    assert duplicate_queue(actor=stranger) == []


@pytest.mark.django_db
def test_a_fictitious_row_is_never_merged_with_a_real_one() -> None:
    left, right = twins(is_fictitious=True)
    pair = DuplicatePair.objects.create(kind="site", left_id=left.pk, right_id=right.pk, score=1)
    with pytest.raises(RuleViolated, match="fictive"):
        merge_pair(pair_id=pair.pk, kept_id=left.pk, actor=SYSTEM)
