"""Appointments, documents, synthesis and the trade: used from the page, read on paper, kept by no browser."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ensemblier.journey.models import Appointment, Document, Signature, Synthesis
from tests.factories.plan import make_appointment, make_document, make_plan, make_synthesis, make_training, make_year
from tests.tagged import text_of_tagged
from tests.web.conftest import CheckPage
from tests.web.files.conftest import Files
from tests.web.plan.conftest import OpenFile, linked_browser

pytestmark = pytest.mark.django_db


def sent(ground: Files, **fields: object) -> dict[str, object]:
    return {"acting_for": ground.bruno.organisation_id} | fields


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def test_an_appointment_from_both_sides(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "rendez-vous/"
    typed = {"day": f"{tomorrow():%Y-%m-%d}", "time": "09:30", "minutes": 45, "meeting": "phone", "place": "04 92"}
    assert client.post(path + "nouveau/", sent(ground, **typed | {"meeting": "site", "place": ""})).status_code == 400
    assert client.post(path + "nouveau/", sent(ground, **typed)).status_code == 302
    row = Appointment.objects.get()
    assert timezone.localtime(row.starts_at).hour == 9
    awa, mine = linked_browser(ground), f"/mon-espace/dossiers/{ground.person.uid}/rendez-vous/"
    assert "À vous de confirmer" in awa.get(mine).content.decode()
    assert awa.post(f"{mine}{row.uid}/dire/", {"move": "confirm", "version": 0}).status_code == 302
    assert "Confirmé" in client.get(path).content.decode()
    file = awa.get(f"{mine}{row.uid}/rendez-vous.ics").content.decode()
    assert "SUMMARY:Rendez-vous" in file
    assert "Awa" not in file


def test_a_calendar_address_is_shown_once_and_stops(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "rendez-vous/"
    make_appointment(ground.person, ground.bruno, tomorrow())
    html = client.post(path + "agenda/", sent(ground, do="open")).content.decode()
    found = re.search(r"<code>http://[^/]+(/agenda/[^<]+)</code>", html)
    assert found is not None
    assert "agenda/" + found[1][8:20] not in client.get(path).content.decode()
    anybody = ground.client()
    assert b"BEGIN:VEVENT" in anybody.get(found[1]).content
    client.post(path + "agenda/", sent(ground, do="stop"))
    assert anybody.get(found[1]).status_code == 404


def test_a_document_is_saved_never_shown(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "documents/"
    page = SimpleUploadedFile("cv.pdf", b"<html><script>alert(1)</script>")
    assert client.post(path + "nouveau/", sent(ground, kind="cv", file=page)).status_code == 400
    cv = SimpleUploadedFile("Mon CV.doc", b"%PDF-1.7 essai")
    assert client.post(path + "nouveau/", sent(ground, kind="cv", file=cv)).status_code == 302
    row = Document.objects.get()
    answer = client.get(f"{path}{row.uid}/")
    assert answer.content == b"%PDF-1.7 essai"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"
    assert client.post(f"{path}{row.uid}/detruire/", sent(ground)).status_code == 302
    assert client.get(f"{path}{row.uid}/").status_code == 404


def test_a_synthesis_written_proposed_signed_and_taken_away(ground: Files) -> None:
    client, path = ground.client(ground.bruno), ground.path + "synthese/"
    assert "Je voudrais devenir soudeuse" in client.get(path + "ecrire/").content.decode()
    assert client.post(path + "ecrire/", sent(ground, request="Devenir soudeuse", next="Visiter")).status_code == 302
    row = Synthesis.objects.get()
    awa, mine = linked_browser(ground), f"/mon-espace/dossiers/{ground.person.uid}/synthese/"
    assert "Devenir soudeuse" not in awa.get(mine).content.decode()
    assert 'name="version" value="0"' in client.get(path).content.decode()
    client.post(f"{path}{row.uid}/proposer/", sent(ground, shown="-", version=0, name="Bruno"))
    shown = re.search(r'name="shown" value="([0-9a-f]{64})"', awa.get(mine).content.decode())
    assert shown is not None
    awa.post(f"{mine}{row.uid}/signer/", {"shown": shown[1], "name": "Awa Diallo"})
    assert Signature.objects.count() == 2
    assert awa.get(mine + "ecrire/").status_code == 404
    text = text_of_tagged(awa.get(f"{mine}{row.uid}/synthese.pdf").content)
    assert "Awa Diallo" in text
    assert shown[1][:20] in text.replace("\n", "")


def test_a_trade_that_nobody_counted_is_said_unknown(ground: Files) -> None:
    html = ground.client(ground.bruno).get(ground.path + "plan/metier/").content.decode()
    assert "Aucun métier n’est encore noté" in html
    assert "On ne sait pas" in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_bruno_sees(bruno_opens: tuple[Files, OpenFile], check_page: CheckPage) -> None:
    files, opens = bruno_opens
    make_plan(files.person, files.bruno)
    make_appointment(files.person, files.bruno, tomorrow(), third_party="Sonia Blanc, CCAS fictif")
    make_document(files.person, files.bruno)
    make_synthesis(files.person, files.bruno)
    check_page(opens("rendez-vous/"), "appointments")
    check_page(opens("rendez-vous/nouveau/"), "appointment-new")
    check_page(opens("documents/"), "documents")
    check_page(opens("documents/nouveau/"), "document-new")
    check_page(opens("synthese/"), "synthesis")
    check_page(opens("synthese/ecrire/"), "synthesis-write")
    check_page(opens("plan/metier/"), "trade")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_awa_sees(awa_opens: tuple[Files, OpenFile], check_page: CheckPage) -> None:
    files, opens = awa_opens
    make_training(files.person, files.bruno)
    make_year(files.person, files.bruno)
    make_appointment(files.person, files.bruno, tomorrow())
    check_page(opens("financement/"), "my-financing")
    check_page(opens("calendrier/"), "my-year")
    check_page(opens("rendez-vous/"), "my-appointments")
    check_page(opens("synthese/"), "my-synthesis")
