"""The accompaniment through its pages, level 1 without identity, and a colleague's place."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.models import Access, Decision, Episode, EpisodeLevel, GroupMember, Lead, LevelOneContact
from tests.factories.accounts import make_member
from tests.factories.directory import make_organisation
from tests.web.files.conftest import Files

TODAY = timezone.localdate().isoformat()


def post(files: Files, name: str, sent: dict[str, Any], actor: Any = None) -> Any:
    who = actor or files.bruno
    path = f"{files.path}suivi/{name}/"
    return files.client(who).post(path, sent | {"acting_for": str(who.organisation_id)})


def test_levels_in_any_order_and_only_those_of_the_day(files: Files) -> None:
    for level in ("support_2019", "welcome_2019", "welcome_2019"):
        assert post(files, "niveau", {"level": level, "entered_on": TODAY}).status_code == 302
    assert EpisodeLevel.objects.count() == 2, "a click twice enters a level once"
    assert post(files, "niveau", {"level": "advice_2014", "entered_on": TODAY}).status_code == 400


def test_the_lead_passes_and_the_file_closes_behind(files: Files) -> None:
    edith = str(files.edith.user_id)
    assert post(files, "referent", {"colleague": edith}).status_code == 302
    assert Lead.objects.get(until=STILL_OPEN).adviser_id == files.edith.user_id
    assert files.client(files.bruno).get(files.path).status_code == 404
    assert files.client(files.edith).get(files.path).status_code == 200
    assert post(files, "referent", {"colleague": str(files.chloe.user_id)}, files.edith).status_code == 400


def test_a_colleague_joins_for_something(files: Files) -> None:
    assert post(files, "collegue", {"colleague": str(files.edith.user_id), "why": "la VAE"}).status_code == 302
    text = files.client(files.edith).get(files.path).content.decode()
    assert "la VAE" in text
    assert "Édith" in text


def test_another_structure_is_named_only_while_she_shares(files: Files) -> None:
    from ensemblier.journey.actions.group import add_member
    from ensemblier.journey.core.group import GroupRole, MemberDraft

    partner = make_organisation("CCAS de Gap")
    draft = MemberDraft(GroupRole.PARTNER, "logement", timezone.localdate(), None, "Sonia", partner.uid)
    add_member(files.person.uid, draft, by=files.bruno, at=timezone.now())
    text = files.client(files.bruno).get(files.path).content.decode()
    assert "CCAS de Gap" not in text
    assert "Sonia" not in text
    assert "Une autre structure" in text
    share(files, partner)
    text = files.client(files.bruno).get(files.path).content.decode()
    assert "Sonia" in text
    assert "CCAS de Gap" in text


def share(files: Files, organisation: Organisation) -> None:
    from ensemblier.journey.models import Consent

    now = timezone.now()
    Consent.objects.create(
        person=files.person, organisation=organisation, categories=["identity"], purpose="relay", given_at=now,
        ends_at=now + timedelta(days=30), text_version="1", channel="account",
    )  # fmt: skip


def test_decisions_are_added_and_stay(files: Files) -> None:
    sent = {"words": "Elle choisit la formation de Gap", "decider": "person", "decided_on": TODAY, "key": str(uuid4())}
    for _ in range(2):
        assert post(files, "decision", sent).status_code == 302
    assert Decision.objects.count() == 1
    assert "la formation de Gap" in files.client(files.bruno).get(files.path).content.decode()


def test_someone_around_reads_nothing(files: Files) -> None:
    sent = {"name": "Sa sœur", "role": "relative", "purpose": "garde les enfants", "since": TODAY, "key": str(uuid4())}
    for _ in range(2):
        assert post(files, "entourage", sent).status_code == 302
    assert (GroupMember.objects.count(), Access.objects.filter(reason="member").count()) == (1, 0)


def test_closed_then_reopened_the_past_stays(files: Files) -> None:
    assert post(files, "clore", {"ending": "Elle a un contrat à l’année."}).status_code == 302
    assert post(files, "clore", {"ending": "Encore"}).status_code == 404
    key = str(uuid4())
    for _ in range(2):
        assert post(files, "rouvrir", {"key": key}).status_code == 302
    assert Episode.objects.filter(person=files.person).count() == 2
    text = files.client(files.bruno).get(files.path).content.decode()
    assert "un contrat à l’année" in text


@pytest.mark.parametrize("name", ["niveau", "referent", "collegue", "entourage", "decision", "clore", "rouvrir"])
def test_nobody_else_makes_a_gesture(name: str, files: Files) -> None:
    for actor in (files.edith, files.chloe):
        assert post(files, name, {}, actor).status_code == 404


def test_a_contact_counts_without_anybody_in_it(files: Files) -> None:
    desk = User.objects.create_user("accueil@exemple.fr", name="Farid")
    make_member(desk, Organisation.objects.get(pk=files.chloe.organisation_id or 0), Role.DESK)
    client = files.client()
    client.force_login(desk)
    sent = {"request": "Où faire un bilan ?", "channel": "phone", "answer": "door", "themes": ["transport"],
            "acting_for": str(files.chloe.organisation_id), "key": str(uuid4())}  # fmt: skip
    for _ in range(2):
        assert client.post("/accueil/", sent).status_code == 302
    assert LevelOneContact.objects.count() == 1
    refused = client.post("/accueil/", sent | {"given": "Rappeler au 06 12 34 56 78", "key": str(uuid4())})
    assert refused.status_code == 400
    assert "autre numéro ici" in refused.content.decode()
    assert "Où faire un bilan" in client.get("/accueil/").content.decode()
    assert "Où faire un bilan" not in files.client(files.bruno).get("/accueil/").content.decode()


def test_a_colleague_takes_the_place_with_a_reason_and_an_end(files: Files) -> None:
    client = files.client(files.edith)
    sent = {"reference": f"https://exemple.fr{files.path}", "why": "Bruno est en congé", "until": tomorrow(3),
            "acting_for": str(files.edith.organisation_id)}  # fmt: skip
    assert client.get(files.path).status_code == 404
    assert client.post("/dossiers/remplacer/", sent | {"why": ""}).status_code == 400
    assert client.post("/dossiers/remplacer/", sent | {"until": tomorrow(200)}).status_code == 400
    assert client.post("/dossiers/remplacer/", sent).status_code == 302
    assert "Bruno est en congé" in client.get(files.path).content.decode()
    theirs = {"acting_for": str(files.chloe.organisation_id)}
    assert files.client(files.chloe).post("/dossiers/remplacer/", sent | theirs).status_code == 400
    assert files.client(files.chloe).get(files.path).status_code == 404


def tomorrow(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_welcome_becomes_a_file_without_typing_again(files: Files) -> None:
    client = files.client(files.bruno)
    acting = {"acting_for": str(files.bruno.organisation_id)}
    noted = {"channel": "on_site", "answer": "file", "request": "Changer de métier", "themes": ["housing"]}
    there = client.post("/accueil/", noted | acting | {"key": str(uuid4())})["Location"]
    shown = client.get(there).content.decode()
    assert "Changer de métier" in shown and "logement" in shown
    sent = {"request": "Changer de métier", "given_name": "Inès", "key": str(uuid4())} | acting
    assert client.post(there, sent).status_code == 302
    assert LevelOneContact.objects.get().person is not None
    assert client.get(there)["Location"] == "/accueil/"
    assert "compté une fois" in client.get("/accueil/").content.decode()
    assert (
        files.client(files.chloe).post(there, sent | {"acting_for": str(files.chloe.organisation_id)}).status_code
        == 404
    )
