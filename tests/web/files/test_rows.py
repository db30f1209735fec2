"""Rows of a file through its pages: added once, corrected with both texts in view, read by whom they are for."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ensemblier.journey.actions.access import grant
from ensemblier.journey.models import ContentChange, Need, Note, PersonQuality, Project, Skill, StatusPeriod
from ensemblier.journey.sql.access import Term
from tests.factories.journey import MONDAY
from tests.web.files.conftest import Files

SENT: dict[str, tuple[type[Any], dict[str, str]]] = {
    "situations": (StatusPeriod, {"status": "jobseeker", "first_day": "2026-11-02"}),
    "besoins": (Need, {"theme": "housing", "words": "Une chambre à Gap", "state": "open"}),
    "competences": (Skill, {"words": "Souder à l’arc"}),
    "projets": (Project, {"words": "Devenir soudeuse", "state": "chosen"}),
    "notes": (Note, {"kind": "shared", "body": "Elle parle de ses saisons.", "held_on": "2026-11-02"}),
}


def post(client: Client, files: Files, path: str, sent: dict[str, str]) -> Any:
    return client.post(f"{files.path}{path}", sent | {"acting_for": str(files.bruno.organisation_id)})


@pytest.mark.parametrize("kind", sorted(SENT))
def test_a_row_is_added_once_shown_and_corrected(kind: str, files: Files) -> None:
    table, sent = SENT[kind]
    client, sent = files.client(files.bruno), sent | {"key": str(uuid4())}
    for _ in range(3):
        assert post(client, files, f"{kind}/ajouter/", sent).status_code == 302
    row = table.objects.get()
    path = f"{kind}/{row.uid}/corriger/"
    assert path in client.get(files.path).content.decode()
    field = "body" if kind == "notes" else "words"
    changed = sent | {field: "Autre chose", "version": "1", "key": str(uuid4())}
    assert post(client, files, path, changed).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), row.version) == ("Autre chose", 2)
    assert ContentChange.objects.filter(subject=row.uid).count() == 1


@pytest.mark.parametrize("kind", sorted(SENT))
def test_nobody_else_reaches_the_row(kind: str, files: Files) -> None:
    table, sent = SENT[kind]
    post(files.client(files.bruno), files, f"{kind}/ajouter/", sent)
    path = f"{files.path}{kind}/{table.objects.get().uid}/corriger/"
    for actor in (files.edith, files.chloe):
        client, theirs = files.client(actor), {"acting_for": str(actor.organisation_id), "version": "1"}
        assert client.get(path).status_code == 404
        assert client.post(path, sent | theirs).status_code == 404
        assert client.post(f"{files.path}{kind}/ajouter/", sent | theirs).status_code == 404
    assert table.objects.get().version == 1


def test_two_editors_see_both_texts_and_nothing_is_lost(files: Files) -> None:
    client = files.client(files.bruno)
    post(client, files, "besoins/ajouter/", SENT["besoins"][1])
    path = f"besoins/{Need.objects.get().uid}/corriger/"
    mine, theirs = ({**SENT["besoins"][1], "version": "1", "words": words} for words in ("Un studio", "Un foyer"))
    assert post(client, files, path, theirs | {"key": str(uuid4())}).status_code == 302
    refused = post(client, files, path, mine | {"key": str(uuid4())})
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Un studio" in text
    assert "Un foyer" in text
    assert 'name="version" value="2"' in text
    assert Need.objects.get().words == "Un foyer"
    assert post(client, files, path, mine | {"version": "2", "key": str(uuid4())}).status_code == 302
    assert ContentChange.objects.order_by("pk").last().before == {"words": "Un foyer"}  # type: ignore[union-attr]


def test_a_private_note_is_for_its_author_alone(files: Files) -> None:
    client = files.client(files.bruno)
    post(client, files, "notes/ajouter/", SENT["notes"][1] | {"kind": "private", "body": "JETON-PRIVÉ"})
    post(client, files, "notes/ajouter/", SENT["notes"][1] | {"kind": "team", "body": "JETON-ÉQUIPE"})
    edith = files.edith.user_id or 0
    grant(files.person.uid, colleague_id=edith, by=files.bruno, term=Term(MONDAY, why="suit aussi"))
    seen = {who: files.client(actor).get(f"{files.path}notes/").content.decode() for who, actor in two(files)}
    assert "JETON-PRIVÉ" in seen["bruno"]
    assert "JETON-PRIVÉ" not in seen["edith"]
    assert "JETON-ÉQUIPE" in seen["edith"]
    private = Note.objects.get(kind="private")
    assert private.body == ""
    assert b"JETON" not in bytes(private.sealed)  # type: ignore[arg-type]
    path = f"notes/{private.uid}/corriger/"
    sent = SENT["notes"][1] | {"kind": "private", "version": "1", "body": "Encore"}
    assert files.client(files.edith).get(f"{files.path}{path}").status_code == 404
    assert post(files.client(files.edith), files, path, sent).status_code == 404
    assert post(client, files, path, sent | {"kind": "shared"}).status_code == 400
    assert post(client, files, path, sent).status_code == 302
    assert "Encore" not in str(ContentChange.objects.get(subject=private.uid).after)


def two(files: Files) -> list[tuple[str, Any]]:
    return [("bruno", files.bruno), ("edith", files.edith)]


def test_not_asked_is_an_answer(files: Files) -> None:
    client = files.client(files.bruno)
    assert post(client, files, "reponses/", {"seasonal": "1", "cadre": "0"}).status_code == 302
    assert dict(PersonQuality.objects.values_list("quality", "holds")) == {"seasonal": True, "cadre": False}
    post(client, files, "reponses/", {"seasonal": "1"})
    assert PersonQuality.objects.count() == 1


def test_health_is_read_only_with_her_word(files: Files) -> None:
    client = files.client(files.bruno)
    assert post(client, files, "lecture/", {"health": "helped"}).status_code == 400
    assert post(client, files, "lecture/", {"health": "helped", "is_health_agreed": "on"}).status_code == 302
    assert post(client, files, "lecture/", {"housing": "stopped"}).status_code == 302
    assert post(client, files, "lecture/", {}).status_code == 400


def test_the_request_is_corrected_and_kept(files: Files) -> None:
    sent = {"words": "Rester ici toute l’année", "version": "1", "key": str(uuid4())}
    assert post(files.client(files.bruno), files, "demande/", sent).status_code == 302
    kept = ContentChange.objects.get(subject=files.episode.uid)
    assert "soudeuse" in kept.before["request"]


def test_identity_is_corrected(files: Files) -> None:
    client = files.client(files.bruno)
    sent = {"given_name": "Awa", "family_name": "Diop", "commune": "Gap", "version": "1", "born": "1992-03-01"}
    assert post(client, files, "identite/", sent).status_code == 302
    text = client.get(files.path).content.decode()
    assert "Awa Diop" in text
    assert str(date(2026, 11, 22).year - 1992) in text
    assert post(client, files, "identite/", sent | {"born": "1792-03-01", "version": "2"}).status_code == 400
