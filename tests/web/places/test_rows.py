"""Page of a site, page of an organisation, visiting cards: what each person may see."""

import uuid

import pytest

from tests.factories.directory import make_contact, make_offer, make_permanence, make_site
from tests.factories.territory import GAP
from tests.web.world import World, queries_of

pytestmark = pytest.mark.django_db


def pages(world: World) -> list[str]:
    return [f"/lieux/{world.site.uid}/", f"/structures/{world.mission.uid}/"]


def test_awa_reads_the_pages_but_not_the_interlocutors(world: World) -> None:
    for path in pages(world):
        page = world.client().get(path)
        text = page.content.decode()
        assert page.status_code == 200
        assert "Nadia Martin" not in text
        assert "04\u00a092\u00a000\u00a000\u00a001" not in text
        assert "réservés aux professionnels" in text


def test_chloe_of_another_operator_sees_them(world: World) -> None:
    for path in pages(world):
        page = world.client(world.chloe).get(path)
        assert "Nadia Martin" in page.content.decode()
        assert page["Cache-Control"] == "no-store"


def test_denis_who_acts_for_nobody_sees_what_awa_sees(world: World) -> None:
    for path in pages(world):
        assert "Nadia Martin" not in world.client(world.denis).get(path).content.decode()


def test_a_published_interlocutor_is_shown_to_all(world: World) -> None:
    make_contact(world.mission, "Tom Publié", is_published=True)
    assert "Tom Publié" in world.client().get(pages(world)[1]).content.decode()


def test_only_those_who_keep_the_row_are_offered_to_edit(world: World) -> None:
    edit = f"/pro/modifier/organisation/{world.mission.uid}/"
    assert edit in world.client(world.bruno).get(pages(world)[1]).content.decode()
    for user in (None, world.chloe, world.denis):
        assert edit not in world.client(user).get(pages(world)[1]).content.decode()


def test_the_visiting_card_follows_the_same_rule(world: World) -> None:
    path = f"/interlocuteurs/{world.contact.uid}.vcf"
    assert world.client().get(path).status_code == 404
    assert world.client(world.denis).get(path).status_code == 404
    card = world.client(world.chloe).get(path)
    assert "Nadia Martin" in card.content.decode()
    assert card["Content-Type"].startswith("text/vcard")


def test_a_hidden_card_answers_as_one_that_does_not_exist(world: World) -> None:
    answers = []
    for uid in (world.contact.uid, uuid.uuid4()):
        answer = world.client().get(f"/interlocuteurs/{uid}.vcf")
        answers.append((answer.status_code, answer.content.decode().replace(str(uid), "")))
    assert answers[0] == answers[1]


def test_a_page_says_what_is_not_known(world: World) -> None:
    bare = make_site(world.mission, None, name="Antenne sans adresse", hours_osm="", phone="", reviewed_on=None)
    text = world.client().get(f"/lieux/{bare.uid}/").content.decode()
    assert "Horaires non connus" in text
    assert "La position de ce lieu n’est pas connue" in text


def test_an_unknown_row_is_not_found(world: World) -> None:
    for path in (f"/lieux/{uuid.uuid4()}/", f"/structures/{uuid.uuid4()}/"):
        assert world.client().get(path).status_code == 404


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    make_contact(world.mission, "Première", is_published=True)
    before = [queries_of(world.client(), path) for path in pages(world)]
    for number in range(12):
        site = make_site(world.mission, GAP, name=f"Antenne {number}")
        make_offer(world.site, f"Offre {number}")
        make_permanence(world.travail, site)
        make_permanence(world.travail, world.site)
        make_contact(world.mission, f"Personne {number}", is_published=True)
    assert [queries_of(world.client(), path) for path in pages(world)] == before
