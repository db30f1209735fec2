"""A form that was kept too long, or that says nothing: a page that says what to do, and nothing stored."""

import pytest
from django.test import Client

from ensemblier.directory.models import DuplicatePair, Site, Suggestion
from tests.factories.directory import make_organisation, make_permanence, make_site
from tests.web.world import World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_an_expired_form_is_said_in_french_and_stores_nothing(world: World) -> None:
    before = Suggestion.objects.count()
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/corriger/site/{world.site.uid}/", {"field": "phone", "proposed_value": "0492000099"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "Ce formulaire a expiré" in text
    assert "Rien n’a été enregistré" in text
    assert "CSRF" not in text
    assert Suggestion.objects.count() == before


@pytest.mark.parametrize("said", [{}, {"decision": ""}, {"decision": "peut-être"}, {"decision": "accepter"}])
def test_a_decision_that_is_not_known_decides_nothing(world: World, said: dict[str, str]) -> None:
    suggestion = Suggestion.objects.create(
        organisation=world.mission, table="site", row_uid=world.site.uid, row_label="x", field="phone",
        current_value=world.site.phone, proposed_value="0492000099", author_label="Awa",
    )  # fmt: skip
    permanence = make_permanence(world.mission, world.site, state="draft")
    left, right = (make_site(make_organisation("Mission locale de Gap"), name="Antenne") for _ in range(2))
    pair = DuplicatePair.objects.create(
        kind="site", left_id=min(left.pk, right.pk), right_id=max(left.pk, right.pk), score=0.9
    )
    client = world.client(world.bruno)
    sent = {"acting_for": world.mission.pk, "version": 1, **said}
    answers = [
        client.post(f"/pro/corrections/{suggestion.uid}/", sent),
        client.post(f"/pro/permanences/{permanence.uid}/", sent),
        client.post(f"/pro/doublons/{pair.pk}/", sent),
    ]
    suggestion.refresh_from_db()
    permanence.refresh_from_db()
    pair.refresh_from_db()
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert ["Choisissez" in answer.content.decode() for answer in answers] == [True, True, True]
    assert (suggestion.state, permanence.state, pair.state) == ("open", "draft", "open")
    assert Site.objects.filter(merged_into=None, pk__in=[left.pk, right.pk]).count() == 2
