"""The adviser's pages opened in chromium: axe, 320 px, pictures."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from ensemblier.journey.actions import needs, notes, skills, statuses
from ensemblier.journey.actions.readings import read_situation
from ensemblier.journey.core.needs import NeedDraft, NeedState, NeedTheme
from ensemblier.journey.core.notes import NoteDraft, NoteKind
from ensemblier.journey.core.readings import Axis, ReadingDraft, Step
from ensemblier.journey.core.skills import ProjectDraft, ProjectState, SkillDraft, SkillOrigin
from ensemblier.journey.core.statuses import StatusDraft
from ensemblier.journey.models import Need, StatusPeriod
from ensemblier.kernel.actor import Actor
from ensemblier.routing.core.facts import Status
from tests.factories.journey import MONDAY
from tests.web.conftest import CheckPage, OpenPage
from tests.web.files.conftest import Files, make_files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(live_server: Any) -> Iterator[Files]:
    """A file with something of each kind, committed."""
    files = make_files()
    fill(files)
    yield files


def fill(files: Files) -> None:
    """A seasonal worker's year, two needs, a project, a skill, two notes, a reading."""
    by, file = files.bruno, files.person.uid
    jobs = [
        StatusDraft(Status.EMPLOYEE_PRIVATE, date(2026, 6, 7), date(2026, 9, 27), "camping à Savines-le-Lac"),
        StatusDraft(Status.JOBSEEKER, date(2026, 11, 2)),
        StatusDraft(Status.EMPLOYEE_PRIVATE, date(2026, 12, 12), date(2027, 4, 18), "remontées mécaniques aux Orres"),
    ]
    for draft in jobs:
        statuses.add_status(file, draft, by=by, at=MONDAY)
    lodging = NeedDraft(NeedTheme.HOUSING, "Une chambre à Gap pour la formation", is_obstacle=True)
    needs.add_need(file, lodging, by=by, at=MONDAY)
    needs.add_need(file, NeedDraft(NeedTheme.HEALTH, state=NeedState.HANDLED), by=by, at=MONDAY)
    skills.add_project(file, ProjectDraft("Devenir soudeuse, près d’ici", state=ProjectState.CHOSEN), by=by, at=MONDAY)
    skills.add_skill(file, SkillDraft("Réparer des télésièges", origin=SkillOrigin.JOB), by=by, at=MONDAY)
    for kind in (NoteKind.SHARED, NoteKind.PRIVATE):
        notes.write_note(file, NoteDraft(kind, "Elle a visité le centre.", MONDAY.date()), by=by, at=MONDAY)
    steps = {Axis.HOUSING: Step.HELPED, Axis.MOBILITY: Step.FREE}
    read_situation(file, ReadingDraft(MONDAY.date(), steps, {}), by=by, at=MONDAY)


def signed_in(page: Page, files: Files, actor: Actor) -> Page:
    """The browser as that adviser."""
    cookie = files.client(actor).cookies[settings.SESSION_COOKIE_NAME].value
    origin = "/".join(page.url.split("/")[:3])
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": origin}])
    return page


def test_pages_of_a_file_have_no_violation(place: Files, open_page: OpenPage, check_page: CheckPage) -> None:
    page = signed_in(open_page("/regles/"), place, place.bruno)
    need, status = Need.objects.get(theme="housing"), StatusPeriod.objects.get(status="jobseeker")
    paths = {
        "personnes": "/dossiers/",
        "dossier-nouveau": "/dossiers/nouveau/",
        "dossier": place.path,
        "dossier-identite": f"{place.path}identite/",
        "dossier-demande": f"{place.path}demande/",
        "dossier-reponses": f"{place.path}reponses/",
        "dossier-situation": f"{place.path}situations/{status.uid}/corriger/",
        "dossier-besoin": f"{place.path}besoins/ajouter/",
        "dossier-note": f"{place.path}notes/ajouter/",
        "dossier-notes": f"{place.path}notes/",
        "dossier-lecture": f"{place.path}lecture/",
        "dossier-decision": f"{place.path}suivi/decision/",
        "dossier-collegue": f"{place.path}suivi/collegue/",
        "accueil": "/accueil/",
        "remplacer": "/dossiers/remplacer/",
        "dossier-journal": f"{place.path}journal/",
        "dossier-geler": f"{place.path}journal/geler/",
        "dossier-effacer": f"{place.path}journal/effacer/",
        "dossier-cercle": f"{place.path}besoins/{need.uid}/partenaires/",
    }
    for name, path in paths.items():
        page.goto(path)
        assert "/connexion/" not in page.url
        check_page(page, name)


def test_two_windows_on_one_need(place: Files, open_page: OpenPage, check_page: CheckPage) -> None:
    path = f"{place.path}besoins/{Need.objects.get(theme='housing').uid}/corriger/"
    first, second = (signed_in(open_page("/regles/"), place, place.bruno) for _ in range(2))
    for page in (first, second):
        page.goto(path)
    first.fill("textarea[name=words]", "Une chambre chez l’habitant")
    first.click("main .e-btn[type=submit]")
    first.wait_for_url(f"**{place.path}*")
    second.fill("textarea[name=words]", "Un foyer de jeunes")
    second.click("main .e-btn[type=submit]")
    assert second.locator("table").inner_text().count("Une chambre chez l’habitant") == 1
    assert second.input_value("textarea[name=words]") == "Un foyer de jeunes"
    check_page(second, "dossier-conflit")
