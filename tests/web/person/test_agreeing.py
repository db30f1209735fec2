"""What she decides besides a relay: a sharing that goes on, what is asked apart, and who decided what."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from ensemblier.journey.models import Consent, Relay
from tests.factories.person_space import Space, make_proposed, make_sent_by_awa


def near_its_end() -> None:
    """The sharing stops within two weeks."""
    Consent.objects.update(ends_at=timezone.now() + timedelta(days=5))


def test_a_sharing_near_its_end_goes_on_by_one_page(space: Space) -> None:
    relay = make_sent_by_awa(space)
    near_its_end()
    path = f"/mon-espace/partages/{relay.consent.uid}/prolonger/"  # type: ignore[union-attr]
    for page in ("/mon-espace/", "/mon-espace/partages/"):
        assert path in space.client().get(page).content.decode()
    shown = space.client().get(path).content.decode()
    assert "Laisser finir" in shown and "France Travail Gap" in shown and "Mission locale de Gap" in shown
    assert Consent.objects.count() == 1, "reading changes nothing"
    for _ in range(2):
        assert space.client().post(path)["Location"] == "/mon-espace/partages/"
    assert Consent.objects.count() == 2
    assert Relay.objects.get().consent.extends.uid == relay.consent.uid  # type: ignore[union-attr]
    assert "le partage suivant le continue" in space.client().get("/mon-espace/partages/").content.decode()


def test_nothing_is_extended_that_nobody_waits_for(space: Space) -> None:
    relay = make_sent_by_awa(space)
    uid = relay.consent.uid  # type: ignore[union-attr]
    space.client().post(f"/mon-espace/partages/{uid}/arreter/")
    assert space.client().post(f"/mon-espace/partages/{uid}/prolonger/").status_code == 302
    assert Consent.objects.count() == 1
    assert space.client().get(f"/mon-espace/partages/{uuid4()}/prolonger/").status_code == 404


def test_what_is_asked_apart_is_given_and_stopped_alone(space: Space) -> None:
    page = space.client().get("/mon-espace/accords/").content.decode()
    assert page.count("Je suis d’accord") == 2 and "checked" not in page and "Non merci" in page
    link = page.split('value="evaluation ')[1].split('"')[0]
    assert space.client().post("/mon-espace/accords/", {"accord": "evaluation autre"}).status_code == 400
    assert space.client().post("/mon-espace/accords/", {"accord": f"evaluation {link}"}).status_code == 302
    given = Consent.objects.get()
    assert (given.purpose, given.categories) == ("evaluation", ["situation"])
    assert "Vous avez dit oui" in space.client().get("/mon-espace/accords/").content.decode()
    space.client().post(f"/mon-espace/partages/{given.uid}/arreter/")
    assert "Vous avez dit oui" not in space.client().get("/mon-espace/accords/").content.decode()


def plain(space: Space, relay: Relay) -> str:
    """Her page of a relay, with ordinary spaces."""
    text = space.client().get(f"/mon-espace/relais/{relay.uid}/").content.decode()
    return text.replace("\xa0", " ").replace("\u202f", " ")


def test_why_a_door_is_shown_is_said_before_and_after_her_choice(space: Space) -> None:
    relay = make_proposed(space)
    text = plain(space, relay)
    assert "Vous avez moins de 26 ans" in text and "article L5314-2" in text
    assert "aucun texte ne la désigne" in text, "Denis's door was looked for by its name"
    sent = make_sent_by_awa(space)
    after = plain(space, sent)
    assert "Pourquoi cette porte" in after and "moins de 26 ans" in after


def test_who_decided_what_stands_on_one_page(space: Space) -> None:
    relay = make_sent_by_awa(space)
    text = space.client().get("/mon-espace/decisions/").content.decode()
    assert f"/mon-espace/relais/{relay.uid}/" in text and "Mission locale de Gap" in text
