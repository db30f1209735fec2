"""Rows to read again, corrections, permanences, duplicates, imports: lists and one-gesture decisions."""

from datetime import date

import pytest

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.duplicates.pairs import find_pairs
from ensemblier.directory.actions.moderation import SuggestionDraft, suggest_correction
from ensemblier.directory.models import DuplicatePair, ImportRun, Permanence, SetAsideRow, Site, Suggestion
from ensemblier.kernel.actor import ANONYMOUS, SYSTEM
from tests.factories.accounts import make_member
from tests.factories.directory import make_organisation, make_permanence, make_site, make_source
from tests.web.world import World, queries_of

pytestmark = pytest.mark.django_db
LISTS = ["/pro/a-revoir/", "/pro/corrections/", "/pro/permanences/", "/pro/imports/", "/pro/agir-pour/"]


@pytest.mark.parametrize("path", [*LISTS, "/pro/doublons/"])
def test_it_requires_an_account(world: World, path: str) -> None:
    assert world.client().get(path).status_code == 302


@pytest.mark.parametrize("path", [path for path in LISTS if path != "/pro/imports/"])
def test_it_works_empty_for_somebody_without_an_organisation(world: World, path: str) -> None:
    assert world.client(world.denis).get(path).status_code == 200


def test_a_stale_row_is_confirmed_in_one_gesture(world: World) -> None:
    Site.objects.filter(pk=world.site.pk).update(reviewed_on=date(2020, 1, 1))
    client = world.client(world.bruno)
    assert "Mission locale de Gap" in client.get("/pro/a-revoir/").content.decode()
    path = f"/pro/a-revoir/site/{world.site.uid}/"
    client.post(path, {"version": world.site.version, "acting_for": world.mission.pk})
    assert "Mission locale de Gap" not in client.get("/pro/a-revoir/").content.decode()


def test_others_confirm_nothing(world: World) -> None:
    Site.objects.filter(pk=world.site.pk).update(reviewed_on=date(2020, 1, 1))
    sent = {"version": world.site.version, "acting_for": world.travail.pk}
    assert world.client(world.chloe).post(f"/pro/a-revoir/site/{world.site.uid}/", sent).status_code == 403
    assert Site.objects.get(pk=world.site.pk).reviewed_on == date(2020, 1, 1)


def suggested(world: World) -> Suggestion:
    draft = SuggestionDraft("site", world.site.uid, "phone", "04 92 00 00 99", author="Awa")
    return Suggestion.objects.get(uid=suggest_correction(draft, actor=ANONYMOUS))


def test_the_owner_accepts_and_the_row_changes(world: World) -> None:
    row = suggested(world)
    client = world.client(world.bruno)
    assert "Awa" in client.get("/pro/corrections/").content.decode()
    client.post(f"/pro/corrections/{row.uid}/", {"decision": "accept", "acting_for": world.mission.pk})
    assert Site.objects.get(pk=world.site.pk).phone == "+33492000099"


def test_others_neither_see_nor_decide(world: World) -> None:
    row = suggested(world)
    client = world.client(world.chloe)
    assert "Awa" not in client.get("/pro/corrections/").content.decode()
    sent = {"decision": "accept", "acting_for": world.travail.pk}
    assert client.post(f"/pro/corrections/{row.uid}/", sent).status_code == 403
    assert Site.objects.get(pk=world.site.pk).phone == "+33492000000"


def test_a_permanence_is_proposed_accepted_and_published_by_the_operator(world: World) -> None:
    Permanence.objects.all().delete()
    sent = {
        "acting_for": world.travail.pk, "holder_uid": str(world.mission.uid), "weekday": "WE", "every": "m1",
        "half_day": "morning", "season": "winter", "first_day": "2026-12-01", "starts_at": "09:00", "ends_at": "12:00",
    }  # fmt: skip
    assert world.client(world.chloe).post(f"/pro/permanences/proposer/{world.site.uid}/", sent).status_code == 302
    row = Permanence.objects.get()
    assert (row.rrule, row.state) == ("FREQ=MONTHLY;BYDAY=1WE", "draft")
    path, bruno = f"/pro/permanences/{row.uid}/", world.client(world.bruno)
    denied = {"decision": "agree", "version": 1, "acting_for": world.travail.pk}
    assert world.client(world.chloe).post(path, denied).status_code == 403
    assert "attend votre réponse" in bruno.get("/pro/permanences/").content.decode()
    bruno.post(path, {"decision": "agree", "version": row.version, "acting_for": world.mission.pk})
    row.refresh_from_db()
    bruno.post(path, {"decision": "publish", "version": row.version, "acting_for": world.mission.pk})
    row.refresh_from_db()
    assert row.state == "published"


def test_a_refusal_needs_a_reason(world: World) -> None:
    row = make_permanence(world.mission, world.site, state="draft", proposed_by=world.travail)
    sent = {"decision": "refuse", "version": row.version, "acting_for": world.mission.pk, "reason": ""}
    assert world.client(world.bruno).post(f"/pro/permanences/{row.uid}/", sent).status_code == 400
    row.refresh_from_db()
    assert row.state == "draft"


def test_duplicates_are_merged_and_undone(world: World) -> None:
    twin = make_organisation(
        "Mission locale des Hautes Alpes", network="mission-locale", source=make_source("autre", name="Autre annuaire")
    )
    make_site(twin, name="Mission Locale de Gap")
    find_pairs(actor=SYSTEM)
    client = world.client(world.bruno)
    assert world.client(world.chloe).get("/pro/doublons/").status_code == 403
    pair = DuplicatePair.objects.order_by("-score", "id").first()
    assert pair is not None
    assert "Autre annuaire" in client.get("/pro/doublons/").content.decode()
    refused = {"decision": f"keep-{pair.left_id}", "acting_for": world.mission.pk}
    assert client.post(f"/pro/doublons/{pair.pk}/", refused).status_code == 403  # one of the two rows is not his
    make_member(world.bruno, world.mission, Role.ADMINISTRATOR)
    sent = {"decision": f"keep-{pair.left_id}", "acting_for": world.mission.pk}
    assert client.post(f"/pro/doublons/{pair.pk}/", sent).status_code == 302
    assert "Défaire" in client.get("/pro/doublons/").content.decode()
    merge = pair.merges.get()
    client.post(f"/pro/doublons/defaire/{merge.pk}/", {"acting_for": world.mission.pk})
    merge.refresh_from_db()
    assert merge.undone_at is not None


def test_an_import_says_what_it_set_aside(world: World) -> None:
    run = ImportRun.objects.create(
        source=make_source(), format="csv", file_name="lieux.csv", sha256="0" * 64, actor_label="Bruno", set_aside=1
    )
    SetAsideRow.objects.create(run=run, number=12, field="telephone", reason="Numéro illisible.", is_blocking=True)
    client = world.client(world.bruno)
    assert "lieux.csv" in client.get("/pro/imports/").content.decode()
    assert "Numéro illisible." in client.get(f"/pro/imports/{run.pk}/").content.decode()
    assert client.get("/pro/imports/999999/").status_code == 404


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    client = world.client(world.bruno)
    before = [queries_of(client, path) for path in LISTS]
    for number in range(12):
        site = make_site(world.mission, name=f"Antenne {number}", reviewed_on=date(2020, 1, 1))
        make_permanence(world.mission, site, state="draft")
        suggest_correction(SuggestionDraft("site", site.uid, message="À revoir"), actor=ANONYMOUS)
    assert [queries_of(client, path) for path in LISTS] == before
