"""The English of the interface: the catalogue is complete and exact, and no page leaves a French sentence in it.

French that is data (a name, an address, the text of a law, a remark that somebody wrote) says so with lang="fr".
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation import override

from ensemblier.accounts.core.roles import Role
from ensemblier.directory.actions.moderation import SuggestionDraft, suggest_correction
from ensemblier.directory.core.hours import hours_text
from ensemblier.directory.core.permanence import sentence
from ensemblier.directory.core.states import HalfDay, Season
from ensemblier.directory.models import Organisation, Site
from ensemblier.kernel.actor import ANONYMOUS
from ensemblier.kernel.errors import NotFound
from ensemblier.web.english import in_english
from ensemblier.web.errors import sentence as refusal
from tests.factories.accounts import make_member, make_user
from tests.factories.demonstration import make_demonstration
from tests.paths import ROOT
from tests.web.reading import left_in_french

CATALOGUE = Path("locale", "en", "LC_MESSAGES", "django.po")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|</?\w+[^>]*>")


@pytest.fixture(scope="session")
def catalogue() -> Catalog:
    """The catalogue in the repository."""
    with (ROOT / "ensemblier" / CATALOGUE).open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="session")
def english(catalogue: Catalog) -> dict[str, str]:
    """French → English, plurals apart."""
    pairs = [
        pair
        for message in catalogue
        if message.id
        for pair in zip(_texts(message.id), _texts(message.string), strict=True)
    ]
    return dict(pairs)


def _texts(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def lacking(message: Message) -> str:
    """Why an entry is not good enough, "" when it is."""
    english = _texts(message.string)
    if message.fuzzy or not english or not all(text.strip() for text in english):
        return f"sans anglais : {message.id}"
    for french, text in zip(_texts(message.id), english, strict=True):
        wanted, given = Counter(_PLACEHOLDER.findall(french)), Counter(_PLACEHOLDER.findall(text))
        # a singular may say "one" instead of its number
        if wanted != given and not (len(english) == 2 and not given - wanted):
            return f"jetons différents : {french} → {text}"
    return ""


def test_every_entry_has_its_english(catalogue: Catalog) -> None:
    assert [lacking(message) for message in catalogue if message.id and lacking(message)] == []


@pytest.mark.parametrize(
    "fault",
    [
        Message("Voir", ""),
        Message("Voir", "See", flags={"fuzzy"}),
        Message("Voir %(n)s", "See"),
        Message("<strong>Voir</strong>", "<b>See</b>"),
        Message(("%(n)s lieu", "%(n)s lieux"), ("%(n)s place", "%(count)s places")),
        Message(("%(n)s lieu", "%(n)s lieux"), ("%(n)s place", "")),
    ],
)
def test_a_hole_in_the_catalogue_is_seen(fault: Message) -> None:
    assert lacking(fault)


def copy_of_the_sources(into: Path) -> Path:
    """What `make messages` reads, and the script, apart from this checkout."""
    for name in (".ci", "ensemblier"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__", "migrations", "*.mo"))
    return into


def refreshed(root: Path) -> str:
    """The catalogue after `make messages` there."""
    subprocess.run([sys.executable, root / ".ci" / "messages.py"], check=True, capture_output=True)
    return (root / "ensemblier" / CATALOGUE).read_text(encoding="utf-8")


def test_the_catalogue_is_that_of_the_sources(tmp_path: Path) -> None:
    root = copy_of_the_sources(tmp_path)
    assert refreshed(root) == (ROOT / "ensemblier" / CATALOGUE).read_text(encoding="utf-8"), "lancez `make messages`"
    page = root / "ensemblier" / "web" / "templates" / "404.html"
    page.write_text(page.read_text(encoding="utf-8") + '{% translate "Une phrase nouvelle" %}', encoding="utf-8")
    core = root / "ensemblier" / "accounts" / "core" / "roles.py"
    core.write_text(core.read_text(encoding="utf-8") + 'NEW = marked("rôle nouveau")\n', encoding="utf-8")
    seeded = refreshed(root)
    assert 'msgid "Une phrase nouvelle"\nmsgstr ""' in seeded
    assert 'msgid "rôle nouveau"\nmsgstr ""' in seeded


@pytest.mark.parametrize(
    ("french", "said"),
    [
        ("lundi à vendredi : 9 h – 12 h 30, 14 h – 17 h", "Monday to Friday: 9:00 – 12:30, 14:00 – 17:00"),
        ("samedi et dimanche : 24 h sur 24", "Saturday and Sunday: day and night"),
        ("tous les jours : 9 h – minuit (sur rendez-vous)", "every day: 9:00 – midnight (sur rendez-vous)"),
        ("un mardi sur deux matin, en hiver", "every other Tuesday morning, in winter"),
        ("le premier lundi du mois", "the first Monday of the month"),
        ("le jeudi toutes les 3 semaines", "Thursday, every 3 weeks"),
        ("le 5 du mois", "on day 5 of every month"),
    ],
)
def test_hours_and_rhythms_are_said_in_english(french: str, said: str) -> None:
    assert in_english(french) == said


@pytest.mark.parametrize("rule", ["WEEKLY;BYDAY=MO,TH", "WEEKLY;INTERVAL=4;BYDAY=FR", "DAILY", "MONTHLY;BYDAY=-1WE"])
@pytest.mark.parametrize("season", list(Season))
def test_no_french_is_left_in_a_rhythm(rule: str, season: Season) -> None:
    said = in_english(sentence(f"FREQ={rule}", date(2026, 1, 5), season=season, half_day=HalfDay.AFTERNOON))
    assert not re.search(r"[éèàùû]|\b(?:chaque|le|la|les|du|sur|mois|semaines|en|et|au|midi)\b", said), said


def test_no_french_is_left_in_opening_hours() -> None:
    for text in (
        "Mo-Fr 08:30-12:00,13:30-17:00; PH off",
        "24/7",
        "Jul-Aug Mo 09:00-12:00",
        "week 1-53/2 We 10:00-24:00",
    ):
        said = " ".join(map(in_english, hours_text(text, on=date(2026, 7, 6))))
        assert not re.search(r"[éèàùû]|\b(?:le|la|du|semaine|et|fermé|sur|minuit)\b|\d h\b", said), said


def test_a_refusal_is_said_in_the_language_of_the_page() -> None:
    error = NotFound("Le réseau « %(code)s » n'est pas connu.", values={"code": "lune"})
    assert str(error) == "Le réseau « lune » n'est pas connu."
    with override("en"):
        assert refusal(error) == "The network “lune” is not known."
        assert refusal(NotFound("Phrase inconnue, à 100 %.")) == "Phrase inconnue, à 100 %."


ANSWERS = {"commune": "Embrun", "situation": ["jobseeker"], "age": "16_25", "points": ["out_of_school"]}
PUBLIC = (
    "/", "/rappel/", "/rappel/demande/", "/mes-droits/", "/regles/", "/accessibilite/", "/vos-donnees/", "/integrer/",
    "/widget/", "/hors-ligne/", "/connexion/", "/territoires/", "/territoires/?q=gap", "/territoires/departement/05/",
    "/territoires/departement/05/couverture/", "/communes/05046/", "/communes/99999/", "/reseaux/", "/lieux/",
    "/agenda/", "/territoires/departement/05/animation/", "/territoires/departement/05/animation/qui-fait-quoi/",
    "/lieux/?q=mission", "/lieux/?commune=Embrun&day=1", "/lieux/?commune=zzzz", "/absente/",
)  # fmt: skip
PROFESSIONAL = (
    "/pro/", "/pro/?q=log&near=embrun", "/pro/rappels/", "/pro/agir-pour/", "/pro/a-revoir/", "/pro/corrections/",
    "/pro/permanences/", "/pro/doublons/", "/pro/accords/", "/pro/imports/", "/agenda/", "/animation/?q=gap",
    "/territoires/departement/05/animation/", "/territoires/departement/05/animation/kit/", "/questions/",
    "/territoires/departement/05/animation/nouveau/cellule/", "/territoires/departement/05/animation/nouveau/probleme/",
    "/territoires/departement/05/agenda/nouveau/", "/animation/question-du-mois/", "/animation/cooperations/",
    "/animation/cooperations/?nouvelle=1", "/animation/ma-carte/", "/questions/nouvelle/",
)  # fmt: skip


@pytest.fixture
def reader(db: None) -> Client:
    """Somebody who reads English, without an account, in the demonstration territory."""
    make_demonstration()
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def professional(reader: Client) -> Client:
    """The same, with an account and every role in an organisation of the demonstration."""
    mission = Organisation.objects.filter(network_memberships__network_id="mission-locale").order_by("pk")[0]
    make_member(user := make_user("Chloé"), mission, *Role)
    site = Site.objects.filter(organisation=mission).order_by("pk")[0]
    suggest_correction(SuggestionDraft("site", site.uid, "phone", "04 92 00 00 99", author="Awa"), actor=ANONYMOUS)
    reader.force_login(user)
    return reader


def french_of(client: Client, path: str, english: dict[str, str], sent: object = None) -> list[str]:
    """What a page leaves in French, after its address."""
    response = client.post(path, sent) if sent is not None else client.get(path)
    assert response.status_code in (200, 400, 404), path
    html = response.content.decode()
    assert '<html lang="en">' in html
    return [f"{path} : {line}" for line in left_in_french(html, english)]


def test_public_pages_leave_no_french(reader: Client, english: dict[str, str]) -> None:
    site = Site.objects.filter(organisation__network_memberships__network_id="mission-locale").order_by("pk")[0]
    organisation = f"/structures/{site.organisation.uid}/"
    rows = (
        f"/lieux/{site.uid}/",
        organisation,
        f"/corriger/site/{site.uid}/",
        f"/corriger/organisation/{site.organisation.uid}/",
    )
    found = [line for path in (*PUBLIC, *rows) for line in french_of(reader, path, english)]
    for answers in (
        ANSWERS,
        {},
        {"commune": "Gap", "situation": ["employee_private"], "points": ["cadre", "disabled"]},
    ):
        found += french_of(reader, "/reponse/", english, answers)
    found += french_of(reader, "/rappel/", english, {})
    assert found == []


def test_pages_of_professionals_leave_no_french(professional: Client, english: dict[str, str]) -> None:
    site = Site.objects.filter(organisation__network_memberships__network_id="mission-locale").order_by("pk")[0]
    own = (
        f"/structures/{site.organisation.uid}/", f"/lieux/{site.uid}/", "/territoires/departement/05/couverture/",
        f"/pro/modifier/site/{site.uid}/", f"/pro/ajouter/offer/{site.organisation.uid}/",
        f"/pro/ajouter/contact/{site.organisation.uid}/", f"/pro/permanences/proposer/{site.uid}/",
    )  # fmt: skip
    assert [line for path in (*PROFESSIONAL, *own) for line in french_of(professional, path, english)] == []


@pytest.mark.parametrize(
    ("page", "is_french"),
    [
        ("<p>Appelez avant de vous déplacer, la fiche est à revoir.</p>", True),
        ("<p>Call before you go.</p>", False),
        ("<button>Enregistrer</button>", True),
        ('<img alt="Les lieux autour de vous et de la gare">', True),
        ('<p lang="fr">Les lieux autour de vous et de la gare</p>', False),
        ('<p lang="fr">Les lieux</p><p>Les lieux autour de vous et de la gare</p>', True),
        ('<p lang="fr">Le <br> lieu</p><script>const la = "le la les de";</script>', False),
    ],
)
def test_french_left_in_a_page_is_seen(page: str, is_french: bool) -> None:
    html = f'<html lang="en"><body>{page}</body></html>'
    assert bool(left_in_french(html, {"Enregistrer": "Save"})) is is_french
