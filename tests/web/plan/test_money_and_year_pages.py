"""The pages of the financing and of the year: typed in euros, drawn twice, told in a table."""

import re

import pytest

from ensemblier.journey.models import Activity, CostLine, FundingLine, TrainingProject
from tests.factories.plan import make_training, make_year
from tests.web.conftest import CheckPage
from tests.web.files.conftest import Files
from tests.web.plan.conftest import OpenFile
from tests.web.world import queries_of

pytestmark = pytest.mark.django_db


def sent(ground: Files, **fields: object) -> dict[str, object]:
    return {"acting_for": ground.bruno.organisation_id} | fields


def test_a_financing_is_typed_in_euros(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "financement/"
    assert client.post(path + "nouvelle/", sent(ground, title="CAP soudure", weeks="20")).status_code == 302
    training = path + f"{TrainingProject.objects.get().uid}/"
    wrong = client.post(training + "depense/", sent(ground, kind="course", amount="beaucoup"))
    assert wrong.status_code == 400
    assert "beaucoup" in wrong.content.decode()
    assert client.post(training + "depense/", sent(ground, kind="course", amount="1 200,50")).status_code == 302
    assert CostLine.objects.get().cents == 120_050
    asked = sent(ground, funder="cpf", state="asked", amount="")
    assert client.post(training + "demande/", asked).status_code == 302
    line = FundingLine.objects.get()
    assert "pas connu" in client.get(path).content.decode()
    obtained = sent(ground, funder="cpf", state="obtained", amount="", version=0)
    assert client.post(f"{training}demande/{line.uid}/", obtained).status_code == 400
    assert client.post(f"{training}demande/{line.uid}/", obtained | {"amount": "1200"}).status_code == 302
    assert "0,50" in client.get(path).content.decode()
    removed = f"{training}demande/{line.uid}/retirer/"
    assert client.post(removed, sent(ground, version=1)).status_code == 302
    assert FundingLine.objects.get().is_removed


def test_the_year_is_drawn_and_told(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "calendrier/"
    typed = {"label": "Remontées & pistes", "status": "employee_private", "certainty": "signed"}
    days = {"starts_on": "2026-12-12", "ends_on": "2027-04-11"}
    assert client.post(path + "nouvelle/", sent(ground, **typed, **days)).status_code == 302
    html = client.get(path).content.decode()
    assert html.count("Remontées &amp; pistes") >= 2
    assert "style=" not in html
    assert re.search(r'<svg class="e-wide"', html)
    assert re.search(r'<svg class="e-narrow"', html)
    activity = Activity.objects.get()
    assert client.post(f"{path}{activity.uid}/retirer/", sent(ground, version=0)).status_code == 302
    assert "Rien n’est encore noté" in client.get(path).content.decode()


def test_a_full_year_costs_no_more_queries(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "calendrier/"
    make_year(ground.person, ground.bruno)
    client.get(path)
    few = queries_of(client, path)
    for _ in range(5):
        make_year(ground.person, ground.bruno)
    assert queries_of(client, path) == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_bruno_sees(bruno_opens: tuple[Files, OpenFile], check_page: CheckPage) -> None:
    files, opens = bruno_opens
    rows = make_training(files.person, files.bruno)
    make_year(files.person, files.bruno)
    check_page(opens("financement/"), "financing")
    check_page(opens(f"financement/{rows['training']}/demande/{rows['funding']}/"), "financing-line")
    check_page(opens("calendrier/"), "year")
    check_page(opens("calendrier/nouvelle/"), "year-activity")
