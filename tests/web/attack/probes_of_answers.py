"""The same for what answers hold beside the record asked for: lists, exports, notes, caches, what a refusal tells."""

from uuid import uuid4

from django.db import transaction

from ensemblier.journey.models import Appointment, Note, Person, PlanStep
from tests.web.attack.children import plain
from tests.web.attack.field import Field
from tests.web.attack.forms import fields_of
from tests.web.attack.probes import text_of
from tests.web.matrix import take_back, word_of
from tests.web.records.ground import OF_FILE, OF_RELAY


def doors(field: Field) -> list[str]:
    """Who has no role, or no account, is stopped at the door: sent to sign in, or refused before anything is read."""
    awa = field.files["awa"]
    nobody = {"": "in", "denis": "403", "ada": "403"}
    asked = {
        f"/relais/{awa['relay']}/": nobody,
        "/relais/": nobody,
        "/dossiers/": nobody,
        "/compte/": {"": "in"},
        "/relais/erreurs/": {"": "in", "denis": "403", "chloé": "403"},
        f"/mon-espace/dossiers/{awa['uid']}/plan/": {"": "in", "chloé": "in"},
        f"/mon-espace/relais/{awa['relay']}/": {"": "in", "chloé": "in"},
    }
    return [
        f"{who or 'nobody'} at {page.split('/')[1]}: {got}, not {wanted}"
        for page, said in asked.items()
        for who, wanted in said.items()
        if (got := word_of(field.ask(who, "GET", page))) != wanted
    ]


def lists(field: Field) -> list[str]:
    """What lists, searches and exports show is one's own."""
    found = []
    for page in ("/dossiers/", "/dossiers/?q=canari", "/dossiers/importer/retour/", "/ma-journee/", "/relais/",
                 "/dossiers/doublons/", "/demandes/", "/guichet/"):  # fmt: skip
        for who in ("colette", "edmond", "oscar", "renée", "nina", "dora", "dolorès"):
            with field.state("sent", "live"):
                text = text_of(field.ask(who, "GET", page))
                if OF_FILE in text or OF_RELAY in text:
                    found.append(f"{who} reads Awa in {page}")
        for who, other in (("chloé", "Béa-nom"), ("renée", "Cléo-nom")):
            if other in text_of(field.ask(who, "GET", page)):
                found.append(f"{who} reads {other} in {page}")
    for page in ("/dossiers/", "/dossiers/importer/retour/"):
        if OF_FILE not in text_of(field.ask("chloé", "GET", page)):
            found.append(f"chloé misses Awa in {page}")
    return found


def notes(field: Field) -> list[str]:
    """A private note is its author's; the person reads the shared ones, and takes no private one away."""
    awa = field.files["awa"]["uid"]
    person, found = Person.objects.get(uid=awa), []
    point = transaction.savepoint()
    for kind in ("private", "team", "shared"):
        sent = {"kind": kind, "body": f"note-{kind}", "held_on": "2026-11-20", "key": str(uuid4()), "version": "1"}
        client = field.client("chloé")
        client.post(f"/dossiers/{awa}/notes/ajouter/", sent | {"acting_for": field.acting["chloé"]})
    if Note.objects.filter(person=person).count() != 3:
        found.append("a note was not written")
    for who, at, hidden in (
        ("suzanne", f"/dossiers/{awa}/notes/", ("note-private",)),
        ("suzanne", f"/dossiers/{awa}/", ("note-private",)),
        ("awa herself", "/mon-espace/donnees.json", ("note-private", "note-team")),
        ("awa herself", "/mon-espace/donnees/lire/", ("note-private", "note-team")),
        ("béa herself", "/mon-espace/donnees.json", ("note-private", "note-team", "note-shared")),
    ):
        text = text_of(field.ask(who, "GET", at))
        found += [f"{who} reads {each} in {at.rsplit('/', 2)[-2]}" for each in hidden if each in text]
    if "note-private" not in text_of(field.ask("chloé", "GET", f"/dossiers/{awa}/notes/")):
        found.append("the author misses her note")
    take_back(point)
    return found


def kept(field: Field) -> list[str]:
    """No page that knows its reader is kept; none is posted to without its token; asking changes nothing."""
    found, awa = [], field.files["awa"]
    readers = {
        "chloé": ["/dossiers/", "/relais/", "/ma-journee/", "/compte/", f"/dossiers/{awa['uid']}/",
                  f"/dossiers/{awa['uid']}/plan/", f"/dossiers/{awa['uid']}/plan/plan.pdf",
                  f"/dossiers/{awa['uid']}/documents/{awa['document']}/", f"/relais/{awa['relay']}/",
                  f"/dossiers/{awa['uid']}/rendez-vous/{awa['appointment']}/rendez-vous.ics", "/api/v1/relays"],
        "awa herself": ["/mon-espace/", "/mon-espace/donnees.json", "/mon-espace/partages/"],
        "partner": [f"/partenaire/{field.files['partner']['relay']}/"],
        "": [f"/agenda/{field.feeds['awa']}/rendez-vous.ics"],
    }  # fmt: skip
    for who, at in readers.items():
        for page in at:
            got = field.ask(who, "GET", page)
            if word_of(got) != "200" or got.get("Cache-Control") != "no-store":
                found.append(f"{who or 'nobody'} {page.split('/')[1]}: {word_of(got)}, {got.get('Cache-Control')}")
            if field.writes:
                found.append(f"{who} asks {page.split('/')[1]} and {field.writes[0]}")
    return found + _asking(field)


def _asking(field: Field) -> list[str]:
    """A gesture that is asked, and not posted, with every field of its form: by her adviser, and by herself."""
    found, awa = [], field.files["awa"]
    version = str(Appointment.objects.get(uid=awa["appointment"]).version)
    point = transaction.savepoint()
    PlanStep.objects.filter(person__uid=awa["uid"]).update(
        title="Autre chose"
    )  # what was signed has to be proposed again
    for who, space in (("chloé", "/dossiers"), ("awa herself", "/mon-espace/dossiers")):
        plan = text_of(field.ask(who, "GET", f"{space}/{awa['uid']}/plan/"))
        form = fields_of(plan) | {"name": "Awa", "version": version, "move": "cancel", "acting_for": field.acting[who]}
        for page in ("plan/proposer/", f"documents/{awa['document']}/detruire/", "rendez-vous/agenda/",
                     f"rendez-vous/{awa['appointment']}/dire/", f"synthese/{awa['synthesis']}/proposer/",
                     f"calendrier/{awa['activity']}/retirer/"):  # fmt: skip
            field.ask(who, "GET", f"{space}/{awa['uid']}/{page}", **form)
            if field.writes:
                found.append(f"{who}, asking {page}, changes something: {field.writes[0]}")
    take_back(point)
    return found


def same(field: Field) -> list[str]:
    """What is closed answers as what does not exist: the same status, the same words."""
    found, nothing, awa = [], str(uuid4()), field.files["awa"]
    for who, there, nowhere in (
        ("colette", f"/dossiers/{awa['uid']}/", f"/dossiers/{nothing}/"),
        ("renée", f"/dossiers/{awa['uid']}/plan/", f"/dossiers/{nothing}/plan/"),
        ("oscar", f"/relais/{awa['relay']}/", f"/relais/{nothing}/"),
        ("renée", f"/relais/{awa['relay']}/", f"/relais/{nothing}/"),
        ("oscar", f"/api/v1/relays/{awa['relay']}", f"/api/v1/relays/{nothing}"),
        ("béa herself", f"/mon-espace/relais/{awa['relay']}/", f"/mon-espace/relais/{nothing}/"),
        ("béa herself", f"/mon-espace/dossiers/{awa['uid']}/plan/", f"/mon-espace/dossiers/{nothing}/plan/"),
        ("partner", f"/partenaire/{awa['relay']}/", f"/partenaire/{nothing}/"),
        ("chloé", f"/dossiers/{awa['uid']}/documents/{field.files['béa']['document']}/",
         f"/dossiers/{awa['uid']}/documents/{nothing}/"),
    ):  # fmt: skip
        one, two = field.ask(who, "GET", there), field.ask(who, "GET", nowhere)
        if one.status_code != two.status_code or plain(text_of(one).encode()) != plain(text_of(two).encode()):
            found.append(f"{who}: {one.status_code} is not {two.status_code}, or says more")
    for name, there in (("suite", awa["relay"]), ("prendre", awa["relay"]), ("ecrire", awa["relay"])):
        sent = {"version": "0", "key": str(uuid4()), "decision": "solved", "words": "x", "text": "x"}
        one = field.ask("oscar", "POST", f"/relais/{there}/{name}/", **sent)
        two = field.ask("oscar", "POST", f"/relais/{nothing}/{name}/", **sent)
        if one.status_code != two.status_code or plain(text_of(one).encode()) != plain(text_of(two).encode()):
            found.append(f"oscar {name}: {one.status_code} is not {two.status_code}")
    return found


PROBES = {"doors": doors, "lists": lists, "notes": notes, "kept": kept, "same": same}
