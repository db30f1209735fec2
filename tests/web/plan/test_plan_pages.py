"""The plan in the file: written, told, signed; what two people write at once stands side by side."""

import io
import re

import pytest
from pypdf import PdfReader

from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.actions.guarded import Edit
from ensemblier.journey.actions.plan import StepDraft, change_step
from ensemblier.journey.core.movers import PersonHerself
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import PlanStep, PlanVersion, Signature
from tests.factories.journey import MONDAY
from tests.factories.plan import make_plan, make_step, sign_both
from tests.tagged import text_of_tagged
from tests.web.conftest import CheckPage
from tests.web.files.conftest import Files
from tests.web.plan.conftest import OpenFile, linked_browser
from tests.web.world import queries_of

pytestmark = pytest.mark.django_db


def sent(ground: Files, **fields: object) -> dict[str, object]:
    return {"acting_for": ground.bruno.organisation_id} | fields


STEP = {"title": "Appeler l’Afpa", "kind": "meeting", "doer": "adviser", "due_on": "2026-11-30"}


def test_a_step_is_added_changed_and_given_up(ground: Files) -> None:
    client, plan = ground.client(ground.bruno), ground.path + "plan/"
    assert client.post(plan + "etapes/nouvelle/", sent(ground, **STEP)).status_code == 302
    step = PlanStep.objects.get()
    where = f"{plan}etapes/{step.uid}/ou/"
    refused = client.post(where, sent(ground, state="given_up", version=0))
    assert refused.status_code == 400
    assert "pourquoi" in refused.content.decode()
    assert client.post(where, sent(ground, state="given_up", word="déjà fait", version=0)).status_code == 302
    page = client.get(plan)
    assert "Abandonné" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_two_texts_stand_side_by_side_and_the_second_save_is_a_choice(ground: Files) -> None:
    step = make_step(ground.person, ground.bruno, "Visiter l’atelier")
    change_step(ground.person.uid, step, StepDraft("D’Awa"), Edit(PersonHerself(ground.person.pk), MONDAY))
    client, path = ground.client(ground.bruno), f"{ground.path}plan/etapes/{step}/"
    typed = sent(ground, title="De Bruno", kind="other", doer="person", version=0)
    conflict = client.post(path, typed)
    html = conflict.content.decode()
    assert conflict.status_code == 409
    assert "D’Awa" in html
    assert "De Bruno" in html
    newer = re.search(r'name="version" value="(\d+)"', html)
    assert newer is not None
    assert client.post(path, typed | {"version": newer[1]}).status_code == 302
    assert PlanStep.objects.get().title == "De Bruno"


def test_proposed_and_signed_from_the_page(ground: Files) -> None:
    make_plan(ground.person, ground.bruno)
    client, plan = ground.client(ground.bruno), ground.path + "plan/"
    shown = re.search(r'name="shown" value="([0-9a-f]{64})"', client.get(plan).content.decode())
    assert shown is not None
    assert client.post(plan + "proposer/", sent(ground, shown="0" * 64, name="Bruno")).status_code == 302
    assert PlanVersion.objects.count() == 0
    client.post(plan + "proposer/", sent(ground, shown=shown[1], name="Bruno"))
    version = PlanVersion.objects.get()
    paper = sent(ground, shown=shown[1], name="Awa Diallo", proof="chemise bleue")
    client.post(f"{plan}signer/{version.uid}/", paper)
    assert Signature.objects.count() == 2
    assert "signée par vous deux" in client.get(plan).content.decode()


def test_a_form_left_open_for_another_organisation_writes_nothing(ground: Files) -> None:
    path = ground.path + "plan/etapes/nouvelle/"
    assert ground.client(ground.bruno).post(path, STEP | {"acting_for": "0"}).status_code == 409
    assert not PlanStep.objects.exists()


def test_the_plan_on_paper_is_tagged_and_names_nobody_in_its_title(ground: Files) -> None:
    make_plan(ground.person, ground.bruno)
    sign_both(ground.person, ground.bruno)
    answer = ground.client(ground.bruno).get(ground.path + "plan/plan.pdf")
    pdf = PdfReader(io.BytesIO(answer.content))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Plan d’actions"
    text = text_of_tagged(answer.content)
    assert "CCAS fictif" in text
    assert "Empreinte" in text
    assert "Diallo" not in answer["Content-Disposition"]


def test_queries_do_not_grow_with_the_plan(ground: Files) -> None:
    client = ground.client(ground.bruno)
    make_plan(ground.person, ground.bruno)
    few = queries_of(client, ground.path + "plan/")
    for _ in range(20):
        make_step(ground.person, ground.bruno)
    assert queries_of(client, ground.path + "plan/") == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_bruno_sees(bruno_opens: tuple[Files, OpenFile], check_page: CheckPage) -> None:
    files, opens = bruno_opens
    check_page(opens("plan/"), "plan-empty")
    steps = make_plan(files.person, files.bruno)
    check_page(opens("plan/"), "plan-to-sign")
    sign_both(files.person, files.bruno)
    check_page(opens("plan/"), "plan-signed")
    change_step(files.person.uid, steps[4], StepDraft("Suivre une formation plus courte"), Edit(files.bruno, MONDAY))
    check_page(opens("plan/"), "plan-changed")
    check_page(opens("plan/versions/"), "plan-versions")
    check_page(opens("plan/etapes/nouvelle/"), "plan-step-new")
    page = opens(f"plan/etapes/{steps[0]}/")
    change_step(
        files.person.uid, steps[0], StepDraft("Faire deux immersions"), Edit(PersonHerself(files.person.pk), MONDAY, 1)
    )
    page.get_by_label("Quoi").fill("Faire une immersion de deux semaines")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_selector("[role=alert]")
    check_page(page, "plan-conflict")


def test_awa_writes_and_signs_her_own_plan(ground: Files) -> None:
    client, mine = linked_browser(ground), f"/mon-espace/dossiers/{ground.person.uid}/plan/"
    assert (
        client.post(mine + "etapes/nouvelle/", STEP | {"title": "Refaire mon CV", "doer": "person"}).status_code == 302
    )
    html = client.get(mine).content.decode()
    assert "Refaire mon CV" in html
    shown = re.search(r'name="shown" value="([0-9a-f]{64})"', html)
    assert shown is not None
    client.post(mine + "proposer/", {"shown": shown[1], "name": "Awa", "proof": "rien"})
    signature = Signature.objects.get()
    assert (signature.party, signature.channel, signature.adviser_id) == ("person", "account", None)
    assert "Refaire mon CV" in ground.client(ground.bruno).get(ground.path + "plan/").content.decode()


def test_a_file_that_she_did_not_link_is_not_hers(ground: Files) -> None:
    other = make_files_of_another(ground)
    client = linked_browser(ground)
    assert client.get(f"/mon-espace/dossiers/{other}/plan/").status_code == 404
    assert client.get(f"/dossiers/{ground.person.uid}/plan/").status_code == 302


def make_files_of_another(ground: Files) -> str:
    return str(open_file(PersonDraft("Zoé"), request="", by=ground.bruno, at=MONDAY).person.uid)


def test_a_plan_that_nobody_signed_yet_has_a_page_of_versions(ground: Files) -> None:
    assert ground.client(ground.bruno).get(ground.path + "plan/versions/").status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_awa_sees(awa_opens: tuple[Files, OpenFile], check_page: CheckPage) -> None:
    files, opens = awa_opens
    make_plan(files.person, files.bruno)
    check_page(opens("plan/"), "my-plan")
    check_page(opens("plan/versions/"), "my-plan-versions")
