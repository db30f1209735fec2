"""Rows corrected and added by those who keep them; nobody else; never for another organisation by mistake."""

from typing import Any

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.models import Contact, Offer, Site
from ensemblier.kernel.orm.models import AuditRow
from tests.factories.accounts import make_member
from tests.web.world import World

pytestmark = pytest.mark.django_db


def edit(world: World) -> str:
    return f"/pro/modifier/site/{world.site.uid}/"


def typed(world: World, **fields: Any) -> dict[str, Any]:
    values = {
        "name": world.site.name, "phone": world.site.phone, "hours_osm": world.site.hours_osm, "city": world.site.city,
        "address": world.site.address, "postcode": world.site.postcode, "version": world.site.version,
        "acting_for": world.mission.pk,
    }  # fmt: skip
    return values | fields


def test_bruno_corrects_his_site(world: World) -> None:
    answer = world.client(world.bruno).post(edit(world), typed(world, phone="04 92 11 22 33"))
    assert answer.status_code == 302
    world.site.refresh_from_db()
    assert world.site.phone == "+33492112233"
    assert AuditRow.objects.filter(table="site", row_id=str(world.site.pk), actor_id=world.bruno.pk).exists()


def test_awa_is_sent_to_sign_in_and_others_are_refused(world: World) -> None:
    assert world.client().post(edit(world), typed(world)).status_code == 302
    for user in (world.chloe, world.denis):
        assert world.client(user).get(edit(world)).status_code == 403
    make_member(world.denis, world.travail, Role.DIRECTORY_EDITOR)
    assert world.client(world.denis).get(edit(world)).status_code == 403
    assert world.client(world.denis).post(edit(world), typed(world, name="Volé")).status_code == 403
    world.site.refresh_from_db()
    assert world.site.name == "Mission locale de Gap"


def test_a_wrong_value_keeps_what_was_typed(world: World) -> None:
    answer = world.client(world.bruno).post(edit(world), typed(world, hours_osm="n'importe quoi", city="Gap-Romette"))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Gap-Romette" in text
    assert "Tout ce que vous avez écrit est gardé" in text
    world.site.refresh_from_db()
    assert world.site.city == "Gap"


def test_a_newer_version_is_shown_gently_and_nothing_is_lost(world: World) -> None:
    Site.objects.filter(pk=world.site.pk).update(version=7)
    answer = world.client(world.bruno).post(edit(world), typed(world, phone="04 92 11 22 33"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "La fiche a changé pendant que vous écriviez" in text
    assert "04 92 11 22 33" in text


def test_a_form_left_open_for_another_organisation_is_refused(world: World) -> None:
    make_member(world.bruno, world.travail, Role.DIRECTORY_EDITOR)
    client = world.client(world.bruno)
    client.post("/pro/agir-pour/", {"organisation": str(world.mission.uid)})
    stale = typed(world, name="Nouveau nom", acting_for=world.travail.pk)
    assert "changé de structure" in client.post(edit(world), stale).content.decode()
    world.site.refresh_from_db()
    assert world.site.name == "Mission locale de Gap"


def test_one_acts_only_for_ones_own_organisations(world: World) -> None:
    client = world.client(world.chloe)
    client.post("/pro/agir-pour/", {"organisation": str(world.mission.uid)})
    assert "France Travail Gap" in client.get("/pro/").content.decode()
    assert "Mission locale des Hautes-Alpes" not in client.get("/pro/").content.decode()


def test_the_way_back_never_leaves_the_site(world: World) -> None:
    sent = {"organisation": str(world.travail.uid), "next": "https://evil.example/"}
    assert world.client(world.chloe).post("/pro/agir-pour/", sent)["Location"] == "/pro/"


def test_bruno_adds_a_site_a_contact_and_an_offer(world: World) -> None:
    client, acting = world.client(world.bruno), {"acting_for": world.mission.pk}
    base = f"/pro/ajouter/{{}}/{world.mission.uid}/"
    assert client.post(base.format("site"), acting | {"name": "Antenne", "commune": "05100"}).status_code == 302
    contact = acting | {"name": "Léa Petit", "subjects": "logement, jeunes\nmobilité", "preference": "phone"}
    assert client.post(base.format("contact"), contact).status_code == 302
    offer = acting | {"name": "Atelier CV", "modes": ["en-presentiel"], "site_uid": str(world.site.uid)}
    assert client.post(base.format("offer"), offer).status_code == 302
    added = Site.objects.get(name="Antenne")
    assert (added.commune_id, added.position) == ("05023", "commune_centre")
    assert Contact.objects.get(name="Léa Petit").subjects == ["logement", "jeunes", "mobilité"]
    assert Offer.objects.get(name="Atelier CV").site_id == world.site.pk


def test_an_offer_on_site_without_a_site_says_so(world: World) -> None:
    sent = {"acting_for": world.mission.pk, "name": "Atelier", "modes": ["en-presentiel"]}
    answer = world.client(world.bruno).post(f"/pro/ajouter/offer/{world.mission.uid}/", sent)
    assert answer.status_code == 400
    assert "se rattache à un lieu" in answer.content.decode()
