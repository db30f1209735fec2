"""Verbs of those who keep a directory: only they, nothing lost when refused, a line of history each time."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ensemblier.directory.models import Contact, ContactAbsence, HoursException, InterventionPerimeter, Offer, Site
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.directory import make_contact, make_site
from tests.web.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruno(world: World) -> Client:
    """Bruno keeps the rows of the Mission locale."""
    return world.client(world.bruno)


def sent(world: World, **fields: Any) -> dict[str, Any]:
    return {"acting_for": world.mission.pk} | fields


def paths(world: World) -> list[str]:
    offer = Offer.objects.get()
    return [
        f"/pro/lieux/{world.site.uid}/exception/",
        f"/pro/interlocuteurs/{world.contact.uid}/absence/",
        f"/pro/interlocuteurs/{world.contact.uid}/sujets/",
        f"/pro/offres/{offer.uid}/publics/",
        f"/pro/fermer/site/{world.site.uid}/",
        f"/pro/fermer/organisation/{world.mission.uid}/",
        f"/pro/intervenir/{world.mission.uid}/",
        f"/pro/intervenir/{world.mission.uid}/departement/05/",
    ]


def test_only_those_who_keep_the_rows_enter(world: World, bruno: Client) -> None:
    for path in paths(world):
        assert world.client().get(path).status_code == 302, path
        assert bruno.get(path).status_code == 200, path
        for user in (world.chloe, world.denis):
            assert world.client(user).get(path).status_code == 403, path
            assert world.client(user).post(path, sent(world)).status_code in {403, 405}, path


def test_a_closed_week_is_noted_and_shown(world: World, bruno: Client) -> None:
    path = f"/pro/lieux/{world.site.uid}/exception/"
    wrong = bruno.post(path, sent(world, first_day="2026-12-24", last_day="2026-12-20", reason="Inventaire annuel"))
    assert wrong.status_code == 400
    assert "Inventaire annuel" in wrong.content.decode()
    assert not HoursException.objects.exists()
    assert bruno.post(path, sent(world, first_day="2026-12-24", last_day="2026-12-31", hours="")).status_code == 302
    assert HoursException.objects.get().last_day == date(2026, 12, 31)
    assert AuditRow.objects.filter(verb="record_exception").count() == 1


def test_an_absence_names_who_stands_in(world: World, bruno: Client) -> None:
    lea, other = make_contact(world.mission, "Léa Petit"), make_contact(world.travail, "Omar Sy")
    path = f"/pro/interlocuteurs/{world.contact.uid}/absence/"
    away = {"first_day": "2026-12-01", "last_day": "2026-12-05"}
    assert bruno.post(path, sent(world, **away, replacement=str(other.uid))).status_code == 400
    assert bruno.post(path, sent(world, **away, replacement=str(lea.uid))).status_code == 302
    assert ContactAbsence.objects.get().replacement_id == lea.pk


def test_subjects_and_publication_of_an_interlocutor(world: World, bruno: Client) -> None:
    path = f"/pro/interlocuteurs/{world.contact.uid}/sujets/"
    change = {"version": world.contact.version, "subjects": "logement\nmobilité", "preference": "email", "site_uid": ""}
    assert bruno.post(path, sent(world, **change, is_published="on")).status_code == 302
    row = Contact.objects.get(pk=world.contact.pk)
    assert (row.subjects, row.preference, row.is_published) == (["logement", "mobilité"], "email", True)
    again = bruno.post(path, sent(world, **change))
    assert again.status_code == 409
    assert "mobilité" in again.content.decode()
    row.refresh_from_db()
    assert row.is_published


def test_publics_needs_and_modes_of_an_offer(world: World, bruno: Client) -> None:
    row = Offer.objects.get()
    path = f"/pro/offres/{row.uid}/publics/"
    change = {
        "version": row.version,
        "modes": ["a-distance"],
        "publics": ["etudiants"],
        "needs": ["se-former--trouver-sa-formation"],
    }
    assert bruno.post(path, sent(world, **change | {"modes": []})).status_code == 400
    assert bruno.post(path, sent(world, **change | {"publics": ["inconnus"]})).status_code == 400
    assert bruno.post(path, sent(world, **change)).status_code == 302
    row.refresh_from_db()
    assert (row.publics, row.modes) == (["etudiants"], ["a-distance"])
    assert AuditRow.objects.filter(verb="change_offer").count() == 1


def test_a_closed_structure_takes_its_places_and_offers_with_it(world: World, bruno: Client) -> None:
    """Seeded fault: closing the structure alone left its site among the nearest ones."""
    change = {"version": world.mission.version, "last_day": "2026-11-22"}
    path = f"/pro/fermer/organisation/{world.mission.uid}/"
    assert bruno.post(path, sent(world, **change | {"version": 99})).status_code == 409
    assert Site.objects.get(pk=world.site.pk).valid_to is None
    assert bruno.post(path, sent(world, **change)).status_code == 302
    day = date(2026, 11, 22)
    world.mission.refresh_from_db()
    ends = [world.mission.valid_to, Site.objects.get(pk=world.site.pk).valid_to, Offer.objects.get().valid_to]
    assert ends == [day, day, day]
    assert AuditRow.objects.filter(verb="close_row").count() == 4


def test_nothing_is_closed_by_halves(world: World, bruno: Client) -> None:
    make_site(world.mission, name="Antenne à venir", valid_from=date(2030, 1, 1))
    path = f"/pro/fermer/organisation/{world.mission.uid}/"
    answer = bruno.post(path, sent(world, version=world.mission.version, last_day="2026-11-22"))
    assert answer.status_code == 400
    assert "Antenne à venir" in answer.content.decode()
    world.mission.refresh_from_db()
    assert world.mission.valid_to is None


def test_a_territory_is_served_then_left(world: World, bruno: Client) -> None:
    base = f"/pro/intervenir/{world.mission.uid}/"
    assert f"{base}departement/05/" in bruno.get(f"{base}?q=gap").content.decode()
    upside = sent(world, since="2026-01-01", until="2025-01-01", site_uid="")
    assert bruno.post(f"{base}departement/05/", upside).status_code == 400
    assert bruno.post(f"{base}departement/05/", sent(world, since="2026-01-01", site_uid="")).status_code == 302
    row = InterventionPerimeter.objects.get()
    assert row.perimeter.communes.count() == 2
    assert "Hautes-Alpes" in bruno.get(base).content.decode()
    assert world.client(world.chloe).post(f"{base}finir/{row.uid}/", {"acting_for": ""}).status_code == 403
    assert bruno.post(f"{base}finir/{row.uid}/", sent(world)).status_code == 302
    row.refresh_from_db()
    assert row.valid_to is not None
