"""The same for what comes before a session: signed links, guesses, invitations, roles, a person's account."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from ensemblier.accounts.actions.guessing import Place, count_try
from ensemblier.accounts.actions.links import close_links, make_link, open_link
from ensemblier.accounts.core.guessing import TryKind
from ensemblier.accounts.core.links import LinkPurpose, ProofKind, SecondProof
from ensemblier.accounts.models import Membership, PersonAccount
from ensemblier.journey.models import Relay
from ensemblier.kernel.errors import NotAllowed
from tests.web.attack.field import Field
from tests.web.matrix import take_back, word_of
from tests.web.records.ground import key


def links(field: Field) -> list[str]:
    """A link opens with both proofs, for one purpose, until it ends, is closed or was tried five times."""
    found, now, subject = [], timezone.now(), uuid4()
    point = transaction.savepoint()

    def made(ends: timedelta = timedelta(hours=1), purpose: LinkPurpose = LinkPurpose.RELAY_ANSWER) -> str:
        return make_link(purpose, subject, second_proof=SecondProof(ProofKind.CODE, "123456"), expires_at=now + ends)

    def opens(token: str, proof: str = "123456", purpose: LinkPurpose = LinkPurpose.RELAY_ANSWER) -> bool:
        try:
            return open_link(token, purpose, proof, now) == subject
        except NotAllowed:
            return False

    if not opens(made()):
        found.append("a right link does not open")
    tries: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("without its proof", lambda: opens(made(), "")),
        ("with a wrong proof", lambda: opens(made(), "654321")),
        ("after its end", lambda: opens(made(timedelta(seconds=-1)))),
        ("for another purpose", lambda: opens(made(), purpose=LinkPurpose.RELAY_CHOICE)),
        ("made up", lambda: opens("inconnu")),
    )
    found += [f"a link opens {name}" for name, attempt in tries if attempt()]
    token = made()
    for _ in range(5):
        opens(token, "000000")
    if opens(token):
        found.append("a link opens after five wrong proofs")
    token = made()
    close_links(LinkPurpose.RELAY_ANSWER, subject, at=now)
    if opens(token):
        found.append("a link that was closed opens")
    token = made(purpose=LinkPurpose.PERSON_SIGN_IN)
    opens(token, purpose=LinkPurpose.PERSON_SIGN_IN)
    if opens(token, purpose=LinkPurpose.PERSON_SIGN_IN):
        found.append("a link for one use opens twice")
    take_back(point)
    return found


def pages_of_links(field: Field) -> list[str]:
    """Behind the page of a link: nothing without the proof, nothing of another relay, and reading changes nothing."""
    found, now, uid = [], timezone.now(), field.files["partner"]["relay"]
    point = transaction.savepoint()
    for purpose, at in ((LinkPurpose.RELAY_ANSWER, "repondre"), (LinkPurpose.RELAY_CHOICE, "mon-choix"),
                        (LinkPurpose.STOP_SHARING, "arreter"), (LinkPurpose.INVITATION, "invitation")):  # fmt: skip
        proof = SecondProof(ProofKind.CODE, "stop" if at == "arreter" else "123456")
        token = make_link(purpose, Relay.objects.get(uid=uid).uid, second_proof=proof, expires_at=now + timedelta(1))
        got = field.ask("", "GET", f"/{at}/{token}/")
        if word_of(got) != "200" or field.writes or got.get("Cache-Control") != "no-store":
            found.append(f"asking {at}: {word_of(got)} {field.writes[:1]}")
        if at == "arreter":
            continue
        got = field.ask("", "POST", f"/{at}/{token}/", proof="000000", name="Blanc", key=str(uuid4()))
        if word_of(got) == "go":
            found.append(f"{at} opens with a wrong proof")
        old = make_link(purpose, uuid4(), second_proof=proof, expires_at=now - timedelta(1))
        got = field.ask("", "POST", f"/{at}/{old}/", proof="123456", name="Blanc", key=str(uuid4()))
        if word_of(got) == "go":
            found.append(f"{at} opens after its end")
    with field.state("awaiting_person"):
        for page, method in (("", "GET"), ("decider/", "GET"), ("arreter/", "POST")):
            for who in ("", "partner", "béa herself", "oscar"):
                got = field.ask(who, method, f"/mon-choix/relais/{field.files['awa']['relay']}/{page}")
                if word_of(got) != "404" or any("relay" in write for write in field.writes):
                    found.append(f"{who or 'nobody'} chooses for Awa: {word_of(got)}")
    take_back(point)
    return found


def guesses(field: Field) -> list[str]:
    """Tries on one account, and from one machine, are counted before they are read."""
    found, now = [], timezone.now()
    for name, account, place in (
        ("an account", "a@exemple.fr", "10.0.0.{}"),
        ("a machine", "{}@exemple.fr", "10.0.0.1"),
    ):
        point, stopped = transaction.savepoint(), False
        for number in range(1, 200):
            try:
                where = Place(place.format(number))
                count_try(TryKind.PASSWORD, account.format(number), where, user_id=None, at=now)
            except NotAllowed:
                stopped = True
                break
        take_back(point)
        found += [] if stopped else [f"{name} is guessed without end"]
    return found


def team(field: Field) -> list[str]:
    """Roles are given within one's own organisation, by who manages its accounts, and never the platform's."""
    found = []
    chloe, renee, colette = (key(field.ground.users[name]) for name in ("chloé", "renée", "colette"))
    asked = (
        ("colette", f"/equipe/{chloe}/roles/", {"roles": "adviser"}),
        ("denis", f"/equipe/{chloe}/roles/", {"roles": "adviser"}),
        ("alma", f"/equipe/{renee}/roles/", {"roles": "adviser"}),
        ("alma", f"/equipe/{colette}/roles/", {"roles": "administrator"}),
        ("léa", f"/equipe/{renee}/roles/", {"roles": "desk"}),
        ("alma", f"/equipe/{renee}/depart/", {"last_day": "2026-11-30"}),
        ("colette", f"/equipe/{chloe}/depart/", {"last_day": "2026-11-30"}),
        ("colette", f"/equipe/{chloe}/absence/", {"first_day": "2027-01-04", "last_day": "2027-01-05"}),
        ("renée", f"/equipe/{chloe}/absence/", {"first_day": "2027-01-04", "last_day": "2027-01-05"}),
        ("colette", "/equipe/inviter/", {"email": "x@exemple.fr", "name": "X", "roles": "adviser"}),
        ("alma", "/equipe/inviter/", {"email": "x@exemple.fr", "name": "X", "roles": "administrator"}),
        ("dora", "/pro/convention/", {"signed_by": "D", "signed_as": "d", "signed_on": "2026-11-01", "was_read": "on"}),
    )
    for who, at, sent in asked:
        got = field.ask(who, "POST", at, **sent)
        changes = [w for w in field.writes if "membership" in w or "absence" in w or "invitation" in w or "conv" in w]
        if changes:
            found.append(f"{who} {at.split('/')[-2]}: {word_of(got)}, {changes[0]}")
    for who in ("denis", "colette", "dora"):
        if word_of(field.ask(who, "GET", "/equipe/inviter/")) != "403":
            found.append(f"{who} invites")
    if word_of(field.ask("chloé", "GET", "/relais/erreurs/")) != "403":
        found.append("an adviser reads the reported mistakes")
    return found


def accounts(field: Field) -> list[str]:
    """A person's account that is closed, or whose address nobody proved, opens no space."""
    found = []
    for change in ({"is_active": False}, {"proved_at": None}):
        point = transaction.savepoint()
        PersonAccount.objects.update(**change)
        if word_of(field.ask("awa herself", "GET", "/mon-espace/")) != "in":
            found.append(f"a space opens ({next(iter(change))})")
        take_back(point)
    for at in ("//exemple.org/", "https://exemple.org/", "/\\exemple.org", "javascript:alert(1)"):
        for page, who in (("/pro/agir-pour/", "chloé"), ("/langue/en/", "")):
            organisation = Membership.objects.filter(user_id=key(field.ground.users["chloé"])).get().organisation.uid
            got = (
                field.ask(who, "POST", page, next=at, organisation=str(organisation))
                if page.startswith("/pro")
                else field.ask(who, "GET", page, vers=at)
            )
            goes = got.get("Location", "")
            if "exemple.org" in goes or "javascript" in goes:
                found.append(f"{page} sends to {at}")
    return found


PROBES = {
    "links": links, "pages of links": pages_of_links, "guesses": guesses, "team": team, "accounts": accounts,
}  # fmt: skip
