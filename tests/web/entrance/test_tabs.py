"""One organisation at a time: what a tab shown for another organisation sends is refused, on every page that writes."""

import re
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ensemblier.accounts.core.roles import Role
from ensemblier.web import access, acting
from tests.factories.accounts import make_member, make_user
from tests.factories.directory import make_organisation
from tests.web.matrix import Ground, Route, make_ground
from tests.web.test_access_matrix import POLICY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WITHOUT_ORGANISATION = ("compte/", "connexion/", "deconnexion/", "langue/", "rejoindre/", "invitation/", "mon-espace/")
"""What belongs to the account or to a person, whatever organisation one acts for."""

WRITES = re.compile(r"(insert|update|delete)\b", re.I)
SIGNING_IN = re.compile(r"accounts_session|last_login")


def written_by(route: Route) -> list[str]:
    """People with an account whose form is taken by this route, as the table says."""
    return [who for who, answer in route.expected("POST").items() if who not in {"awa", "denis"} and answer == "go"]


def crossed(ground: Ground) -> tuple[int, list[str]]:
    """How many forms were sent from another organisation's tab, and those that were taken all the same."""
    sent, taken = 0, []
    elsewhere = Ground(ground.users, dict.fromkeys(ground.acting_for, "999999"), ground.names)
    for name, route in POLICY.items():
        public = word_of_public(route)
        if public or name.startswith(WITHOUT_ORGANISATION) or name == "pro/agir-pour/":
            continue
        for who in written_by(route)[:1]:
            sent += 1
            with CaptureQueriesContext(connection) as captured:
                elsewhere.ask(who, "POST", route)
            texts = [query["sql"] or "" for query in captured]
            if any(WRITES.match(text) and not SIGNING_IN.search(text) for text in texts):
                taken.append(name)
    return sent, taken


def word_of_public(route: Route) -> bool:
    """Whether people without an account may send this form too."""
    return route.expected("POST")["awa"] != "in"


def test_no_page_takes_a_form_shown_for_another_organisation() -> None:
    sent, taken = crossed(make_ground())
    print(f"forms of another tab: {sent}, taken: {len(taken)}")
    assert sent >= 10 and taken == []


def test_pages_that_do_not_look_are_caught_and_without_the_pages_own_look_nothing_is_written() -> None:
    ground = make_ground()
    with mock.patch.object(acting, "check_same_organisation"):
        assert crossed(ground)[1] == [], "une page qui oublie de regarder n'écrit rien"
        with mock.patch.object(access, "check_same_organisation"):
            assert len(crossed(ground)[1]) >= 10


def test_the_other_tab_says_gently_what_happened(client: Client) -> None:
    mission, apec, bruno = make_organisation(), make_organisation("Apec"), make_user("Bruno")
    make_member(bruno, mission, Role.ADVISER)
    make_member(bruno, apec, Role.ADVISER)
    client.force_login(bruno)
    client.post("/pro/agir-pour/", {"organisation": str(mission.uid)})
    first_tab = client.get("/equipe/").content.decode()
    assert f'value="{mission.pk}"' in first_tab or "Mission locale" in first_tab
    client.post("/pro/agir-pour/", {"organisation": str(apec.uid)})
    form = {"acting_for": mission.pk, "first_day": "2026-12-01", "last_day": "2026-12-02", "substitute": ""}
    answer = client.post(f"/equipe/{bruno.pk}/absence/", form)
    assert answer.status_code == 409 and "Vous avez changé de structure" in answer.content.decode()
