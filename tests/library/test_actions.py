"""Deposit, correct, withdraw: who may, what is written, what is refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ensemblier.accounts.core.roles import Role
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM, Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated, StaleVersion
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.library.actions.contents import attach_file, detach_file, write_transcript
from ensemblier.library.actions.resources import (
    confirm_resource,
    correct_resource,
    deposit_resource,
    withdraw_resource,
)
from ensemblier.library.actions.shelves import KeptSearch, forget_search, keep_search, toggle_bookmark
from ensemblier.library.core.kinds import Audience
from ensemblier.library.core.notices import Notice
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.models import Attachment, IndexedResource, Resource
from ensemblier.library.queries.resources import read_file, resource
from tests.factories.accounts import make_user
from tests.factories.directory import make_organisation
from tests.factories.library import TODAY, depositor, make_resource

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nhello"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.LIBRARY_FOLDER = tmp_path
    return tmp_path


def test_a_deposit_is_found_dated_and_audited() -> None:
    mission = make_organisation()
    row = make_resource(mission, "Guide des saisonniers", keywords=("saison",))
    assert row.reviewed_on == TODAY
    assert row.holder == mission
    assert IndexedResource.objects.filter(resource=row).exists()
    assert AuditRow.objects.get(table="library_resource", row_id=str(row.pk)).verb == "deposit_resource"


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor(user_id=1), Actor(1, 1, frozenset({Role.DESK.value}))])
def test_others_deposit_nothing(actor: Actor) -> None:
    with pytest.raises(NotAllowed, match="agissez pour une structure"):
        deposit_resource(Notice(title="x"), actor=actor, on=TODAY)
    assert not Resource.objects.exists()


def test_only_its_own_organisation_changes_a_resource() -> None:
    row = make_resource(make_organisation())
    stranger = depositor(make_organisation("Autre"))
    for attempt in (
        lambda: correct_resource(row.uid, Notice(title="y"), version=1, actor=stranger, on=TODAY),
        lambda: withdraw_resource(row.uid, why="x", version=1, actor=stranger, on=TODAY),
        lambda: confirm_resource(row.uid, version=1, actor=stranger, on=TODAY),
        lambda: attach_file(row.uid, "a.pdf", PDF, actor=stranger, at=timezone.now()),
        lambda: write_transcript(row.uid, "WEBVTT", actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_two_people_correcting_at_once_lose_nothing() -> None:
    mission = make_organisation()
    row, by = make_resource(mission), depositor(mission)
    assert correct_resource(row.uid, Notice(title="Un"), version=1, actor=by, on=TODAY)
    with pytest.raises(StaleVersion):
        correct_resource(row.uid, Notice(title="Deux"), version=1, actor=by, on=TODAY)
    row.refresh_from_db()
    assert (row.title, row.version) == ("Un", 2)
    assert not correct_resource(row.uid, Notice(title="Un"), version=2, actor=by, on=TODAY)


def test_a_withdrawn_resource_says_why_and_leaves_the_search() -> None:
    mission = make_organisation()
    row, by = make_resource(mission), depositor(mission)
    with pytest.raises(BadInput, match="pourquoi"):
        withdraw_resource(row.uid, why=" ", version=1, actor=by, on=TODAY)
    withdraw_resource(row.uid, why="Remplacée", version=1, actor=by, on=TODAY)
    view = resource(row.uid, actor=ANONYMOUS, on=TODAY)
    assert (view.withdrawn_on, view.withdrawn_why, view.is_open) == (TODAY, "Remplacée", False)
    assert not IndexedResource.objects.exists()
    with pytest.raises(RuleViolated):
        withdraw_resource(row.uid, why="Encore", version=2, actor=by, on=TODAY)


def test_a_file_is_kept_read_and_taken_away(folder: Path) -> None:
    mission = make_organisation()
    row, by = make_resource(mission), depositor(mission)
    uid = attach_file(row.uid, "../rapport.exe", PDF, actor=by, at=timezone.now())
    assert attach_file(row.uid, "copie.pdf", PDF, actor=by, at=timezone.now()) == uid
    found = read_file(row.uid, uid, actor=ANONYMOUS)
    assert (found.name, found.content) == ("rapport.pdf", PDF)
    (kept,) = (path for path in folder.rglob("*") if path.is_file())
    assert "rapport" not in kept.name
    with pytest.raises(BadInput):
        attach_file(row.uid, "dessin.pdf", b"<svg><script>alert(1)</script></svg>", actor=by, at=timezone.now())
    assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_taken_away_is_no_longer_on_disk(folder: Path) -> None:
    mission = make_organisation()
    row, by = make_resource(mission), depositor(mission)
    uid = attach_file(row.uid, "a.pdf", PDF, actor=by, at=timezone.now())
    detach_file(row.uid, uid, actor=by)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_members_only_content_opens_to_members_its_notice_to_all() -> None:
    mission = make_organisation()
    row = make_resource(mission, "Grille", audience="members", body="SECRET", media_url="https://film.exemple.fr/w/1")
    uid = attach_file(row.uid, "a.pdf", PDF, actor=depositor(mission), at=timezone.now())
    shown = resource(row.uid, actor=ANONYMOUS, on=TODAY)
    assert (shown.row.title, shown.is_open, shown.body, shown.media_url) == ("Grille", False, "", "")
    assert shown.attachments == ()
    with pytest.raises(NotAllowed, match="merci de vous identifier"):
        read_file(row.uid, uid, actor=ANONYMOUS)
    assert resource(row.uid, actor=Actor(user_id=1), on=TODAY).body == "SECRET"


def test_a_corner_is_unknown_outside() -> None:
    row = make_resource(make_organisation(), "Du groupe", audience="corner", audience_key="g1")
    for actor in (ANONYMOUS, Actor(user_id=1, organisation_id=2)):
        with pytest.raises(NotFound):
            resource(row.uid, actor=actor, on=TODAY)
    assert resource(row.uid, actor=Actor(user_id=1), on=TODAY, keys={"g1"}).is_open


def test_the_database_itself_refuses_a_corner_without_key() -> None:
    row = make_resource(None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.filter(pk=row.pk).update(audience=Audience.CORNER.value)


def test_repealed_and_stale_are_said() -> None:
    law = make_resource(None, "Ancien article", kind="law", repealed_on=TODAY)
    assert resource(law.uid, actor=ANONYMOUS, on=TODAY).row.is_repealed
    assert not resource(law.uid, actor=ANONYMOUS, on=TODAY - timedelta(days=1)).row.is_repealed
    assert not resource(law.uid, actor=ANONYMOUS, on=TODAY).row.is_stale
    assert resource(law.uid, actor=ANONYMOUS, on=TODAY + timedelta(days=400)).row.is_stale


def test_a_territory_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotFound, match="territoire"):
        deposit_resource(replace(Notice(title="x"), zone_key="region:00"), actor=SYSTEM, on=TODAY)


def test_a_shelf_is_ones_own() -> None:
    row = make_resource(None)
    awa, bruno = (Actor(user_id=make_user(name).pk) for name in ("Awa", "Bruno"))
    assert toggle_bookmark(row.uid, actor=awa, at=timezone.now())
    assert not toggle_bookmark(row.uid, actor=awa, at=timezone.now())
    wanted = KeptSearch("saisonniers", Shelf.LIBRARY, Rhythm.WEEKLY)
    uid = keep_search(wanted, actor=awa, at=timezone.now())
    assert keep_search(wanted, actor=awa, at=timezone.now()) == uid
    with pytest.raises(NotFound):
        forget_search(uid, actor=bruno)
    with pytest.raises(BadInput):
        keep_search(KeptSearch("", Shelf.LIBRARY, Rhythm.DAILY), actor=awa, at=timezone.now())
    with pytest.raises(NotAllowed):
        keep_search(wanted, actor=ANONYMOUS, at=timezone.now())
