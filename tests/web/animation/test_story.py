"""A coordinator, from the empty territory to a commitment that ends; a visitor who takes a seat without an account."""

import re
import time
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from ensemblier.accounts.actions.demonstration import open_demonstration_accounts
from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import User
from ensemblier.animation.actions.demonstration import load_demonstration_animation, remove_demonstration_animation
from ensemblier.animation.models import Cell, Commitment, Event, Problem, Registration, WorkingGroup
from ensemblier.cli.demo import load_all, remove_all
from ensemblier.kernel.orm.models import OutboxMessage
from ensemblier.territory.models import Perimeter
from tests.factories.accounts import PASSWORD, make_member, make_user
from tests.factories.animation import in_a_week, make_event, make_lea
from tests.factories.demonstration import make_demonstration
from tests.web.world import World, make_world

pytestmark = pytest.mark.django_db
PLACE = "/territoires/departement/05/"


@pytest.fixture
def world() -> World:
    found = make_world()
    make_member(lea := make_user("Léa"), found.travail, Role.COORDINATOR)
    object.__setattr__(found, "denis", lea)
    return found


def post(client: Client, world: World, path: str, **values: object) -> str:
    """Send a form as its page would; returns where it leads."""
    response = client.post(path, {"acting_for": world.travail.pk, **values})
    assert response.status_code == 302, response.content.decode()[:4000]
    return str(response["Location"])


def prepared(world: World, lea: Client) -> str:
    """A cell, a problem from the template, a workshop of three dates where Chloé has a seat: its address."""
    cell = post(
        lea,
        world,
        PLACE + "animation/nouveau/cellule/",
        name="Cellule",
        kind="cell",
        mission="Agir ensemble.",
        more="Gap",
    )
    assert "Agir ensemble." in lea.get(cell).content.decode()
    problem = post(
        lea, world, PLACE + "animation/nouveau/probleme/", name="Sécuriser les saisons", public="Tous", template="on",
        started_on="2026-11-02", cell=str(Cell.objects.get().uid),
    )  # fmt: skip
    assert Problem.objects.get().actions.count() == 5
    assert "guichet unique" in lea.get(problem).content.decode()
    on = timezone.localdate() + timedelta(days=10)
    event = post(
        lea, world, PLACE + "agenda/nouveau/", kind="workshop", title="Atelier", audience="professionals", on=on,
        begins="09:00", ends="11:00", mode="on_site", commune="Gap", capacity="5", waiting_capacity="2",
        cell=str(Cell.objects.get().uid), rhythm="weekly", times="3",
    )  # fmt: skip
    assert Event.objects.filter(state="draft").count() == 3
    post(lea, world, event + "annoncer/")
    assert Event.objects.filter(state="published").count() == 3
    chloe = world.client(world.chloe)
    post(chloe, world, event)
    assert "place réservée" in chloe.get(event).content.decode()
    return event


def test_from_a_cell_to_a_commitment_that_ends(world: World) -> None:
    lea, chloe = world.client(world.denis), world.client(world.chloe)
    event, on = prepared(world, lea), timezone.localdate() + timedelta(days=10)
    seat = Registration.objects.get()
    group = post(
        lea, world, PLACE + "animation/nouveau/groupe/", name="Groupe", mandate="Écrire", started_on="2026-11-02"
    )
    post(lea, world, group + "engagement/ajouter/", organisation=str(world.travail.uid), words="Le tableau", due_on=on)
    row = Commitment.objects.get()
    post(lea, world, f"/animation/engagement/{row.uid}/avancer/", progress="done", outcome="Fait", version=1)
    assert "Le tableau" in lea.get(group).content.decode()
    start = datetime(2026, 1, 5, 9, tzinfo=timezone.get_current_timezone())
    Event.objects.filter(pk=seat.event_id).update(starts_at=start, ends_at=start + timedelta(hours=2))
    post(lea, world, event + "presences/", present=str(seat.uid))
    link = f"/agenda/inscription/{seat.link_key}/"
    assert "Votre avis en une minute" in Client().get(link).content.decode()
    assert Client().post(link, {"gesture": "opinion", "useful": 4, "met": 4, "reuse": 3}).status_code == 302
    post(lea, world, event + "compte-rendu/", report="Huit cas.", version=Event.objects.get(pk=seat.event_id).version)
    assert "Huit cas." in chloe.get(event).content.decode()
    page = chloe.get(PLACE + "animation/").content.decode()
    assert all(words in page for words in ("Cellule", "Sécuriser les saisons", "Groupe", "Atelier"))


def test_a_form_of_another_organisation_writes_nothing(world: World) -> None:
    lea = world.client(world.denis)
    values = {"name": "Cellule", "kind": "cell", "mission": "Agir", "acting_for": world.mission.pk}
    assert lea.post(PLACE + "animation/nouveau/cellule/", values).status_code == 409
    assert not Cell.objects.exists()


def test_a_refused_form_keeps_what_was_typed(world: World) -> None:
    lea = world.client(world.denis)
    sent = {"name": "Une cellule", "kind": "cell", "started_on": "2026-05-01", "ended_on": "2020-01-01", "mission": "M"}
    response = lea.post(PLACE + "animation/nouveau/cellule/", sent | {"acting_for": world.travail.pk})
    text = response.content.decode()
    assert response.status_code == 400
    assert "La fin vient avant le début." in text and 'value="Une cellule"' in text


def test_a_visitor_takes_a_seat_without_an_account_and_gives_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_event(
        make_lea(), audience="everybody", opens_to_all=True, capacity=1, waiting_capacity=0, **in_a_week()
    )
    visitor, second = Client(), [time.time()]
    monkeypatch.setattr("django.core.signing.time", SimpleNamespace(time=lambda: second[0]))
    page = visitor.get(f"/agenda/{event.uid}/")
    shown = page.context["form"].initial["shown"]
    sent = {"name": "Awa", "email": "awa@exemple.fr", "shown": shown}
    second[0] += 1
    too_fast = visitor.post(f"/agenda/{event.uid}/", sent)
    assert too_fast.status_code == 400 and not Registration.objects.exists()
    second[0] += 2
    assert visitor.post(f"/agenda/{event.uid}/", sent).status_code == 302
    again = visitor.post(f"/agenda/{event.uid}/", sent | {"email": "b@exemple.fr"})
    assert again.status_code == 409 and "liste d’attente est pleine" in again.content.decode()
    message = OutboxMessage.objects.get()
    link = next(word for word in message.body.split() if "/agenda/inscription/" in word).split("/", 3)[3]
    assert Client().post("/" + link, {"gesture": "withdraw"}).status_code == 302
    assert Registration.objects.get().state == "withdrawn"


def test_the_online_address_is_for_those_who_are_registered() -> None:
    lea = make_lea()
    event = make_event(lea, mode="online", online_url="https://visio.exemple.fr/secret", **in_a_week())
    client = Client()
    client.force_login(User.objects.get(name="Léa"))
    assert "visio.exemple.fr" not in client.get(f"/agenda/{event.uid}/").content.decode()
    client.post(f"/agenda/{event.uid}/", {"acting_for": lea.organisation_id})
    assert "visio.exemple.fr" in client.get(f"/agenda/{event.uid}/").content.decode()


def test_the_demonstration_is_fictitious_and_goes_whole() -> None:
    make_demonstration()
    open_demonstration_accounts(password=PASSWORD)
    before = Perimeter.objects.count()
    now = timezone.now()
    assert [load_demonstration_animation(now=now), load_demonstration_animation(now=now)] == [True, False]
    assert (Cell.objects.count(), Event.objects.count(), WorkingGroup.objects.count()) == (1, 4, 1)
    assert not Cell.objects.exclude(holder__is_fictitious=True).exists()
    assert Commitment.objects.filter(progress="done").count() == 1
    assert remove_demonstration_animation() >= 9
    assert not Event.objects.exists() and not Cell.objects.exists()
    assert Perimeter.objects.count() == before


def test_the_whole_demonstration_comes_twice_and_goes() -> None:
    """By the very functions of the command, with the directory, the files and the relays of the others."""
    make_demonstration()
    load_all()
    load_all()
    assert (Cell.objects.count(), Event.objects.count()) == (1, 4)
    assert remove_all().organisations
    assert not Cell.objects.exists() and not User.objects.filter(is_demonstration=True).exists()


def test_a_visitor_is_shown_no_link_that_a_page_would_refuse() -> None:
    """Every link of a cell's page, as the demonstration fills it, opens for who has no account."""
    make_demonstration()
    open_demonstration_accounts(password=PASSWORD)
    load_demonstration_animation(now=timezone.now())
    visitor, cell = Client(), f"/animation/cellule/{Cell.objects.get().uid}/"
    links = set(re.findall(r'href="(/animation/[^"#]+)"', visitor.get(cell).content.decode()))
    assert links
    assert {href: visitor.get(href).status_code for href in links} == dict.fromkeys(links, 200)
    group = f"/animation/groupe/{WorkingGroup.objects.get().uid}/"
    assert group not in links
    assert visitor.get(group).status_code == 403
