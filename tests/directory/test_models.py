"""Constraints refuse what they must, whatever door it comes by."""

from datetime import date
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from ensemblier.directory.core.states import PermanenceState, PositionKind
from ensemblier.directory.models import (
    ContactAbsence,
    HoursException,
    Network,
    NetworkMembership,
    NetworkName,
    NetworkSuccession,
    Organisation,
    Site,
)
from tests.factories.directory import (
    make_contact,
    make_networks,
    make_offer,
    make_organisation,
    make_permanence,
    make_site,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"lat": float("nan"), "lon": 6.0}, "site_coordinates_on_earth"),
        ({"lat": 91.0, "lon": 6.0}, "site_coordinates_on_earth"),
        ({"lat": 44.0, "lon": None}, "site_coordinates_on_earth"),
        ({"lat": None, "lon": 6.0, "position": "unknown"}, "site_coordinates_on_earth"),
        ({"lat": 44.0, "lon": float("inf")}, "out of range"),
        ({"lat": None, "lon": None}, "site_position_needs_coordinates"),
        ({"name": ""}, "site_has_a_name"),
        ({"siret": "123"}, "site_siret_form"),
        ({"open_days": 128}, "site_open_days_mask"),
        ({"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 2)}, "site_period"),
    ],
)
def test_a_site_that_cannot_be_is_refused(values: dict[str, Any], constraint: str) -> None:
    site = make_site(make_organisation())
    with pytest.raises((IntegrityError, DataError), match=constraint), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name": ""}, "organisation_has_a_name"),
        ({"siren": "12345678A"}, "organisation_siren_form"),
        ({"siret": "1"}, "organisation_siret_form"),
        ({"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)}, "organisation_period"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused(values: dict[str, Any], constraint: str) -> None:
    row = make_organisation()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Organisation.objects.filter(pk=row.pk).update(**values)


def test_the_cep_is_free() -> None:
    site = make_site(make_organisation())
    make_offer(site, is_cep=True, fee="gratuit")
    with pytest.raises(IntegrityError, match="offer_cep_is_free"), transaction.atomic():
        make_offer(site, is_cep=True, fee="payant")


def test_a_refused_permanence_has_a_reason() -> None:
    owner = make_organisation()
    with pytest.raises(IntegrityError, match="permanence_refused_with_a_reason"), transaction.atomic():
        make_permanence(owner, make_site(owner), state=PermanenceState.REFUSED.value)


def test_days_end_after_they_begin() -> None:
    owner = make_organisation()
    first, before = date(2026, 5, 2), date(2026, 5, 1)
    with pytest.raises(IntegrityError, match="hours_exception_period"), transaction.atomic():
        HoursException.objects.create(site=make_site(owner), first_day=first, last_day=before)
    contact = make_contact(owner)
    with pytest.raises(IntegrityError, match="contact_absence_period"), transaction.atomic():
        ContactAbsence.objects.create(contact=contact, first_day=first, last_day=before)
    with pytest.raises(IntegrityError, match="contact_replaced_by_another"), transaction.atomic():
        ContactAbsence.objects.create(contact=contact, first_day=before, last_day=first, replacement=contact)


def test_networks_keep_their_sense() -> None:
    make_networks()
    with pytest.raises(IntegrityError, match="network_cep_only_has_no_di_code"), transaction.atomic():
        Network.objects.create(code="x", circle="spro", is_cep_only=True, data_inclusion_code="afpa")
    with pytest.raises(IntegrityError, match="network_operator_is_cep"), transaction.atomic():
        Network.objects.create(code="x", circle="training", role="apec")
    with pytest.raises(IntegrityError, match="network_never_succeeds_itself"), transaction.atomic():
        NetworkSuccession.objects.create(before_id="apec", after_id="apec", on=date(2026, 1, 1))


def test_an_organisation_belongs_once_to_a_network_but_to_several_networks() -> None:
    row = make_organisation(network="cap-emploi")
    NetworkMembership.objects.create(organisation=row, network_id="agefiph")
    with pytest.raises(IntegrityError, match="network_membership_once"), transaction.atomic():
        NetworkMembership.objects.create(organisation=row, network_id="cap-emploi")


def test_the_migrations_bring_the_reference_networks() -> None:
    assert Network.objects.filter(role="france_travail").exists()
    assert NetworkName.objects.filter(name="Pôle emploi", valid_to=date(2024, 1, 1)).exists()
    assert NetworkSuccession.objects.filter(before_id="opacif", after_id="operateur-regional-cep").exists()


def test_names_sort_and_search_without_accents() -> None:
    names = ["Zoé", "Écully", "saint-étienne", "Œuvre", "Abbé"]
    for name in names:
        make_organisation(name)
    ordered = Organisation.objects.filter(name__in=names).order_by("sort_key").values_list("name", flat=True)
    assert list(ordered) == ["Abbé", "Écully", "Œuvre", "saint-étienne", "Zoé"]
    row = make_organisation("L'Argentière-la-Bessée", acronym="A.B.")
    assert (row.sort_key, row.call_key) == ("l argentiere la bessee", " l argentiere la bessee a b")


def test_a_text_with_a_null_character_is_refused_by_the_database_too() -> None:
    with pytest.raises((DataError, ValueError)), transaction.atomic():
        make_organisation("a\x00b")


def test_the_point_of_a_site_is_on_the_unit_sphere() -> None:
    site = make_site(make_organisation())
    nowhere = make_site(make_organisation("B"), None)
    assert nowhere.position == PositionKind.UNKNOWN.value
    with connection.cursor() as cursor:
        cursor.execute(
            "select cube_distance(sphere, '(0,0,0)') from directory_site where id = any(%s) order by id",
            [[site.pk, nowhere.pk]],
        )
        assert cursor.fetchall() == [(pytest.approx(1.0),), (None,)]
