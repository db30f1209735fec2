"""The papers of a territory: the attendance sheet to sign, the letter to pin up."""

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions.demonstration import open_demonstration_accounts
from ensemblier.accounts.models import User
from ensemblier.animation.actions.demonstration import load_demonstration_animation
from ensemblier.animation.models import Event
from tests.factories.accounts import PASSWORD
from tests.factories.demonstration import make_demonstration
from tests.tagged import text_of_tagged

pytestmark = pytest.mark.django_db


def test_the_papers_of_a_territory_are_tagged_and_say_what_they_are_for() -> None:
    make_demonstration()
    open_demonstration_accounts(password=PASSWORD)
    load_demonstration_animation(now=timezone.now())
    coordinator = Client()
    coordinator.force_login(User.objects.get(email="animation@example.org"))
    workshop = Event.objects.get(kind="posture_seminar")
    sheet = coordinator.get(f"/agenda/{workshop.uid}/emargement.pdf")
    assert workshop.title in text_of_tagged(sheet.content).replace("\n", " ")
    letter = Client().get("/territoires/departement/05/animation/lettre.pdf")
    assert "Hautes-Alpes" in text_of_tagged(letter.content)
