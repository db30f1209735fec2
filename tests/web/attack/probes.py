"""What an attacker tries, one small proof for each kind of check. Each gives back what surprised it: nothing, when all
holds. What is expected stands here, written by hand."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone

from ensemblier.accounts.models import Convention, Membership, User
from ensemblier.directory.models import Organisation
from ensemblier.journey.models import Access, Consent, Document, PersonLink, Relay
from tests.web.attack.children import Try, tries, wrong_children
from tests.web.attack.field import PARTNER_SEES, Field
from tests.web.matrix import take_back, word_of
from tests.web.records.ground import OF_FILE, OF_RELAY, key

Probe = Callable[[Field], list[str]]
REFUSED = ("in", "403", "404")
CLOSED = ("", "denis", "léa", "ada", "bruno", "colette", "edmond", "oscar", "renée", "nina", "dora", "dolorès", "alma")
"""Everybody to whom Awa's file is closed."""
OF_A_FILE = (
    "", "notes/", "plan/", "plan/versions/", "plan/plan.pdf", "financement/", "calendrier/", "rendez-vous/",
    "documents/", "synthese/", "relais/", "identite/", "inviter/", "relais/nouveau/", "plan/metier/",
)  # fmt: skip


def text_of(response: HttpResponseBase) -> str:
    """The words of an answer."""
    return b"".join(response).decode(errors="replace")


def files(field: Field) -> list[str]:
    """A file is closed to everybody but its lead and who replaces her; each of them reads it."""
    at, found = f"/dossiers/{field.files['awa']['uid']}/", []
    for who in CLOSED:
        for page in ("", "notes/", "documents/", "plan/"):
            got = field.ask(who, "GET", at + page)
            if word_of(got) not in REFUSED or OF_FILE in text_of(got):
                found.append(f"{who or 'nobody'} reads {page or 'the file'}: {word_of(got)}")
    for who in ("chloé", "suzanne"):
        found += [f"{who} misses {p}" for p in OF_A_FILE[:9] if word_of(field.ask(who, "GET", at + p)) != "200"]
    return found


def pages(field: Field) -> list[str]:
    """Every page of a file is closed to a colleague without access, an adviser of elsewhere and somebody of no role."""
    at, found = f"/dossiers/{field.files['awa']['uid']}/", []
    said = {"": "in", "denis": "403", "ada": "403", "colette": "404", "edmond": "404", "renée": "404"}
    for who, wanted in said.items():
        for page in OF_A_FILE:
            got = field.ask(who, "GET", at + page)
            if word_of(got) != wanted:
                found.append(f"{who or 'nobody'} reads {page}: {word_of(got)}, not {wanted}")
    return found


SEEN = {
    # state, consent: who reads the text of the relay, who has a page of it at all
    ("draft", "live"): ({"chloé", "suzanne"}, {"chloé", "suzanne"}),
    ("awaiting_person", "live"): ({"chloé", "suzanne", "awa herself"}, {"chloé", "suzanne", "awa herself"}),
    ("sent", "live"): ({"awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
    ("accepted", "live"): ({"renée", "awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
    ("accepted", "revoked"): ({"awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
    ("accepted", "ended"): ({"awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
    ("accepted", "none"): ({"awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
    ("completed", "live"): ({"renée", "awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
    ("declined", "live"): ({"awa herself"}, {"chloé", "suzanne", "renée", "nina", "awa herself"}),
}
FEW = {("sent", "live"), ("accepted", "live")}
"""Where everybody else is asked too."""
OTHERS = ("", "denis", "oscar", "colette", "edmond", "dora", "ada", "léa", "bruno", "partner", "béa herself")


def relays(field: Field) -> list[str]:
    """In each state, on each consent: the text of the relay, its page, and neither for anybody else."""
    found = []
    uid = field.files["awa"]["relay"]
    for (state, consent), (read, page) in SEEN.items():
        with field.state(state, consent):
            for who in (
                "chloé",
                "suzanne",
                "renée",
                "nina",
                "awa herself",
                *(OTHERS if (state, consent) in FEW else ()),
            ):
                at = f"/mon-espace/relais/{uid}/" if who.endswith("herself") else f"/relais/{uid}/"
                got = field.ask(who, "GET", at)
                case = f"{who or 'nobody'} ({state}, {consent})"
                if (word_of(got) == "200") is not (who in page):
                    found.append(f"{case}: {word_of(got)}")
                if (OF_RELAY in text_of(got)) is not (who in read):
                    found.append(f"{case}: {'reads' if OF_RELAY in text_of(got) else 'misses'} the text")
    return found


def ended(field: Field) -> list[str]:
    """Thirty days after the end its recipient reads no more of it than its number."""
    found = []
    for days, reads in ((2, True), (31, False)):
        with field.state("completed"):
            at = timezone.now() - timedelta(days=days)
            Relay.objects.filter(uid=field.files["awa"]["relay"]).update(ended_at=at)
            got = field.ask("renée", "GET", f"/relais/{field.files['awa']['relay']}/")
            if (OF_RELAY in text_of(got)) is not reads:
                found.append(f"{days} days after the end: {word_of(got)}")
    return found


def carried(field: Field) -> list[str]:
    """A document of a relay is for who has it in hand, while the consent lives; and for nobody in another state."""
    names, found = field.files["awa"], []
    at = f"/relais/{names['relay']}/documents/{names['document']}/"
    for state, consent in (("accepted", "live"), ("accepted", "revoked"), ("sent", "live"), ("declined", "live")):
        with field.state(state, consent):
            readers = {"renée"} if (state, consent) == ("accepted", "live") else set()
            for who in ("chloé", "suzanne", "renée", "nina", "dora", "oscar", "colette", "edmond", "partner", "denis"):
                got = word_of(field.ask(who, "GET", at))
                if (got == "200") is not (who in readers):
                    found.append(f"{who} ({state}, {consent}): {got}")
    other = f"/relais/{field.files['cléo']['relay']}/documents/{names['document']}/"
    if word_of(field.ask("chloé", "GET", other)) != "404":
        found.append("a document under a relay that does not carry it")
    return found


def feeds_of_programs(field: Field) -> list[str]:
    """The interface for programs shows a relay as the page does, and lists those of one's own organisation."""
    uid, found = field.files["awa"]["relay"], []
    with field.state("accepted", "live"):
        for who in ("", "denis", "colette", "oscar", "ada", "dora", "awa herself", "partner", "edmond"):
            got = field.ask(who, "GET", f"/api/v1/relays/{uid}")
            if word_of(got) not in ("403", "404"):
                found.append(f"{who or 'nobody'}: {word_of(got)}")
            listed = field.ask(who, "GET", "/api/v1/relays")
            if uid in text_of(listed) or (word_of(listed) != "403" and who not in ("colette", "oscar", "edmond")):
                found.append(f"{who or 'nobody'} lists it: {word_of(listed)}")
        own = field.ask("renée", "GET", f"/api/v1/relays/{uid}")
        if word_of(own) != "200" or own["Cache-Control"] != "no-store":
            found.append("renée misses it, or a cache keeps it")
        if OF_RELAY in text_of(field.ask("nina", "GET", f"/api/v1/relays/{uid}")):
            found.append("nina reads its text")
    return found


def _children(*names: str) -> Probe:
    def probe(field: Field) -> list[str]:
        chosen = [each for each in tries() if any(name in each.route for name in names)]
        return wrong_children(field, [each for each in chosen if _is_telling(each)])

    return probe


def documents(field: Field) -> list[str]:
    """A document of another file, or one that was destroyed."""
    found, names = _children("<uuid:document>")(field), field.files["awa"]
    point = transaction.savepoint()
    Document.objects.filter(uid=names["document"]).update(deleted_at=timezone.now())
    for who, at in (("chloé", "dossiers"), ("awa herself", "mon-espace/dossiers")):
        if word_of(field.ask(who, "GET", f"/{at}/{names['uid']}/documents/{names['document']}/")) != "404":
            found.append(f"{who} reads a document that was destroyed")
    take_back(point)
    return found


def _is_telling(each: Try) -> bool:
    """Two files of one adviser, and another's: the same reader, whom no policy stops, and one whom it does."""
    return (each.who, each.parent, each.child) in (("chloé", "awa", "cléo"), ("awa herself", "awa", "cléo"))


GESTURES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("accepted", "nina", "rencontrer", {"met_at": "MET"}),
    ("accepted", "nina", "ecrire", {"text": "Bonjour"}),
    ("accepted", "nina", "sans-suite", {"outcome": "refused"}),
    ("acknowledged", "nina", "decliner", {"reason": "full", "proposal": "none_known"}),
    ("acknowledged", "nina", "demander", {"question": "Quand ?"}),
    ("in_progress", "nina", "terminer", {"outcome": "answered"}),
    ("sent", "oscar", "prendre", {}),
    ("sent", "dora", "prendre", {}),
    ("sent", "colette", "annuler", {}),
    ("sent", "edmond", "annuler", {}),
    ("sent", "chloé", "prendre", {}),
    ("sent", "chloé", "accepter", {"appointment_at": "SOON"}),
    ("sent", "chloé", "decliner", {"reason": "full", "proposal": "none_known"}),
    ("accepted", "chloé", "annuler", {}),
    ("accepted", "chloé", "rencontrer", {"met_at": "MET"}),
    ("in_progress", "chloé", "terminer", {"outcome": "answered"}),
    ("sent", "partner", "prendre", {}),
    ("info_requested", "oscar", "repondre", {"answer": "Oui"}),
    ("info_requested", "renée", "repondre", {"answer": "Oui"}),
    ("draft", "renée", "prendre", {}),
    ("declined", "colette", "suite", {"decision": "solved", "words": "x"}),
    ("declined", "renée", "suite", {"decision": "solved", "words": "x"}),
    ("sent", "oscar", "signaler", {}),
    ("sent", "nina", "ecrire", {"text": "Bonjour"}),
    ("declined", "renée", "ecrire", {"text": "Bonjour"}),
    ("declined", "chloé", "ecrire", {"text": "Bonjour"}),
    ("in_progress", "colette", "ecrire", {"text": "Bonjour"}),
)
"""State, who, which gesture: none of them may change anything."""
WITHOUT_CONSENT = (("sent", "prendre"), ("sent", "accepter"), ("accepted", "rencontrer"), ("accepted", "ecrire"))


def gestures(field: Field) -> list[str]:
    """Forged gestures change nothing."""
    found = []
    for state, who, name, sent in GESTURES:
        with field.state(state, "live"):
            found += [f"{who} {name} ({state}): {said}" for said in _moved(field, who, name, sent)]
    for consent in ("revoked", "ended", "none"):
        for state, name in WITHOUT_CONSENT:
            with field.state(state, consent):
                sent = {"appointment_at": "SOON", "met_at": "MET", "text": "Bonjour"}
                found += [f"renée {name} ({state}, {consent}): {said}" for said in _moved(field, "renée", name, sent)]
    return found


def _moved(field: Field, who: str, name: str, sent: dict[str, str]) -> list[str]:
    uid = field.files["awa"]["relay"]
    now = timezone.localtime()
    hours = {"MET": now - timedelta(hours=1), "SOON": now + timedelta(days=2)}
    given = {k: hours[v].strftime("%Y-%m-%dT%H:%M") if v in hours else v for k, v in sent.items()}
    version = str(Relay.objects.get(uid=uid).version)
    place = "partenaire" if who == "partner" else "relais"
    got = field.ask(who, "POST", f"/{place}/{uid}/{name}/", version=version, key=str(uuid4()), **given)
    changes = [w for w in field.writes if "refusedmove" not in w and "journal" not in w]
    return [f"{word_of(got)}, {changes[0]}"] if changes else []


def by_link(field: Field) -> list[str]:
    """A partner's browser reads its own relay, for half an hour, and no other."""
    found, own = [], field.files["partner"]["relay"]
    if PARTNER_SEES not in text_of(field.ask("partner", "GET", f"/partenaire/{own}/")):
        found.append("the partner misses her relay")
    for who, uid in (("partner", field.files["awa"]["relay"]), ("", own), ("renée", own), ("oscar", own)):
        with field.state("accepted", "live"):
            if word_of(field.ask(who, "GET", f"/partenaire/{uid}/")) != "404":
                found.append(f"{who or 'nobody'} reads a relay by link")
    with field.state("accepted", "live"):  # another relay for the same desk: the link did not open it
        there = Relay.objects.get(uid=own).recipient_id
        Relay.objects.filter(uid=field.files["awa"]["relay"]).update(recipient_id=there, partner="Mme Blanc")
        Consent.objects.filter(relays__uid=field.files["awa"]["relay"]).update(organisation_id=there)
        if word_of(field.ask("partner", "GET", f"/partenaire/{field.files['awa']['relay']}/")) != "404":
            found.append("the partner reads another relay for her desk")
    for change in ({"state": "cancelled", "ended_at": timezone.now()}, {"consent": None}, {"partner": ""}):
        point = transaction.savepoint()
        Relay.objects.filter(uid=own).update(**change)
        if PARTNER_SEES in text_of(field.ask("partner", "GET", f"/partenaire/{own}/")):
            found.append(f"the partner still reads ({next(iter(change))})")
        take_back(point)
    return found


def space(field: Field) -> list[str]:
    """In her space she reads her own file and relays, and another's do not exist."""
    found = []
    for who, own, other in (("awa herself", "awa", "béa"), ("béa herself", "béa", "awa")):
        for page in ("plan/", "documents/", "rendez-vous/", "financement/", "calendrier/", "synthese/"):
            word = word_of(field.ask(who, "GET", f"/mon-espace/dossiers/{field.files[own]['uid']}/{page}"))
            if word != "200":
                found.append(f"{who} misses her {page}: {word}")
            word = word_of(field.ask(who, "GET", f"/mon-espace/dossiers/{field.files[other]['uid']}/{page}"))
            if word != "404":
                found.append(f"{who} reads another's {page}: {word}")
        theirs = field.files[other]["relay"]
        with field.state("awaiting_person"):
            for page, method in (("", "GET"), ("decider/", "GET"), ("arreter/", "POST"), ("repondre/", "POST")):
                if word_of(field.ask(who, method, f"/mon-espace/relais/{theirs}/{page}", answer="x")) != "404":
                    found.append(f"{who} {page} of another's relay")
    for page in ("", "relais/", "partages/", "qui-a-regarde/", "donnees/lire/", "donnees.json", "demandes/"):
        if word_of(field.ask("", "GET", f"/mon-espace/{page}")) != "in":
            found.append(f"a passer-by opens {page}")
        if word_of(field.ask("chloé", "GET", f"/mon-espace/{page}")) != "in":
            found.append(f"an adviser opens {page}")
        if OF_FILE in text_of(field.ask("béa herself", "GET", f"/mon-espace/{page}")):
            found.append(f"béa reads awa in {page}")
    mine = PersonLink.objects.get(person__uid=field.files["awa"]["uid"]).uid
    got = field.ask("béa herself", "POST", f"/mon-espace/dossiers/{mine}/delier/")
    if word_of(got) != "404":
        found.append(f"béa takes awa's file out of her space: {word_of(got)}")
    point = transaction.savepoint()
    PersonLink.objects.update(unlinked_at=timezone.now())
    at = f"/mon-espace/dossiers/{field.files['awa']['uid']}/plan/"
    if word_of(field.ask("awa herself", "GET", at)) != "404":
        found.append("a file that was taken out of a space is still read there")
    take_back(point)
    return found


def members(field: Field) -> list[str]:
    """A right that has ended, or not begun, or rests on no convention, opens nothing at the next request."""
    user = key(field.ground.users["chloé"])
    mine = Membership.objects.filter(user_id=user)
    today = timezone.localdate()
    place = mine.get().organisation_id
    changes: tuple[tuple[str, Callable[[], object]], ...] = (
        ("ended yesterday", lambda: mine.update(valid_from=today - timedelta(9), valid_to=today)),
        ("begins tomorrow", lambda: mine.update(valid_from=today + timedelta(1))),
        ("account closed", lambda: User.objects.filter(pk=user).update(is_active=False)),
        ("no convention", lambda: Convention.objects.filter(organisation_id=place).delete()),
        ("convention ended", lambda: Convention.objects.filter(organisation_id=place).update(valid_to=today)),
        ("other role", lambda: mine.update(role="desk")),
        ("access ended", lambda: Access.objects.filter(user_id=user).update(ended_at=timezone.now())),
        ("access passed", lambda: Access.objects.filter(user_id=user).update(until=timezone.now() - timedelta(1))),
    )
    found = []
    for name, change in changes:
        point = transaction.savepoint()
        change()
        for page in ("", "plan/", "documents/"):
            word = word_of(field.ask("chloé", "GET", f"/dossiers/{field.files['awa']['uid']}/{page}"))
            if word == "200":
                found.append(f"{name}: reads {page or 'the file'}")
        if name == "account closed" and word_of(field.ask("chloé", "GET", "/compte/")) != "in":
            found.append("a closed account is still signed in")
        if name not in ("access ended", "access passed"):
            got = field.ask("", "GET", f"/agenda/{field.feeds['chloé']}/rendez-vous.ics")
            if word_of(got) != "404" and name not in ("no convention", "convention ended", "other role"):
                found.append(f"{name}: the calendar still answers")
        take_back(point)
    return found


def contexts(field: Field) -> list[str]:
    """A form shown for one organisation writes nothing for another; without saying for which, nothing either."""
    found = []
    at = f"/dossiers/{field.files['awa']['uid']}/"
    form = {"words": "autre", "version": "1", "key": str(uuid4()), "theme": "housing", "state": "open"}
    for acting in (None, "", str(field.acting["renée"]), "999999"):
        for page in ("besoins/ajouter/", "demande/"):
            field.ask("chloé", "POST", at + page, **(form | {"acting_for": acting}))
            if any("need" in write or "episode" in write for write in field.writes):
                found.append(f"{page} written for «{acting}»")
    point = transaction.savepoint()
    place = Organisation.objects.get(pk=field.acting["renée"])
    Membership.objects.create(user_id=key(field.ground.users["chloé"]), organisation=place, role="adviser")
    client = field.client("chloé")
    client.post("/pro/agir-pour/", {"organisation": str(place.uid)})
    if word_of(client.get(at)) != "404":
        found.append("a file of one organisation is read for another")
    take_back(point)
    return found


PROBES: dict[str, Probe] = {
    "files": files, "pages": pages, "relays": relays, "ended": ended, "carried": carried, "programs": feeds_of_programs,
    "gestures": gestures, "by link": by_link, "space": space, "members": members, "contexts": contexts,
    "steps": _children("<uuid:step>", "<uuid:version>"), "money": _children("<uuid:training>"),
    "year": _children("<uuid:activity>"), "meetings": _children("<uuid:appointment>"),
    "documents": documents, "syntheses": _children("<uuid:synthesis>"),
    "rows": _children("<uuid:row>", "<uuid:need>"),
}  # fmt: skip
