"""Documents: encrypted on the disk, one by one in a relay, gone when destroyed; a file that is not theirs has none."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from ensemblier.journey.actions.documents import DocumentDraft, add_document, destroy_document
from ensemblier.journey.actions.relays import RelayDraft, prepare_relay
from ensemblier.journey.adapters import vault
from ensemblier.journey.core.documents import DocumentKind
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.states import RelayKind
from ensemblier.journey.models import Document, Person, SharedDocument
from ensemblier.journey.queries.documents import carried_documents, list_documents, read_carried, read_document
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, RuleViolated, SourceUnavailable
from tests.factories.journey import MONDAY, SHARED, SUMMARY, Desk, make_desk_of_two, make_draft, make_episode

pytestmark = pytest.mark.django_db
SECRET = "MARQUEUR-4f1c"
PDF = b"%PDF-1.7\n" + SECRET.encode() * 50


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DOCUMENTS_FOLDER = tmp_path / "coffre"
    return tmp_path / "coffre"


@pytest.fixture
def desk(folder: Path) -> Desk:
    return make_desk_of_two()


def add(person: Person, by: Actor | PersonHerself, **fields: Any) -> Any:
    draft = DocumentDraft(**({"kind": DocumentKind.CV, "name": "Mon CV.pdf", "content": PDF} | fields))
    return add_document(person.uid, draft, by=by, at=MONDAY)


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_disk_holds_nothing_that_can_be_read(desk: Desk, folder: Path) -> None:
    awa = make_episode(desk).person
    uid = add(awa, PersonHerself(awa.pk))
    (stored,) = files_of(folder)
    assert SECRET.encode() not in stored.read_bytes()
    assert "CV" not in str(stored.relative_to(folder))
    assert stored.stat().st_mode & 0o077 == 0
    found = read_document(awa.uid, uid, by=desk.bruno, at=MONDAY)
    assert (found.content, found.name) == (PDF, "Mon CV.pdf")


def test_two_files_swapped_on_the_disk_do_not_open(desk: Desk, folder: Path) -> None:
    awa = make_episode(desk).person
    first, _second = add(awa, desk.bruno), add(awa, desk.bruno, content=b"%PDF-autre")
    one, other = files_of(folder)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    with pytest.raises(NotFound, match="coffre"):
        read_document(awa.uid, first, by=desk.bruno, at=MONDAY)


def test_nobody_else_reads_it(desk: Desk) -> None:
    awa, other = make_episode(desk).person, make_episode(desk).person
    uid = add(awa, desk.bruno)
    for file, by in (
        (awa.uid, desk.chloe),
        (awa.uid, desk.denis),
        (awa.uid, PersonHerself(other.pk)),
        (other.uid, desk.bruno),
    ):
        with pytest.raises(NotFound):
            read_document(file, uid, by=by, at=MONDAY)
        with pytest.raises(NotFound):
            destroy_document(file, uid, by=by, at=MONDAY)


def test_what_is_refused_leaves_nothing_behind(desk: Desk, folder: Path) -> None:
    awa = make_episode(desk).person
    with pytest.raises(BadInput):
        add(awa, desk.bruno, content=b"MZ program")
    with pytest.raises(NotFound):
        add(awa, desk.chloe)
    with pytest.raises(RuntimeError), transaction.atomic():
        add(awa, desk.bruno)
        raise RuntimeError
    assert not Document.objects.exists()


def test_a_disk_that_refuses_is_told_and_nothing_is_stored_by_halves(desk: Desk, folder: Path) -> None:
    awa = make_episode(desk).person
    folder.write_text("a file where the folder should be")
    with pytest.raises(SourceUnavailable, match="rien n’a été gardé"):
        add(awa, desk.bruno)
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_destroyed_is_gone_from_the_disk_and_stays_in_the_list(folder: Path) -> None:
    desk = make_desk_of_two()
    awa = make_episode(desk).person
    uid = add(awa, desk.bruno)
    destroy_document(awa.uid, uid, by=PersonHerself(awa.pk), at=MONDAY)
    assert files_of(folder) == []
    assert vault.kept() == frozenset()
    (view,) = list_documents(awa.uid, by=desk.bruno, at=MONDAY)
    assert view.deleted_at == MONDAY
    with pytest.raises(NotFound):
        read_document(awa.uid, uid, by=desk.bruno, at=MONDAY)


def test_a_click_twice_keeps_one(desk: Desk, folder: Path) -> None:
    awa, key = make_episode(desk).person, uuid4()
    draft = DocumentDraft(DocumentKind.CV, "cv.pdf", PDF)
    assert len({add_document(awa.uid, draft, by=desk.bruno, at=MONDAY, key=key) for _ in range(2)}) == 1
    assert len(files_of(folder)) == 1


def test_a_relay_carries_what_was_joined_and_nobody_else_reads_it(desk: Desk) -> None:
    episode = make_episode(desk)
    awa, relay = episode.person, make_draft(desk, episode)
    uid, hidden = add(awa, desk.bruno), add(awa, desk.bruno, name="autre.pdf")
    SharedDocument.objects.create(person=awa, document=Document.objects.get(uid=uid), relay=relay, at=MONDAY)
    assert [d.uid for d in carried_documents(relay.uid, by=desk.bruno)] == [uid]
    assert read_carried(relay.uid, uid, by=PersonHerself(awa.pk), at=MONDAY).content == PDF
    for by in (desk.chloe, desk.denis):
        assert carried_documents(relay.uid, by=by) == ()
        with pytest.raises(NotFound):
            read_carried(relay.uid, uid, by=by, at=MONDAY)
    with pytest.raises(NotFound):
        read_carried(relay.uid, hidden, by=desk.bruno, at=MONDAY)
    destroy_document(awa.uid, uid, by=PersonHerself(awa.pk), at=MONDAY)
    assert carried_documents(relay.uid, by=desk.bruno) == ()


def test_a_document_on_health_leaves_with_the_express_category_only(desk: Desk) -> None:
    episode = make_episode(desk)
    uid = add(episode.person, desk.bruno, is_sensitive=True)
    draft = RelayDraft(
        episode_uid=episode.uid, kind=RelayKind.REFERRAL, summary=SUMMARY, categories=SHARED, documents=(uid,)
    )
    with pytest.raises(RuleViolated, match="santé"):
        prepare_relay(draft, by=desk.bruno, at=MONDAY)
