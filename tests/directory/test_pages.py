"""Pages of an organisation and of a site; who sees the interlocutors: Awa, Bruno, Chloé, Denis."""

from datetime import date, datetime

import pytest
from syrupy.assertion import SnapshotAssertion

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.views import OrganisationPage
from ensemblier.directory.models import ContactAbsence, HoursException, NetworkMembership, ServedCommune
from ensemblier.directory.queries.contacts import contacts_of
from ensemblier.directory.queries.networks import networks, operator_names, regional_desk, strengths
from ensemblier.directory.queries.organisations import organisation_page
from ensemblier.directory.queries.sites import site_page, sites_in
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from tests.factories.accounts import AWA, make_actor
from tests.factories.directory import (
    make_contact,
    make_desk,
    make_networks,
    make_offer,
    make_organisation,
    make_permanence,
    make_site,
)
from tests.factories.territory import BRIANCON, GAP, make_commune
from tests.sql_shape import sql_of

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def test_who_sees_the_interlocutors() -> None:
    ml, apec = make_organisation(network="mission-locale"), make_organisation("Apec", network="apec")
    make_contact(ml, "Nadia")
    make_contact(ml, "Yves", is_published=True)
    bruno, chloe = make_actor("Bruno", ml, Role.DIRECTORY_EDITOR), make_actor("Chloé", apec, Role.DIRECTORY_EDITOR)
    denis = make_actor("Denis", None)

    def seen(actor: Actor) -> tuple[list[str], bool, bool]:
        page = organisation_page(ml.uid, actor=actor, on=ON)
        assert [c.name for c in page.contacts] == [c.name for c in contacts_of(ml.uid, actor=actor, on=ON)]
        return [c.name for c in page.contacts], page.contacts_hidden, page.can_edit

    assert seen(AWA) == (["Yves"], True, False)
    assert seen(denis) == (["Yves"], True, False)
    assert seen(bruno) == (["Nadia", "Yves"], False, True)
    assert seen(chloe) == (["Nadia", "Yves"], False, False)


def test_an_absence_names_the_replacement() -> None:
    ml = make_organisation()
    nadia, yves = make_contact(ml, "Nadia"), make_contact(ml, "Yves")
    ContactAbsence.objects.create(contact=nadia, first_day=ON, last_day=date(2026, 12, 1), replacement=yves)
    view = contacts_of(ml.uid, actor=make_actor("Bruno", ml), on=ON)[0]
    assert (view.absent_until, view.replacement_name) == (date(2026, 12, 1), "Yves")
    back = contacts_of(ml.uid, actor=make_actor("Chloé", ml), on=date(2026, 12, 2))[0]
    assert back.absent_until is None


def test_an_absent_published_contact_does_not_betray_her_replacement() -> None:
    ml = make_organisation()
    nadia, yves = make_contact(ml, "Nadia", is_published=True), make_contact(ml, "Yves")
    ContactAbsence.objects.create(contact=nadia, first_day=ON, last_day=ON, replacement=yves)
    view = contacts_of(ml.uid, actor=AWA, on=ON)[0]
    assert (view.absent_until, view.replacement_name, view.replacement_phone) == (ON, "", "")


def test_a_merged_organisation_leads_to_the_one_that_is_kept() -> None:
    kept = make_organisation("Gardée")
    old = make_organisation("Doublon", merged_into=kept)
    page = organisation_page(old.uid, actor=AWA, on=ON)
    assert (page.name, page.moved_from) == ("Gardée", old.uid)


@pytest.mark.parametrize("uid", ["7b0c3a52-5f0e-4a38-9d0b-0d7e5c1a9e11", "pas un uid", ""])
def test_an_unknown_page_says_what_to_do(uid: str) -> None:
    with pytest.raises(NotFound, match="par son nom ou sa commune"):
        organisation_page(uid, actor=AWA, on=ON)
    with pytest.raises(NotFound, match="par son nom ou sa commune"):
        site_page(uid, actor=AWA, on=ON)


def test_the_page_of_a_site() -> None:
    ml = make_organisation(network="mission-locale")
    site = make_site(ml, GAP, first_appointment_days=10, first_appointment_on=date(2026, 10, 1))
    make_offer(site)
    make_permanence(make_organisation("Apec", network="apec"), site)
    HoursException.objects.create(site=site, first_day=date(2026, 11, 23), last_day=date(2026, 11, 23), reason="pont")
    ServedCommune.objects.create(organisation=ml, site=site, commune=make_commune(BRIANCON))
    page = site_page(site.uid, actor=AWA, on=ON, at=datetime.fromisoformat("2026-11-22T10:00"))
    assert page.open_on_day is False, "un dimanche"
    assert page.next_opening == datetime.fromisoformat("2026-11-24T09:00"), "le lundi est une exception"
    assert page.exceptions[0].hours_text == () and page.exceptions[0].reason == "pont"
    assert page.permanences[0].sentence == "chaque mardi matin"
    assert page.permanences[0].next_days[0] == date(2026, 11, 24)
    assert page.card.next_permanence == datetime.fromisoformat("2026-11-24T09:30")
    assert page.served[0].communes == 1
    assert len(page.offers) == 1
    assert "hours" not in {c.code for c in page.quality.missing}


def test_a_bad_row_never_breaks_a_page() -> None:
    ml = make_organisation(network="mission-locale")
    site = make_site(ml, GAP, hours_osm="n'importe quoi", open_days=None)
    make_permanence(ml, site, rrule="jamais")
    page = site_page(site.uid, actor=AWA, on=ON)
    assert (page.card.hours_text, page.open_on_day, page.permanences[0].next_days) == ((), None, ())


def _filled(n: int) -> OrganisationPage:
    ml = make_organisation(f"ML {n}", network="mission-locale")
    NetworkMembership.objects.create(organisation=ml, network_id="cibc")
    for i in range(n):
        site = make_site(ml, GAP, name=f"Lieu {i}")
        make_offer(site)
        make_permanence(ml, site)
        make_contact(ml, f"Contact {i}", is_published=True, site=site)
    return organisation_page(ml.uid, actor=AWA, on=ON)


def test_the_queries_of_a_page_do_not_grow(snapshot: SnapshotAssertion) -> None:
    one, many = _filled(1), _filled(40)
    assert len(many.sites) == 40 and {n.code for n in many.networks} == {"mission-locale", "cibc"}
    shape = sql_of(lambda: organisation_page(one.uid, actor=AWA, on=ON))
    assert shape == snapshot
    assert sql_of(lambda: organisation_page(many.uid, actor=AWA, on=ON)) == shape
    site_shape = sql_of(lambda: site_page(one.sites[0].uid, actor=AWA, on=ON))
    assert site_shape == snapshot
    assert sql_of(lambda: site_page(many.sites[0].uid, actor=AWA, on=ON)) == site_shape


def test_names_are_those_of_the_date() -> None:
    make_networks()
    assert operator_names(on=date(2023, 12, 31))[Operator.FRANCE_TRAVAIL] == "Pôle emploi"
    assert operator_names(on=date(2024, 1, 1))[Operator.FRANCE_TRAVAIL] == "France Travail"
    assert operator_names(on=date(2024, 1, 1))[Operator.APEC] == "Apec"
    codes = {n.code for n in networks(on=date(2019, 6, 1))}
    assert "fongecif" in codes and "operateur-regional-cep" not in codes


def test_strengths_come_with_the_operator() -> None:
    assert "Un observatoire de l'emploi des cadres" in strengths(on=ON)[Operator.APEC]


def test_a_desk_is_dated_and_a_real_one_wins() -> None:
    make_desk("93", name="Fictif", is_fictitious=True)
    make_desk("93", name="Ancien", valid_to=date(2024, 1, 2))
    fictitious = regional_desk("93", on=ON)
    assert fictitious is not None and fictitious.is_fictitious
    make_desk("93", name="Actuel", valid_from=date(2024, 1, 2))
    found = {on: regional_desk("93", on=on) for on in (date(2024, 1, 1), date(2024, 1, 2))}
    assert [desk.name if desk else None for desk in found.values()] == ["Ancien", "Actuel"]
    assert regional_desk("84", on=ON) is None


def test_sites_of_a_commune_leave_the_demonstration_out_when_there_is_a_real_one() -> None:
    make_site(make_organisation("Fictive", is_fictitious=True), GAP, name="fictif")
    assert [c.name for c in sites_in([GAP.code], on=ON)] == ["fictif"]
    make_site(make_organisation("Réelle"), GAP, name="réel")
    assert [c.name for c in sites_in([GAP.code], on=ON)] == ["réel"]
